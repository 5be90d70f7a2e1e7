"""The register of the city's ties with cities abroad."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SisterCitiesConfig(AppConfig):
    name = "sister_cities"
    verbose_name = _("Sister cities")
