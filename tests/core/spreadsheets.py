"""Files as people bring them, and a small table that the tests of the import import into."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter
from django.core.exceptions import ValidationError

from shenyang_fao.core.models import PublishedFigure
from shenyang_fao.core.tables import kinds
from shenyang_fao.core.tables.columns import Column, Row
from shenyang_fao.core.tables.registry import Examiner, Outcome, Table, Tell

HEADER = ["key", "label_zh", "label_en", "value"]


def xlsx(*rows: Sequence[Any]) -> bytes:
    """A workbook with one sheet; numbers stay numbers."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "remove_timezone": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def csv(*rows: Sequence[str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)


def with_part(workbook: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The workbook with a part changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            text = source.read(part)
            target.writestr(part, text.replace(old, new) if part == name else text)
    return changed.getvalue()


class Figures(Table):
    """Published figures: found by their key; a value of "broken" is at fault, as the table itself finds."""

    model = PublishedFigure
    rights = ("core.change_publishedfigure",)
    columns = (
        Column("key", "Key", is_required=True),
        Column("label_zh", "Label (Chinese)", is_required=True),
        Column("label_en", "Label (English)", is_required=True),
        Column("value", "Value", kinds.Number(least=0, most=1000), help="A number."),
        Column("unit", "Unit"),
    )

    def examiner(self, *, lock: bool) -> Examiner:
        return FigureExaminer()

    def records(self, queryset: Any) -> Iterator[dict[str, Any]]:
        for figure in queryset:
            yield {
                "key": figure.key,
                "label_zh": figure.label_zh_hans,
                "label_en": figure.label_en,
                "value": float(figure.value),
                "unit": figure.unit,
            }


class FigureExaminer(Examiner):
    def __init__(self) -> None:
        self.held = {figure.key: figure for figure in PublishedFigure.objects.all()}

    def examine(self, row: Row) -> Outcome:
        if row.values["label_en"] == "broken":
            raise ValidationError({"label_en": "broken it is"})
        figure = self.held.get(row.values["key"])
        number = row.values.get("value")
        value = "" if number is None else f"{number:g}"
        if figure is None:
            return Outcome((None, row.values, value), True, {})
        changes = {"value": (figure.value, value)} if figure.value != value else {}
        return Outcome((figure, row.values, value), False, changes)

    def write(self, outcomes: Sequence[Outcome], *, by: Any, tell: Tell) -> None:
        for count, (figure, values, value) in enumerate((outcome.record for outcome in outcomes), 1):
            made = figure or PublishedFigure(
                key=values["key"], label_zh_hans=values["label_zh"], label_en=values["label_en"], source="test"
            )
            made.value = value
            made.save()
            tell(count)
