"""What a company fills in to apply for a booth."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from delegations.events.exhibiting import Application
from enterprises.form_fields import LineField
from enterprises.validators import validate_visible


class ExhibitorForm(forms.Form):
    products = forms.CharField(
        label=_("What you would show"),
        help_text=_("Products or services, in a few lines; at most 1,000 characters."),
        max_length=1000,
        validators=[validate_visible],
        widget=forms.Textarea({"rows": 5}),
    )
    contact = LineField(
        label=_("Contact for the exhibition"),
        help_text=_("Name and telephone; stored encrypted and shown to the officers of the event only."),
        max_length=200,
    )
    booth_wish = LineField(
        label=_("Wish for the booth"), help_text=_("Such as size, power or place."), max_length=300, required=False
    )

    @property
    def application(self) -> Application:
        return Application(**self.cleaned_data)


class DecisionForm(forms.Form):
    """What an officer writes to a company about its application."""

    reason = forms.CharField(
        label=_("Reason or remark"),
        help_text=_("The company reads this."),
        max_length=1000,
        required=False,
        validators=[validate_visible],
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )
