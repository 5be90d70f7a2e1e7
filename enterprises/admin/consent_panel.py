"""What the page of a case shows of the consent of a district or development zone, and the form that asks for it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from enterprises.actions.consent import ASKED_UNITS, Contact, lacks_consent
from enterprises.actions.moves import HANDLERS
from enterprises.admin import tags
from enterprises.consenting import told
from enterprises.enums import RUNNING, ConsentState
from enterprises.form_fields import LineField
from enterprises.kinds import kind_of
from enterprises.models import ConsentRequest, ServiceRequest
from shenyang_fao.core.models import Unit


class ConsentForm(forms.Form):
    """Who is asked: a unit, one person of it, and the language of the mail."""

    unit = forms.ModelChoiceField(
        label=_("District or development zone"),
        queryset=Unit.objects.none(),
        empty_label=_("Choose"),
        widget=UnfoldAdminSelectWidget,
    )
    name = LineField(label=_("Contact person"), max_length=80, widget=UnfoldAdminTextInputWidget)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, widget=UnfoldAdminEmailInputWidget)
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=settings.LANGUAGES, widget=UnfoldAdminSelectWidget
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_consent_%s", **kwargs})
        self.fields["unit"].queryset = Unit.objects.filter(kind__in=ASKED_UNITS)  # type: ignore[attr-defined]

    @property
    def contact(self) -> Contact:
        return Contact(**{name: self.cleaned_data[name] for name in ("name", "email", "language")})


def context(case: ServiceRequest, user: Any, typed: ConsentForm | None) -> dict[str, object]:
    """Return what the panel of a case needs; ``typed`` is the form as somebody was filling it in."""
    may_act = any(map(user.has_perm, HANDLERS)) and not case.company.has_member(user)
    may_ask = may_act and case.state in RUNNING and kind_of(case).consenting is not None
    asked = case.consents.select_related("unit", "asked_by", "withdrawn_by").prefetch_related("links")
    return {
        "consents": [_entry(case, consent, may_act=may_act) for consent in asked],
        "lacks_consent": case.state in RUNNING and lacks_consent(case),
        "consent_form": (typed or ConsentForm()) if may_ask else None,
        "is_asking_consent": typed is not None,
    }


def _entry(case: ServiceRequest, consent: ConsentRequest, *, may_act: bool) -> dict[str, object]:
    consent.request = case
    is_waiting = consent.state == ConsentState.WAITING
    return {
        "consent": consent,
        "tag": tags.consent_state(consent),
        "told": told(consent),
        "is_waiting": is_waiting,
        "may_withdraw": may_act and is_waiting,
        "may_ask_again": may_act and is_waiting and case.state in RUNNING,
    }
