"""The journey of a request as a diagram, made from the one transition table (`enterprises.enums.TRANSITIONS`)."""

import re

from django.utils.translation import override

from enterprises.enums import BY_SYSTEM, EDITABLE, TRANSITIONS, RequestState, Verb

BLOCK = re.compile(r"(?<=<!-- made by manage\.py state_graph -->\n)```mermaid\n.*?```\n", re.DOTALL)


def mermaid() -> str:
    """Return the diagram as a Markdown block, in English whatever the reader's language."""
    with override("en"):
        lines = [line for verb in TRANSITIONS for line in _arrows(verb)]
    ends = [state for state in RequestState if state not in _sources()]
    return "\n".join(
        [
            "```mermaid",
            "stateDiagram-v2",
            f"    [*] --> {EDITABLE[0].value}",
            *lines,
            *(f"    {state.value} --> [*]" for state in ends),
            "```",
            "",
        ]
    )


def redraw(text: str) -> str:
    """Return a Markdown text with its diagram drawn anew. Raises ValueError when it has no place for one."""
    if not BLOCK.search(text):
        raise ValueError("The text has no state graph.")
    return BLOCK.sub(lambda _found: mermaid(), text)


def _arrows(verb: Verb) -> list[str]:
    sources, target = TRANSITIONS[verb]
    by = " (by the system)" if verb in BY_SYSTEM else ""
    return [f"    {source.value} --> {target.value}: {verb.label}{by}" for source in sources]


def _sources() -> set[RequestState]:
    return {source for sources, _target in TRANSITIONS.values() for source in sources}
