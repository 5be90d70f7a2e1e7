"""The company that files requests, registered once and verified by an officer."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.enums import CompanyState
from enterprises.querysets import CompanyQuerySet
from enterprises.validators import validate_uscc
from shenyang_fao.core import audit
from shenyang_fao.core.bilingual import in_both
from shenyang_fao.core.enums import UnitKind


class Company(models.Model):
    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True, validators=[validate_uscc])
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("address"), max_length=300)
    phone = models.CharField(_("phone"), max_length=40)
    contact_name = models.CharField(_("contact person"), max_length=80)
    legal_representative = models.CharField(_("legal representative"), max_length=80)
    park = models.ForeignKey(
        "core.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": UnitKind.ZONE},
        verbose_name=_("park"),
    )
    licence = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+", verbose_name=_("business licence"))
    state = models.CharField(_("state"), max_length=10, choices=CompanyState, default=CompanyState.PENDING)
    note = models.TextField(_("what to correct"), blank=True)
    registered_at = models.DateTimeField(_("registered at"), default=timezone.now)
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verified by")
    )
    is_demonstration = models.BooleanField(_("demonstration record"), default=False, editable=False)

    objects: ClassVar[CompanyQuerySet] = CompanyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["-registered_at"]
        permissions = [("verify_company", _("Can verify companies"))]
        constraints = [
            in_both("name", "address", name="company_in_both_languages"),
            models.CheckConstraint(
                condition=Q(state=CompanyState.VERIFIED, verified_by__isnull=False, verified_at__isnull=False)
                | (~Q(state=CompanyState.VERIFIED) & Q(verified_by__isnull=True, verified_at__isnull=True)),
                name="company_verified_by_somebody",
            ),
        ]
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        return self.state == CompanyState.VERIFIED

    def has_member(self, person: AbstractBaseUser) -> bool:
        """Tell whether a person files for this company."""
        return self.memberships.filter(user_id=person.pk).exists()


class Membership(models.Model):
    """A person who files for a company; one company a person."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="membership", verbose_name=_("person")
    )
    company = models.ForeignKey(Company, models.CASCADE, related_name="memberships", verbose_name=_("company"))

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        triggers = [audit.trigger()]

    def __str__(self) -> str:
        return f"{self.user} - {self.company}"
