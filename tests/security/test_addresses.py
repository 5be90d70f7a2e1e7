"""Every address of the portal against everybody who might ask for it. One that is not classified here fails the test."""

import logging
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client

from enterprises.models import Letter
from shenyang_fao import urls as portal
from shenyang_fao.accounts.enums import Role
from shenyang_fao.core.models import AuditEntry
from tests.security.rooms import Rooms, address_of, furnish, routes

pytestmark = pytest.mark.django_db

COMPANIES = ("owner", "outsider")
OFFICERS = tuple(role.value for role in Role)
SIGNED_IN = (*COMPANIES, *OFFICERS)
EVERYBODY = ("visitor", *SIGNED_IN)
NOBODY: tuple[str, ...] = ()
OWNER, EDITOR, ADMINISTRATOR, AUDITOR = ("owner",), ("editor",), ("administrator",), ("auditor",)
CASES = ("reception", "reviewer", "approver", "head", "auditor")
DECIDERS = ("reception", "reviewer", "approver")
SIGNERS = ("approver", "head", "auditor")
VISITS = ("head", "protocol", "editor", "auditor")
OPERATION = ("auditor", "administrator")
PROTOCOL = ("protocol",)
# Who reads the lists of events.
EVENTS = ("protocol", "head", "auditor")
TRIPS = ("protocol", "reviewer", "approver", "head", "auditor")

# Who sees, adds, changes and deletes the records of a model in the back office.
RECORDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "accounts/user": (ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR, NOBODY),
    "core/auditentry": (AUDITOR, NOBODY, NOBODY, NOBODY),
    "core/exportrecord": (AUDITOR, NOBODY, NOBODY, NOBODY),
    "core/importjob": (EDITOR, NOBODY, NOBODY, NOBODY),
    "core/mail": (OPERATION, NOBODY, NOBODY, NOBODY),
    "core/promise": (OPERATION, NOBODY, NOBODY, NOBODY),
    "core/sms": (OPERATION, NOBODY, NOBODY, NOBODY),
    "core/publishedfigure": (EDITOR, NOBODY, EDITOR, NOBODY),
    "core/unit": ((*EDITOR, *PROTOCOL), EDITOR, EDITOR, EDITOR),
    "core/viewrecord": (AUDITOR, NOBODY, NOBODY, NOBODY),
    "delegations/delivery": (EVENTS, PROTOCOL, PROTOCOL, PROTOCOL),
    "delegations/exhibitor": (EVENTS, NOBODY, NOBODY, NOBODY),
    "delegations/signup": (EVENTS, NOBODY, NOBODY, NOBODY),
    "core/countrygroup": (("protocol", "head", "auditor"), ("head",), ("head",), ("head",)),
    "delegations/plannedtrip": (TRIPS, PROTOCOL, PROTOCOL, NOBODY),
    # Only a draft is changed, by a door of its own, and what was entered is withdrawn, not deleted.
    "delegations/trip": (TRIPS, PROTOCOL, PROTOCOL, NOBODY),
    "delegations/triplimit": (TRIPS, ("head",), ("head",), ("head",)),
    "delegations/resource": (("head", "protocol", "auditor"), PROTOCOL, PROTOCOL, PROTOCOL),
    "delegations/visit": (VISITS, PROTOCOL, PROTOCOL, PROTOCOL),
    "delegations/visitoutcome": (VISITS, PROTOCOL, PROTOCOL, PROTOCOL),
    "enterprises/bulksignoff": (SIGNERS, NOBODY, NOBODY, NOBODY),
    "enterprises/company": (CASES, NOBODY, NOBODY, NOBODY),
    "enterprises/keptreason": (("head",), ("head",), ("head",), ("head",)),
    "enterprises/letter": (CASES, NOBODY, NOBODY, NOBODY),
    "enterprises/lettertemplate": (CASES, NOBODY, NOBODY, NOBODY),
    "enterprises/rating": (CASES, NOBODY, NOBODY, NOBODY),
    "enterprises/servicerequest": (CASES, NOBODY, NOBODY, NOBODY),
    **{
        f"sister_cities/{name}": (EDITOR, EDITOR, EDITOR, EDITOR)
        for name in (
            "agreement",
            "award",
            "counterpartlink",
            "edition",
            "exchange",
            "plan",
            "programme",
            "tie",
        )
    },
    "delegations/event": (EVENTS, PROTOCOL, PROTOCOL, PROTOCOL),
    "delegations/eventoutcome": (EVENTS, NOBODY, PROTOCOL, PROTOCOL),
    "delegations/series": (EVENTS, PROTOCOL, PROTOCOL, PROTOCOL),
    "sister_cities/partner": ((*EDITOR, *PROTOCOL), EDITOR, EDITOR, EDITOR),
    # An activity is added on the page of its link, and what was planned stays: it is dropped, with a reason.
    "sister_cities/linkactivity": (EDITOR, NOBODY, EDITOR, EDITOR),
    "sister_cities/planaction": (EDITOR, EDITOR, EDITOR, NOBODY),
}

