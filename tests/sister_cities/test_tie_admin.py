"""Ties, partners, agreements and awards in the back office: forms, buttons, lists, and what is refused in words."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.models import StoredFile, Unit, ViewRecord
from sister_cities.admin import ties as tie_page
from sister_cities.models import Agreement, Award, Partner, Tie
from tests.cast import officer, png
from tests.sister_cities.factories import make_partner, make_tie, shenyang

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


@pytest.fixture
def english(client, db):
    """An officer who keeps the register and reads English is signed in."""
    editor = officer("editor@example.com", Role.EDITOR, language="en")
    client.force_login(editor)
    return editor


@pytest.fixture
def chinese(client, db):
    editor = officer("editor@example.com", Role.EDITOR)
    client.force_login(editor)
    return editor


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


def test_a_tie_is_entered_with_its_history_and_the_weight_of_its_source(client, english):
    response = client.post(ADD, answers())

    tie = Tie.objects.get()
    assert response.status_code == 302
    assert (tie.signed_on, tie.signed_precision, tie.source_grade) == (date(1981, 11, 18), "day", "official")
    assert (tie.is_public, tie.status) == (False, "signed")
    assert [(step.status, step.happened_on, step.by) for step in tie.steps.all()] == [
        ("signed", date(1981, 11, 18), english)
    ]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1981", (date(1981, 1, 1), "year")),
        ("1981-11", (date(1981, 11, 1), "month")),
        ("1981年11月18日", (date(1981, 11, 18), "day")),
        ("1981/11/18", (date(1981, 11, 18), "day")),
        ("1981.11", (date(1981, 11, 1), "month")),
    ],
)
def test_a_date_is_typed_as_precisely_as_it_is_known(client, english, typed, stored):
    client.post(ADD, answers(signed=typed))

    tie = Tie.objects.get()
    assert (tie.signed_on, tie.signed_precision) == stored
    shown = client.get(address(tie)).context["adminform"].form["signed"].value()
    assert shown == stored[0].isoformat()[: {"year": 4, "month": 7, "day": 10}[stored[1]]]


def test_a_signed_tie_says_its_date_or_that_it_is_not_known(client, english):
    refused = errors(client.post(ADD, answers(signed="")))
    accepted = client.post(ADD, answers(signed="", is_date_unknown="on"))

    assert refused == {"signed": ["Give the date of signature, or say that it is not known."]}
    assert (accepted.status_code, Tie.objects.get().signed_on) == (302, None)


FAULTS = [
    ({"signed": "2999-01-01"}, "signed", "This date lies in the future.", "该日期尚未到来。"),
    (
        {"signed": "18.11.81"}, "signed", "Write the date as 1981, 1981-11 or 1981-11-18.",
        "日期请写作 1981、1981-11 或 1981-11-18。",
    ),
    ({"signed": "1981-02-30"}, "signed", "Write the date as 1981, 1981-11 or 1981-11-18.", None),
    (
        {"status": "proposed"}, "signed", "A tie that is not signed yet has no date of signature.",
        "尚未签署的结好关系不应有结好日期。",
    ),
    ({"level": "district"}, "local", "At this level the party in Shenyang is a district or county.", None),
    ({"level": "nonsense"}, "level", "Select a valid choice. nonsense is not one of the available choices.", None),
    ({"partner": "9999999"}, "partner", "Select a valid choice. That choice is not one of the available choices.", None),
    ({"partner": ""}, "partner", "This field is required.", None),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "field", "words"), [fault[:3] for fault in FAULTS])
def test_a_fault_is_named_at_its_field(client, english, fields, field, words):
    found = errors(client.post(ADD, answers(**fields)))

    assert found == {field: [words]}
    assert not Tie.objects.exists()


@pytest.mark.parametrize(("fields", "field", "words"), [(f[0], f[1], f[3]) for f in FAULTS if f[3]])
def test_a_fault_is_named_in_chinese_to_those_who_read_chinese(client, chinese, fields, field, words):
    assert errors(client.post(ADD, answers(**fields))) == {field: [words]}


def test_the_same_pair_and_level_twice_is_refused_at_the_partner(client, english):
    tie = make_tie()

    found = errors(client.post(ADD, answers(partner=tie.partner_id)))

    assert found == {"partner": ["The register already holds a tie of this pair at this level."]}


def test_whoever_is_second_in_a_race_reads_the_same_words(client, english, monkeypatch):
    """The other officer's tie is committed between the check of the form and its writing."""
    partner = make_partner()
    enter, rivals = tie_page.actions.enter_tie, [1]

    def too_late(tie, *, by):
        if rivals:
            make_tie(partner=partner, signed_on=date(1999, 1, 1)) if rivals.pop() else None
        return enter(tie, by=by)

    monkeypatch.setattr(tie_page.actions, "enter_tie", too_late)
    # What the rival wrote is rolled back with this request's own transaction: the second try goes through.
    response = client.post(ADD, answers(partner=partner.pk))

    assert (response.status_code, Tie.objects.count()) == (302, 1)


