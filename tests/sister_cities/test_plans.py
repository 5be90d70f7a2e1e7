"""Progress of the plans' actions: who may report it, when, and what the public reads of it."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core.errors import NotNow, Refusal
from shenyang_fao.core.files import Scan
from shenyang_fao.core.models import AuditEntry, StoredFile, ViewRecord
from shenyang_fao.portal import facts as figures
from sister_cities import facts
from sister_cities.actions import plans as actions
from sister_cities.enums import ActionState
from sister_cities.models import ActionReport, Plan, PlanAction
from tests.cast import officer, png
from tests.sister_cities.factories import make_partner, make_tie
from tests.sister_cities.plan_makers import make_action, make_plan, make_programme, make_unit

pytestmark = pytest.mark.django_db

TODAY = date(2025, 5, 20)
INDEX = {"en": "/en/sister-cities/plans/", "zh-hans": "/zh-hans/sister-cities/plans/"}


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel("2025-05-20T10:00:00+08:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def editor() -> User:
    return officer("editor@example.com", Role.EDITOR)


def evidence(colour: str = "white") -> Scan:
    return Scan("photo.png", png(colour), "image/png")


def report(action: PlanAction, editor: User, progress: int = 40, on: date = TODAY, **said: Any) -> ActionReport:
    return actions.report_progress(action.pk, on=on, progress=progress, by=editor, **({"note": "Met."} | said))


def standing(action: PlanAction) -> tuple[str, int, date | None]:
    found = PlanAction.objects.get(pk=action.pk)
    return found.state, found.progress, found.done_on


@pytest.mark.parametrize(
    ("progress", "after"),
    [
        (0, (ActionState.PLANNED, 0, None)),
        (1, (ActionState.UNDER_WAY, 1, None)),
        (99, (ActionState.UNDER_WAY, 99, None)),
        (100, (ActionState.DONE, 100, TODAY)),
    ],
)
def test_a_report_moves_the_action(editor, progress, after):
    action = make_action()

    report(action, editor, progress)

    assert standing(action) == after


def test_nothing_new_leaves_an_action_under_way(editor):
    action = make_action(state=ActionState.UNDER_WAY, progress=30)

    report(action, editor, 0)

    assert standing(action) == (ActionState.UNDER_WAY, 0, None)


def test_a_report_keeps_its_evidence_in_private_and_its_author_in_the_trail(editor):
    action = make_action()

    made = report(action, editor, file=evidence())

    assert StoredFile.objects.get(pk=made.file_id).created_by == editor
    entry = AuditEntry.objects.get(table="sister_cities_planaction", row=str(action.pk), operation="UPDATE")
    assert entry.actor_id == editor.pk


def test_the_same_report_twice_is_one(editor):
    action = make_action()

    first = report(action, editor, 100, file=evidence())
    second = report(action, editor, 100, file=evidence())

    assert (first, ActionReport.objects.count(), StoredFile.objects.count()) == (second, 1, 1)


def test_the_same_words_with_other_evidence_are_another_report(editor):
    action = make_action()

    report(action, editor, file=evidence("white"))
    report(action, editor, file=evidence("black"))

    assert ActionReport.objects.count() == 2


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.REVIEWER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR])
@pytest.mark.parametrize("verb", ["report_progress", "drop", "reopen"])
def test_only_editors_move_an_action(role, verb):
    action, other = make_action(), officer("other@example.com", role)
    said: dict[str, Any] = {"reason": "x"}
    if verb == "report_progress":
        said = {"on": TODAY, "progress": 50, "note": "x"}

    with pytest.raises(PermissionDenied):
        getattr(actions, verb)(action.pk, **said, by=other)

    assert standing(action) == (ActionState.PLANNED, 0, None)


@pytest.mark.parametrize(
    "said", [{"on": TODAY + timedelta(days=1)}, {"progress": 101}, {"progress": -1}, {"on": TODAY - timedelta(days=3)}]
)
def test_a_report_that_cannot_be_true_is_refused(editor, said):
    action = make_action()
    report(action, editor, 10, on=TODAY - timedelta(days=2))

    with pytest.raises(Refusal):
        report(action, editor, **said)

    assert standing(action) == (ActionState.UNDER_WAY, 10, None)


@pytest.mark.parametrize("state", [ActionState.DONE, ActionState.DROPPED])
def test_nobody_reports_on_what_is_done_or_dropped(editor, state):
    is_done = state == ActionState.DONE
    action = make_action(state=state, progress=100 if is_done else 20, done_on=TODAY if is_done else None)

    with pytest.raises(NotNow):
        report(action, editor, 50)

    assert not ActionReport.objects.exists()


def test_an_action_is_dropped_with_a_reason_and_only_once(editor):
    action = make_action(state=ActionState.UNDER_WAY, progress=30)

    actions.drop(action.pk, reason="The partner withdrew.", by=editor)
    actions.drop(action.pk, reason="The partner withdrew.", by=editor)

    assert standing(action) == (ActionState.DROPPED, 30, None)
    assert [(each.note, each.state) for each in action.reports.all()] == [("The partner withdrew.", "dropped")]


def test_what_is_done_is_not_dropped(editor):
    action = make_action(state=ActionState.DONE, progress=100, done_on=TODAY)

    with pytest.raises(NotNow):
        actions.drop(action.pk, reason="x", by=editor)

    assert standing(action) == (ActionState.DONE, 100, TODAY)


def test_what_was_done_by_mistake_falls_back_to_the_progress_before(editor):
    action = make_action()
    report(action, editor, 60)
    report(action, editor, 100)

    actions.reopen(action.pk, reason="One visit is missing.", by=editor)

    assert standing(action) == (ActionState.UNDER_WAY, 60, None)


def test_what_was_dropped_before_anything_was_done_is_planned_again(editor):
    action = make_action()
    actions.drop(action.pk, reason="x", by=editor)

    actions.reopen(action.pk, reason="y", by=editor)
    actions.reopen(action.pk, reason="y", by=editor)

    assert standing(action) == (ActionState.PLANNED, 0, None)
    assert [each.note for each in action.reports.all()] == ["y", "x"]


# The back office


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


# The public page


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "Three-year action plan for sister-city work",
                "published figure, as of October 2022",
                ">2023<",
                ">2025<",
                ">3 years<",
                "Friendly-districts programme",
                "Heping District, Shenyang",
                "Yongsan-gu, Seoul",
                "China Daily, 2022-10-17",
                "No plan of a partner has been published yet.",
            ],
        ),
        (
            "zh-hans",
            [
                "一城一策",
                "沈阳友城工作三年行动计划",
                "截至2022年10月",
                ">3年<",
                "“友好城区”计划",
                "沈阳市和平区",
                "首尔特别市龙山区",
            ],
        ),
    ],
)
def test_the_public_page_says_what_is_published(client, settings, language, words):
    facts.load(settings.FACTS_DIR)
    figures.load(settings.FACTS_DIR)

    text = text_of(client, INDEX[language])

    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    ("language", "summary", "count"),
    [
        ("en", "A visit each way every year.", "1 of 2 actions done"),
        ("zh-hans", "每年互访一次。", "2项行动中1项已完成"),
    ],
)
def test_a_published_plan_shows_summary_and_count_without_what_was_dropped(client, language, summary, count):
    plan = make_plan(is_public=True)
    make_action(plan=plan)
    make_action(plan=plan, state="done", progress=100, done_on=TODAY)
    make_action(plan=plan, state="dropped")

    for address in (INDEX[language], f"/{language}/sister-cities/{plan.partner.slug}/"):
        text = text_of(client, address)
        assert [word for word in (summary, count) if word not in text] == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_is_internal_never_reaches_the_public(client, editor, language):
    plan = make_plan(is_public=True)
    action = make_action(plan=plan, officer=officer("chief@example.com", Role.EDITOR, name="SECRET officer"))
    report(action, editor, note="SECRET report")

    pages = [INDEX[language], f"/{language}/sister-cities/{plan.partner.slug}/"]

    assert ["SECRET" in text_of(client, address) for address in pages] == [False, False]
    assert [action.name_en in text_of(client, address) for address in pages] == [False, False]


def test_an_unpublished_plan_is_nowhere(client):
    hidden = make_plan(summary_en="Not yet public.")
    shut = make_plan(programme=make_programme(is_public=False), is_public=True, summary_en="Not yet public.")

    pages = [INDEX["en"], *(f"/en/sister-cities/{plan.partner.slug}/" for plan in (hidden, shut))]

    assert ["Not yet public." in text_of(client, address) for address in pages] == [False, False, False]


def test_a_partner_without_a_page_is_named_without_a_link(client):
    plan = make_plan(partner=make_partner(name_en="Nowhere"), is_public=True)

    text = text_of(client, INDEX["en"])

    assert ("Nowhere" in text, plan.partner.slug in text) == (True, False)


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_public_page_takes_five_queries(client, rows, django_assert_num_queries):
    programme = make_programme(kind="friendly_districts")
    for _row in range(rows):
        plan = make_plan(programme=programme, is_public=True)
        make_action(plan=plan)
        make_tie(level="district", local=make_unit(kind="district"), partner=make_partner(kind="district"))

    with django_assert_num_queries(5):
        text_of(client, INDEX["en"])
