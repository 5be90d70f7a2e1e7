"""Step 3: the guests, a page each, and their list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.form_fields import CountryChoice, DayField, choices_of
from enterprises.forms import StepPage
from enterprises.invitations import actions, passports
from enterprises.invitations.enums import Entries, PaperRole, PassportType, Sex
from enterprises.invitations.models import Invitee
from enterprises.invitations.rules import check_latin, expires_soon, expires_too_early
from enterprises.models import InviteeBatch, ServiceRequest
from enterprises.validators import validate_printable
from shenyang_fao.accounts.models import User

# Nationals of China and residents of Hong Kong, Macao and Taiwan need no visa: they are not invited by this letter.
NOT_INVITED = ("CN", "HK", "MO", "TW")
NO_VISA_POST = ("CN", "TW")
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class InviteesForm(StepPage):
    """The list. Nothing is typed here; going on asks for at least one invitee."""

    page = "enterprises/invitations/invitees.html"

    def clean(self) -> dict[str, Any]:
        if not self.case.invitation.invitees.exists():
            raise ValidationError(_("Add at least one invitee."))
        return self.cleaned_data

    def rows(self) -> list[tuple[Invitee, bool]]:
        """Return the invitees, each with whether the passport expires soon after the visit."""
        departure = self.case.invitation.departure_on
        return [
            (invitee, bool(departure and expires_soon(invitee.passport_expires_on, departure)))
            for invitee in self.case.invitation.invitees.all()
        ]

    def batch(self) -> InviteeBatch | None:
        """Return the uploaded list that is being repaired, with the number of its rows."""
        return InviteeBatch.objects.filter(request=self.case).annotate(row_count=Count("rows")).first()

    def without_page(self) -> int:
        """Return how many invitees have no passport page on file yet."""
        filed = self.case.papers.filter(role=PaperRole.PASSPORT).values("part")
        return self.case.invitation.invitees.exclude(pk__in=filed).count()

    def save(self, *, by: User) -> None:
        actions.finish_invitees(self.case.pk, by=by)


class InviteeForm(StepPage):
    """One guest. A pasted machine-readable zone fills what is empty and must agree with what is typed."""

    page = "enterprises/invitations/invitee.html"

    mrz = forms.CharField(
        label=_("Machine-readable zone"),
        help_text=_(
            "The two lines of 44 characters at the foot of the passport's data page. They fill the empty fields below."
        ),
        required=False,
        max_length=200,
        widget=forms.Textarea({"rows": 2, "class": "code", **_PLAIN}),
    )
    surname = forms.CharField(
        label=_("Surname"),
        help_text=_("In Latin letters, as in the passport. Whoever has a single name writes it here."),
        max_length=80,
        validators=[check_latin],
        widget=forms.TextInput(_PLAIN),
    )
    given_names = forms.CharField(
        label=_("Given names"),
        help_text=_("All of them, as in the passport."),
        max_length=80,
        required=False,
        validators=[check_latin],
        widget=forms.TextInput(_PLAIN),
    )
    native_name = forms.CharField(
        label=_("Name in Chinese or in its own script"),
        max_length=80,
        required=False,
        validators=[validate_printable],
        widget=forms.TextInput(_PLAIN),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=choices_of(Sex), widget=forms.RadioSelect)
    born_on = DayField(label=_("Date of birth"))
    nationality = CountryChoice(label=_("Nationality"), without=NOT_INVITED)
    passport_number = forms.CharField(
        label=_("Passport number"), max_length=40, widget=forms.TextInput({**_PLAIN, "autocapitalize": "characters"})
    )
    passport_type = forms.ChoiceField(
        label=_("Passport type"), choices=choices_of(PassportType), initial=PassportType.ORDINARY
    )
    passport_expires_on = DayField(label=_("Passport expires on"))
    employer = forms.CharField(label=_("Employer"), max_length=200, validators=[validate_printable])
    job_title = forms.CharField(label=_("Job title"), max_length=120, validators=[validate_printable])
    earlier_visas = forms.CharField(
        label=_("Earlier visits to China and visas"),
        help_text=_("Year, kind of visa, purpose. Leave this empty for a first visit."),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    visa_post_country = CountryChoice(label=_("Country or region where the visa is applied for"), without=NO_VISA_POST)
    visa_post_city = forms.CharField(
        label=_("City of the visa post"),
        help_text=_("The embassy or consulate-general of China the letter is addressed to."),
        max_length=80,
        validators=[validate_printable],
    )
    visa_post_reason = forms.CharField(
        label=_("Why not in the country of nationality?"),
        help_text=_("Only if the two differ, for example: lives and works there."),
        max_length=300,
        required=False,
    )

    def __init__(self, case: ServiceRequest, row: Invitee | None, data: Any = None, files: Any = None) -> None:
        self.row = row
        names = [name for name in self.base_fields if name != "mrz"]
        initial = {name: getattr(row, name) for name in names} if row else None
        self.zone = passports.Zone(data.get("mrz", "")) if data else passports.Zone("")
        super().__init__(case, self.zone.fill(data) if data else data, files, initial=initial)

    def clean_mrz(self) -> str:
        self.zone.check()
        return ""

    def clean_passport_number(self) -> str:
        return passports.clean_number(self.cleaned_data["passport_number"])

    def clean_born_on(self) -> Any:
        if self.cleaned_data["born_on"] >= timezone.localdate():
            raise ValidationError(_("The date of birth has to be in the past."))
        return self.cleaned_data["born_on"]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data.pop("mrz", None)
        for name, message in self.zone.differences(self.cleaned_data):
            self.add_error(name, message)
        self._check_expiry()
        self._check_visa_post()
        self._check_list()
        return self.cleaned_data

    def save(self, *, by: User) -> None:
        row_id = self.row.pk if self.row else None
        self.row = actions.save_invitee(self.case.pk, invitee_id=row_id, answers=self.cleaned_data, by=by)

    def notes(self) -> list[Any]:
        """Return warnings about what was saved."""
        departure, expires_on = self.case.invitation.departure_on, self.cleaned_data["passport_expires_on"]
        if departure and expires_soon(expires_on, departure):
            return [
                _("The passport is valid for less than six months after the departure. The visa post may refuse it.")
            ]
        return []

    def _check_expiry(self) -> None:
        expires_on, departure = self.cleaned_data.get("passport_expires_on"), self.case.invitation.departure_on
        if expires_on and departure and expires_too_early(expires_on, departure):
            self.add_error("passport_expires_on", _("The passport expires before the departure."))
        elif expires_on and expires_on <= timezone.localdate():
            self.add_error("passport_expires_on", _("The passport has expired."))

    def _check_visa_post(self) -> None:
        data = self.cleaned_data
        post, nationality = data.get("visa_post_country"), data.get("nationality")
        if post and nationality and post != nationality and not data.get("visa_post_reason"):
            self.add_error("visa_post_reason", _("Say why the visa is not applied for in the country of nationality."))
        if self.case.invitation.entries == Entries.MULTIPLE and not data.get("earlier_visas"):
            self.add_error("earlier_visas", _("Multiple entries need earlier visas: name them here."))

    def _check_list(self) -> None:
        nationality, number = self.cleaned_data.get("nationality"), self.cleaned_data.get("passport_number")
        if not nationality or not number:
            return
        typed = Invitee(invitation=self.case.invitation, nationality=nationality, passport_number=number)
        typed.pk = self.row.pk if self.row else None
        if actions.is_in_list(typed):
            self.add_error("passport_number", _("This passport is already in the list."))


class InviteeParts:
    """The invitees as rows of their step (`enterprises.kinds.Parts`)."""

    def find(self, request: ServiceRequest, part: int) -> Invitee | None:
        return request.invitation.invitees.filter(pk=part).first()

    def open(self, request: ServiceRequest, row: Invitee | None, data: Any, files: Any) -> InviteeForm:
        """Make the form of an invitee. Raises NotNow when a new one would be one too many."""
        if row is None:
            actions.refuse_when_full(request)
        return InviteeForm(request, row, data, files)

    def remove(self, request: ServiceRequest, row: Invitee, *, by: User) -> None:
        actions.remove_invitee(request.pk, invitee_id=row.pk, by=by)