def test_what_the_database_refuses_again_is_a_message_and_no_fault(client, english, monkeypatch):
    tie = make_tie()

    def refused(record, *, columns, by):
        Tie.objects.filter(pk=record.pk).update(signed_on=date(2999, 1, 1))

    monkeypatch.setattr(tie_page.actions, "correct_tie", refused)
    response = client.post(address(tie), corrected(tie), follow=True)

    assert response.redirect_chain == [(address(tie), 302)]
    assert "Somebody else has just changed this." in response.content.decode()
    assert again(tie).signed_on == date(1980, 11, 18)


def test_the_form_does_not_change_the_status_nor_what_is_public(client, english):
    tie = make_tie(is_public=False)

    client.post(address(tie), corrected(tie, status="ended", is_public="on", note="Looked at."))

    assert (again(tie).status, again(tie).is_public, again(tie).note) == ("signed", False, "Looked at.")


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"source": ""}, "source", "A record without a source and its weight stays unpublished."),
        ({"level": "unclear"}, "level", "Only a signed tie of a clear level can be public."),
    ],
)
def test_a_public_tie_keeps_what_makes_it_public(client, english, fields, field, words):
    tie = make_tie()

    assert errors(client.post(address(tie), corrected(tie, **fields))) == {field: [words]}


def test_a_correction_of_the_form_leaves_a_step_that_came_between(client, english, monkeypatch):
    tie, correct = make_tie(), tie_page.actions.correct_tie

    def after_a_step(record, *, columns, by):
        tie_page.actions.change_status(tie.pk, status="dormant", happened_on=None, precision="", by=by)
        return correct(record, columns=columns, by=by)

    monkeypatch.setattr(tie_page.actions, "correct_tie", after_a_step)
    client.post(address(tie), corrected(tie, note="Corrected."))

    assert (again(tie).status, again(tie).note) == ("dormant", "Corrected.")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("proposed", ["转入报批", "登记签署", "登记终止"]),
        ("under_approval", ["登记签署", "退回拟议", "登记终止"]),
        ("signed", ["标为休眠", "登记终止"]),
        ("dormant", ["恢复往来", "登记终止"]),
        ("ended", ["退回拟议", "恢复往来"]),
    ],
)
def test_the_page_of_a_tie_offers_its_next_steps(client, chinese, status, words):
    dates = {} if status in ("signed", "dormant", "ended") else {"signed_on": None, "signed_precision": ""}
    tie = make_tie(status=status, is_public=False, **dates)

    offered = [verb for _status, verb in client.get(address(tie)).context["next_steps"]]

    assert offered == words


def test_a_step_is_asked_for_and_taken(client, english):
    tie = make_tie(status="under_approval", is_public=False, signed_on=None, signed_precision="")
    door = step_address(tie, "signed")

    asked = client.get(door)
    refused = client.post(door, {"happened": "", "note": ""})
    taken = client.post(door, {"happened": "2001-05", "note": "Signed in Shenyang."})

    assert (asked.status_code, refused.context["form"].errors["happened"]) == (
        200, ["Give the date of signature, or say that it is not known."],
    )  # fmt: skip
    assert taken.url == address(tie)
    assert (again(tie).status, again(tie).signed_on, again(tie).signed_precision) == (
        "signed",
        date(2001, 5, 1),
        "month",
    )


def test_a_page_left_open_is_told_that_the_step_is_past(client, english):
    tie = make_tie()
    client.post(step_address(tie, "ended"), {"happened": "2001", "note": ""})

    late = client.post(step_address(tie, "dormant"), {"happened": "2002", "note": "Kept."})

    page = late.content.decode()
    assert "The tie is now “ended”; from there it cannot become “dormant”." in page
    assert "Kept." in page
    assert client.get(step_address(tie, "dormant")).url == address(tie)


@pytest.mark.parametrize(("status", "code"), [("nonsense", 404), ("signed", 302)])
def test_an_address_of_a_step_that_is_none_leads_nowhere(client, english, status, code):
    assert client.get(step_address(make_tie(), status)).status_code == code


def test_a_tie_is_published_and_taken_off_by_buttons(client, english):
    tie = make_tie(is_public=False)

    seen = []
    for door in ("publish", "publish", "unpublish", "unpublish"):
        client.post(address(tie, door))
        seen.append(again(tie).is_public)

    assert seen == [True, True, False, False]
    assert client.get(address(tie, "publish")).status_code == 405


