"""The pages of a list in repair, driven as a browser without scripts drives them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from enterprises.enums import RequestState
from enterprises.models import BatchRow, Invitee, InviteeBatch, Paper
from enterprises.views import batches
from tests.cast import add_invitee, bring_to, complete_invitation, guest_fields, leave, png
from tests.enterprises.guided import pdf, step_url, text_of
from tests.enterprises.lists import as_csv, as_xlsx, guest, upload, visit


@pytest.fixture
def owner(client, cast):
    client.force_login(cast.owner)
    return client


@pytest.fixture
def case(cast):
    return visit(cast)


def url(case, door=""):
    return reverse(f"enterprises:batch{door}", args=[case.key])


def sent(content, name="list.xlsx"):
    return {"file": SimpleUploadedFile(name, content)}


def shown(response):
    return [str(message) for message in response.context["messages"]]


def cell(row, name):
    return f"r{row.pk}-{name}"


def test_the_step_of_the_invitees_leads_to_the_upload(owner, case):
    assert url(case, "_upload") in text_of(owner.get(step_url(case, "invitees")))


@pytest.mark.parametrize(("form", "start"), [("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")])
def test_anybody_may_have_the_template(client, form, start):
    response = client.get(reverse("enterprises:batch_template", args=[form]))

    assert response.content.startswith(start)
    assert response["Content-Disposition"] == f'attachment; filename="invitees.{form}"'


def test_other_templates_are_not_found(client, db):
    assert client.get(reverse("enterprises:batch_template", args=["xls"])).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_list_is_uploaded_and_its_faults_are_shown(owner, case, language):
    with override(language):
        response = owner.post(url(case, "_upload"), sent(as_xlsx(guest(1), guest(2, sex="?"))), follow=True)

        assert response.redirect_chain == [(url(case), 302)]
    row = BatchRow.objects.get(number=3)
    assert f'href="#{cell(row, "sex")}"' in text_of(response)
    assert f'id="{cell(row, "sex")}"' in text_of(response)
    assert (response.context["repair"].total, len(response.context["cards"])) == (2, 1)


def test_what_was_passed_over_is_told(owner, case):
    with override("en"):
        content = as_csv(guest(1)) + b"\r\n#,not read"
        response = owner.post(url(case, "_upload"), sent(content, "list.csv"), follow=True)

    assert shown(response)[0] == "1 row begins with # and was not read."


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
ENDLESS = as_xlsx(*(guest(number) for number in range(5000)))


@pytest.mark.parametrize("content", [b"", pdf(), b"\x00\x01", b"surname\nKIM\n", as_xlsx(), LOCKED, ENDLESS])
def test_a_file_that_is_no_list_is_refused_at_the_field(owner, case, content):
    response = owner.post(url(case, "_upload"), sent(content, "list.csv"))

    assert list(response.context["form"].errors) == ["file"]
    assert not InviteeBatch.objects.exists()


def test_without_a_file_the_page_asks_for_one(owner, case):
    response = owner.post(url(case, "_upload"))

    assert list(response.context["form"].errors) == ["file"]


def test_a_list_that_does_not_fit_beside_the_invitees_is_refused(owner, case):
    add_invitee(case, **guest_fields(0))

    response = owner.post(url(case, "_upload"), sent(as_xlsx(*(guest(index) for index in range(200)))))

    assert list(response.context["form"].errors) == ["file"]


def test_a_second_list_asks_before_it_takes_the_place_of_the_first(owner, case):
    upload(case, guest(1))

    refused = owner.post(url(case, "_upload"), sent(as_xlsx(guest(2))))
    owner.post(url(case, "_upload"), sent(as_xlsx(guest(2))) | {"is_replaced": "on"})

    assert list(refused.context["form"].errors) == ["is_replaced"]
    assert BatchRow.objects.get().cells["passport_number"] == "M00000002"


def test_too_many_uploads_are_refused(owner, case, monkeypatch):
    monkeypatch.setattr(batches, "UPLOADS", 1)
    owner.post(url(case, "_upload"), sent(as_xlsx(guest(1))))

    response = owner.post(url(case, "_upload"), sent(as_xlsx(guest(2))) | {"is_replaced": "on"})

    assert response.status_code == 429


def test_without_a_list_the_page_leads_to_the_upload(owner, case):
    assert owner.get(url(case)).url == url(case, "_upload")


def test_what_was_repaired_is_kept_right_or_wrong(owner, case):
    rows = upload(case, guest(1, sex="?"), guest(2, born_on="x"))

    with override("en"):
        response = owner.post(
            url(case), {cell(rows[0], "sex"): "女", cell(rows[1], "born_on"): "still wrong"}, follow=True
        )

    assert shown(response) == ["Saved. 1 row still has faults."]
    assert "still wrong" in text_of(response)
    assert [row.cells["sex"] for row in BatchRow.objects.all()] == ["女", "M"]


def test_leaving_and_coming_back_finds_everything(owner, case):
    row = upload(case, guest(1, sex="?"))[0]
    left = owner.post(url(case), {cell(row, "sex"): "perhaps", "later": "1"})
    assert left.url == step_url(case, "invitees")

    step = text_of(owner.get(left.url))
    page = text_of(owner.get(url(case)))

    assert url(case) in step
    assert 'value="perhaps"' in page


def test_a_session_that_ends_loses_nothing(owner, cast, case):
    row = upload(case, guest(1, sex="?"))[0]
    leave(owner, cast.owner)
    owner.post(url(case), {cell(row, "sex"): "typed before"})
    owner.force_login(cast.owner)

    page = text_of(owner.get(url(case)))

    assert 'value="typed before"' in page


def test_a_row_can_be_left_out(owner, case):
    rows = upload(case, guest(1, sex="?"), guest(2))

    owner.post(url(case), {"remove": str(rows[0].pk)})

    assert list(BatchRow.objects.values_list("pk", flat=True)) == [rows[1].pk]


def test_a_right_row_can_be_opened_and_changed(owner, case):
    rows = upload(case, guest(1), guest(2))

    response = owner.get(url(case), {"row": rows[1].pk})

    assert [card.verdict.row for card in response.context["cards"]] == [rows[1]]


def test_rows_that_are_in_the_request_already_are_left_out_at_once(owner, case):
    add_invitee(case, **guest_fields(1) | {"passport_number": "M00000001"})
    upload(case, guest(1), guest(2))

    owner.post(url(case), {"listed": "1"})

    assert [row.cells["passport_number"] for row in BatchRow.objects.all()] == ["M00000002"]


def test_taking_everything_over_leads_to_the_passport_pages(owner, case):
    upload(case, guest(1), guest(2))

    response = owner.post(url(case, "_take_over"), {"expected": "2"}, follow=True)

    assert response.redirect_chain[-1][0] == url(case, "_scans")
    assert [invitee.passport_number for invitee in response.context["missing"]] == ["M00000001", "M00000002"]


def test_taking_over_what_is_right_leaves_the_rest_on_the_page(owner, case):
    upload(case, guest(1), guest(2, sex="?"))

    assert owner.post(url(case, "_take_over"), {"expected": "1"}).url == url(case)
    assert Invitee.objects.count() == 1


@pytest.mark.parametrize("expected", ["", "x", "7", "9" * 30])
def test_a_number_that_is_not_the_shown_one_takes_over_nobody(owner, case, expected):
    upload(case, guest(1))

    assert owner.post(url(case, "_take_over"), {"expected": expected}).url == url(case)
    assert not Invitee.objects.exists()


def test_the_list_is_discarded_after_a_question(owner, case):
    upload(case, guest(1))
    assert owner.get(url(case, "_discard")).status_code == 200
    assert InviteeBatch.objects.exists()

    owner.post(url(case, "_discard"))

    assert not InviteeBatch.objects.exists()


def test_long_lists_show_what_is_wrong_page_by_page(owner, case):
    rows = upload(case, *(guest(index, sex="?") for index in range(45)))

    last = owner.get(url(case), {"page": 3})
    response = owner.post(url(case), {"page": "3", cell(rows[44], "sex"): "M"})

    assert [card.verdict.row.number for card in last.context["cards"]] == [42, 43, 44, 45, 46]
    assert response.url == f"{url(case)}?page=3"


def test_every_button_of_the_page_keeps_what_was_typed(owner, case):
    rows = upload(case, *(guest(index, sex="?") for index in range(30)), guest(30))

    there = owner.post(url(case), {"page": "1", cell(rows[0], "employer"): "One", "go": "2"})
    opened = owner.post(url(case), {"page": "2", cell(rows[1], "employer"): "Two", "open": str(rows[30].pk)})
    owner.post(url(case, "_take_over"), {"expected": "1", cell(rows[2], "employer"): "Three"})

    assert (there.url, opened.url) == (f"{url(case)}?page=2", f"{url(case)}?row={rows[30].pk}")
    assert [row.cells["employer"] for row in BatchRow.objects.all()[:3]] == ["One", "Two", "Three"]


def test_what_was_typed_while_taking_over_is_looked_at_first(owner, case):
    rows = upload(case, guest(1), guest(2, sex="?"))

    owner.post(url(case, "_take_over"), {"expected": "1", cell(rows[1], "sex"): "M"})

    assert not Invitee.objects.exists()
    assert BatchRow.objects.count() == 2


DOORS = ("", "_upload", "_take_over", "_discard", "_scans")


@pytest.mark.parametrize("door", DOORS)
def test_others_do_not_find_it(client, cast, case, door):
    upload(case, guest(1))
    statuses = {}
    for person in (cast.outsider, cast.reception, cast.approver, cast.auditor):
        client.force_login(person)
        statuses[person.email] = client.post(url(case, door)).status_code

    assert set(statuses.values()) <= {403, 404}
    assert statuses[cast.outsider.email] == 404


@pytest.mark.parametrize("door", DOORS)
def test_after_handing_in_nothing_of_it_is_open(owner, cast, door):
    case = bring_to(RequestState.SUBMITTED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)

    assert owner.post(url(case, door)).url == case.get_absolute_url()


def test_officers_have_no_list_in_the_back_office(client, cast, case):
    upload(case, guest(1))
    client.force_login(cast.reception)

    assert "inviteebatch" not in text_of(client.get("/admin/"))


def test_the_page_takes_as_many_queries_for_200_rows_as_for_one(owner, cast):
    counts = []
    for number in (1, 30, 200):
        case = visit(cast)
        upload(case, *(guest(index, sex="?" if index % 2 else "M") for index in range(number)))
        owner.get(url(case))
        with CaptureQueriesContext(connection) as queries:
            owner.get(url(case))
        counts.append(len(queries))

    assert len(set(counts)) == 1


def scan(name, content=None):
    return SimpleUploadedFile(name, png() if content is None else content)


def test_passport_pages_find_their_owners_by_the_names_of_the_files(owner, case):
    first, second, third = (
        add_invitee(case, **guest_fields(index) | {"passport_number": number})
        for index, number in ((1, "M11111111"), (2, "M22222222"), (3, "M33333333"))
    )
    files = [
        scan("M11111111.png"),
        scan("passport kim_m22222222 (1).PDF", pdf()),
        scan("M99999999.png"),
        scan("M33333333.png", b"no"),
    ]

    with override("en"):
        response = owner.post(url(case, "_scans"), {"scans": files}, follow=True)

    assert set(Paper.objects.values_list("part", flat=True)) == {first.pk, second.pk}
    assert response.context["missing"] == [third]
    assert shown(response) == [
        "2 passport pages have been filed.",
        "M99999999.png: no invitee has a passport of this number.",
        "M33333333.png: Choose a PDF, JPEG, PNG or WebP file. This file is none of them.",
    ]


def test_a_name_that_fits_two_invitees_files_nothing(owner, case):
    for index, country in ((1, "KR"), (2, "JP")):
        add_invitee(case, **guest_fields(index) | {"passport_number": "M11111111", "nationality": country})

    owner.post(url(case, "_scans"), {"scans": [scan("M11111111.png")]})

    assert not Paper.objects.exists()


@pytest.mark.parametrize("count", [0, 51])
def test_no_file_and_too_many_files_are_refused(owner, case, count):
    response = owner.post(url(case, "_scans"), {"scans": [scan(f"{number}.png") for number in range(count)]})

    assert list(response.context["form"].errors) == ["scans"]
