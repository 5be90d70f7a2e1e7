"""The texts that come with the portal: version 1 of each document. They never change; officers write the versions after it."""

from datetime import date
from typing import Any

from django.apps import apps as installed

# In force from before any letter.
FROM = date(2020, 1, 1)
OPENING_ZH = (
    "应{company}申请，我办邀请下表所列{persons}来沈阳访问，拟于{arrival}入境、{departure}离境。"
    "请贵馆依照有关规定予以审核并惠予办理签证。"
)
OPENING_EN = (
    "At the request of {company}, this Office invites the {persons} listed below to visit Shenyang, entering China on"
    " {arrival} and leaving on {departure}. We would be grateful if you would consider {applications} under the rules"
    " that apply."
)
UNDERTAKING_ZH = (
    "邀请单位承诺：所报情况属实，承担接待和管理责任，督促被邀请人员在华期间遵守中国法律法规、按期离境，并按本函所列承担费用。"
    "本函于拟入境日{lapses}之后自动失效。是否准予签证，由驻外签证机关决定。"
)
UNDERTAKING_EN = (
    "The inviting company has undertaken that what it states is true, that it will receive and look after the persons"
    " invited, that they will observe Chinese law and leave on time, and that costs are borne as stated in this letter."
    " This letter lapses after the intended date of entry, {lapses}. Whether a visa is granted is decided by the visa post."
)
TITLES = {
    "authorised": ("被授权单位邀请函", "Invitation letter of a duly authorised unit"),
    "verification": ("邀请核实单", "Invitation verification sheet"),
}


def ensure(apps: Any = installed, **kwargs: Any) -> None:
    """Make version 1 of each document that has no version yet; after migrations, and within the one that made the table."""
    templates = apps.get_model("enterprises", "LetterTemplate").objects
    for document_type, (title_zh, title_en) in TITLES.items():
        if not templates.filter(document_type=document_type).exists():
            templates.create(
                document_type=document_type,
                version=1,
                state="released",
                in_force_from=FROM,
                **_both("title", title_zh, title_en),
                **_both("opening", OPENING_ZH, OPENING_EN),
                **_both("undertaking", UNDERTAKING_ZH, UNDERTAKING_EN),
            )


def _both(name: str, zh: str, en: str) -> dict[str, str]:
    return {f"{name}_zh_hans": zh, f"{name}_en": en}