def test_a_tie_on_weak_ground_says_what_is_missing_instead_of_a_button(client, english):
    tie = make_tie(is_public=False, level="unclear", source="", source_grade="")

    page = client.get(address(tie)).content.decode()
    answer = client.post(address(tie, "publish"), follow=True).content.decode()

    words = "Its level is not clear. It names no source. The weight of its source is not given."
    assert (words in page, address(tie, "publish") in page, words in answer) == (True, False, True)
    assert again(tie).is_public is False


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_other_roles_do_not_enter(client, db, role):
    tie = make_tie(is_public=False)
    client.force_login(officer("other@example.com", role))

    codes = [client.get(LIST), client.get(address(tie)), client.get(step_address(tie, "ended"))]
    codes += [client.post(address(tie, "publish")), client.post(step_address(tie, "ended"), {"happened": "2001"})]

    assert [response.status_code for response in codes] == [403] * 5
    assert (again(tie).status, again(tie).is_public) == ("signed", False)


def pks(response):
    return {row.pk for row in response.context["cl"].result_list}


def test_the_list_narrows_to_what_is_to_be_cleared_up(client, english):
    clear = make_tie()
    unclear = make_tie(level="unclear", is_public=False)
    unsourced = make_tie(source="", source_grade="", is_public=False)
    secondary = make_tie(source_grade="secondary")

    found = {reason: pks(client.get(LIST, {"clear_up": reason})) for reason in ("any", "level", "source", "secondary")}

    assert found == {
        "any": {unclear.pk, unsourced.pk, secondary.pk},
        "level": {unclear.pk},
        "source": {unsourced.pk},
        "secondary": {secondary.pk},
    }
    assert clear.pk in pks(client.get(LIST, {"clear_up": "nonsense"}))


@pytest.mark.parametrize("name", ["tie", "partner", "agreement", "award"])
def test_more_rows_cost_no_more_queries(client, english, name):
    counts = set()
    for number in (1, 2, 27):
        for _index in range(number):
            tie = make_tie()
            words = {"name": "协议", "name_zh_hans": "协议", "name_en": "Agreement"}
            Agreement.objects.create(tie=tie, **words)
            Award.objects.create(slug=f"award-{tie.pk}", **words).partners.add(tie.partner)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(reverse(f"admin:sister_cities_{name}_changelist"))
        counts.add(len(queries))

    assert (len(counts), len(response.context["cl"].result_list)) == (1, 30)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_in_both_languages(client, db, language):
    client.force_login(officer("editor@example.com", Role.EDITOR, language=language))
    tie = make_tie()
    names = ["tie", "partner", "agreement", "award"]
    pages = [reverse(f"admin:sister_cities_{name}_{door}") for name in names for door in ("changelist", "add")]
    pages += [address(tie), address(tie.partner), address(tie, "delete"), step_address(tie, "ended")]
    pages += [reverse("admin:core_unit_changelist"), reverse("admin:core_unit_change", args=[tie.local_id])]

    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def new_partner(client, **fields):
    return client.post(reverse("admin:sister_cities_partner_add"), PARTNER | fields)


def test_a_partner_gets_the_time_zone_of_its_place(client, english):
    new_partner(client)

    assert Partner.objects.get().time_zone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"latitude": "91"}, "latitude", "Latitude lies between -90 and 90, longitude between -180 and 180; give both or neither."),
        ({"longitude": ""}, "latitude", "Latitude lies between -90 and 90, longitude between -180 and 180; give both or neither."),
        ({"latitude": "north"}, "latitude", "Enter a number."),
        ({"name_en": ""}, "name_en", "This field is required."),
        ({"slug": "plans"}, "slug", "This address belongs to another page of the directory."),
        ({"time_zone": "Asia/Sasebo"}, "time_zone", "No such time zone. Write it as Asia/Tokyo."),
        ({"time_zone": "Asia"}, "time_zone", "No such time zone. Write it as Asia/Tokyo."),
        ({"time_zone": "../../etc/passwd"}, "time_zone", "No such time zone. Write it as Asia/Tokyo."),
        ({"kind": "village"}, "kind", "Select a valid choice. village is not one of the available choices."),
        ({"latitude": "nan"}, "latitude", "Enter a number."),
    ],
)  # fmt: skip
def test_a_partner_s_fault_is_named_at_its_field(client, english, fields, field, words):
    assert errors(new_partner(client, **fields)) == {field: [words]}


def test_a_partner_s_kind_fits_its_ties(client, english):
    tie = make_tie()

    found = errors(client.post(address(tie.partner), PARTNER | {"kind": "zone"}))

    assert found == {"kind": ["A tie of this partner needs its present kind. Change the tie first."]}


