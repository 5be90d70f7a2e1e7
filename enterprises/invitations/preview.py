"""Looking at a version of the texts before it is in force: as a letter of invented people, or of a real case. Never signed."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from enterprises.invitations.letter_template import LetterTemplate
from enterprises.invitations.payload import Head, freeze, of_head, with_texts
from enterprises.models.request import ServiceRequest
from shenyang_fao.core.documents.press import Form, press
from shenyang_fao.core.documents.specimen import specimen
from shenyang_fao.core.errors import Refusal

# Printed where a letter has its number, in both languages.
NO_NUMBER = "样张 SPECIMEN"
# What a sample leaves out to show how gaps look.
GAPS = ("places", "relation", "departure_on")


def of_sample(template: LetterTemplate, *, with_gaps: bool = False, form: Form = "pdf") -> bytes:
    """Return a letter of invented people in the words of a version. Raises Refusal."""
    sample: dict[str, Any] = {**specimen(), "issued_on": timezone.localdate().isoformat()}
    if with_gaps:
        sample["visit"] = sample["visit"] | {name: _emptied(sample["visit"][name]) for name in GAPS}
    payload = with_texts(sample | of_head(_head()), template)
    return press(payload["template"], payload, form=form)


def of_case(template: LetterTemplate, case: ServiceRequest, *, form: Form = "pdf") -> bytes:
    """Return the letter that a case would get in the words of a version; what it lacks stands in red. Raises Refusal."""
    if not hasattr(case, "invitation"):
        raise Refusal(_("This case has no letter."))
    payload = freeze(case.invitation, head=_head(), wording=template)
    return press(payload["template"], payload, form=form)


def _head() -> Head:
    return Head(NO_NUMBER, "", f"{settings.SITE_URL}/letters/verify/", is_specimen=True)


def _emptied(value: Any) -> Any:
    return dict.fromkeys(value, "") if isinstance(value, dict) else ""
