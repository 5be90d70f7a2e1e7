"""Companies that apply for booths, the desk and the door, the badges, and the table of places and deliveries."""

from datetime import date, timedelta

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from delegations.events import exhibiting, sign_up_desk, signing
from delegations.events.badges import badges_pdf
from delegations.events.enums import ApplicationState
from delegations.events.models import Delivery
from delegations.events.sign_up_desk_forms import InviteForm
from delegations.events.sign_up_doors import verdict
from delegations.events.signups import Exhibitor
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import Notice
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.models import ExportRecord
from tests.cast import Cast, assemble, officer
from tests.delegations.sign_up_makers import event, guest, seated, series

pytestmark = pytest.mark.django_db
APPLICATION = exhibiting.Application("Lathes", "Wang Min, 024")


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def protocol():
    return officer("protocol@example.com", Role.PROTOCOL, language="en")


def call(**fields):
    return event("expo", kind="exhibition", recruits_until=timezone.localdate(), booths=1, **fields)


def test_no_more_companies_are_selected_than_there_are_booths(cast, protocol):
    expo = call()
    first = exhibiting.apply(expo.pk, company=cast.company, application=APPLICATION, by=cast.owner)
    second = exhibiting.apply(expo.pk, company=cast.other_company, application=APPLICATION, by=cast.outsider)

    exhibiting.decide(first.pk, state=ApplicationState.SELECTED, reason="", by=protocol)
    with pytest.raises(NotNow):
        exhibiting.decide(second.pk, state=ApplicationState.SELECTED, reason="", by=protocol)
    with pytest.raises(Refusal):
        exhibiting.decide(second.pk, state=ApplicationState.DECLINED, reason=" ", by=protocol)
    exhibiting.withdraw(first.pk, by=cast.owner)
    exhibiting.decide(second.pk, state=ApplicationState.SELECTED, reason="", by=protocol)

    assert list(Exhibitor.objects.values_list("state", flat=True)) == ["withdrawn", "selected"]
    assert list(Notice.objects.filter(person=cast.owner).values_list("subject", flat=True)) == [
        "Your company has been selected: Ninth Consular Salon"
    ]


def test_another_companys_application_is_not_found_and_not_touched(cast, client):
    row = exhibiting.apply(call().pk, company=cast.company, application=APPLICATION, by=cast.owner)
    client.force_login(cast.outsider)

    answers = [client.get(f"/en/company/exhibitions/{row.pk}/withdraw/").status_code]
    answers += [client.post(f"/en/company/exhibitions/{row.pk}/withdraw/").status_code]
    with pytest.raises(PermissionDenied):
        exhibiting.withdraw(row.pk, by=cast.outsider)

    assert answers == [404, 404]
    assert Exhibitor.objects.get().state == "applied"


def test_a_company_applies_once_on_its_pages(cast, client):
    call()
    client.force_login(cast.owner)
    typed = {"products": "Lathes", "contact": "Wang Min", "booth_wish": ""}

    pages = [client.get("/en/company/exhibitions/"), client.get("/zh-hans/company/exhibitions/expo/apply/")]
    for _time in range(2):
        client.post("/en/company/exhibitions/expo/apply/", typed)

    assert [page.status_code for page in pages] == [200, 200]
    assert Exhibitor.objects.count() == 1


def test_an_officer_at_the_door_is_told_who_may_come_in(client, protocol):
    salon, other = event(starts_on=timezone.localdate()), event("other")
    confirmed, waiting = seated(salon, 2)
    waiting.state, waiting.seat = "waiting", None
    client.force_login(protocol)
    address = f"/admin/delegations/signup/door/{confirmed.key}/"

    tones = [
        verdict(row, at)[0] for row, at in ((confirmed, None), (confirmed, other.pk), (waiting, None), (None, None))
    ]
    client.post(address, {"verb": "come"})
    first = type(confirmed).objects.get(pk=confirmed.pk).attended_at
    client.post(address, {"verb": "come"})
    again = client.get(address)
    client.post(address, {"verb": "back"})

    assert tones == ["ok", "stop", "stop", "stop"]
    assert first == again.context["row"].attended_at is not None
    assert again.context["words"] == "This person has come already."
    assert type(confirmed).objects.get(pk=confirmed.pk).attended_at is None


