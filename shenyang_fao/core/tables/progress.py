"""How far background work has come, for the page that waits: a nicety in the cache, which nothing else relies on."""

from typing import NamedTuple

import structlog
from django.core.cache import cache

log = structlog.get_logger(__name__)
SECONDS = 120


class Progress(NamedTuple):
    done: int
    total: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


def tell(what: str, done: int, total: int) -> None:
    """Say how far the work is."""
    try:
        cache.set(f"progress:{what}", [done, total], SECONDS)
    except Exception as error:  # a cache that is away, whatever it raises, must not end the work
        log.warning("progress_untold", what=what, error=str(error))


def of(what: str) -> Progress | None:
    """Return how far the work is, if anybody said so lately."""
    try:
        told = cache.get(f"progress:{what}")
    except Exception as error:  # as above: the page shows everything else
        log.warning("progress_unknown", what=what, error=str(error))
        return None
    return Progress(*told) if told else None
