"""Addresses that machines ask; they have no language."""

from django.urls import path

from shenyang_fao.portal import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
