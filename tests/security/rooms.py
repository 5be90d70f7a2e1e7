"""Something in every room of the portal, so that each address leads to a record; and what stands in the addresses for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.urls import URLResolver, get_resolver
from django.utils import timezone, translation

from delegations.events import exhibiting
from delegations.events.enums import LetterKind, SignUpMode
from delegations.events.models import Delivery, EventDocument, EventOutcome
from delegations.events.signups import EventInvitation, EventLetter
from delegations.trips.models import PlannedTrip, TripLimit
from enterprises.actions import ratings, requests
from enterprises.enums import ReasonUse, RequestState
from enterprises.form_fields import Scan
from enterprises.models import BulkSignOff, KeptReason, Letter, LetterTemplate
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core import files
from shenyang_fao.core.models import (
    AuditEntry,
    CountryGroup,
    ExportRecord,
    ImportJob,
    Mail,
    Promise,
    PublishedFigure,
    Sms,
    ViewRecord,
)
from shenyang_fao.core.pictures.checking import check_photo
from shenyang_fao.core.ratings import Level
from shenyang_fao.core.secret_links import digest_of
from sister_cities.actions import exchanges, plans
from sister_cities.models import Agreement, Award, Edition, Exchange, Film, LinkActivity, Partner
from tests.cast import Cast, assemble, bring_to, complete_invitation, officer, png, work_off
from tests.core import photos
from tests.delegations import event_makers, makers, sign_up_makers, trip_makers
from tests.enterprises import consents, lists
from tests.enterprises.closed import issued
from tests.sister_cities import plan_makers

EVENT_TOKEN = "Ab" * 21 + "c"
BOTH = {"name_zh_hans": "名称", "name_en": "Name"}
# How an address begins in the language that the walk speaks.
LANGUAGE = "en/"
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass
class Rooms:
    """Who asks, and by its address what stands for each place in it: `place_of`."""

    people: dict[str, User | None]
    records: dict[str, object]
    places: dict[str, str]


def furnish() -> Rooms:
    """Make everybody, and a record for each kind of address; the enterprises' records are the owner's."""
    cast = assemble()
    editor = officer("editor@example.com", Role.EDITOR)
    administrator = officer("administrator@example.com", Role.ADMINISTRATOR)
    protocol = officer("protocol@example.com", Role.PROTOCOL)
    officers = {role.value: getattr(cast, role.value, None) for role in Role}
    people: dict[str, User | None] = {"visitor": None, "owner": cast.owner, "outsider": cast.outsider, **officers}
    people |= {"editor": editor, "administrator": administrator, "protocol": protocol}
    records, places = _of_the_enterprises(cast)
    for made in (
        _of_the_ties(editor),
        _of_the_events(editor),
        _of_the_sign_ups(cast),
        _of_the_trips(editor),
        _of_the_visits(),
        _of_the_foundation(editor),
    ):
        records |= made[0]
        places |= made[1]
    return Rooms(people, records | {"accounts.user": cast.outsider.pk}, places)


def routes() -> list[str]:
    """Every address as it is declared, those of pages without their language."""
    with translation.override("en"):
        return list(dict.fromkeys(route.removeprefix(LANGUAGE) for route in _walk(get_resolver(), "")))


def address_of(route: str, rooms: Rooms) -> str:
    """Return an address of this route that leads to a record. Raises KeyError where nothing is known for a place in it."""
    path = rooms.places.get(route) or PLACE.sub(lambda place: _place(route, place[1], rooms), route)
    is_machine = path.startswith(("admin/", "i18n/", "media/", "feeds/", "healthz", "readyz"))
    return f"/{'' if is_machine else LANGUAGE}{path}"


def _place(route: str, name: str, rooms: Rooms) -> str:
    """Return what stands for a place: by the longest beginning of the route that is named, in the back office the record."""
    begins = [start for start, _colon, named in (key.rpartition(":") for key in rooms.places) if named == name]
    known = [start for start in begins if route.startswith(start)]
    if known:
        return rooms.places[f"{max(known, key=len)}:{name}"]
    return str(rooms.records[".".join(route.split("/")[1:3])])


def _walk(resolver: Any, start: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = start + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route)
        else:
            yield route


def _of_the_enterprises(cast: Cast) -> tuple[dict[str, object], dict[str, str]]:
    case, draft = issued(cast), lists.visit(cast)
    lists.upload(draft, lists.guest(1))
    guest = complete_invitation(cast.company, by=cast.owner, invitees=1)
    said = requests.write_message(case.pk, body="?", attachments=[Scan("a.png", png(), "image/png")], by=cast.owner)
    bulk = BulkSignOff.objects.create(by=cast.approver)
    reason = KeptReason.objects.create(
        slug="a-reason",
        use=ReasonUse.REFUSAL,
        text_zh_hans="理由",
        text_en="Reason",
        remedy_zh_hans="补",
        remedy_en="Do",
    )
    letter = Letter.objects.get()
    ratings.rate(case.pk, level=Level.SATISFIED, by=cast.owner)
    running = bring_to(RequestState.ACCEPTED, complete_invitation(cast.company, by=cast.owner), cast)
    consent = consents.sent(consents.ask(running, cast))
    records = {
        "enterprises.company": cast.company.pk,
        "enterprises.servicerequest": case.pk,
        "enterprises.rating": case.pk,
        "enterprises.letter": letter.pk,
        "enterprises.lettertemplate": LetterTemplate.objects.order_by("pk")[0].pk,
        "enterprises.keptreason": reason.pk,
        "enterprises.bulksignoff": bulk.pk,
    }
    key, step = "company/requests/drafts/", "invitees"
    places = {
        f"{key}:key": str(guest.key),
        f"{key}<uuid:key>/invitees/list/:key": str(draft.key),
        f"{key}:step": step,
        f"{key}:part": str(guest.invitation.invitees.get().pk),
        "company/papers/:key": str(guest.papers.first().file.key),
        "company/papers/<uuid:key>/remove/:key": str(guest.papers.first().file.key),
        "company/attachments/:key": str(said.attachments.get().file.key),
        "company/requests/new/:kind": "invitation",
        "company/requests/<str:number>/:number": str(case.number),
        "enterprises/consent/:token": consents.TOKEN,
        "account/notices/:pk": str(cast.owner.notices.all()[0].pk),
        "enterprises/items/:kind": "invitation",
        "enterprises/items/invitation/list.:form": "xlsx",
        "letters/verify/:code": letter.code,
        "admin/enterprises/servicerequest/papers/:key": str(case.papers.first().file.key),
        "admin/enterprises/servicerequest/attachments/:key": str(said.attachments.get().file.key),
        "admin/enterprises/servicerequest/figures/export/:form": "csv",
        "admin/enterprises/servicerequest/:promise": str(Promise.objects.filter(kind__startswith="letter")[0].pk),
        "admin/enterprises/servicerequest/<int:pk>/consent/:pk": str(running.pk),
        "admin/enterprises/servicerequest/<int:pk>/consent/:consent": str(consent.pk),
        "admin/enterprises/bulksignoff/:promise": "1",
        "admin/enterprises/lettertemplate/begin/:document_type": "invitation",
        "admin/enterprises/lettertemplate/:form": "png",
    }
    return records, places


def _of_the_ties(editor: User) -> tuple[dict[str, object], dict[str, str]]:
    tie = plan_makers.make_tie()
    action, link = plan_makers.make_action(), plan_makers.make_link()
    proof = Scan("photo.png", png(), "image/png")
    report = plans.report_progress(action.pk, on=date(2025, 1, 1), progress=10, note="Met.", file=proof, by=editor)
    text = files.store(png(), name="text.png", media_type="image/png", by=editor)
    agreement = Agreement.objects.create(tie=tie, file=text, **BOTH)
    edition = Edition.objects.create(slug="held-back", number=1, year=2022, **BOTH)
    photo = check_photo(photos.upload(photos.jpeg("red", size=(700, 500))))
    entry = exchanges.add_picture(edition.pk, photo=photo, partner_id=None, words={}, by=editor)
    film = Film(edition=edition, credit="c", **BOTH)
    film.file.save("film.mp4", ContentFile(b"film"))
    records = {
        "core.unit": action.unit_id,
        "sister_cities.agreement": agreement.pk,
        "sister_cities.award": Award.objects.create(slug="award", **BOTH).pk,
        "sister_cities.counterpartlink": link.pk,
        "sister_cities.edition": edition.pk,
        "sister_cities.exchange": Exchange.objects.create(**BOTH).pk,
        "sister_cities.linkactivity": LinkActivity.objects.create(link=link, happened_on=date(2025, 1, 1), **BOTH).pk,
        "sister_cities.partner": tie.partner_id,
        "sister_cities.plan": action.plan_id,
        "sister_cities.planaction": action.pk,
        "sister_cities.programme": action.plan.programme_id,
        "sister_cities.tie": tie.pk,
    }
    places = {
        "sister-cities/:slug": tie.partner.slug,
        "sister-cities/exchanges/:slug": edition.slug,
        "sister-cities/exchanges/:key": str(entry.picture.key),
        "sister-cities/exchanges/:pk": str(film.pk),
        "media/pictures/:key": str(entry.picture.key),
        "media/pictures/:width": str(entry.picture.widths[0]),
        "media/pictures/:kind": "jpg",
        "sister-cities/statistics/:key": "level",
        "feeds/sister-cities/:language": "en",
        "admin/sister_cities/planaction/:key": str(report.file.key),
        "admin/sister_cities/tie/:status": "ended",
        "admin/sister_cities/tie/export/:form": "csv",
    }
    return records, places


def _of_the_visits() -> tuple[dict[str, object], dict[str, str]]:
    visit = makers.public_visit()
    stop = makers.stop(makers.visit("planned"))
    records = {
        "delegations.resource": makers.resource().pk,
        "delegations.visit": stop.visit_id,
        "delegations.visitoutcome": makers.outcome(visit).pk,
    }
    places = {
        "delegations/visits/:slug": visit.slug,
        "delegations/visits/history/:key": "year",
        "admin/delegations/visit/:copy": "delegation",
        "admin/delegations/visit/:state": "confirmed",
        "admin/delegations/visit/:stop": str(stop.pk),
        "admin/delegations/visit/briefing/:pk": str(Partner.objects.order_by("pk")[0].pk),
    }
    return records, places


def _of_the_events(by: User) -> tuple[dict[str, object], dict[str, str]]:
    series = event_makers.make_series()
    event = event_makers.make_event(series=series)
    paper = files.store(png(), name="paper.png", media_type="image/png", by=by)
    document = EventDocument.objects.create(event=event, kind="report", file=paper, is_public=True, **BOTH)
    records = {
        "delegations.series": series.pk,
        "delegations.event": event.pk,
        "delegations.eventoutcome": EventOutcome.objects.create(event=event, kind="project", **BOTH).pk,
    }
    places = {
        "delegations/events/:slug": event.slug,
        "delegations/events/<slug:slug>/documents/:slug": event.slug,
        "delegations/events/:pk": str(document.pk),
        "delegations/events/:key": "year",
        "delegations/events/series/:slug": series.slug,
        "feeds/delegations/:language": "en",
        "feeds/delegations/events/:slug": event.slug,
        "feeds/delegations/series/:slug": series.slug,
        "admin/delegations/event/:key": str(paper.key),
        "admin/delegations/event/:state": "cancelled",
    }
    return records, places


def _of_the_sign_ups(cast: Cast) -> tuple[dict[str, object], dict[str, str]]:
    visits = sign_up_makers.series()
    expo = sign_up_makers.event("expo", series=visits, recruits_until=timezone.localdate(), booths=1)
    asked = sign_up_makers.event("asked", sign_up=SignUpMode.INVITED)
    row = sign_up_makers.seated(expo, 1)[0]
    guest = sign_up_makers.guest()
    values = {"name": guest.name, "email": guest.email, "email_index": "x", "language": "en"}
    invitation = EventInvitation.objects.create(event=asked, **values)
    digest = digest_of(EVENT_TOKEN)
    EventLetter.objects.create(sign_up=row, kind=LetterKind.STANDING, digest=digest, sent_at=timezone.now())
    digest = digest_of(EVENT_TOKEN[::-1])
    EventLetter.objects.create(invitation=invitation, kind=LetterKind.INVITED, digest=digest, sent_at=timezone.now())
    application = exhibiting.Application("Lathes", "Wang Min")
    exhibitor = exhibiting.apply(expo.pk, company=cast.company, application=application, by=cast.owner)
    delivery = Delivery.objects.create(
        event=expo, place_kind="park", kind="policy", on=date(2026, 1, 1), place_zh_hans="园区", place_en="Park"
    )
    records: dict[str, object] = {
        "delegations.signup": row.pk,
        "delegations.exhibitor": exhibitor.pk,
        "delegations.delivery": delivery.pk,
    }
    places = {
        "delegations/events/:slug": expo.slug,
        "delegations/sign-ups/:token": EVENT_TOKEN,
        "delegations/invitations/:token": EVENT_TOKEN[::-1],
        "delegations/matrix/:slug": visits.slug,
        "delegations/matrix/:place": "park",
        "delegations/matrix/:kind": "policy",
        "company/exhibitions/:slug": expo.slug,
        "company/exhibitions/:pk": str(exhibitor.pk),
        "admin/delegations/signup/:event": str(expo.pk),
        "admin/delegations/signup/:key": str(row.key),
        "admin/delegations/signup/:form": "csv",
    }
    return records, places


def _of_the_trips(editor: User) -> tuple[dict[str, object], dict[str, str]]:
    planned = PlannedTrip.objects.create(year=2026, unit=trip_makers.unit(), purpose="任务")
    trip = trip_makers.draft("held-back", by=editor, planned=planned)
    records = {
        "core.countrygroup": CountryGroup.objects.create(group="rcep", country="JP", source="s").pk,
        "delegations.plannedtrip": planned.pk,
        "delegations.trip": trip.pk,
        "delegations.triplimit": TripLimit.objects.create(
            key="people", value=6, valid_from="2013-01-01", source="s"
        ).pk,
    }
    paper = trip.papers.get()
    places = {
        "delegations/trips/:slug": trip.slug,
        "admin/delegations/trip/:verb": "publish",
        "admin/delegations/trip/:key": str(paper.file.key),
        "admin/delegations/trip/:paper_id": str(paper.pk),
        "admin/delegations/trip/figures/export/:key": "unit",
    }
    return records, places


def _of_the_foundation(editor: User) -> tuple[dict[str, object], dict[str, str]]:
    file = files.store(b"a,b", name="list.csv", media_type="text/csv", by=editor)
    work_off()
    ViewRecord.objects.create(file=file, by=editor)
    figure = PublishedFigure.objects.create(
        key="k", label_zh_hans="数", label_en="Figure", value="1", as_of="2025", source="s"
    )
    export = ExportRecord.objects.create(by=editor, kind="sister_cities.tie", form="csv", rows=1)
    records = {
        "core.auditentry": AuditEntry.objects.order_by("-pk")[0].pk,
        "core.viewrecord": ViewRecord.objects.order_by("-pk")[0].pk,
        "core.importjob": ImportJob.objects.create(kind="sister_cities.tie", file=file, form="CSV", by=editor).pk,
        "core.exportrecord": export.pk,
        "core.promise": Promise.objects.order_by("-pk")[0].pk,
        "core.mail": Mail.objects.order_by("-pk")[0].pk,
        "core.publishedfigure": figure.pk,
        "core.sms": Sms.objects.create(key="k", number="+8613812345678", language="en", text="t").pk,
    }
    places = {
        "admin/core/importjob/new/:kind": "sister_cities.tie",
        "admin/core/importjob/template/:kind": "sister_cities.tie",
        "admin/^(?P<app_label>delegations|enterprises|sister_cities|core|accounts)/$": "admin/enterprises/",
        "admin/(?P<url>.*)$": "admin/nowhere/",
        "accounts/^confirm-email/(?P<key>[-:\\w]+)/$": "accounts/confirm-email/x:y/",
        "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "accounts/password/reset/key/1-x/",
    }
    return records, places
