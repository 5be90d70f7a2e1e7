"""What whoever was served fills in to rate the service. No level is chosen beforehand: nobody is led to one."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.ratings import COMMENT_AT_MOST, Level


class RatingForm(forms.Form):
    level = forms.TypedChoiceField(
        label=_("Your satisfaction with this service"),
        choices=[(level.value, capfirst(level.label)) for level in Level],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the five levels."),
            "invalid_choice": _("Choose one of the five levels."),
        },
    )
    comment = forms.CharField(
        label=_("What was good, and what was not"),
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
