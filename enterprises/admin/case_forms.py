"""What officers write on the page of a case."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from enterprises.actions.requests import Item
from enterprises.kinds import Row, kind_of
from enterprises.models import ServiceRequest

ITEMS_AT_ONCE = 3
ITEMS_AT_MOST = 60
REASON_AT_MOST = 2000


def _text(label: Any, *, help_text: Any = "", at_most: int = REASON_AT_MOST) -> forms.CharField:
    widget = UnfoldAdminTextareaWidget(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, max_length=at_most, widget=widget)


class RefusalForm(forms.Form):
    reason = _text(_("Reason"), help_text=_("The company reads this."))


class RevocationForm(forms.Form):
    reason = _text(_("Reason"), help_text=_("The company reads this; whoever verifies the letter does not."))


class MessageForm(forms.Form):
    body = _text(_("Message to the company"), at_most=4000)


class ItemForm(forms.Form):
    """One thing to correct: where it stands, and what is wrong."""

    place = forms.ChoiceField(label=_("Where"), widget=UnfoldAdminSelectWidget)
    reason = _text(_("What to correct"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("Choose")), *places]  # type: ignore[attr-defined]

    def item(self) -> Item:
        step, _colon, part = self.cleaned_data["place"].partition(":")
        return Item(step=step, part=int(part) if part else None, reason=self.cleaned_data["reason"])


ItemFormSet = formset_factory(ItemForm, extra=ITEMS_AT_ONCE, max_num=ITEMS_AT_MOST, validate_max=True)


def item_forms(case: ServiceRequest, data: Any = None, initial: Any = None) -> BaseFormSet[ItemForm]:
    """Return the rows for what is to be corrected; those left empty do not count."""
    return ItemFormSet(data, initial=initial, prefix="items", form_kwargs={"places": places(case)})


def more_item_forms(case: ServiceRequest, data: Any) -> BaseFormSet[ItemForm]:
    """Return the same rows with what was typed, and room for more."""
    typed = [{name: form[name].value() for name in ("place", "reason")} for form in item_forms(case, data)]
    return item_forms(case, initial=[row for row in typed if any(row.values())])


def items_of(forms_of_items: BaseFormSet[ItemForm]) -> list[Item]:
    """Return what was written in the rows; call after validation."""
    return [form.item() for form in forms_of_items if form.has_changed()]


def places(case: ServiceRequest) -> list[tuple[str, str]]:
    """Return where something can be wrong: each step, and each row of it."""
    kind = kind_of(case)
    rows: dict[str, list[Row]] = {}
    for row in kind.desk.rows(case):
        rows.setdefault(row.step, []).append(row)
    found: list[tuple[str, str]] = []
    for step in kind.steps:
        found.append((step.slug, str(step.title)))
        found += [(f"{step.slug}:{row.part}", f"{step.title} – {row.label}") for row in rows.get(step.slug, [])]
    return found
