"""How the tests type: answers that are right, and the pages they go to."""

import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pikepdf import Dictionary, Name, Pdf

from tests.cast import COMPANY, VISIT, guest_fields, png

REGISTRATION = dict(COMPANY)
PURPOSE = {name: VISIT[name] for name in VISIT if not name.startswith("places")} | {
    "document_type": "authorised",
    "is_guarantee_accepted": "on",
}


def in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def itinerary(**changes):
    """The answers of the second step with one day."""
    answers = {
        "arrival_on": in_days(60),
        "departure_on": in_days(66),
        "stay_days": "7",
        "places_zh_hans": "沈阳",
        "places_en": "Shenyang",
        "days-TOTAL_FORMS": "1",
        "days-INITIAL_FORMS": "0",
        "days-0-on": in_days(60),
        "days-0-plan": "Visit to the works",
    }
    return answers | changes


def invitee(index=0, **changes):
    """The answers about one guest."""
    answers = {name: str(value) for name, value in guest_fields(index).items()}
    return answers | {"passport_type": "ordinary", "passport_expires_on": in_days(1500)} | changes


def scan(name="scan.png", content=None):
    return SimpleUploadedFile(name, png() if content is None else content)


def pdf(*, script=False):
    """A PDF of one empty page."""
    file, content = Pdf.new(), io.BytesIO()
    file.add_blank_page()
    if script:
        file.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    file.save(content)
    return content.getvalue()


def step_url(case, step="purpose", *rest):
    return reverse("enterprises:draft", args=[case.key]) + "/".join(map(str, [step, *rest])) + "/"


def text_of(response):
    return response.content.decode()
