"""The fixed cast: the people, the companies and the visit that the tests are about.

Functions, so that a browser test or a script can call them as well; the fixtures stand in `tests/enterprises/conftest.py`.
"""

import io
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from enterprises import kinds
from enterprises.actions import companies, requests
from enterprises.enums import CompanyState, RequestState
from enterprises.invitations.enums import Entries, PaperRole, Payer, Reason, Sex, VisaClass
from enterprises.invitations.rules import stay_days
from enterprises.models import Company, Invitee, ItineraryDay, Paper, ServiceRequest
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core import files, outbox
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import Promise, StoredFile
from shenyang_fao.portal import generation

PASSWORD = "correct horse battery staple"
USCC = "91110000600037341L"
OTHER_USCC = "91210100MA0P4T7K5E"
STEPS = ("purpose", "itinerary", "invitees", "papers")

COMPANY = {
    "uscc": USCC,
    "name_zh_hans": "沈阳浑河精密机床有限公司",
    "name_en": "Shenyang Hunhe Precision Machine Tool Co., Ltd.",
    "address_zh_hans": "沈阳市铁西区开发大路17号",
    "address_en": "17 Kaifa Avenue, Tiexi District, Shenyang",
    "phone": "+86 24 2345 6789",
    "contact_name": "王敏",
    "legal_representative": "李强",
}
OTHER_COMPANY = COMPANY | {
    "uscc": OTHER_USCC,
    "name_zh_hans": "沈阳棋盘山文化传播有限公司",
    "name_en": "Shenyang Qipanshan Culture Co., Ltd.",
}
THIRD_COMPANY = COMPANY | {
    "uscc": "91210106MA0QE5RX3P",
    "name_zh_hans": "沈阳新客户有限公司",
    "name_en": "Newcomer Co., Ltd.",
}
INVITEES = (
    {
        "surname": "Größmann-Öztürk", "given_names": "Jürgen", "sex": Sex.MALE, "born_on": date(1971, 3, 9),
        "nationality": "DE", "passport_number": "C01X00T47", "employer": "Düsseldorfer Werkzeugbau GmbH",
        "job_title": "Managing director", "visa_post_country": "DE", "visa_post_city": "Frankfurt am Main",
    },
    {
        "surname": "KIM", "given_names": "MIN JUN", "native_name": "김민준", "sex": Sex.MALE, "born_on": date(1985, 11, 2),
        "nationality": "KR", "passport_number": "M12345678", "employer": "Hanbit Robotics", "job_title": "Engineer",
        "visa_post_country": "KR", "visa_post_city": "Seoul",
    },
    {
        "surname": "IVANOVA", "given_names": "ELENA SERGEEVNA", "native_name": "Иванова Елена Сергеевна", "sex": Sex.FEMALE,
        "born_on": date(1990, 6, 21), "nationality": "RU", "passport_number": "751234567", "employer": "Sibstanko",
        "job_title": "Head of sales", "visa_post_country": "RU", "visa_post_city": "Irkutsk",
    },
    {
        "surname": "SUHARTINI", "sex": Sex.FEMALE, "born_on": date(1979, 1, 30), "nationality": "ID",
        "passport_number": "X1234567", "employer": "PT Nusantara Logam", "job_title": "Buyer",
        "visa_post_country": "SG", "visa_post_city": "Singapore", "visa_post_reason": "Lives and works in Singapore.",
    },
)  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """Who takes part. ``owner`` files for ``company`` and reads English; ``outsider`` files for ``other_company``."""

    owner: User
    outsider: User
    reception: User
    reviewer: User
    approver: User
    head: User
    auditor: User
    company: Company
    other_company: Company


def assemble() -> Cast:
    """Make everybody and the two verified companies."""
    owner, outsider = person("owner@example.com", language="en"), person("outsider@example.com")
    reception = officer("reception@example.com", Role.RECEPTION)
    return Cast(
        owner=owner,
        outsider=outsider,
        reception=reception,
        reviewer=officer("reviewer@example.com", Role.REVIEWER),
        approver=officer("approver@example.com", Role.APPROVER),
        head=officer("head@example.com", Role.HEAD),
        auditor=officer("auditor@example.com", Role.AUDITOR),
        company=verified_company(COMPANY, owner=owner, officer=reception),
        other_company=verified_company(OTHER_COMPANY, owner=outsider, officer=reception),
    )


def person(email: str, *, language: str = "zh-hans", **fields: object) -> User:
    """Somebody who can sign in with ``PASSWORD``: the address is verified."""
    name = email.partition("@")[0].capitalize()
    user = User.objects.create_user(email, PASSWORD, **({"name": name, "language": language} | fields))
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def leave(client: Client, user: User) -> None:
    """The session of somebody who works in this browser ends."""
    client.force_login(user)
    client.get(reverse("accounts:notices"))
    del client.cookies[settings.SESSION_COOKIE_NAME]


