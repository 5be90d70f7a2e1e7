"""Registering a company once, and an officer's verification of it."""

import hashlib
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from enterprises.enums import CompanyState
from enterprises.models import Company, Membership
from shenyang_fao.accounts.models import User
from shenyang_fao.accounts.notices import notify
from shenyang_fao.core import audit, files
from shenyang_fao.core.enums import UnitKind
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.models import StoredFile, Unit

DATA = (
    "uscc",
    "name_zh_hans",
    "name_en",
    "address_zh_hans",
    "address_en",
    "phone",
    "contact_name",
    "legal_representative",
)


@audit.action
def register_company(*, data: dict[str, Any], licence: StoredFile, by: User) -> Company:
    """Register a person's company, which then waits for verification.

    Raises NotNow when the person already files for a company, or somebody for this one.
    """
    # A double click asks twice at once: the second waits here for the first.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Membership.objects.filter(user=by).exists():
        raise NotNow(_("You have already registered a company."))
    try:
        with transaction.atomic():
            company = Company.objects.create(
                licence=licence, park=data.get("park"), **{name: data[name] for name in DATA}
            )
    except IntegrityError:  # somebody else registered the same code in this very moment
        raise NotNow(_("This company is already registered. If it is yours, ask the office to add you.")) from None
    Membership.objects.create(user=by, company=company)
    return company


@audit.action
def correct_company(company_id: int, *, data: dict[str, Any], licence: StoredFile | None, by: User) -> Company:
    """Change what an officer has not verified yet, and hand it in again. Raises NotNow after verification."""
    company = Company.objects.owned_by(by).select_for_update(of=("self",)).get(pk=company_id)
    if company.is_verified:
        raise NotNow(_("The office has verified this company. Write to the office to change its data."))
    for name in DATA:
        setattr(company, name, data[name])
    company.park = data.get("park")
    replaced = company.licence if licence else None
    company.licence = licence or company.licence
    company.state, company.note = CompanyState.PENDING, ""
    company.save()
    if replaced:
        files.discard(replaced)
    return company


@audit.action
def verify_company(company_id: int, *, seen: str | None = None, by: User) -> None:
    """An officer has compared the data with the licence.

    ``seen`` is the mark of the data that were compared (`mark_of`): what the company changed meanwhile nobody has seen.
    Raises PermissionDenied, NotNow, Refusal to officers who file for the company themselves.
    """
    company = _locked_pending(company_id, by=by)
    if seen is not None and seen != mark_of(company):
        raise NotNow(_("The company has changed its data meanwhile. Compare them with the licence again."))
    company.state, company.note = CompanyState.VERIFIED, ""
    company.verified_by, company.verified_at = by, timezone.now()
    company.save()
    _tell_members(company, "company_verified", url=reverse("enterprises:request_list"))


@audit.action
def return_company(company_id: int, *, note: str, by: User) -> None:
    """An officer asks the company to correct its data. Raises PermissionDenied, NotNow."""
    company = _locked_pending(company_id, by=by)
    company.state, company.note = CompanyState.RETURNED, note
    company.save()
    _tell_members(company, "company_returned", url=reverse("enterprises:register"))


@audit.action
def place_company(company_id: int, *, park: Unit | None, by: User) -> None:
    """Say in which development zone a company sits, or in none. Raises PermissionDenied, Refusal."""
    company = _locked(company_id, by=by)
    if park and park.kind != UnitKind.ZONE:
        raise Refusal(_("Choose a development zone."))
    company.park = park
    company.save(update_fields=["park"])


def mark_of(company: Company) -> str:
    """Return a mark of the data an officer compares with the licence: another one after each change."""
    data = [*(getattr(company, name) for name in DATA), company.park_id, company.licence_id]
    return hashlib.sha256(repr(data).encode()).hexdigest()


def _locked(company_id: int, *, by: User) -> Company:
    if not by.has_perm("enterprises.verify_company"):
        raise PermissionDenied
    company = Company.objects.select_for_update(of=("self",)).get(pk=company_id)
    if company.has_member(by):
        raise Refusal(_("You file for this company yourself; another officer has to act."))
    return company


def _locked_pending(company_id: int, *, by: User) -> Company:
    company = _locked(company_id, by=by)
    if company.state != CompanyState.PENDING:
        raise NotNow(_("This company does not wait for verification."))
    return company


def _tell_members(company: Company, event: str, *, url: str) -> None:
    for member in company.memberships.select_related("user"):
        key = f"{event}:{company.pk}:{timezone.now():%Y%m%d%H%M%S%f}"
        notify(member.user, key=key, template=f"enterprises/mail/{event}.txt", context={"company": company}, url=url)
