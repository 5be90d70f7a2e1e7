"""The register of the city's ties with cities abroad."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SisterCitiesConfig(AppConfig):
    name = "sister_cities"
    verbose_name = _("Sister cities")

    def ready(self) -> None:
        # Each app's sections and timeline entries of a partner's page register themselves when imported.
        autodiscover_modules("panels")
