from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from enterprises.invitations import first_words


class EnterprisesConfig(AppConfig):
    name = "enterprises"
    verbose_name = _("Enterprises")

    # Each kind of request is one package; naming it here is all it takes to offer it.
    kinds = ("invitations",)

    def ready(self) -> None:
        for kind in self.kinds:
            import_module(f"enterprises.{kind}.kind")
        post_migrate.connect(first_words.ensure, sender=self)
