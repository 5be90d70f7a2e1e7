"""Every kind of kept promise, delivered twice, together and late, has one effect. A kind without a story here fails."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import mail as mailbox
from django.db import connection

from delegations.events import signing
from enterprises.actions import bulk, consent
from enterprises.actions.moves import mark_of
from enterprises.enums import RequestState
from enterprises.invitations import workflow
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core import mail, outbox, sms
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import AuditEntry, ImportJob, Promise
from shenyang_fao.core.pictures import renditions
from shenyang_fao.core.tables import imports, registry
from tests.cast import Cast, assemble, bring_to, complete_invitation, officer
from tests.core import photos
from tests.core.pictures.albums import taken_in
from tests.core.spreadsheets import HEADER, Figures, csv
from tests.delegations import sign_up_makers
from tests.enterprises.consents import ask
from tests.enterprises.test_letter_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER = 4
Story = Callable[[Cast], object]


def a_mail(cast: Cast) -> None:
    context = {"request_row": bring_to(RequestState.SUBMITTED, complete_invitation(cast.company, by=cast.owner), cast)}
    mail.queue_mail(key="t:1", to="a@example.com", language="en", template="enterprises/mail/request_submitted.txt",
                    context=context | {"user": cast.owner})  # fmt: skip


def a_short_message(cast: Cast) -> None:
    template, context = "enterprises/mail/request_refused_sms.txt", {"request_row": "X"}
    sms.queue_sms(key="t:1", number="+8613812345678", language="en", template=template, context=context)


def a_picture(cast: Cast) -> None:
    taken_in(officer("editor@example.com", Role.EDITOR), photos.jpeg(size=(640, 400)))


def a_brought_file(cast: Cast) -> ImportJob:
    editor = officer("editor@example.com", Role.EDITOR)
    return imports.begin(
        registry.table_of(Figures().key), data=csv(HEADER, ["one", "一", "One", "1"]), name="f.csv", by=editor
    )


def a_confirmed_file(cast: Cast) -> None:
    job = a_brought_file(cast)
    outbox.keep(Promise.objects.get(kind=imports.CHECK).pk)
    job.refresh_from_db()
    imports.confirm(job, by=User.objects.get(email="editor@example.com"))


def a_bulk_sign_off(cast: Cast) -> None:
    case = bring_to(RequestState.REVIEWED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)
    bulk.begin([(case.pk, mark_of(case))], key=uuid4(), by=cast.approver)


def a_question(cast: Cast) -> None:
    ask(bring_to(RequestState.SUBMITTED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast), cast)


def a_letter(cast: Cast) -> None:
    bring_to(RequestState.APPROVED, complete_invitation(cast.company, by=cast.owner, invitees=1), cast)


def a_rendered_letter(cast: Cast) -> None:
    a_letter(cast)
    outbox.keep(Promise.objects.get(kind=workflow.RENDER).pk)


def a_sign_up(cast: Cast) -> None:
    signing.sign_up(sign_up_makers.event().pk, guest=sign_up_makers.guest())


STORIES: dict[str, Story] = {
    signing.SEND_LETTER: a_sign_up,
    mail.SEND: a_mail,
    sms.SEND: a_short_message,
    renditions.RENDER: a_picture,
    imports.CHECK: a_brought_file,
    imports.APPLY: a_confirmed_file,
    bulk.SIGN_OFF: a_bulk_sign_off,
    consent.SEND_LINK: a_question,
    workflow.RENDER: a_letter,
    workflow.SIGN: a_rendered_letter,
}


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No doorbell: the test delivers. The table of the imports is the tests' own."""
    monkeypatch.setattr(outbox, "ring", lambda *args: None)
    figures = Figures()
    monkeypatch.setitem(registry._tables, figures.key, figures)


def everything() -> dict[str, list[Any]]:
    """Every row of every table but the promises' own, and what left the house."""
    tables = {m._meta.db_table for m in apps.get_models() if m._meta.managed and m not in (Promise, AuditEntry)}
    found: dict[str, list[Any]] = {"mails": [sent.subject for sent in mailbox.outbox]}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')), count(*) FROM \"{table}\" t"
            )
            found[table] = list(cursor.fetchone())
    found["trail"] = list(AuditEntry.objects.exclude(table=Promise._meta.db_table).values_list("pk", flat=True))
    return found


def test_every_kind_of_promise_has_its_story():
    assert sorted(STORIES) == sorted(kind for kind in outbox.kinds() if not kind.startswith("test."))


@pytest.mark.parametrize("kind", list(STORIES))
def test_a_promise_kept_twice_together_and_late_has_one_effect(kind: str, quiet: None) -> None:
    STORIES[kind](assemble())
    promise = Promise.objects.filter(kind=kind).earliest("pk")
    before = everything()

    at_once(outbox.keep, [promise.pk] * TOGETHER)
    once = everything()
    outbox.keep(promise.pk)
    # A message that comes when the row has been put back, as from a backup: the keeper itself has to see what is done.
    Promise.objects.filter(pk=promise.pk).update(state=PromiseState.WAITING, done_at=None)
    outbox.keep(promise.pk)

    promise.refresh_from_db()
    assert (promise.state, promise.error) == (PromiseState.DONE, "")
    assert [table for table, rows in everything().items() if rows != once[table]] == []
    assert once != before
