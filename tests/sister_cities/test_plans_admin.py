"""Programmes, plans and actions in the back office."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core.models import StoredFile, ViewRecord
from sister_cities.enums import ActionState
from sister_cities.models import ActionReport, Plan, PlanAction
from tests.cast import officer, png
from tests.sister_cities.plan_makers import (
    TODAY,
    evidence,
    make_action,
    make_plan,
    report,
    standing,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("may_2025")]


def page(action: PlanAction, door: str = "change") -> str:
    return reverse(f"admin:sister_cities_planaction_{door}", args=[action.pk])


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.png", png(), content_type="image/png")


def test_an_officer_reports_with_evidence_and_opens_it(client, editor):
    action = make_action()
    client.force_login(editor)

    answer = client.post(page(action, "report"), {"on": "2025-05-19", "progress": 35, "note": "Met.", "file": upload()})
    opened = client.get(
        reverse("admin:sister_cities_planaction_evidence", args=[action.pk, StoredFile.objects.get().key])
    )

    assert (answer.status_code, standing(action)) == (302, (ActionState.UNDER_WAY, 35, None))
    assert b"".join(opened.streaming_content).startswith(b"\x89PNG")
    assert ViewRecord.objects.get().by == editor


@pytest.mark.parametrize(
    "said",
    [
        {"on": "2025-05-21"},
        {"progress": "101"},
        {"progress": ""},
        {"note": " "},
        {"file": SimpleUploadedFile("run.png", b"MZ\x90\x00", content_type="image/png")},
    ],
)
def test_a_wrong_report_comes_back_with_what_was_typed(client, editor, said):
    action = make_action()
    client.force_login(editor)

    answer = client.post(page(action, "report"), {"on": "2025-05-19", "progress": "35", "note": "Met twice."} | said)

    assert (answer.status_code, bool(answer.context["report_form"].errors)) == (200, True)
    assert not ActionReport.objects.exists()


def test_evidence_opens_only_on_its_own_action_and_only_for_those_who_see_it(client, editor):
    action, other = make_action(), make_action()
    key = report(action, editor, file=evidence()).file.key
    address = reverse("admin:sister_cities_planaction_evidence", args=[action.pk, key])

    anonymous = client.get(address).status_code
    client.force_login(officer("reviewer@example.com", Role.REVIEWER))
    reviewer = client.get(address).status_code
    client.force_login(editor)
    elsewhere = client.get(reverse("admin:sister_cities_planaction_evidence", args=[other.pk, key])).status_code

    assert (anonymous, reviewer, elsewhere) == (302, 403, 404)
    assert not ViewRecord.objects.exists()


def test_drop_and_reopen_are_buttons(client, editor):
    action = make_action()
    client.force_login(editor)

    client.get(page(action, "drop"))
    before = standing(action)[0]
    client.post(page(action, "drop"), {"reason": "Withdrawn."})
    dropped = standing(action)[0]
    client.post(page(action, "reopen"), {"reason": "Wanted again."})

    assert (before, dropped, standing(action)[0]) == ("planned", "dropped", "planned")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_of_the_plans_opens(client, language):
    client.force_login(officer("editor@example.com", Role.EDITOR, language=language))
    action = make_action()

    pages = [
        reverse(f"admin:sister_cities_{model}_{page}", args=args)
        for model, pk in [
            ("programme", action.plan.programme_id),
            ("plan", action.plan_id),
            ("planaction", action.pk),
        ]
        for page, args in [("changelist", []), ("add", []), ("change", [pk])]
    ]

    assert {address: client.get(address).status_code for address in [*pages, page(action, "edit")]} == dict.fromkeys(
        [*pages, page(action, "edit")], 200
    )


@pytest.mark.parametrize("model", ["programme", "plan", "planaction"])
def test_others_have_no_access(client, model):
    make_action()
    client.force_login(officer("reviewer@example.com", Role.REVIEWER))

    assert client.get(reverse(f"admin:sister_cities_{model}_changelist")).status_code == 403


def test_others_reach_no_door_of_an_action(client):
    action = make_action()
    client.force_login(officer("reviewer@example.com", Role.REVIEWER))

    doors = ["change", "edit", "report", "drop", "reopen", "delete"]

    assert [client.post(page(action, door)).status_code for door in doors] == [403] * len(doors)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("overdue=yes", ["late"]),
        ("state__exact=done", ["done"]),
        ("mine=yes", ["mine"]),
        ("mine=none", ["done", "late", "next"]),
        ("year=2026", ["next"]),
        ("year=rubbish", ["done", "late", "mine", "next"]),
    ],
)
def test_the_list_is_filtered(client, editor, query, found):
    plan = make_plan()
    make_action(plan=plan, name_en="late", due_on=TODAY - timedelta(days=1))
    make_action(plan=plan, name_en="done", due_on=TODAY - timedelta(days=1), state="done", progress=100, done_on=TODAY)
    make_action(plan=plan, name_en="mine", due_on=TODAY, officer=editor)
    make_action(plan=plan, name_en="next", due_on=date(2026, 1, 1))
    client.force_login(editor)

    answer = client.get(reverse("admin:sister_cities_planaction_changelist") + "?" + query)

    assert sorted(action.name_en for action in answer.context["cl"].queryset) == found


def test_the_form_of_an_action_moves_neither_state_nor_progress(client, editor):
    action = make_action(state=ActionState.UNDER_WAY, progress=30)
    client.force_login(editor)
    typed = {
        "plan": action.plan_id,
        "name_zh_hans": "新名称",
        "name_en": "New words",
        "unit": action.unit_id,
        "officer": editor.pk,
        "due_on": "2025-12-31",
        "state": "done",
        "progress": "100",
    }

    answer = client.post(page(action, "edit"), typed)

    assert (answer.status_code, standing(action)) == (302, (ActionState.UNDER_WAY, 30, None))
    assert PlanAction.objects.values_list("name_en", "officer", "due_on").get() == (
        "New words",
        editor.pk,
        date(2025, 12, 31),
    )


def test_the_officer_in_charge_is_one_of_the_office(client, editor):
    action = make_action()
    company = User.objects.create_user("company@example.com", "x", name="Company")
    client.force_login(editor)
    typed = {
        "plan": action.plan_id,
        "name_zh_hans": "名",
        "name_en": "n",
        "unit": action.unit_id,
        "due_on": "2025-12-31",
    }

    answer = client.post(page(action, "edit"), typed | {"officer": company.pk})

    assert "officer" in answer.context["adminform"].form.errors


def test_an_action_with_reports_is_not_deleted(client, editor):
    action = make_action()
    report(action, editor)
    client.force_login(editor)

    answer = client.post(page(action, "delete"), {"post": "yes"})

    assert (answer.status_code, PlanAction.objects.count()) == (403, 1)


def test_a_second_plan_for_the_same_partner_is_refused_at_the_field(client, editor):
    plan = make_plan()
    client.force_login(editor)

    answer = client.post(
        reverse("admin:sister_cities_plan_add"), {"programme": plan.programme_id, "partner": plan.partner_id}
    )

    assert list(answer.context["adminform"].form.errors) == ["partner"]


def test_a_plan_without_a_summary_is_not_published(client, editor):
    plan = make_plan(summary_en="", summary_zh_hans="")
    client.force_login(editor)
    typed = {"programme": plan.programme_id, "partner": plan.partner_id, "is_public": "on"}

    answer = client.post(reverse("admin:sister_cities_plan_change", args=[plan.pk]), typed)

    assert (list(answer.context["adminform"].form.errors), Plan.objects.get().is_public) == (["is_public"], False)
