"""The guided form, driven as a browser without scripts drives it."""

import pytest
from django.urls import reverse

from enterprises.enums import RequestState
from enterprises.invitations.rules import INVITEES_AT_MOST
from enterprises.models import Invitee, Paper, ServiceRequest
from tests.cast import add_invitee, bring_to, complete_invitation, draft, guest_fields, leave
from tests.enterprises.guided import PURPOSE, in_days, invitee, itinerary, scan, step_url, text_of


@pytest.fixture
def owner(client, cast):
    client.force_login(cast.owner)
    return client


@pytest.fixture
def case(cast):
    return draft(cast.company, by=cast.owner)


def test_a_draft_begins_at_the_first_step(owner, cast):
    response = owner.post(reverse("enterprises:request_new", args=["invitation"]), follow=True)

    assert response.redirect_chain[-1][0] == step_url(ServiceRequest.objects.get())


def test_reading_what_is_needed_begins_nothing(owner):
    response = owner.get(reverse("enterprises:request_new", args=["invitation"]))

    assert response.status_code == 200
    assert not ServiceRequest.objects.exists()


def test_unknown_kinds_and_steps_are_not_found(owner, case):
    addresses = [
        reverse("enterprises:request_new", args=["apec"]),
        step_url(case, "unknown"),
        step_url(case, "papers", "new"),
        step_url(case, "invitees", 999),
    ]

    assert [owner.get(address).status_code for address in addresses] == [404] * 4


def test_the_whole_form_leads_to_a_number(owner, case):
    owner.post(step_url(case, "purpose"), PURPOSE)
    owner.post(step_url(case, "itinerary"), itinerary())
    owner.post(step_url(case, "invitees", "new"), invitee())
    owner.post(step_url(case, "invitees"))
    guest = Invitee.objects.get()
    papers = {"sealed_request": scan(), "guarantee": scan(), f"passport_{guest.pk}": scan(), "is_consent_given": "on"}
    response = owner.post(step_url(case, "papers"), papers)
    assert response.url == step_url(case, "check")

    response = owner.post(step_url(case, "check"), follow=True)

    case.refresh_from_db()
    assert case.state == RequestState.SUBMITTED
    assert case.number in text_of(response)


def test_each_saved_step_leads_to_the_next(owner, case):
    response = owner.post(step_url(case, "purpose"), PURPOSE)

    assert response.url == step_url(case, "itinerary")
    case.refresh_from_db()
    assert case.saved_steps == ["purpose"]


def test_a_draft_is_resumed_where_it_was_left(owner, case):
    owner.post(step_url(case, "purpose"), PURPOSE | {"later": "1"})

    response = owner.get(reverse("enterprises:draft", args=[case.key]))

    assert response.url == step_url(case, "itinerary")


def test_an_incomplete_step_keeps_what_is_right(owner, case):
    response = owner.post(step_url(case, "purpose"), PURPOSE | {"reason_en": "", "later": "1"})

    assert response.url == reverse("enterprises:request_list")
    case.invitation.refresh_from_db()
    assert case.invitation.relation_en == PURPOSE["relation_en"]
    case.refresh_from_db()
    assert case.saved_steps == []


def test_what_was_typed_stands_in_the_page_with_the_error(owner, case):
    response = owner.post(step_url(case, "purpose"), PURPOSE | {"reason_en": "中文 instead"})

    assert "reason_en" in response.context["form"].errors
    assert "中文 instead" in text_of(response)


def test_dates_that_cannot_be_kept_together_are_not_kept(owner, case):
    owner.post(step_url(case, "itinerary"), itinerary())

    response = owner.post(step_url(case, "itinerary"), itinerary(arrival_on=in_days(90)))

    assert response.status_code == 200
    assert "departure_on" in response.context["form"].errors


def test_a_row_more_keeps_what_was_typed(owner, case):
    response = owner.post(step_url(case, "itinerary"), itinerary(add_row="1", stay_days="seven"))

    assert len(response.context["formset"].forms) == 2
    assert "Visit to the works" in text_of(response)
    assert 'value="seven"' in text_of(response)
    assert not response.context["form"].errors


def test_one_row_for_each_day(owner, case):
    response = owner.post(step_url(case, "itinerary"), itinerary(fill_days="1"))

    rows = [form.initial["on"] for form in response.context["formset"]]
    assert rows == [in_days(day) for day in range(60, 67)]
    assert "Visit to the works" in text_of(response)


def test_nobody_invited_is_said_on_the_list(owner, case):
    response = owner.post(step_url(case, "invitees"))

    assert response.context["form"].non_field_errors()


def test_the_201st_invitee_is_refused(owner, case):
    guests = [Invitee(invitation=case.invitation, **guest_fields(4), passport_expires_on="2035-01-01")]
    for index in range(INVITEES_AT_MOST):
        guest = Invitee(**{field.attname: getattr(guests[0], field.attname) for field in Invitee._meta.concrete_fields})
        guest.passport_index = f"{index:064d}"
        guests.append(guest)
    Invitee.objects.bulk_create(guests[1:])

    response = owner.post(step_url(case, "invitees", "new"), invitee(), follow=True)

    assert "200" in next(str(message) for message in response.context["messages"])
    assert Invitee.objects.count() == INVITEES_AT_MOST


def test_two_invitees_in_a_row(owner, case):
    response = owner.post(step_url(case, "invitees", "new"), invitee(another="1"))

    assert response.url == step_url(case, "invitees", "new")