def test_the_desk_cancels_with_a_reason_and_puts_people_first(protocol):
    salon = event(capacity=1)
    for number in (1, 2, 3):
        signing.sign_up(salon.pk, guest=guest(number), by=None)
    first, _second, third = salon.sign_ups.order_by("pk")

    with pytest.raises(Refusal):
        sign_up_desk.move_up(third.pk, reason=" ", by=protocol)
    sign_up_desk.move_up(third.pk, reason="Speaker", by=protocol)
    sign_up_desk.call_off(first.pk, reason="Asked by telephone", by=protocol)

    assert list(salon.sign_ups.order_by("pk").values_list("state", flat=True)) == ["cancelled", "waiting", "confirmed"]
    with pytest.raises(PermissionDenied):
        sign_up_desk.call_off(third.pk, reason="x", by=officer("auditor@example.com", Role.AUDITOR))


def test_wrong_lines_of_an_invitation_are_named_and_nothing_is_sent(client, protocol):
    salon = event()
    client.force_login(protocol)
    lines = (
        "Ann, ann@example.com, en\n李明，li@example.com\nBob bob@example.com\nEve, eve@, en\nUte, ann@example.com, fr"
    )

    page = client.post(f"/admin/delegations/signup/event/{salon.pk}/invite/", {"people": lines})
    right = InviteForm({"people": "\n".join(lines.split("\n")[:2])})

    assert [fault.split(" ")[1] for fault in page.context["form"].errors["people"]] == ["3", "4", "5"]
    assert (salon.invitations.count(), page.context["form"]["people"].value()) == (0, lines)
    assert right.is_valid()
    assert [(one.name, one.language) for one in right.cleaned_data["people"]] == [("Ann", "en"), ("李明", "zh-hans")]


def test_the_list_is_found_by_name_and_taken_away_on_record(client, protocol):
    salon = event()
    seated(salon, 2)
    client.force_login(protocol)

    found = client.get("/admin/delegations/signup/", {"event__id__exact": salon.pk, "q": "seated 2"})
    by_mail = client.get("/admin/delegations/signup/", {"q": "S1@example.org"})
    taken = client.get(f"/admin/delegations/signup/event/{salon.pk}/export/csv/").content.decode("utf-8-sig")

    assert [row.seat for row in found.context["cl"].result_list] == [2]
    assert [row.seat for row in by_mail.context["cl"].result_list] == [1]
    assert taken.splitlines()[1].startswith("1,Seated 1,,s1@example.org,English,")
    assert ExportRecord.objects.values_list("kind", "form", "rows").get() == ("delegations.signup", "csv", 2)


def test_badges_bear_both_names_and_leave_a_gap_for_what_no_font_prints():
    salon = event()
    first, second = seated(salon, 2)
    first.name = "王敏 🎉"

    with pypdfium2.PdfDocument(badges_pdf(salon, [first, second])) as sheet:
        text = sheet[0].get_textpage().get_text_range()

    assert all(part in text for part in ("第九期领事沙龙", "Ninth Consular Salon", "王敏", "Seated 2"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_table_counts_public_deliveries_and_leads_to_each_list(client, language, django_assert_max_num_queries):
    row = series()
    shown, hidden = event("shown", series=row), event("hidden", series=row, is_public=False)
    for of, day, people in (
        (shown, date(2025, 5, 1), 40),
        (shown, date(2026, 5, 1), 20),
        (hidden, date(2026, 5, 1), 500),
    ):
        Delivery.objects.create(
            event=of, place_kind="park", kind="policy", on=day, people=people, place_zh_hans="园区", place_en="Park"
        )

    with django_assert_max_num_queries(8):
        page = client.get(f"/{language}/delegations/matrix/five-visits/?year=2026")
    cell = page.context["matrix"].lines[1].cells[0]
    behind = client.get(cell.url)
    table = client.get(f"/{language}/delegations/matrix/five-visits/table.csv").content.decode("utf-8-sig").splitlines()

    assert (cell.count, cell.people, page.context["matrix"].years) == (1, 20, [2026, 2025])
    assert [found.people for found in behind.context["page"]] == [20]
    assert table[2].split(",")[1:3] == ["2", "60"]
    assert client.get(f"/{language}/delegations/matrix/five-visits/?year=0000").status_code == 200


def test_calls_end_with_their_day(cast):
    expo = call()

    expo.recruits_until -= timedelta(days=1)
    expo.save()

    with pytest.raises(NotNow):
        exhibiting.apply(expo.pk, company=cast.company, application=APPLICATION, by=cast.owner)
