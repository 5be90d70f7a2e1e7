"""The portal of the Shenyang Foreign Affairs Office."""

from shenyang_fao.celery import app as celery_app

__all__ = ["celery_app"]
