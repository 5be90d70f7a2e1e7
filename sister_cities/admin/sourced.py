"""Forms of records that name their source."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shenyang_fao.core import sources
from shenyang_fao.core.admin_forms import CheckedForm

GRADE_HINT = _("Left empty, it is taken from the links; without a link a source is to be confirmed.")


class SourcedForm(CheckedForm):
    """The weight of the source is filled in from its links, where nobody chose another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "source_grade" in self.fields:
            self.fields["source_grade"].help_text = GRADE_HINT

    def clean(self) -> Any:
        cleaned = super().clean()
        found = self.cleaned_data
        if not found.get("source"):
            found["source_grade"] = ""
        elif not found.get("source_grade"):
            found["source_grade"] = sources.best_grade(found["source"])
        return cleaned
