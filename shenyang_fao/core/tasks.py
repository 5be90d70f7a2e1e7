"""Celery's doors of the foundation: the one that keeps promises and the one that sweeps."""

from shenyang_fao.core.outbox import keep, sweep

__all__ = ["keep", "sweep"]