def test_a_unit_s_kind_fits_its_ties(client, english):
    tie = make_tie()
    typed = {"name_zh_hans": "沈阳市", "name_en": "Shenyang", "slug": "shenyang", "kind": "zone"}

    found = errors(client.post(reverse("admin:core_unit_change", args=[tie.local_id]), typed))

    assert found == {"kind": ["A tie of this unit needs its present kind. Change the tie first."]}
    assert Unit.objects.get().kind == "city"


def test_a_partner_s_page_leads_to_its_ties(client, english):
    tie = make_tie()

    assert f'href="{address(tie)}"' in client.get(address(tie.partner)).content.decode()


def upload(name="scan.png", data=None):
    return SimpleUploadedFile(name, data or png())


def new_agreement(client, tie, **fields):
    return client.post(reverse("admin:sister_cities_agreement_add"), AGREEMENT | {"tie": tie.pk} | fields)


def test_an_agreement_is_filed_with_its_private_text(client, english):
    tie = make_tie()

    response = new_agreement(client, tie, upload=upload("协议.png"))

    agreement = tie.agreements.get()
    assert response.url == address(tie)
    assert (agreement.file.original_name, agreement.file.created_by) == ("协议.png", english)
    assert (agreement.signed_on, agreement.source_grade, agreement.is_public) == (date(1981, 11, 18), "official", False)


def test_opening_the_text_is_recorded_and_for_editors_only(client, english):
    tie = make_tie()
    new_agreement(client, tie, upload=upload())
    agreement = tie.agreements.get()

    opened = client.get(address(agreement, "file"))
    client.force_login(officer("reception@example.com", Role.RECEPTION))
    refused = client.get(address(agreement, "file"))

    assert b"".join(opened.streaming_content).startswith(b"\x89PNG")
    assert refused.status_code == 403
    assert [(view.file, view.by) for view in ViewRecord.objects.all()] == [(agreement.file, english)]


def test_a_new_text_takes_the_place_of_the_one_nobody_opened(client, english):
    tie = make_tie()
    new_agreement(client, tie, upload=upload())
    agreement = tie.agreements.get()

    client.post(address(agreement), AGREEMENT | {"tie": tie.pk, "upload": upload("new.png")})

    assert [file.original_name for file in StoredFile.objects.all()] == ["new.png"]
    assert again(agreement).file.original_name == "new.png"


def test_saving_without_a_file_keeps_the_text(client, english):
    tie = make_tie()
    new_agreement(client, tie, upload=upload())
    agreement = tie.agreements.get()

    client.post(address(agreement), AGREEMENT | {"tie": tie.pk, "note": "Read."})

    assert (again(agreement).file, again(agreement).note) == (agreement.file, "Read.")


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        (
            {"upload": SimpleUploadedFile("text.pdf", b"MZ nothing of the kind")}, "upload",
            "Choose a PDF, JPEG, PNG or WebP file. This file is none of them.",
        ),
        ({"valid_until": "1980-01-01"}, "valid_until", "This day lies before the signature."),
        ({"source": "", "is_public": "on"}, "source", "A record without a source and its weight stays unpublished."),
        ({"name_en": ""}, "name_en", "This field is required."),
    ],
)  # fmt: skip
def test_an_agreement_s_fault_is_named_at_its_field(client, english, fields, field, words):
    tie = make_tie()

    assert errors(new_agreement(client, tie, **fields)) == {field: [words]}


def test_a_future_signature_of_an_agreement_is_refused_in_words(client, english):
    assert errors(new_agreement(client, make_tie(), signed="2999")) == {"signed": ["This date lies in the future."]}


def test_a_tie_goes_with_its_agreements_and_their_files(client, english):
    tie = make_tie(is_public=False)
    new_agreement(client, tie, upload=upload())

    client.post(address(tie, "delete"), {"post": "yes"})

    assert (Tie.objects.count(), Agreement.objects.count(), StoredFile.objects.count()) == (0, 0, 0)


def test_an_award_names_the_partners_that_won_it(client, english):
    partner = make_partner()
    typed = {
        "name_zh_hans": "奖",
        "name_en": "Prize",
        "body_zh_hans": "",
        "body_en": "",
        "awarded": "2019",
        "slug": "prize",
    }

    refused = errors(client.post(reverse("admin:sister_cities_award_add"), typed | {"is_public": "on", "source": ""}))
    client.post(reverse("admin:sister_cities_award_add"), typed | {"partners": [partner.pk], "source": SOURCE})

    award = Award.objects.get()
    assert refused == {"source": ["A record without a source and its weight stays unpublished."]}
    assert (list(award.partners.all()), award.awarded_on, award.awarded_precision) == (
        [partner],
        date(2019, 1, 1),
        "year",
    )
