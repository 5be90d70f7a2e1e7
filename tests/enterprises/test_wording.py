"""The texts of letters: a closed list of placeholders, named faults, no way out and nothing that runs."""

import time

import pytest
from django.utils.translation import override

from enterprises.invitations import first_words
from enterprises.invitations.letter_template import LetterTemplate
from enterprises.invitations.payload import Head, freeze
from enterprises.invitations.wording import BLOCKS, PLACEHOLDERS, MissingValue, faults_of, fill, missing_in
from enterprises.invitations.workflow import make_letter
from enterprises.models import ServiceRequest
from shenyang_fao.core.errors import Refusal

TITLE, OPENING, UNDERTAKING, NOTE = BLOCKS
GOOD = "At the request of {company}, entering on {arrival}, leaving on {departure}."


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def words(db) -> LetterTemplate:
    return LetterTemplate.objects.get(document_type="authorised", version=1)


@pytest.fixture
def facts(words: LetterTemplate, invitation_draft: ServiceRequest) -> dict:
    return freeze(invitation_draft.invitation, head=Head("L-1", "", "https://portal.example/"), wording=words)


def text_of(parts: list[dict]) -> str:
    return "".join(part["value"] for part in parts)


def filled(note: str, facts: dict) -> list[dict]:
    texts = {block.name: {"zh": "", "en": note if block is NOTE else ""} for block in BLOCKS}
    return fill(texts, facts)["note"]["en"]


def test_the_words_that_come_with_the_portal_have_no_faults(words):
    faults = [
        faults_of(block, language, words.texts[block.name][language]) for block in BLOCKS for language in ("zh", "en")
    ]

    assert faults == [[]] * 8


def test_the_first_words_print_what_letters_always_said(facts):
    opening, year = facts["texts"]["opening"], facts["visit"]["arrival_on"][:4]

    assert text_of(opening["zh"]).startswith(
        "应沈阳浑河精密机床有限公司申请，我办邀请下表所列4名外国人员来沈阳访问，拟于" + year
    )
    assert "this Office invites the 4 persons listed below" in text_of(opening["en"])


def test_an_unknown_placeholder_is_named():
    assert faults_of(OPENING, "en", GOOD + " {salary}") == ["{salary} is no known placeholder."]


def test_a_missing_placeholder_is_named():
    assert faults_of(OPENING, "en", "{company} invites.") == ["These placeholders are missing: {arrival}, {departure}."]


def test_a_text_that_is_too_long_says_by_how_much():
    assert faults_of(NOTE, "zh", "一" * 301) == ["At most 300 characters; there are 301."]


@pytest.mark.parametrize("text", ["{", "}", "{{company}}", "{company", "company}"])
def test_a_brace_alone_is_a_fault(text):
    assert faults_of(NOTE, "en", text)


@pytest.mark.parametrize(
    "text",
    [
        "See https://evil.example/x",
        "HTTP://EVIL.EXAMPLE",
        "ftp://evil.example",
        "javascript://x",
        "www.evil.example",
        "evil.com/pay",
        "请访问evil.com。",
        "write to me@evil.example",
        "//evil.example.org",
    ],
)
def test_outside_addresses_are_refused(text):
    assert any(fault.startswith("Outside addresses") for fault in faults_of(NOTE, "en", text))


@pytest.mark.parametrize("text", ["Co., Ltd. i.e. at 9.30", "第3.5条", "{site}"])
def test_what_only_looks_like_an_address_is_none(text):
    assert not any("address" in fault for fault in faults_of(NOTE, "en", text))


def test_the_portal_s_own_address_may_stand(settings):
    settings.SITE_URL = "https://fao.example.org"

    assert faults_of(NOTE, "en", "Verify it at https://fao.example.org/letters/verify/.") == []


def test_a_character_that_cannot_be_printed_is_named():
    assert faults_of(NOTE, "en", "ส \u202e") == ["The letter cannot print these characters: U+0E2A, U+202E."]


@pytest.mark.parametrize(
    "text",
    [
        "#panic()",
        "#while true {}",
        "$ x $",
        "{company.__class__}",
        "{company!r:>1000000000}",
        "{0}",
        "{}",
        "%(company)s",
        "{% for %}",
        '#read("/etc/passwd")',
    ],
)
def test_nothing_in_a_text_runs(text, facts):
    started = time.monotonic()

    printed = text_of(filled(text, facts))

    assert (time.monotonic() - started < 1, len(printed) < 200) == (True, True)


def test_no_data_blow_a_text_up(facts):
    facts["visit"]["reason"]["en"] = "x" * 1000

    with pytest.raises(Refusal, match="longer than 6000"):
        filled("{reason}" * 7, facts)


def test_a_value_is_not_filled_again(facts):
    facts["company"]["name"]["en"] = "{passport_number} {number}"

    assert text_of(filled("{company}", facts)) == "{passport_number} {number}"


def test_every_placeholder_of_the_list_has_a_value(facts):
    gaps = [name for name in PLACEHOLDERS if filled(f"{{{name}}}", facts)[0]["kind"] == "missing"]

    assert gaps == []


def test_dates_stay_dates(facts):
    assert filled("{arrival}", facts) == [{"kind": "date", "value": facts["visit"]["arrival_on"]}]


def test_a_missing_value_is_named_in_its_place(facts):
    facts["visit"]["places"] = {"zh": "", "en": ""}
    texts = {block.name: {"zh": "{places}", "en": "{places}"} for block in BLOCKS}

    assert missing_in(fill(texts, facts)) == ["places"]


def test_no_letter_is_made_without_a_value_that_its_text_needs(invitation_draft, cast, words):
    LetterTemplate.objects.create(
        document_type="authorised",
        version=2,
        written_by=cast.reviewer,
        **first_words_with(note_en="{places}", note_zh_hans="{places}"),
    )
    LetterTemplate.objects.filter(version=2).update(
        state="released", in_force_from="2020-02-01", released_by=cast.approver
    )
    invitation = invitation_draft.invitation
    invitation.places_zh_hans = invitation.places_en = ""
    invitation.save()

    with pytest.raises(MissingValue, match=r"\{places\}"):
        make_letter(invitation_draft, by=cast.approver)


def first_words_with(**texts: str) -> dict[str, str]:
    return {
        "title_zh_hans": "邀请函",
        "title_en": "Invitation",
        "opening_zh_hans": first_words.OPENING_ZH,
        "opening_en": first_words.OPENING_EN,
        "undertaking_zh_hans": first_words.UNDERTAKING_ZH,
        "undertaking_en": first_words.UNDERTAKING_EN,
    } | texts
