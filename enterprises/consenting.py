"""The link by which a district or development zone answers: its token, and how the question behind it stands."""

from dataclasses import dataclass

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.enums import OPEN, ConsentState
from enterprises.kinds import Told, kind_of
from enterprises.models import ConsentLink, ConsentRequest
from shenyang_fao.core.secret_links import TOKEN, digest_of


class Standing(models.TextChoices):
    """What opening a link leads to."""

    OPEN = "open", _("Consent to a visit of foreign guests")
    ANSWERED = "answered", _("Your answer has been recorded")
    EXPIRED = "expired", _("The time to answer is over")
    WITHDRAWN = "withdrawn", _("The office no longer asks for this consent")
    REPLACED = "replaced", _("A newer link has taken the place of this one")
    OVERTAKEN = "overtaken", _("The request has been changed meanwhile")
    NEEDLESS = "needless", _("This request no longer waits for a consent")
    UNKNOWN = "unknown", _("This link is not known")


@dataclass(frozen=True)
class Finding:
    """Where a link leads; ``is_over`` tells that an answer is too old to be shown again."""

    standing: Standing
    consent: ConsentRequest | None = None
    is_over: bool = False


def link_of(token: str) -> ConsentLink | None:
    """Find the link with a token; None for anything else."""
    if not TOKEN.fullmatch(token):
        return None
    links = ConsentLink.objects.select_related("consent__request", "consent__unit")
    return links.filter(digest=digest_of(token)).first()


def look_up(token: str) -> Finding:
    """Tell where a link leads now."""
    link = link_of(token)
    if link is None:
        return Finding(Standing.UNKNOWN)
    return Finding(standing_of(link), link.consent, is_over=timezone.now() > link.consent.expires_at)


def standing_of(link: ConsentLink) -> Standing:
    """Tell how the question behind a link stands now."""
    consent = link.consent
    if link.ended_at:
        return Standing.REPLACED
    if consent.is_answered:
        return Standing.ANSWERED
    if consent.state == ConsentState.WITHDRAWN:
        return Standing.WITHDRAWN
    if consent.request.state not in OPEN:
        return Standing.NEEDLESS
    if consent.overtaken_at:
        return Standing.OVERTAKEN
    return Standing.EXPIRED if consent.has_expired else Standing.OPEN


def told(consent: ConsentRequest) -> list[Told]:
    """Return what a unit was asked to consent to, in the reader's language."""
    consenting = kind_of(consent.request).consenting
    return consenting.lines(consent.shown) if consenting else []
