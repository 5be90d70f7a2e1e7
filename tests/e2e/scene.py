"""A portal in the middle of its work: requests in every state that has a page of its own, and the addresses of all pages.

The addresses of public and company pages stand without their language.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from delegations.events import exhibiting
from delegations.events.enums import LetterKind
from delegations.events.models import Delivery, Event, EventOutcome, Series
from delegations.events.signups import EventLetter, SignUp
from delegations.models import Resource, Stop, Visit, VisitOutcome
from delegations.trips import actions as trip_actions
from delegations.trips.models import Trip, TripLeg, TripLimit, TripMember
from enterprises.actions import consent, ratings
from enterprises.enums import RequestState
from enterprises.models import BatchRow, CorrectionItem, ItineraryDay, Letter, RefusalNote, ServiceRequest
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import Notice, User
from shenyang_fao.core import facts
from shenyang_fao.core.enums import UnitKind
from shenyang_fao.core.models import CountryGroup, Mail, PublishedFigure, Unit
from shenyang_fao.core.ratings import Level
from shenyang_fao.core.secret_links import digest_of
from sister_cities.models import Award, CounterpartLink, Edition, Exchange, Partner, Programme, Tie
from tests.cast import COMPANY as COMPANY_DATA
from tests.cast import (
    INVITEES,
    OTHER_COMPANY,
    THIRD_COMPANY,
    VISIT,
    Cast,
    assemble,
    bring_to,
    complete_invitation,
    draft,
    officer,
    pending_company,
    person,
    work_off,
)
from tests.delegations import makers, sign_up_makers, trip_makers
from tests.enterprises import lists
from tests.enterprises.consents import CONTACT, NO, TOKEN, ask, hunnan, sent
from tests.enterprises.lists import guest, visit

PUBLIC = {
    "home": "/",
    "directory": "/sister-cities/",
    "city": "/sister-cities/{city}/",
    "district": "/sister-cities/yongsan-gu-seoul/",
    "ties-in-figures": "/sister-cities/statistics/",
    "timeline": "/sister-cities/timeline/",
    "anniversaries": "/sister-cities/anniversaries/",
    "plans": "/sister-cities/plans/",
    "links": "/sister-cities/links/",
    "exchanges": "/sister-cities/exchanges/",
    "edition": "/sister-cities/exchanges/second-edition/",
    "delegations": "/delegations/",
    "visits": "/delegations/visits/",
    "visits-in-figures": "/delegations/visits/history/",
    "inbound-visit": "/delegations/visits/{visit}/",
    "events": "/delegations/events/",
    "event": "/delegations/events/{event}/",
    "series": "/delegations/events/series/dialogue-in-liaoning/",
    "trips": "/delegations/trips/",
    "trip": "/delegations/trips/{trip_slug}/",
    "services": "/enterprises/",
    "guide": "/enterprises/items/invitation/",
    "sign-in": "/accounts/login/",
    "sign-up": "/accounts/signup/",
    "password": "/accounts/password/reset/",
    "verify": "/letters/verify/",
    "letter": "/letters/verify/{code}/",
    "unknown-letter": "/letters/verify/0000/",
    "consent": "/enterprises/consent/{consent}/",
    "answered-consent": "/enterprises/consent/{answered_consent}/",
    "event-sign-up": "/delegations/events/{expo}/sign-up/",
    "waiting-list": "/delegations/events/{full_event}/sign-up/",
    "sign-up-done": "/delegations/events/{expo}/sign-up/done/",
    "sign-up-cancel": "/delegations/sign-ups/{sign_up_token}/",
    "matrix": "/delegations/matrix/{visits}/",
    "matrix-list": "/delegations/matrix/{visits}/park/policy/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "site-map": "/site-map/",
    "components": "/components/",
    "components-with-errors": "/components/?state=errors",
    "missing": "/nowhere/",
}
COMPANY = {
    "company": "/company/",
    "requests": "/company/requests/",
    "new": "/company/requests/new/invitation/",
    "purpose": "/company/requests/drafts/{draft}/purpose/",
    "itinerary": "/company/requests/drafts/{draft}/itinerary/",
    "invitees": "/company/requests/drafts/{draft}/invitees/",
    "invitee": "/company/requests/drafts/{draft}/invitees/new/",
    "list": "/company/requests/drafts/{list_draft}/invitees/list/",
    "list-upload": "/company/requests/drafts/{list_draft}/invitees/list/upload/",
    "list-discard": "/company/requests/drafts/{list_draft}/invitees/list/discard/",
    "list-scans": "/company/requests/drafts/{returned_draft}/invitees/list/scans/",
    "papers": "/company/requests/drafts/{draft}/papers/",
    "check": "/company/requests/drafts/{draft}/check/",
    "check-again": "/company/requests/drafts/{returned_draft}/check/",
    "papers-again": "/company/requests/drafts/{returned_draft}/papers/",
    "submitted": "/company/requests/{submitted_number}/",
    "returned": "/company/requests/{returned_number}/",
    "issued": "/company/requests/{issued_number}/",
    "rated": "/company/requests/{rated_number}/",
    "exhibitions": "/company/exhibitions/",
    "exhibition-apply": "/company/exhibitions/{expo}/apply/",
    "notices": "/account/notices/",
    "details": "/account/details/",
    "withdraw": "/company/requests/{submitted_number}/withdraw/",
}
BACK_OFFICE = {
    "waiting": "/admin/",
    "queue": "/admin/enterprises/servicerequest/",
    "case-submitted": "/admin/enterprises/servicerequest/{submitted}/change/",
    "case-returned": "/admin/enterprises/servicerequest/{returned}/change/",
    "case-issued": "/admin/enterprises/servicerequest/{issued}/change/",
    "case-rated": "/admin/enterprises/servicerequest/{rated}/change/",
    "ratings": "/admin/enterprises/rating/",
    "companies": "/admin/enterprises/company/",
    "company": "/admin/enterprises/company/{pending}/change/",
    "figures of requests": "/admin/enterprises/servicerequest/figures/",
    "letters": "/admin/enterprises/letter/",
    "letter": "/admin/enterprises/letter/{letter}/change/",
    "inbound visits": "/admin/delegations/visit/",
    "inbound visit": "/admin/delegations/visit/{planned}/change/",
    "programme": "/admin/delegations/visit/{planned}/programme/",
    "new stop": "/admin/delegations/visit/{planned}/programme/stop/",
    "stop": "/admin/delegations/visit/{planned}/programme/{stop}/",
    "copied programme": "/admin/delegations/visit/{planned}/programme/copy/",
    "programme calendar": "/admin/delegations/visit/calendar/?month=2027-05",
    "briefing": "/admin/delegations/visit/briefing/{city_id}/",
    "outcomes": "/admin/delegations/visitoutcome/",
    "resources": "/admin/delegations/resource/",
    "cities": "/admin/sister_cities/partner/",
    "city in the back office": "/admin/sister_cities/partner/{city_id}/change/",
    "ties": "/admin/sister_cities/tie/",
    "tie": "/admin/sister_cities/tie/{tie}/change/",
    "tie-new": "/admin/sister_cities/tie/add/",
    "tie-import": "/admin/core/importjob/new/sister_cities.tie/",
    "imports": "/admin/core/importjob/",
    "agreement-new": "/admin/sister_cities/agreement/add/",
    "awards": "/admin/sister_cities/award/",
    "programmes": "/admin/sister_cities/programme/",
    "plan-new": "/admin/sister_cities/plan/add/",
    "actions": "/admin/sister_cities/planaction/",
    "board": "/admin/sister_cities/planaction/board/",
    "links": "/admin/sister_cities/counterpartlink/",
    "link": "/admin/sister_cities/counterpartlink/{link}/change/",
    "exchanges": "/admin/sister_cities/exchange/",
    "editions": "/admin/sister_cities/edition/",
    "edition": "/admin/sister_cities/edition/{edition}/change/",
    "sign-ups": "/admin/delegations/signup/?event__id__exact={expo_id}",
    "sign-up": "/admin/delegations/signup/{sign_up}/change/",
    "door": "/admin/delegations/signup/door/{door}/",
    "invite": "/admin/delegations/signup/event/{expo_id}/invite/",
    "exhibitors": "/admin/delegations/exhibitor/",
    "exhibitor": "/admin/delegations/exhibitor/{exhibitor}/change/",
    "deliveries": "/admin/delegations/delivery/",
    "delivery-new": "/admin/delegations/delivery/add/",
    "units": "/admin/core/unit/",
    "series in the back office": "/admin/delegations/series/",
    "events in the back office": "/admin/delegations/event/",
    "event in the back office": "/admin/delegations/event/{event_id}/change/",
    "event-new": "/admin/delegations/event/add/",
    "outcomes of events": "/admin/delegations/eventoutcome/",
    "trips": "/admin/delegations/trip/",
    "trip": "/admin/delegations/trip/{trip}/change/",
    "trip-draft": "/admin/delegations/trip/{trip_draft}/change/",
    "trip-edit": "/admin/delegations/trip/{trip_draft}/edit/",
    "trip-figures": "/admin/delegations/trip/figures/",
    "trip-plan": "/admin/delegations/plannedtrip/",
    "trip-limits": "/admin/delegations/triplimit/",
    "country-groups": "/admin/core/countrygroup/",
    "templates": "/admin/enterprises/lettertemplate/",
    "reasons": "/admin/enterprises/keptreason/",
    "exports": "/admin/core/exportrecord/",
    "figures": "/admin/core/publishedfigure/",
    "figure": "/admin/core/publishedfigure/{figure}/change/",
    "people": "/admin/accounts/user/",
    "person": "/admin/accounts/user/{person}/change/",
    "new-person": "/admin/accounts/user/add/",
    "work": "/admin/core/promise/",
    "mails": "/admin/core/mail/",
    "short-messages": "/admin/core/sms/",
    "audit": "/admin/core/auditentry/",
    "views": "/admin/core/viewrecord/",
}


OWNER = "owner@example.com"
# One officer with every role for each language of the back office.
OFFICERS = {"zh-hans": "officer.zh@example.com", "en": "officer.en@example.com"}


def play() -> tuple[dict[str, object], set[str]]:
    """Load the facts and let everybody work.

    Return what the addresses are filled in with, and what people typed, which no page translates.
    """
    for load in facts.loaders.values():
        load(settings.FACTS_DIR)
    cast = assemble()
    officers = [officer(email, *Role, name="Zhao", language=language) for language, email in OFFICERS.items()]
    pending = pending_company(THIRD_COMPANY, owner=person("newcomer@example.com"))
    issued, returned, submitted, rated = (
        bring_to(state, complete_invitation(cast.company, by=cast.owner), cast)
        for state in (RequestState.APPROVED, RequestState.RETURNED, RequestState.SUBMITTED, RequestState.REFUSED)
    )
    ratings.rate(rated.pk, level=Level.DISSATISFIED, by=cast.owner)
    answered = _asked_for_consent(submitted, cast)
    work_off()
    trip, trip_draft = _trips(officers[0])
    stop = _programme()
    event = Event.objects.get(slug="world-winter-cities-conference-18")
    letter, city = Letter.objects.get(), Partner.objects.order_by("pk")[0]
    return {
        "city": city.slug,
        "visit": Visit.objects.public().order_by("pk")[0].slug,
        "planned": stop.visit_id,
        "stop": stop.pk,
        "city_id": city.pk,
        "tie": Tie.objects.public().order_by("pk")[0].pk,
        "link": CounterpartLink.objects.order_by("pk")[0].pk,
        "edition": Edition.objects.order_by("pk")[0].pk,
        "trip": trip.pk,
        "trip_slug": trip.slug,
        "trip_draft": trip_draft.pk,
        "figure": PublishedFigure.objects.order_by("pk")[0].pk,
        "event": event.slug,
        "event_id": event.pk,
        "code": letter.code,
        "consent": TOKEN,
        "answered_consent": answered,
        "letter": letter.pk,
        "draft": draft(cast.company, by=cast.owner).key,
        "list_draft": _list_in_repair(cast),
        "returned_draft": returned.key,
        "pending": pending.pk,
        "person": officers[0].pk,
        "submitted": submitted.pk,
        "submitted_number": submitted.number,
        "returned": returned.pk,
        "returned_number": returned.number,
        "rated": rated.pk,
        "rated_number": rated.number,
        "issued": issued.pk,
        "issued_number": issued.number,
        **_sign_ups(cast),
    }, _typed()


def _sign_ups(cast: Cast) -> dict[str, object]:
    """An exhibition with a guest, an applicant and a delivery, and an event that is full."""
    visits = sign_up_makers.series()
    expo = sign_up_makers.event("expo", series=visits, capacity=5, booths=1, recruits_until=timezone.localdate())
    full = sign_up_makers.event("full", capacity=1)
    sign_up_makers.seated(full, 1)
    row = sign_up_makers.seated(expo, 1)[0]
    digest = digest_of(TOKEN)
    EventLetter.objects.create(sign_up=row, kind=LetterKind.STANDING, digest=digest, sent_at=timezone.now())
    application = exhibiting.Application("Lathes", "Wang Min")
    exhibitor = exhibiting.apply(expo.pk, company=cast.other_company, application=application, by=cast.outsider)
    place = {"place_zh_hans": "园区", "place_en": "Park"}
    Delivery.objects.create(event=expo, place_kind="park", kind="policy", on=timezone.localdate(), people=9, **place)
    return {
        "expo": expo.slug,
        "expo_id": expo.pk,
        "full_event": full.slug,
        "visits": visits.slug,
        "sign_up_token": TOKEN,
        "sign_up": row.pk,
        "door": row.key,
        "exhibitor": exhibitor.pk,
    }


def _programme() -> Stop:
    """A stop of a visit that is planned, with a vehicle, and an outcome."""
    stop = makers.stop(makers.visit())
    makers.book(stop, makers.resource())
    makers.outcome(stop.visit)
    return stop


def _asked_for_consent(case: ServiceRequest, cast: Cast) -> str:
    """Let two units be asked; return the token of the one that has answered, the other's is `TOKEN`."""
    token = TOKEN[::-1].lower()
    zone = hunnan(slug="zone", kind=UnitKind.ZONE, name_zh_hans="沈抚示范区", name_en="Shenfu Zone")
    sent(ask(case, cast, unit=zone), token)
    consent.answer(token, said=NO, by=None)
    sent(ask(case, cast))
    return token