def test_an_invitee_is_changed(owner, case):
    guest = add_invitee(case, **guest_fields(0))

    owner.post(step_url(case, "invitees", guest.pk), invitee(job_title="Chairman"))

    guest.refresh_from_db()
    assert guest.job_title == "Chairman"


def test_removing_an_invitee_asks_first_and_takes_the_papers_along(owner, cast):
    case = complete_invitation(cast.company, by=cast.owner, invitees=2)
    guest = case.invitation.invitees.first()
    address = step_url(case, "invitees", guest.pk, "remove")

    asked, removed = owner.get(address), owner.post(address)

    assert guest.full_name in text_of(asked)
    assert removed.status_code == 302
    assert not Paper.objects.filter(part=guest.pk).exists()
    assert case.invitation.invitees.count() == 1


def test_passport_numbers_are_hidden_in_lists(owner, cast):
    case = complete_invitation(cast.company, by=cast.owner, invitees=1)
    guest = case.invitation.invitees.get()

    pages = [text_of(owner.get(step_url(case, step))) for step in ("invitees", "check")]

    assert not [page for page in pages if guest.passport_number in page]
    assert guest.passport_number in text_of(owner.get(step_url(case, "invitees", guest.pk)))


def test_a_passport_that_expires_soon_is_a_warning(owner, case):
    owner.post(step_url(case, "itinerary"), itinerary())

    response = owner.post(step_url(case, "invitees", "new"), invitee(passport_expires_on=in_days(100)), follow=True)

    assert Invitee.objects.exists()
    assert [message.level_tag for message in response.context["messages"]] == ["warning", "success"]


def test_good_files_are_kept_when_another_is_refused(owner, cast):
    case = complete_invitation(cast.company, by=cast.owner, invitees=1)
    case.papers.all().delete()

    response = owner.post(step_url(case, "papers"), {"sealed_request": scan(), "guarantee": scan("a.pdf", b"MZ\x90")})

    assert "guarantee" in response.context["form"].errors
    assert [paper.role for paper in case.papers.all()] == ["sealed_request"]


def test_a_paper_is_replaced_and_removed(owner, cast):
    case = complete_invitation(cast.company, by=cast.owner, invitees=1)
    first = case.papers.get(role="guarantee").file

    owner.post(step_url(case, "papers"), {"guarantee": scan("new.png"), "is_consent_given": "on"})
    second = case.papers.get(role="guarantee").file
    owner.post(reverse("enterprises:paper_remove", args=[second.key]))

    assert (first.original_name, second.original_name) == ("guarantee.png", "new.png")
    assert not case.papers.filter(role="guarantee").exists()


def test_a_large_group_uploads_its_passports_in_turns(owner, cast):
    case = complete_invitation(cast.company, by=cast.owner, invitees=23)
    case.papers.filter(role="passport").delete()

    form = owner.get(step_url(case, "papers")).context["form"]

    assert [bool(field) for _slot, field in form.passports()] == [True] * 20 + [False] * 3


def test_the_check_page_leads_to_each_fault(owner, case):
    response = owner.post(step_url(case, "check"))

    addresses = {fault.url for fault in response.context["faults"]}
    assert addresses == {step_url(case, step) for step in ("purpose", "itinerary", "invitees", "papers")}
    case.refresh_from_db()
    assert case.state == RequestState.DRAFT


def test_handing_in_twice_ends_on_the_same_receipt(owner, cast):
    case = complete_invitation(cast.company, by=cast.owner, invitees=1)

    answers = [owner.post(step_url(case, "check")) for _click in range(2)]

    case.refresh_from_db()
    assert {answer.url for answer in answers} == {reverse("enterprises:request", args=[case.number])}
    assert case.events.count() == 1


def test_a_draft_is_discarded(owner, case):
    address = reverse("enterprises:discard", args=[case.key])

    owner.get(address)
    case.refresh_from_db()
    before = case.state
    response = owner.post(address, follow=True)

    case.refresh_from_db()
    assert (before, case.state) == (RequestState.DRAFT, RequestState.WITHDRAWN)
    assert not response.context["rows"]


def test_after_handing_in_nothing_changes(owner, cast):
    case = bring_to(RequestState.SUBMITTED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)

    answer = owner.post(step_url(case, "purpose"), PURPOSE | {"reason_en": "Changed"})

    assert answer.url == reverse("enterprises:request", args=[case.number])
    case.invitation.refresh_from_db()
    assert case.invitation.reason_en != "Changed"


def test_a_session_that_ends_in_the_middle_loses_nothing(client, cast, case):
    typed = PURPOSE | {"reason_en": "", "relation_en": "Partners for a long time."}
    leave(client, cast.owner)

    lost = client.post(step_url(case, "purpose"), typed)
    client.post(lost.url, {"login": cast.owner.email, "password": "correct horse battery staple"})
    response = client.get(step_url(case, "purpose"))

    assert "account" in lost.url
    assert "Partners for a long time." in text_of(response)


def test_another_companys_draft_is_not_found(client, cast, case):
    client.force_login(cast.outsider)
    guest = add_invitee(case, **guest_fields(0))
    addresses = [
        step_url(case, "purpose"),
        step_url(case, "check"),
        step_url(case, "invitees", "new"),
        step_url(case, "invitees", guest.pk),
        step_url(case, "invitees", guest.pk, "remove"),
        reverse("enterprises:draft", args=[case.key]),
    ]

    assert {client.get(address).status_code for address in addresses} == {404}
    assert client.post(step_url(case, "purpose"), PURPOSE).status_code == 404
