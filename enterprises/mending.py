"""What a correction asks for, where that stands, and whether it has been changed since: one reading for all who look at it."""

import hashlib
from dataclasses import dataclass
from functools import partial

from enterprises.kinds import Target, Text, kind_of
from enterprises.models import Correction, CorrectionItem, ServiceRequest
from shenyang_fao.core.fields import blind_index

Place = tuple[str, int | None, str]


@dataclass(frozen=True)
class Thing:
    """One thing to mend as people read it. ``is_mended`` is None where a change cannot be known."""

    item: CorrectionItem
    step_title: str
    label: str
    reasons: list[str]
    is_mended: bool | None

    @property
    def place(self) -> str:
        """Return where it stands, as "Papers · Guarantee letter"."""
        return " · ".join(part for part in (self.step_title, self.label) if part)


@dataclass(frozen=True)
class Progress:
    """How many of the things whose change can be known were changed, of how many."""

    done: int
    total: int


def targets(case: ServiceRequest) -> list[tuple[Text, list[Target]]]:
    """Return each step's title with what can be asked to be corrected in it, the whole step first."""
    kind = kind_of(case)
    own = kind.desk.targets(case)
    found: list[tuple[Text, list[Target]]] = []
    for step in kind.steps:
        here = [target for target in own if target.step == step.slug]
        whole = Target(step.slug, "", content="\n".join(target.content for target in here))
        found.append((step.title, [whole, *here]))
    return found


def by_place(case: ServiceRequest) -> dict[Place, tuple[Text, Target]]:
    """Return every target with the title of its step, by where it stands."""
    return {
        (target.step, target.part, target.field): (title, target) for title, here in targets(case) for target in here
    }


def mark(target: Target | None) -> str:
    """Return a keyed digest of what stands at a target; empty where that cannot be known."""
    if target is None or not target.content:
        return ""
    # Hashed before it is keyed: the index of passports folds case and spaces, and here each letter counts.
    return blind_index(hashlib.sha256(target.content.encode()).hexdigest())


def things(correction: Correction, known: dict[Place, tuple[Text, Target]] | None = None) -> list[Thing]:
    """Return what a correction asks for, in the reader's language; ``known`` is `by_place` of its request, if at hand."""
    known = by_place(correction.request) if known is None else known
    return [_thing(item, known) for item in correction.items.all()]


def history(case: ServiceRequest) -> list[tuple[Correction, list[Thing]]]:
    """Return every correction of a request with its things, the newest first."""
    corrections = list(case.corrections.select_related("asked_by").prefetch_related("items__kept"))
    known = by_place(case) if corrections else {}
    return [(correction, things(correction, known)) for correction in corrections]


def reader(correction: Correction) -> "partial[list[Thing]]":
    """Return `things` to be called when a mail is written: only then the reader's language is known."""
    return partial(things, correction)


def progress(found: list[Thing]) -> Progress | None:
    """Count what was mended; None when nothing of it can be known."""
    known = [thing.is_mended for thing in found if thing.is_mended is not None]
    return Progress(sum(known), len(known)) if known else None


def _thing(item: CorrectionItem, known: dict[Place, tuple[Text, Target]]) -> Thing:
    step_title = str(known[item.step, None, ""][0]) if (item.step, None, "") in known else ""
    title_and_target = known.get((item.step, item.part, item.field))
    target = title_and_target[1] if title_and_target else None
    kept = str(item.kept.text) if item.kept else ""
    return Thing(
        item=item,
        step_title=step_title,
        label=str(target.label) if target else "",
        reasons=[text for text in (kept, item.reason) if text],
        # What is no longer there, as a guest taken off the list, has been changed.
        is_mended=mark(target) != item.before if item.before else None,
    )
