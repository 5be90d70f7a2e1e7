"""Lists of invitees as companies bring them."""

from enterprises.invitations.batches import actions, columns
from enterprises.models import BatchRow, InviteeBatch, ServiceRequest
from tests.cast import Cast, draft, fill_in_visit
from tests.core.spreadsheets import csv, xlsx

HEADER = (
    "姓", "名", "性别", "出生日期", "国籍", "护照号码", "护照有效期至", "工作单位", "职务", "申请签证的国家或地区", "签证机关所在城市"
)  # fmt: skip
KEYS = (
    "surname", "given_names", "sex", "born_on", "nationality", "passport_number", "passport_expires_on", "employer", "job_title",
    "visa_post_country", "visa_post_city",
)  # fmt: skip
GUEST = {
    "surname": "KIM",
    "given_names": "MIN JUN",
    "sex": "M",
    "born_on": "1985-11-02",
    "nationality": "KR",
    "passport_number": "M12345678",
    "passport_expires_on": "2039-01-31",
    "employer": "Hanbit Robotics",
    "job_title": "Engineer",
    "visa_post_country": "KR",
    "visa_post_city": "Seoul",
}


def wide(text: str) -> str:
    """The text as a Chinese keyboard writes it: full-width letters, digits and signs."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def guest(index: int = 0, **changes: str) -> dict[str, str]:
    """A row that is right; each index has a passport of its own."""
    return GUEST | {"passport_number": f"M{index:08d}"} | changes


def cells(*guests: dict[str, object], keys: tuple[str, ...] = KEYS) -> list[list[object]]:
    """Header and rows of a list of guests, by the short names of the columns."""
    return [list(keys), *([guest.get(key, "") for key in keys] for guest in guests)]


def as_xlsx(*guests: dict[str, object], keys: tuple[str, ...] = KEYS) -> bytes:
    return xlsx(*cells(*guests, keys=keys))


def as_csv(*guests: dict[str, str], **options: str) -> bytes:
    return csv(*cells(*guests), **options)


def visit(cast: Cast) -> ServiceRequest:
    """The owner's draft with the visit described and nobody invited."""
    case = draft(cast.company, by=cast.owner)
    fill_in_visit(case)
    return case


def upload(case: ServiceRequest, *guests: dict[str, str]) -> list[BatchRow]:
    """Keep a list of these guests with a draft; return its rows."""
    said = columns.read(as_xlsx(*guests))
    batch: InviteeBatch = actions.keep(case.pk, said=said, name="list.xlsx", by=case.created_by)
    return list(batch.rows.all())
