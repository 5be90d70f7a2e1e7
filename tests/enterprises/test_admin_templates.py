"""The letters' texts in the back office: pages in both languages, buttons, and previews that are never more than specimens."""

import io

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from enterprises.enums import RequestState
from enterprises.invitations import preview, versions
from enterprises.invitations.enums import DocumentType, TemplateState
from enterprises.invitations.letter_template import LetterTemplate
from enterprises.models import Letter
from shenyang_fao.core.documents import press
from shenyang_fao.core.documents.press import TooSlowError
from shenyang_fao.core.models import Counter, ViewRecord
from tests.cast import Cast, bring_to, complete_invitation

LIST = "/admin/enterprises/lettertemplate/"


@pytest.fixture
def draft(cast: Cast) -> LetterTemplate:
    return versions.begin(DocumentType.AUTHORISED, by=cast.reviewer)


@pytest.fixture
def case(cast: Cast):
    return bring_to(RequestState.ACCEPTED, complete_invitation(cast.company, by=cast.owner), cast)


def page_of(template: LetterTemplate) -> str:
    return f"{LIST}{template.pk}/change/"


def preview_of(template: LetterTemplate, form: str = "pdf", query: str = "") -> str:
    return f"{LIST}{template.pk}/preview.{form}{query}"


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")


def red_dots(png: bytes) -> int:
    """How many pixels have the bright red of a missing value; the office's vermilion is darker, and paler where it fades."""
    colours = Image.open(io.BytesIO(png)).convert("RGB").getcolors(1 << 24)
    return sum(count for count, (red, green, blue) in colours if red > 200 and green < 70 and blue < 70)


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "函件模板"), ("en", "Letter templates")])
def test_the_list_is_in_both_languages(client: Client, cast, language, words):
    cast.approver.language = language
    cast.approver.save()
    client.force_login(cast.approver)

    assert words in client.get(LIST).content.decode()


@pytest.mark.parametrize("role", ["reception", "reviewer", "approver", "auditor"])
def test_every_officer_of_requests_reads_the_texts(client: Client, cast, draft, role):
    client.force_login(getattr(cast, role))

    assert client.get(page_of(draft)).status_code == 200


def answers_of(draft: LetterTemplate) -> dict[str, str]:
    """What the form sends: the texts as they stand, and a note."""
    answers = {
        f"{name}_{column}": text
        for name, both in draft.texts.items()
        for column, text in zip(("zh_hans", "en"), both.values(), strict=True)
    }
    return answers | {"layout": "each", "note_zh_hans": "说明。", "note_en": "A note."}


def test_the_author_writes_and_another_releases(client: Client, cast, draft):
    client.force_login(cast.reviewer)
    client.post(f"{LIST}{draft.pk}/write/", answers_of(draft))
    client.force_login(cast.approver)
    client.post(f"{LIST}{draft.pk}/release/", {"in_force_from": timezone.localdate().isoformat()})

    done = LetterTemplate.objects.get(pk=draft.pk)
    assert (done.state, done.layout, done.note_en, done.released_by) == (
        TemplateState.RELEASED,
        "each",
        "A note.",
        cast.approver,
    )


def test_a_fault_stands_beside_its_text(client: Client, cast, draft):
    client.force_login(cast.reviewer)

    page = client.post(f"{LIST}{draft.pk}/write/", {"layout": "table", "opening_en": "{salary}"}).content.decode()

    assert ('id="id_opening_en_error"' in page, "{salary}" in page) == (True, True)


@pytest.mark.parametrize(("role", "may_release"), [("reviewer", False), ("approver", True), ("auditor", False)])
def test_the_button_to_release_is_shown_to_those_who_may(client: Client, cast, draft, role, may_release):
    client.force_login(getattr(cast, role))

    assert (f"{LIST}{draft.pk}/release/" in client.get(page_of(draft)).content.decode()) is may_release


def test_the_preview_is_a_specimen_without_number_code_or_signature(client: Client, cast, draft):
    client.force_login(cast.reviewer)

    pdf = client.get(preview_of(draft)).content

    text = text_of(pdf)
    assert ("SPECIMEN" in text, "SYFAO-" in text, b"/ByteRange" in pdf) == (True, False, False)
    assert (Letter.objects.count(), Counter.objects.filter(series="LTR").exists()) == (0, False)


def test_what_is_typed_is_previewed_and_not_saved(client: Client, cast, draft):
    client.force_login(cast.reviewer)

    answer = client.post(preview_of(draft), answers_of(draft) | {"note_en": "Typed and not saved."})

    assert "Typed and not saved." in text_of(answer.content)
    assert not LetterTemplate.objects.get(pk=draft.pk).note_en


def test_typed_text_with_a_fault_is_not_previewed_and_says_so(client: Client, cast, draft):
    client.force_login(cast.reviewer)

    page = client.post(preview_of(draft), answers_of(draft) | {"note_en": "{salary}"}).content.decode()

    assert 'id="id_note_en_error"' in page


def test_missing_values_stand_in_red(draft):
    whole, gaps = preview.of_sample(draft, form="png"), preview.of_sample(draft, with_gaps=True, form="png")

    assert (red_dots(whole), red_dots(gaps) > 100) == (0, True)


def test_the_preview_of_a_real_case_shows_its_people_and_is_recorded(client: Client, cast, draft, case):
    client.force_login(cast.reviewer)

    text = text_of(client.get(preview_of(draft, query=f"?case={case.number}")).content)

    assert ("C01X00T47" in text, "SPECIMEN" in text) == (True, True)
    assert ViewRecord.objects.filter(by=cast.reviewer).count() == 4


def test_who_handles_no_cases_previews_none(client: Client, cast, draft, case):
    client.force_login(cast.auditor)

    assert client.get(preview_of(draft, query=f"?case={case.number}")).status_code == 403


def test_a_company_sees_none_of_it(client: Client, cast, draft):
    client.force_login(cast.owner)

    assert client.get(preview_of(draft)).status_code in (302, 403)


@pytest.mark.parametrize("query", ["?case=SYFAO-INV-2026-999999", "?case=..%2F.."])
def test_an_unknown_case_is_not_found(client: Client, cast, draft, query):
    client.force_login(cast.reviewer)

    assert client.get(preview_of(draft, query=query)).status_code == 404


def test_a_typesetter_that_takes_too_long_is_stopped(draft):
    with pytest.raises(TooSlowError):
        press.press(draft.layout_file, preview.specimen() | {"specimen": True}, seconds=0.01)
