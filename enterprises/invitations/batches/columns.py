"""The columns of a list of invitees, and a file read into rows. The fields are those of the form of one invitee."""

from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from enterprises.invitations.batches.cells import Cells, with_zone
from enterprises.invitations.batches.words import PASSPORT_TYPE, SEX, Words, allowed
from enterprises.invitations.forms.invitees import InviteeForm
from enterprises.invitations.rules import INVITEES_AT_MOST
from shenyang_fao.core.tables import reading
from shenyang_fao.core.tables.columns import Column, Places, recognise
from shenyang_fao.core.tables.kinds import Joined
from shenyang_fao.core.tables.reading import Line

NUMBER = "number"
# Rows that begin so are explanations, as the sample of the template.
REMARK = ("#", "\N{FULLWIDTH NUMBER SIGN}")
# What the machine-readable zone says need not have a column of its own.
IN_ZONE = frozenset(
    {"surname", "given_names", "sex", "born_on", "nationality", "passport_number", "passport_expires_on"}
)
NEEDS_NO_COLUMN = frozenset({"passport_type"})
DAY_HELP = _("As 2026-01-31; 2026/1/31, 31.01.2026 and 20260131 are understood as well.")


class Said(NamedTuple):
    """What a file holds: its rows by number, how it was read, and the columns and rows that were passed over."""

    rows: list[tuple[int, Cells]]
    form: str
    strange: list[str]
    remarks: int


class _Allowed:
    """The words that a cell may hold, and what is said beside, in the language that is active when it is written."""

    def __init__(self, words: Words, rest: object = "") -> None:
        self.words, self.rest = words, rest

    def __str__(self) -> str:
        return " · ".join(filter(None, (allowed(self.words), str(self.rest))))


def _column(name: str, help: object = "", *aliases: str) -> Column:  # noqa: A002 - as the column itself calls it
    field = InviteeForm.base_fields[name]
    is_required = field.required and name not in NEEDS_NO_COLUMN
    return Column(name, field.label or name, help=help or field.help_text, is_required=is_required, aliases=aliases)


TYPE_HELP = _("an empty cell is an ordinary passport")
ZONE_HELP = _("The two lines of 44 characters at the foot of the data page. They fill the empty cells of the row.")
COUNTRY_HELP = _("A name in Chinese or English, or a code: Germany, DE or DEU. All of them stand on the third sheet.")
FIELDS: tuple[Column, ...] = (
    _column("surname", "", "姓氏", "英文姓", "拼音姓", "Last name", "Family name"),
    _column("given_names", "", "名字", "英文名", "拼音名", "Given name", "First name", "First names"),
    _column("native_name", "", "中文姓名", "中文名", "本国文字姓名", "Name in Chinese", "Native name"),
    _column("sex", _Allowed(SEX), "Gender"),
    _column("born_on", DAY_HELP, "出生年月日", "生日", "Birth date", "Birthday", "DOB"),
    _column("nationality", COUNTRY_HELP, "国籍/地区", "Citizenship"),
    _column("passport_number", _("Letters and digits, as in the passport."), "护照号", "Passport No.", "Passport No"),
    _column("passport_type", _Allowed(PASSPORT_TYPE, TYPE_HELP), "护照种类", "Type of passport"),
    _column(
        "passport_expires_on", DAY_HELP, "护照有效期至", "护照有效期", "有效期至", "Passport expiry", "Expiry date"
    ),
    _column(
        "employer", _("As it is to stand in the letter."), "所在单位", "工作单位", "单位", "Company", "Organisation"
    ),
    _column("job_title", _("As it is to stand in the letter."), "职位", "Position", "Title"),
    _column("earlier_visas", "", "来华记录", "Earlier visas"),
    _column("visa_post_country", COUNTRY_HELP, "申请签证国家", "Visa post country", "Country of the visa post"),
    _column("visa_post_city", "", "申请签证城市", "Visa post city", "Visa post"),
    _column("visa_post_reason", "", "在第三国申请签证的理由", "Visa post reason"),
    _column("mrz", ZONE_HELP, "机读码", "护照机读码", "MRZ"),
)
NUMBERS = Column(
    NUMBER, _("No."), help=_("1, 2, 3 … if you like. Rows that begin with # are not read."), aliases=("编号", "Number")
)
COLUMNS = (NUMBERS, *FIELDS)
NAMES = tuple(column.key for column in FIELDS)


def read(data: bytes) -> Said:
    """Return the rows of a file. Raises ValidationError for the person who chose it."""
    sheet = reading.read(data)
    places, strange = recognise(sheet.header, COLUMNS)
    _refuse_missing(places)
    written = [line for line in sheet.lines if not _is_remark(line)]
    if not written:
        raise ValidationError(_("The file has a header but no rows."), code="no_rows")
    refuse_too_many(len(written))
    return Said(list(_rows(written, places)), sheet.form, strange, len(sheet.lines) - len(written))


def refuse_too_many(count: int, *, present: int = 0) -> None:
    """Raise ValidationError when so many rows and the invitees that are there would be more than a request may name."""
    if count > INVITEES_AT_MOST:
        text = _(
            "The file has %(count)s rows; a request may name %(limit)s invitees at most. Split the list into several requests."
        )
    elif count + present > INVITEES_AT_MOST:
        text = _(
            "The file has %(count)s rows and the request %(present)s invitees; together they may be %(limit)s at most."
        )
    else:
        return
    numbers = {"count": f"{count:,}", "present": present, "limit": INVITEES_AT_MOST}
    raise ValidationError(text, code="too_many_rows", params=numbers)


def _rows(lines: list[Line], places: Places) -> Iterator[tuple[int, Cells]]:
    for line in lines:
        cells = dict.fromkeys(NAMES, "")
        for index, column in places.items():
            if column.key in cells and index < len(line.cells):
                cells[column.key] = line.cells[index]
        yield line.number, with_zone(cells)


def _is_remark(line: Line) -> bool:
    return next(filter(None, line.cells), "").startswith(REMARK)


def _refuse_missing(places: Places) -> None:
    present = {column.key for column in places.values()}
    spared = NEEDS_NO_COLUMN | (IN_ZONE if "mrz" in present else frozenset())
    missing = [column for column in FIELDS if column.is_required and column.key not in present | spared]
    if missing:
        names = Joined(column.label for column in missing)
        raise ValidationError(_("The file lacks columns: %(names)s."), code="missing_columns", params={"names": names})
