"""What officers type into the forms of the register, and how the answer is read."""

from django.urls import reverse

from tests.sister_cities.factories import make_partner, shenyang

LIST = reverse("admin:sister_cities_tie_changelist")
ADD = reverse("admin:sister_cities_tie_add")
SOURCE = "https://www.shenyang.gov.cn/x"
PARTNER = {
    "name_zh_hans": "佐世保市", "name_en": "Sasebo", "kind": "city", "country": "JP", "slug": "sasebo", "latitude": "33.18",
    "longitude": "129.72", "time_zone": "", "website": "", "profile_zh_hans": "", "profile_en": "", "officer": "",
}  # fmt: skip
AGREEMENT = {
    "kind": "agreement", "name_zh_hans": "结好协议", "name_en": "Agreement", "signed": "1981-11-18", "valid_until": "",
    "signatories_zh_hans": "", "signatories_en": "", "summary_zh_hans": "", "summary_en": "", "source": SOURCE,
    "source_grade": "", "note": "",
}  # fmt: skip


def address(record, door="change"):
    return reverse(f"admin:sister_cities_{record._meta.model_name}_{door}", args=[record.pk])


def step_address(tie, status):
    return reverse("admin:sister_cities_tie_step", args=[tie.pk, status])


def answers(**fields):
    """A new tie as an officer types it."""
    if "partner" not in fields:
        fields["partner"] = make_partner().pk
    typed = {"local": shenyang().pk, "level": "sister", "status": "signed", "signed": "1981-11-18"}
    return typed | {"source": SOURCE, "source_grade": "", "note": ""} | fields


def corrected(tie, **fields):
    """What the form of a tie sends when only these fields were changed."""
    typed = {"local": tie.local_id, "partner": tie.partner_id, "level": tie.level, "signed": "1980-11-18"}
    return typed | {"source": tie.source, "source_grade": tie.source_grade, "note": tie.note} | fields


def errors(response):
    """Which fields were refused; an empty name stands for the form as a whole."""
    assert response.status_code == 200
    return dict(response.context["adminform"].form.errors.items())


def again(record):
    return type(record).objects.get(pk=record.pk)
