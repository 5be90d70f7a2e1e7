"""One log line an event: JSON for machines, so that a day's work can be counted."""

import logging
import re

import structlog
from structlog.typing import EventDict, Processor

_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
]


# What PostgreSQL adds to an error: the whole row, with people's data, in as many lines as they wrote. It ends with the
# text, or where Python goes on to the next error of a chain.
_ROW = re.compile(r"\n\s*DETAIL:.*?(?=\n\n(?:The above|During handling of the above) exception|\Z)", re.DOTALL)
# A line may quote the error as Python writes it, in one line.
_QUOTED_ROW = re.compile(r"(?:\n|\\n)\s*DETAIL:.*", re.DOTALL)
# A part of an address that opens a page by itself: long and random. Django names the address of whatever it refuses.
_TOKEN = re.compile(r"(?<=/)[A-Za-z0-9_-]{40,}(?=[/?\s\"']|$)")


def without_rows(logger: object, name: str, event: EventDict) -> EventDict:
    """Cut the rows out of what database errors say, in tracebacks and in lines; they have no place in a log."""
    for part, row in (("event", _QUOTED_ROW), ("exception", _ROW)):
        if part in event:
            event[part] = row.sub("", str(event[part]))
    return event


def without_tokens(logger: object, name: str, event: EventDict) -> EventDict:
    """Hide the tokens of links; whoever reads a log must not be able to use them."""
    return {key: _TOKEN.sub("…", value) if isinstance(value, str) else value for key, value in event.items()}


def formatter() -> logging.Formatter:
    """Return the formatter for every handler of the project."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            without_rows,
            without_tokens,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def configure() -> None:
    """Send structlog's events through the standard logging of Django."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