def _trips(officer: User) -> tuple[Trip, Trip]:
    """A trip on public notice, and a draft."""
    leaves = timezone.localdate() + timedelta(days=60)
    days = {"leaves_on": leaves, "returns_on": leaves + timedelta(days=4)}
    made = [trip_makers.draft(slug, by=officer, **days) for slug in ("on-notice", "a-draft")]
    for trip in made:
        trip.legs.update(arrives_on=leaves, departs_on=leaves + timedelta(days=4))
    trip_actions.publish(made[0].pk, by=officer)
    return made[0], made[1]


def _list_in_repair(cast: Cast) -> object:
    """The key of a draft whose uploaded list has a right row, one with a warning and two with faults."""
    case = visit(cast)
    known = guest(1, passport_number=str(INVITEES[1]["passport_number"]))
    lists.upload(case, known, guest(2), guest(3, sex="?", born_on="01/02/1985"), guest(4, employer=""))
    return case.key


def _typed() -> set[str]:
    """Everything that stands in the records as somebody wrote it."""
    typed = {*map(str, (*COMPANY_DATA.values(), *OTHER_COMPANY.values(), *THIRD_COMPANY.values(), *VISIT.values()))}
    typed |= {str(value) for guest in INVITEES for value in guest.values()}
    typed |= {text for row in BatchRow.objects.all() for text in (*row.cells.values(), str(row.batch))}
    typed |= set(ItineraryDay.objects.values_list("plan", flat=True))
    typed |= set(CorrectionItem.objects.values_list("reason", flat=True))
    typed |= {text for row in RefusalNote.objects.values_list("reason", "remedy") for text in row}
    typed |= {text for row in User.objects.values_list("name", "email") for text in row}
    typed |= {text for row in Notice.objects.values_list("subject", "text") for text in row}
    typed |= {CONTACT.name, CONTACT.email, NO.name, NO.position, NO.note}
    typed |= set(Mail.objects.values_list("subject", flat=True))
    typed |= {text for row in Partner.objects.values_list("name_en", "slug") for text in row}
    typed |= _written_in_the_register() | _written_in_the_trips()
    typed |= {
        text
        for model in (Event, Series)
        for row in model.objects.values_list("name_zh_hans", "name_en")
        for text in row
    }
    typed |= {text or "" for row in Event.objects.values_list("venue_zh_hans", "venue_en") for text in row}
    typed |= {row.name for row in SignUp.objects.all()} | {row.email for row in SignUp.objects.all()}
    typed |= {"园区", "Park", "Lathes", "Wang Min"}
    figures = PublishedFigure.objects.values_list("label_zh_hans", "label_en", "source", "unit")
    return typed | {text or "" for row in figures for text in row} | {"purpose itinerary invitees papers"}


