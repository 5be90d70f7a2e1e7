"""The Celery application. A message is only a doorbell: what must be done stands in the outbox (`core.outbox`)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shenyang_fao.settings")

app = Celery("shenyang_fao")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
