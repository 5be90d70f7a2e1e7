"""Anybody who is shown a letter learns whether it stands, and nothing more."""

import re
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from enterprises import verification
from enterprises.enums import RequestState
from enterprises.invitations.enums import LetterState
from enterprises.models import Letter
from enterprises.verification import Standing
from tests.cast import Cast, bring_to, complete_invitation, work_off

LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture
def letter(cast: Cast) -> Letter:
    request = complete_invitation(cast.company, by=cast.owner)
    bring_to(RequestState.APPROVED, request, cast)
    work_off()
    return Letter.objects.get(request=request)


def signed_bytes(letter: Letter) -> bytes:
    assert letter.signed is not None
    with letter.signed.content.open("rb") as file:
        return file.read()


def upload(client: Client, data: bytes, language: str = "en") -> str:
    file = SimpleUploadedFile("letter.pdf", data, content_type="application/pdf")
    return client.post(f"/{language}/letters/verify/", {"letter": file}).content.decode()


def test_an_issued_letter_is_valid(letter: Letter) -> None:
    finding = verification.look_up(letter.code)

    assert finding.standing == Standing.VALID
    assert finding.number == letter.number


def test_names_are_masked_to_the_first_letter_of_each_word(letter: Letter) -> None:
    finding = verification.look_up(letter.code)

    assert finding.names == ("G••• J•••", "K••• M••• J•••", "I••• E••• S•••", "S•••")


def test_a_letter_lapses_the_day_after_the_intended_entry(letter: Letter) -> None:
    noon = datetime.combine(letter.lapses_on, time(12), tzinfo=timezone.get_default_timezone())
    with time_machine.travel(noon):
        on_the_day = verification.look_up(letter.code).standing
    with time_machine.travel(noon + timedelta(days=1)):
        a_day_later = verification.look_up(letter.code).standing

    assert (on_the_day, a_day_later) == (Standing.VALID, Standing.LAPSED)


def test_a_revoked_letter_says_so(letter: Letter, cast: Cast) -> None:
    letter.state, letter.revoked_at, letter.revoked_by = LetterState.REVOKED, timezone.now(), cast.approver
    letter.save(update_fields=["state", "revoked_at", "revoked_by"])

    assert verification.look_up(letter.code).standing == Standing.REVOKED


def test_a_letter_that_is_not_issued_yet_is_unknown(cast: Cast) -> None:
    request = complete_invitation(cast.company, by=cast.owner, invitees=1)
    bring_to(RequestState.APPROVED, request, cast)

    assert verification.look_up(Letter.objects.get(request=request).code).standing == Standing.UNKNOWN


@pytest.mark.parametrize("code", ["", "x", "0" * 32, "ZZ" * 16, "' OR 1=1 --", "\x00" * 32])
def test_anything_else_is_unknown(db: None, code: str) -> None:
    assert verification.look_up(code).standing == Standing.UNKNOWN


def test_the_code_has_at_least_100_random_bits(letter: Letter) -> None:
    assert re.fullmatch(r"[0-9a-f]{32}", letter.code)


@LANGUAGES
def test_the_page_shows_no_passport_number_and_no_full_name(client: Client, letter: Letter, language: str) -> None:
    page = client.get(f"/{language}/letters/verify/{letter.code}/").content.decode()

    shown = [text for text in ("C01X00T47", "M12345678", "Größmann", "IVANOVA", "1971", "김민준") if text in page]
    assert shown == []


@LANGUAGES
def test_the_page_shows_number_company_and_masked_names(client: Client, letter: Letter, language: str) -> None:
    page = client.get(f"/{language}/letters/verify/{letter.code}/").content.decode()

    wanted = [letter.number, "沈阳浑河精密机床有限公司", "Shenyang Hunhe Precision Machine Tool Co., Ltd.", "G••• J•••"]
    assert [text for text in wanted if text not in page] == []


def test_the_address_in_the_qr_code_leads_to_the_page_in_the_readers_language(client: Client, letter: Letter) -> None:
    answer = client.get(f"/letters/verify/{letter.code}/", headers={"Accept-Language": "en-GB"})

    assert (answer.status_code, answer["Location"]) == (302, f"/en/letters/verify/{letter.code}/")


def test_an_unknown_code_is_answered_404(client: Client, db: None) -> None:
    assert client.get(f"/en/letters/verify/{'0' * 32}/").status_code == 404


def test_a_typed_code_may_have_spaces_and_capitals(client: Client, letter: Letter) -> None:
    typed = " ".join(re.findall("....", letter.code.upper()))

    answer = client.post("/en/letters/verify/", {"code": typed})

    assert answer["Location"] == f"/en/letters/verify/{letter.code}/"


@LANGUAGES
def test_a_code_that_cannot_be_one_keeps_what_was_typed(client: Client, db: None, language: str) -> None:
    answer = client.post(f"/{language}/letters/verify/", {"code": "O0l1-nonsense"})

    assert answer.status_code == 422
    assert 'value="O0l1-nonsense"' in answer.content.decode()


def test_the_issued_file_is_genuine(letter: Letter) -> None:
    found = verification.examine(signed_bytes(letter))

    assert (found.is_genuine, found.finding.number) == (True, letter.number)


def test_a_changed_byte_makes_the_file_false(letter: Letter) -> None:
    data = bytearray(signed_bytes(letter))
    data[len(data) // 3] ^= 1

    assert verification.examine(bytes(data)).is_genuine is False


def test_an_added_update_makes_the_file_false(letter: Letter) -> None:
    found = verification.examine(signed_bytes(letter) + b"\n% one line more\n")

    assert (found.is_genuine, found.signature.whole_file) == (False, False)


def test_the_unsigned_draft_is_not_genuine(letter: Letter) -> None:
    assert letter.rendered is not None
    with letter.rendered.content.open("rb") as file:
        found = verification.examine(file.read())

    assert found.is_genuine is False


@LANGUAGES
@pytest.mark.parametrize("data", [b"%PDF-1.7 nonsense", b"MZ\x90\x00", b"<svg onload=alert(1)>", b"\x00" * 4096])
def test_a_file_of_any_other_kind_gets_a_clear_answer(client: Client, db: None, data: bytes, language: str) -> None:
    page = upload(client, data, language)

    assert {"zh-hans": "该文件不是真实的邀请函原件", "en": "This file is not a genuine letter"}[language] in page


def test_an_empty_upload_gets_a_message_at_its_field(client: Client, db: None) -> None:
    assert client.post("/en/letters/verify/", {}).status_code == 422


def test_the_eleventh_question_in_a_minute_waits(client: Client, letter: Letter) -> None:
    answers = [client.get(f"/en/letters/verify/{letter.code}/").status_code for _ in range(11)]

    assert answers == [200] * 10 + [429]


def test_asking_for_the_form_is_not_counted(client: Client, db: None) -> None:
    answers = {client.get("/en/letters/verify/").status_code for _ in range(15)}

    assert answers == {200}


def test_addresses_are_counted_apart(client: Client, letter: Letter) -> None:
    for _ in range(11):
        client.get(f"/en/letters/verify/{letter.code}/")

    other = client.get(f"/en/letters/verify/{letter.code}/", REMOTE_ADDR="203.0.113.9")

    assert other.status_code == 200