# Who gets an answer to GET beyond "sign in", "no", "nothing here" and "only by its button".
DOORS: dict[tuple[str, ...], str] = {
    EVERYBODY: """
        components/
        accounts/login/ accounts/logout/ accounts/inactive/ accounts/signup/ accounts/confirm-email/
        accounts/^confirm-email/(?P<key>[-:\\w]+)/$ accounts/password/reset/ accounts/password/reset/done/
        accounts/password/reset/key/done/ accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$
        sister-cities/ sister-cities/timeline/ sister-cities/anniversaries/ sister-cities/statistics/ sister-cities/plans/
        sister-cities/statistics/<slug:key>.csv enterprises/consent/<str:token>/
        sister-cities/links/ sister-cities/exchanges/ sister-cities/<slug:slug>/
        enterprises/ enterprises/items/<slug:kind>/ enterprises/items/invitation/list.<slug:form>
        delegations/trips/ letters/verify/ letters/verify/<str:code>/ privacy/ accessibility/ site-map/ healthz readyz i18n/setlang/
        delegations/ delegations/visits/ delegations/visits/history/ delegations/visits/history/<slug:key>.csv
        delegations/visits/<slug:slug>/
        feeds/sister-cities/anniversaries.<str:language>.ics feeds/sister-cities/anniversaries.<str:language>.atom
        delegations/events/ delegations/events/<slug:slug>/ delegations/events/series/<slug:slug>/
        delegations/events/statistics/<slug:key>.csv delegations/events/<slug:slug>/documents/<int:pk>/
        feeds/delegations/events.<str:language>.ics feeds/delegations/events.<str:language>.atom
        feeds/delegations/series/<slug:slug>.<str:language>.ics feeds/delegations/series/<slug:slug>.<str:language>.atom
        feeds/delegations/events/<slug:slug>.<str:language>.ics
        delegations/events/<slug:slug>/sign-up/ delegations/events/<slug:slug>/sign-up/done/
        delegations/sign-ups/<str:token>/ delegations/invitations/<str:token>/
        delegations/matrix/<slug:slug>/ delegations/matrix/<slug:slug>/table.csv
        delegations/matrix/<slug:slug>/<slug:place>/<slug:kind>/
    """,
    SIGNED_IN: """
        accounts/reauthenticate/ accounts/email/ accounts/password/change/ accounts/password/set/
        accounts/login/code/confirm/ account/notices/ account/details/
    """,
    COMPANIES: """
        signed-in/ company/ company/register/ company/requests/ company/requests/new/<slug:kind>/
        company/exhibitions/ company/exhibitions/<slug:slug>/apply/
    """,
    OWNER: """
        company/exhibitions/<int:pk>/withdraw/
        account/notices/<int:pk>/ company/requests/<str:number>/rating/ company/requests/<str:number>/rating/addition/
        company/requests/drafts/<uuid:key>/ company/requests/drafts/<uuid:key>/check/
        company/requests/drafts/<uuid:key>/discard/ company/requests/drafts/<uuid:key>/invitees/list/
        company/requests/drafts/<uuid:key>/invitees/list/upload/ company/requests/drafts/<uuid:key>/invitees/list/discard/
        company/requests/drafts/<uuid:key>/invitees/list/scans/ company/requests/drafts/<uuid:key>/<slug:step>/
        company/requests/drafts/<uuid:key>/<slug:step>/new/ company/requests/drafts/<uuid:key>/<slug:step>/<int:part>/
        company/requests/drafts/<uuid:key>/<slug:step>/<int:part>/remove/
        company/papers/<uuid:key>/ company/papers/<uuid:key>/remove/
        company/requests/<str:number>/ company/requests/<str:number>/withdraw/ company/requests/<str:number>/letter/
        company/requests/<str:number>/close-out/ company/requests/<str:number>/amend/
    """,
    (*OWNER, *CASES): "company/attachments/<uuid:key>/",
    TRIPS: """
        admin/delegations/trip/figures/ admin/delegations/trip/figures/export/<slug:key>/
        admin/delegations/trip/<int:pk>/step/<slug:verb>/ admin/delegations/trip/<int:pk>/report/
        admin/delegations/trip/<int:pk>/documents/ admin/delegations/trip/<int:pk>/paper/
        admin/delegations/trip/<int:pk>/paper/<uuid:key>/
    """,
    PROTOCOL: """
        admin/delegations/visit/<int:pk>/programme/stop/ admin/delegations/visit/<int:pk>/programme/copy/
        admin/delegations/visit/<int:pk>/programme/<int:stop>/ admin/delegations/visit/<int:pk>/programme/<int:stop>/move/
        admin/delegations/trip/<int:pk>/edit/
        admin/delegations/signup/event/<int:event>/add/ admin/delegations/signup/event/<int:event>/invite/
    """,
    NOBODY: """
        delegations/trips/<slug:slug>/ admin/delegations/trip/<int:pk>/paper/<int:paper_id>/remove/
        company/requests/drafts/<uuid:key>/invitees/list/take-over/ display/
        sister-cities/exchanges/<slug:slug>/ sister-cities/exchanges/<slug:slug>/pictures/<uuid:key>/
        sister-cities/exchanges/<slug:slug>/films/<int:pk>/
        admin/login/ admin/logout/ admin/autocomplete/ admin/(?P<url>.*)$ admin/accounts/user/language/ admin/core/promise/<int:pk>/retry/
        admin/core/importjob/<int:pk>/confirm/ admin/core/importjob/<int:pk>/abandon/ admin/core/importjob/<int:pk>/again/
        admin/enterprises/bulksignoff/<int:pk>/work/<int:promise>/retry/
        admin/enterprises/lettertemplate/begin/<slug:document_type>/
        admin/enterprises/lettertemplate/<int:pk>/discard/ admin/enterprises/lettertemplate/<int:pk>/retire/
        admin/delegations/signup/event/<int:event>/door/
        admin/delegations/visit/<int:pk>/state/<str:state>/ admin/delegations/visit/<int:pk>/publish/
        admin/delegations/visit/<int:pk>/unpublish/ admin/delegations/visit/<int:pk>/programme/<int:stop>/remove/
        admin/sister_cities/tie/<int:pk>/publish/ admin/sister_cities/tie/<int:pk>/unpublish/
        admin/delegations/event/<int:pk>/publish/ admin/delegations/event/<int:pk>/unpublish/
        admin/delegations/event/<int:pk>/state/<str:state>/
    """,
    EVENTS: """
        admin/delegations/event/<int:pk>/documents/<uuid:key>/
        admin/delegations/signup/door/<uuid:key>/ admin/delegations/signup/event/<int:event>/badges.pdf
        admin/delegations/signup/event/<int:event>/export/<str:form>/
        admin/delegations/signup/<int:pk>/call-off/ admin/delegations/signup/<int:pk>/move-up/
        admin/delegations/exhibitor/<int:pk>/select/ admin/delegations/exhibitor/<int:pk>/decline/
    """,
    OFFICERS: """
        admin/ admin/search/ admin/jsi18n/ admin/password_change/ admin/password_change/done/
    """,
    CASES: """
        admin/^(?P<app_label>delegations|enterprises|sister_cities|core|accounts)/$
        admin/enterprises/company/<int:pk>/verify/ admin/enterprises/company/<int:pk>/send-back/
        admin/enterprises/company/<int:pk>/park/ admin/enterprises/servicerequest/<int:pk>/consent/
        admin/enterprises/servicerequest/<int:pk>/consent/<int:consent>/again/
        admin/enterprises/servicerequest/<int:pk>/consent/<int:consent>/withdraw/
        admin/enterprises/servicerequest/<int:pk>/follow-up/
        admin/enterprises/company/<int:pk>/lift/ admin/enterprises/company/<int:pk>/licence/
        admin/enterprises/letter/<int:pk>/file/ admin/enterprises/letter/<int:pk>/revoke/
        admin/enterprises/letter/<int:pk>/reissue/
        admin/enterprises/lettertemplate/<int:pk>/write/ admin/enterprises/lettertemplate/<int:pk>/release/
        admin/enterprises/lettertemplate/<int:pk>/preview.<slug:form>
        admin/enterprises/servicerequest/figures/ admin/enterprises/servicerequest/figures/export/<str:form>/
        admin/enterprises/servicerequest/<int:pk>/accept/ admin/enterprises/servicerequest/<int:pk>/review/
        admin/enterprises/servicerequest/<int:pk>/approve/ admin/enterprises/servicerequest/<int:pk>/send-back/
        admin/enterprises/servicerequest/<int:pk>/refuse/ admin/enterprises/servicerequest/<int:pk>/extend/
        admin/enterprises/servicerequest/<int:pk>/lane/ admin/enterprises/servicerequest/<int:pk>/write/
        admin/enterprises/servicerequest/papers/<uuid:key>/ admin/enterprises/servicerequest/attachments/<uuid:key>/
    """,
    VISITS: """
        admin/delegations/visit/calendar/ admin/delegations/visit/briefing/<int:pk>/
        admin/delegations/visit/<int:pk>/programme/ admin/delegations/visit/<int:pk>/programme.ics
        admin/delegations/visit/<int:pk>/booklet/<str:copy>.pdf
    """,
    DECIDERS: "admin/enterprises/servicerequest/<int:pk>/disclose/",
    ("approver",): """
        admin/enterprises/bulksignoff/new/ admin/enterprises/servicerequest/<int:pk>/work/<int:promise>/retry/
    """,
    EDITOR: """
        media/pictures/<uuid:key>/<int:width>.<str:kind>
        admin/core/importjob/new/<str:kind>/ admin/core/importjob/template/<str:kind>/
        admin/core/importjob/<int:pk>/faults/ admin/core/importjob/<int:pk>/file/
        admin/sister_cities/agreement/<int:pk>/file/ admin/sister_cities/counterpartlink/<int:pk>/edit/
        admin/sister_cities/counterpartlink/<int:pk>/activity/ admin/sister_cities/counterpartlink/<int:pk>/contacts/
        admin/sister_cities/edition/<int:pk>/pictures/ admin/sister_cities/edition/<int:pk>/pictures/add/
        admin/sister_cities/planaction/board/ admin/sister_cities/planaction/<int:pk>/edit/
        admin/sister_cities/planaction/<int:pk>/report/ admin/sister_cities/planaction/<int:pk>/drop/
        admin/sister_cities/planaction/<int:pk>/reopen/ admin/sister_cities/planaction/<int:pk>/evidence/<uuid:key>/
        admin/sister_cities/tie/<int:pk>/step/<str:status>/ admin/sister_cities/tie/export/<str:form>/
    """,
}


