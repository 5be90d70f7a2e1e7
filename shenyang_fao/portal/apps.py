"""The roof: pages that bring the apps together."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "shenyang_fao.portal"
    label = "portal"
    verbose_name = _("Portal")
