"""The foundation's two app configurations: the foundation itself, and the admin site it brings."""

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import logs


class CoreConfig(AppConfig):
    default = True
    name = "shenyang_fao.core"
    label = "core"
    verbose_name = _("Foundation")

    def ready(self) -> None:
        logs.configure()
        # What each app brings registers itself when imported: facts, background work, checks, tables, tiles of the officers'
        # start page, what officers are reminded of, and which pictures its public records show.
        autodiscover_modules("facts", "workflow", "checks", "dashboard", "reminders", "tables", "pictures")


class BackOfficeConfig(SimpleAdminConfig):
    default = False
    default_site = "shenyang_fao.core.admin_site.BackOffice"

    def ready(self) -> None:
        super().ready()
        admin.autodiscover()