def _written_in_the_trips() -> set[str]:
    """What the trips, their people and stays, and the limits quote."""
    rows = [
        *Trip.objects.values_list("name_zh_hans", "name_en", "purpose_zh_hans", "purpose_en", "slug"),
        *Trip.objects.values_list("route", "inviter_zh_hans", "budget_source"),
        *TripMember.objects.values_list("name_zh_hans", "unit_zh_hans", "post_zh_hans"),
        *TripLeg.objects.values_list("city_zh_hans", "agenda_zh_hans"),
        *TripLimit.objects.values_list("source"),
        *CountryGroup.objects.values_list("note", "source"),
    ]
    return {text or "" for row in rows for text in row} | {"中办发〔2013〕16号"}


def _written_in_the_register() -> set[str]:
    """What the register of ties quotes: names in the other language, sources, notes."""
    sourced = (Tie, Exchange, CounterpartLink, Award, Programme, Edition, Event, Series)
    typed = {text for model in sourced for row in model.objects.values_list("source", "note") for text in row}
    named = (Exchange, Award, Programme, Edition, Event, EventOutcome, Series)
    typed |= {text for model in named for row in model.objects.values_list("name_zh_hans", "name_en") for text in row}
    typed |= {text for row in Visit.objects.values_list("source", "note", "slug") for text in row}
    received = (Visit, Stop, Resource, VisitOutcome)
    typed |= {
        text for model in received for row in model.objects.values_list("name_zh_hans", "name_en") for text in row
    }
    typed |= {text for row in Stop.objects.values_list("place_zh_hans", "place_en", "time_zone") for text in row}
    typed |= {text for row in Unit.objects.values_list("name_zh_hans", "name_en", "slug") for text in row}
    links = CounterpartLink.objects.values_list("foreign_zh_hans", "foreign_en", "agreement_zh_hans", "agreement_en")
    summaries = [
        row
        for model in (Programme, Edition, Event, Series)
        for row in model.objects.values_list("summary_zh_hans", "summary_en")
    ]
    return typed | {text or "" for row in (*links, *summaries) for text in row}
