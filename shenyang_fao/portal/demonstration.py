"""Demonstration people and their company: only where the portal brings its own database, and marked as what they are."""

import os
import secrets
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from PIL import Image, ImageDraw
from stdnum.cn.uscc import calc_check_digit

from enterprises.actions.companies import register_company, verify_company
from enterprises.models import Company
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core import audit, files
from shenyang_fao.core.models import StoredFile

DOMAIN = "example.org"
COMPANY = {
    "name_zh_hans": "演示企业有限公司",
    "name_en": "Demonstration Company Ltd.",
    "address_zh_hans": "沈阳市（演示地址）",
    "address_en": "Shenyang (demonstration address)",
    "phone": "024-0000 0000",
    "contact_name": "演示联系人",
    "legal_representative": "演示法定代表人",
}


@dataclass(frozen=True)
class Demonstrator:
    """Somebody who signs in on a demonstration machine. ``role`` is None for the company's own person."""

    account: str
    name: str
    language: str
    role: Role | None

    @property
    def email(self) -> str:
        return f"{self.account}@{DOMAIN}"


CAST = (
    Demonstrator("company", "Demonstration Company", "en", None),
    Demonstrator("reception", "演示受理员", "zh-hans", Role.RECEPTION),
    Demonstrator("reviewer", "演示初审员", "zh-hans", Role.REVIEWER),
    Demonstrator("approver", "演示签发人", "zh-hans", Role.APPROVER),
    Demonstrator("head", "演示处室负责人", "zh-hans", Role.HEAD),
    Demonstrator("protocol", "演示礼宾员", "zh-hans", Role.PROTOCOL),
    Demonstrator("editor", "演示编辑", "zh-hans", Role.EDITOR),
    Demonstrator("auditor", "演示审计员", "zh-hans", Role.AUDITOR),
    Demonstrator("administrator", "演示管理员", "zh-hans", Role.ADMINISTRATOR),
)


def sign_ins_file() -> Path:
    """Return where the sign-ins are kept, readable by the owner of the machine's account only."""
    return settings.DATA_DIR / "sign-ins.txt"


def make() -> bool:
    """Make the people and the company if they are not there; tell whether anything was made."""
    if User.objects.filter(email=CAST[0].email).exists() and sign_ins_file().exists():
        return False
    with transaction.atomic():
        audit.sign(None)
        passwords = {person: secrets.token_urlsafe(12) for person in CAST}
        people = {person.account: _enter(person, password) for person, password in passwords.items()}
        _found_company(owner=people["company"], officer=people[Role.RECEPTION.value])
    _write_down(passwords)
    return True


def _enter(person: Demonstrator, password: str) -> User:
    fields = {"name": person.name, "language": person.language, "is_staff": person.role is not None}
    user, _is_new = User.objects.update_or_create(email=person.email, defaults=fields)
    user.set_password(password)
    user.save(update_fields=["password"])
    if person.role:
        user.add_role(person.role)
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def _found_company(*, owner: User, officer: User) -> None:
    if Company.objects.filter(is_demonstration=True).exists():
        return
    licence = scan("licence", by=owner)
    company = register_company(data=COMPANY | {"uscc": uscc(0)}, licence=licence, by=owner)
    Company.objects.filter(pk=company.pk).update(is_demonstration=True)
    verify_company(company.pk, by=officer)


def uscc(index: int) -> str:
    """Return the code of the demonstration company with this number; its check character is right, its DEM gives it away."""
    body = f"91210100DEM{index:06d}"
    return body + calc_check_digit(body)


def scan(paper: str, *, by: User) -> StoredFile:
    """Store a picture that says which paper it only pretends to be."""
    return files.store(_picture(paper), name=f"{paper}.png", media_type="image/png", by=by)


@cache
def _picture(paper: str) -> bytes:
    picture = Image.new("RGB", (900, 640), "white")
    ImageDraw.Draw(picture).text((60, 60), f"DEMONSTRATION - not a real {paper}", fill="black", font_size=36)
    data = BytesIO()
    picture.save(data, format="PNG")
    return data.getvalue()


def _write_down(passwords: dict[Demonstrator, str]) -> None:
    width = max(len(person.email) for person in passwords)
    lines = [f"{person.email:<{width}}  {password}" for person, password in passwords.items()]
    path = sign_ins_file()
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
