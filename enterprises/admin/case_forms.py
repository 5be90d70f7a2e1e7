"""What officers write on the page of a case."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from enterprises import forms as company_forms
from enterprises import mending
from enterprises.actions.corrections import Item
from enterprises.enums import Lane, ReasonUse
from enterprises.kinds import Target
from enterprises.models import KeptReason, ServiceRequest
from shenyang_fao.core.ratings import ANSWER_AT_MOST

ITEMS_AT_ONCE = 3
ITEMS_AT_MOST = 60
REASON_AT_MOST = 2000


def _text(
    label: Any, *, help_text: Any = "", at_most: int = REASON_AT_MOST, required: bool = True, rows: int = 3
) -> forms.CharField:
    widget = UnfoldAdminTextareaWidget(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=at_most, widget=widget, required=required)


class RefusalForm(forms.Form):
    """Why, and what the company can do now: chosen, written, or both."""

    kept = forms.ModelChoiceField(
        label=_("Kept reason"),
        queryset=KeptReason.objects.none(),
        required=False,
        empty_label=_("None: the reason is written below"),
        widget=UnfoldAdminSelectWidget,
    )
    reason = _text(_("Reason in your own words"), help_text=_("The company reads this."), required=False)
    remedy = _text(
        _("What the company can do now"),
        help_text=_("The company reads this. May stay empty where the kept reason says it already."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].queryset = KeptReason.objects.offered(ReasonUse.REFUSAL)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        kept: KeptReason | None = self.cleaned_data.get("kept")
        if not kept and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Choose a reason, or write it."))
        if not (kept and kept.remedy) and not self.cleaned_data.get("remedy"):
            self.add_error("remedy", _("Say what the company can do now."))
        return self.cleaned_data


class LaneForm(forms.Form):
    """The reason for a change of lanes."""

    lane = forms.ChoiceField(choices=Lane, widget=forms.HiddenInput)
    reason = _text(_("Reason"), help_text=_("The company reads this."), rows=2)


class TermForm(forms.Form):
    """How long a company may take for its corrections."""

    days = forms.IntegerField(label=_("Working days for the company"), widget=UnfoldAdminIntegerFieldWidget)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"days": settings.CORRECTION_WORKING_DAYS})
        least, most = settings.CORRECTION_LEAST_WORKING_DAYS, settings.CORRECTION_MOST_WORKING_DAYS
        field: Any = self.fields["days"]
        field.validators += [MinValueValidator(least), MaxValueValidator(most)]
        field.widget.attrs |= {"min": least, "max": most}
        words = _("Between %(least)s and %(most)s; reminders are sent half-way and one working day before the end.")
        field.help_text = words % {"least": least, "most": most}


class RevocationForm(forms.Form):
    reason = _text(_("Reason"), help_text=_("The company reads this; whoever verifies the letter does not."))


class ReissueForm(forms.Form):
    reason = _text(_("Reason"), help_text=_("The company reads this."))


class FollowUpForm(forms.Form):
    answer = _text(_("What was done"), help_text=_("The company reads this."), at_most=ANSWER_AT_MOST)


class MessageForm(company_forms.MessageForm):
    body = _text(_("Message to the company"), at_most=4000)


class ItemForm(forms.Form):
    """One thing to correct: where it stands, and what is wrong."""

    place = forms.ChoiceField(label=_("Where"), widget=UnfoldAdminSelectWidget)
    kept = forms.ChoiceField(label=_("Kept reason"), required=False, widget=UnfoldAdminSelectWidget)
    reason = _text(_("In your own words"), required=False)

    def __init__(self, *args: Any, places: list[Any], kept: dict[str, KeptReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = kept
        self.fields["place"].choices = [("", _("Choose")), *places]  # type: ignore[attr-defined]
        reasons = [("", _("None: the reason is written below")), *((key, str(row)) for key, row in kept.items())]
        self.fields["kept"].choices = reasons  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if self.has_changed() and not (self.cleaned_data.get("kept") or self.cleaned_data.get("reason")):
            self.add_error("reason", _("Choose a reason, or write it."))
        return self.cleaned_data

    def item(self) -> Item:
        step, part, field = (*self.cleaned_data["place"].split(":"), "", "")[:3]
        return Item(
            step=step,
            part=int(part) if part else None,
            field=field,
            kept=self.offered.get(self.cleaned_data["kept"]),
            reason=self.cleaned_data["reason"],
        )


ItemFormSet = formset_factory(ItemForm, extra=ITEMS_AT_ONCE, max_num=ITEMS_AT_MOST, validate_max=True)


def item_forms(case: ServiceRequest, data: Any = None, initial: Any = None) -> BaseFormSet[ItemForm]:
    """Return the rows for what is to be corrected; those left empty do not count."""
    offered = {str(row.pk): row for row in KeptReason.objects.offered(ReasonUse.CORRECTION)}
    options = {"places": places(case), "kept": offered}
    return ItemFormSet(data, initial=initial, prefix="items", form_kwargs=options)


def more_item_forms(case: ServiceRequest, data: Any) -> BaseFormSet[ItemForm]:
    """Return the same rows with what was typed, and room for more."""
    typed = [{name: form[name].value() for name in form.fields} for form in item_forms(case, data)]
    return item_forms(case, initial=[row for row in typed if any(row.values())])


def items_of(forms_of_items: BaseFormSet[ItemForm]) -> list[Item]:
    """Return what was written in the rows; call after validation."""
    return [form.item() for form in forms_of_items if form.has_changed()]


def places(case: ServiceRequest) -> list[Any]:
    """Return where something can be wrong, grouped by step: the whole step, each answer, each row, each paper."""
    return [
        (str(title), [(_key(target), str(target.label or _("The whole step"))) for target in here])
        for title, here in mending.targets(case)
    ]


def _key(target: Target) -> str:
    """Name a place in a form: ``papers``, ``invitees:7``, ``purpose::reason_en`` or ``papers:7:passport_7``."""
    part = "" if target.part is None else str(target.part)
    return f"{target.step}:{part}:{target.field}".rstrip(":")
