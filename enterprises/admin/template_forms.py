"""What officers write of a letter's texts: both languages side by side, each fault beside its text."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from enterprises.invitations.enums import Layout
from enterprises.invitations.letter_template import COLUMN, LetterTemplate
from enterprises.invitations.wording import BLOCKS, Block, faults_of

LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


class WordingForm(forms.Form):
    """The texts of a version, as they stand or as typed."""

    layout = forms.ChoiceField(label=_("layout"), choices=Layout.choices, widget=UnfoldAdminSelectWidget)

    def __init__(self, data: Any = None, *, template: LetterTemplate) -> None:
        super().__init__(data, initial={"layout": template.layout})
        for block in BLOCKS:
            for language, column in COLUMN.items():
                name = f"{block.name}_{column}"
                self.fields[name] = _field(block, language)
                self.initial[name] = getattr(template, name)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for block in BLOCKS:
            for language, column in COLUMN.items():
                name = f"{block.name}_{column}"
                for fault in faults_of(block, language, cleaned.get(name) or ""):
                    self.add_error(name, fault)
        return cleaned


class ReleaseForm(forms.Form):
    in_force_from = forms.DateField(label=_("in force from"), widget=UnfoldAdminSingleDateWidget)


class CaseForm(forms.Form):
    """Which case the preview is about; none for invented people."""

    case = forms.CharField(
        label=_("Number of a request"),
        help_text=_("The letter that this case would get. Opening it is recorded."),
        required=False,
        max_length=30,
        widget=UnfoldAdminTextInputWidget,
    )


def rows_of(form: WordingForm) -> list[tuple[Any, list[BoundField]]]:
    """Return the texts row by row: what it is, and its field in each language."""
    names = LetterTemplate._meta
    return [
        (names.get_field(block.name).verbose_name, [form[f"{block.name}_{column}"] for column in COLUMN.values()])  # type: ignore[union-attr]
        for block in BLOCKS
    ]


def _field(block: Block, language: str) -> forms.CharField:
    rows = 2 if block.name == "title" else 6
    return forms.CharField(
        label=LANGUAGE_NAMES[language],
        help_text=_("At most %(most)s characters.") % {"most": block.at_most[language]},
        required=block.name != "note",
        widget=UnfoldAdminTextareaWidget(attrs={"rows": rows}),
    )