def classified() -> dict[str, tuple[str, ...]]:
    """Every address with those whom it answers."""
    found = {route: people for people, named in DOORS.items() for route in named.split()}
    found[""] = EVERYBODY
    for name, (see, add, change, delete) in RECORDS.items():
        record = f"admin/{name}/<path:object_id>/"
        # The bare record only leads on to its page.
        found |= {f"admin/{name}/": see, f"admin/{name}/add/": add, record: OFFICERS, f"{record}delete/": delete}
        found |= {f"{record}history/": see, f"{record}change/": tuple(dict.fromkeys((*see, *change)))}
    return found


# The portal with refusals of one line; they are as many as the addresses.
urlpatterns = portal.urlpatterns


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=403)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=404)


def asking(route: str) -> tuple[str, ...]:
    """Who asks beside a visitor: in the back office one company's person is like another, and a bare record leads on only."""
    if not route.startswith("admin/"):
        return SIGNED_IN
    return ("outsider", "auditor") if route.endswith("<path:object_id>/") else ("outsider", *OFFICERS)


class Undrawn:
    """Leaves the pages of the back office undrawn: whether somebody gets one is decided before."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: SimpleTemplateResponse) -> HttpResponse:
        response.content = b""
        return response


@pytest.fixture
def rooms(settings) -> Iterator[Rooms]:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.Undrawn"]
    settings.ROOT_URLCONF = __name__
    # The menu asks each right of each person anew, for each page.
    settings.UNFOLD = settings.UNFOLD | {"SIDEBAR": {"show_search": False, "navigation": []}}
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    made = furnish()
    logging.disable(logging.ERROR)
    yield made
    logging.disable(logging.NOTSET)


def browser_of(name: str, rooms: Rooms) -> Client:
    client, person = Client(headers={"Accept-Language": "en"}), rooms.people[name]
    if person:
        client.force_login(person)
    return client


def read(browser: Client, address: str) -> HttpResponse:
    """Ask for an address and read a file that is given out, so that it is closed."""
    answer = browser.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def is_let_in(answer: HttpResponse) -> bool:
    """Whether somebody got more than "sign in", "no", "nothing here", "only by its button", or the way to the first page."""
    if answer.status_code not in (200, 302):
        assert answer.status_code in (403, 404, 405), answer.status_code
        return False
    place = str(answer.get("Location", ""))
    return place != "/admin/" and not place.startswith(("/en/accounts/login/", "/admin/login/"))


def test_every_address_answers_those_it_is_for_and_nobody_else(rooms):
    found = {}
    browsers = {name: browser_of(name, rooms) for name in EVERYBODY}
    for route in routes():
        address = address_of(route, rooms)
        # What a visitor may read, everybody may: such a page is asked for once.
        is_open = is_let_in(read(browsers["visitor"], address))
        let_in = {name for name in asking(route) if is_open or is_let_in(read(browsers[name], address))}
        found[route] = let_in | ({"visitor"} if is_open else set())
    expected = {route: set(people) & {"visitor", *asking(route)} for route, people in classified().items()}
    assert found == expected


@pytest.mark.parametrize("who", ["visitor", "outsider", "auditor"])
def test_no_button_changes_anything_for_somebody_who_may_not_press_it(rooms, who):
    mark, own = Letter.objects.get().request.events.order_by("-pk")[0].pk, classified()
    typed = {
        "post": "yes",
        "_save": "1",
        "seen": mark,
        "lane": "green",
        "until": "2099-01-01",
        "days": "5",
        "is_public": "on",
    }
    typed |= dict.fromkeys(
        ("reason", "body", "note", "remedy", "name", "name_zh_hans", "name_en", "title"), "Words 文字"
    )
    browser, before = browser_of(who, rooms), AuditEntry.objects.count()
    for route in routes():
        # An auditor reads everything and writes nothing; others are kept from what is their own.
        if "logout" not in route and (who not in own[route] or (who == "auditor" and route.startswith("admin/"))):
            answer = browser.post(address_of(route, rooms), typed)
            assert answer.status_code < 500, route
    assert AuditEntry.objects.count() == before