def officer(email: str, *roles: Role, **fields: object) -> User:
    """Somebody with these roles in the back office."""
    user = person(email, **({"is_staff": True} | fields))
    for role in roles:
        user.add_role(role)
    return user


def pending_company(data: dict[str, str] = COMPANY, *, owner: User) -> Company:
    """A company as it stands after its registration."""
    return companies.register_company(data=data, licence=picture("licence.png", by=owner), by=owner)


def verified_company(data: dict[str, str] = COMPANY, *, owner: User, officer: User) -> Company:
    """A company that may file; made without the notice that an officer's button sends."""
    company = pending_company(data, owner=owner)
    company.state, company.verified_by, company.verified_at = CompanyState.VERIFIED, officer, timezone.now()
    company.save()
    return company


def picture(name: str = "scan.png", *, by: User | None = None) -> StoredFile:
    """A private file with a small picture."""
    return files.store(png(), name=name, media_type="image/png", by=by)


def png(colour: str = "white") -> bytes:
    """The bytes of a small picture."""
    content = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(content, format="PNG")
    return content.getvalue()


def draft(company: Company, *, by: User) -> ServiceRequest:
    """An empty draft of a request for invitation letters."""
    kind = kinds.find("invitation")
    assert kind is not None
    return requests.begin(kind, company=company, by=by)


def complete_invitation(company: Company, *, by: User, invitees: int = 4, in_days: int = 60) -> ServiceRequest:
    """A draft with every answer, every paper and so many invitees (the four of the cast, then numbered guests)."""
    request = draft(company, by=by)
    fill_in_visit(request, in_days=in_days)
    for index in range(invitees):
        guest = add_invitee(request, **guest_fields(index))
        file_paper(request, PaperRole.PASSPORT, part=guest.pk, by=by)
    file_paper(request, PaperRole.SEALED_REQUEST, by=by)
    file_paper(request, PaperRole.GUARANTEE, by=by)
    ServiceRequest.objects.filter(pk=request.pk).update(saved_steps=list(STEPS))
    return ServiceRequest.objects.get(pk=request.pk)


def fill_in_visit(request: ServiceRequest, *, in_days: int = 60) -> None:
    """Answer everything about the purpose and the itinerary."""
    arrival = timezone.localdate() + timedelta(days=in_days)
    visit = request.invitation
    for name, value in VISIT.items():
        setattr(visit, name, value)
    visit.arrival_on, visit.departure_on = arrival, arrival + timedelta(days=6)
    visit.stay_days = stay_days(visit.arrival_on, visit.departure_on)
    visit.save()
    ItineraryDay.objects.create(invitation=visit, on=arrival, plan="Shenyang: visit to the works")
    ItineraryDay.objects.create(
        invitation=visit, on=arrival + timedelta(days=3), plan="Shenyang: acceptance of the lathe"
    )


VISIT = {
    "visa_class": VisaClass.M,
    "entries": Entries.SINGLE,
    "reason_code": Reason.TRADE,
    "reason_zh_hans": "验收五轴加工中心并商谈备件供应。",
    "reason_en": "Acceptance of a five-axis machining centre and talks on spare parts.",
    "relation_zh_hans": "2019年以来的设备供应商。",
    "relation_en": "Supplier of equipment since 2019.",
    "payer": Payer.INVITER,
    "places_zh_hans": "沈阳",
    "places_en": "Shenyang",
    "is_guarantee_accepted": True,
    "is_consent_given": True,
}


def guest_fields(index: int) -> dict[str, object]:
    """The answers about one guest; the first four are the cast's own."""
    if index < len(INVITEES):
        return dict(INVITEES[index])
    return INVITEES[0] | {"surname": f"GUEST {chr(65 + index % 26)}", "passport_number": f"G{index:08d}"}


def add_invitee(request: ServiceRequest, **fields: object) -> Invitee:
    """One guest more; the passport is valid for long."""
    expires = timezone.localdate() + timedelta(days=4 * 365)
    return Invitee.objects.create(**({"invitation": request.invitation, "passport_expires_on": expires} | fields))


def file_paper(request: ServiceRequest, role: PaperRole, *, by: User, part: int | None = None) -> Paper:
    """File a small picture as a paper of the request."""
    file = picture(f"{role.value}.png", by=by)
    return Paper.objects.create(request=request, role=role.value, part=part, file=file, filed_by=by)


def bring_to(state: RequestState, request: ServiceRequest, cast: Cast) -> ServiceRequest:
    """Let everybody act until a complete draft stands in ``state``, on the usual way there."""
    for act in generation.ways(cast)[state]:
        act(request.pk)
    return ServiceRequest.objects.get(pk=request.pk)


def work_off() -> None:
    """Keep every promise that waits, and those that follow from them, in this process."""
    while waiting := list(Promise.objects.filter(state=PromiseState.WAITING).values_list("pk", flat=True)):
        for promise_id in waiting:
            outbox.keep(promise_id)
