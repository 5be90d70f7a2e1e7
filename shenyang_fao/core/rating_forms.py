"""What whoever was served fills in to rate the service. No level is chosen beforehand: nobody is led to one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.ratings import COMMENT_AT_MOST, Level


class RatingForm(forms.Form):
    level = forms.TypedChoiceField(
        label=_("How satisfied are you with this service?"), choices=Level, coerce=int, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=_("What was good, what was not?"),
        help_text=_("At most 1,000 characters."),
        max_length=COMMENT_AT_MOST,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class AdditionForm(forms.Form):
    addition = forms.CharField(
        label=_("Your addition"),
        help_text=_("At most 1,000 characters."),
        max_length=COMMENT_AT_MOST,
        widget=forms.Textarea({"rows": 3}),
    )
