"""The look of the back office: unfold's settings and the menu, grouped by work. Only what a person may see is in it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


def _may(right: str) -> Callable[[HttpRequest], bool]:
    return lambda request: request.user.has_perm(right)


def _entry(title: Any, icon: str, model: str) -> dict[str, Any]:
    """Return a menu entry for a model, ``app.model``, shown to those who may view it."""
    app, name = model.split(".")
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{app}_{name}_changelist"),
        "permission": _may(f"{app}.view_{name}"),
    }


def _is_among_actions(request: HttpRequest) -> bool:
    """Tell the actions of the plans from their board, whose address lies below theirs."""
    return "/sister_cities/planaction/" in request.path and not request.path.endswith("/board/")


def _is_among_requests(request: HttpRequest) -> bool:
    """Tell the requests from their figures, whose address lies below theirs."""
    return "/enterprises/servicerequest/" in request.path and "/figures/" not in request.path


def _is_among_trips(request: HttpRequest) -> bool:
    """Tell the trips from their figures, whose address lies below theirs."""
    return "/delegations/trip/" in request.path and "/figures/" not in request.path


def _is_among_visits(request: HttpRequest) -> bool:
    """Tell the visits from the calendar of their programmes, whose address lies below theirs."""
    return "/delegations/visit/" in request.path and "/calendar/" not in request.path


# Vermilion walls; the greys of the theme turned warm.
VERMILION = {
    "50": "#fbf1ee",
    "100": "#f6e0da",
    "200": "#ecc3b9",
    "300": "#dd9a8b",
    "400": "#c96a58",
    "500": "#b84a38",
    "600": "#a62b1f",
    "700": "#8a2118",
    "800": "#7f1d14",
    "900": "#641812",
    "950": "#3b0d09",
}

UNFOLD = {
    "SITE_TITLE": _("Back office"),
    "SITE_HEADER": _("Back office"),
    "SITE_SUBHEADER": _("Shenyang Foreign Affairs Office"),
    "SITE_URL": "/",
    "SITE_ICON": lambda request: static("img/mark.svg"),
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/mark.svg")}],
    "STYLES": [lambda request: static("css/back-office.css")],
    "SCRIPTS": [lambda request: static("js/name-comboboxes.js")],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "LANGUAGES": {"action": reverse_lazy("admin:accounts_user_choose_language"), "navigation": []},
    "ACCOUNT": {
        "navigation": [
            {"title": _("My details"), "link": reverse_lazy("accounts:details")},
            {"title": _("Change password"), "link": reverse_lazy("account_change_password")},
        ]
    },
    "COLORS": {"primary": VERMILION},
    "SIDEBAR": {
        "show_search": False,
        "navigation": [
            {
                "items": [
                    {"title": _("What waits"), "icon": "home", "link": reverse_lazy("admin:index")},
                    {
                        "title": _("Notices"),
                        "icon": "notifications",
                        "link": reverse_lazy("accounts:notices"),
                        "badge": "shenyang_fao.accounts.context_processors.badge",
                    },
                ],
            },
            {
                "title": _("Services to enterprises"),
                "items": [
                    _entry(_("Requests"), "inbox", "enterprises.servicerequest") | {"active": _is_among_requests},
                    _entry(_("Bulk sign-offs"), "done_all", "enterprises.bulksignoff"),
                    _entry(_("Service ratings"), "thumbs_up_down", "enterprises.rating"),
                    _entry(_("Companies"), "apartment", "enterprises.company"),
                    _entry(_("Letters"), "mark_email_read", "enterprises.letter"),
                    _entry(_("Letter templates"), "edit_document", "enterprises.lettertemplate"),
                    _entry(_("Kept reasons"), "list_alt", "enterprises.keptreason"),
                    {
                        "title": _("Figures"),
                        "icon": "bar_chart",
                        "link": reverse_lazy("admin:enterprises_servicerequest_figures"),
                        "permission": _may("enterprises.view_servicerequest"),
                    },
                ],
            },
            {
                "title": _("Sister cities"),
                "items": [
                    _entry(_("Partners"), "location_city", "sister_cities.partner"),
                    _entry(_("Register of ties"), "handshake", "sister_cities.tie"),
                    _entry(_("Agreements"), "contract", "sister_cities.agreement"),
                    _entry(_("Awards"), "emoji_events", "sister_cities.award"),
                    _entry(_("Programmes"), "flag", "sister_cities.programme"),
                    _entry(_("Plans"), "assignment", "sister_cities.plan"),
                    _entry(_("Actions"), "task_alt", "sister_cities.planaction") | {"active": _is_among_actions},
                    {
                        "title": _("Action-plan board"),
                        "icon": "view_kanban",
                        "link": reverse_lazy("admin:sister_cities_planaction_board"),
                        "permission": _may("sister_cities.view_planaction"),
                    },
                    _entry(_("Counterpart links"), "link", "sister_cities.counterpartlink"),
                    _entry(_("Documented exchanges"), "diversity_3", "sister_cities.exchange"),
                    _entry(_("Photo and film exchange"), "photo_library", "sister_cities.edition"),
                    _entry(_("Units in Shenyang"), "account_balance", "core.unit"),
                ],
            },
            {
                "title": _("Protocol"),
                "items": [
                    _entry(_("Inbound visits"), "flight_land", "delegations.visit") | {"active": _is_among_visits},
                    {
                        "title": _("Programme calendar"),
                        "icon": "calendar_month",
                        "link": reverse_lazy("admin:delegations_visit_calendar"),
                        "permission": _may("delegations.view_visit"),
                    },
                    _entry(_("Outcomes of visits"), "fact_check", "delegations.visitoutcome"),
                    _entry(_("People, vehicles and rooms"), "directions_car", "delegations.resource"),
                    _entry(_("Events"), "event", "delegations.event"),
                    _entry(_("Series of events"), "event_repeat", "delegations.series"),
                    _entry(_("Outcomes of events"), "task", "delegations.eventoutcome"),
                    _entry(_("Sign-ups for events"), "how_to_reg", "delegations.signup"),
                    _entry(_("Exhibitors"), "storefront", "delegations.exhibitor"),
                    _entry(_("Five Visits, Five Deliveries"), "grid_on", "delegations.delivery"),
                    _entry(_("Official trips"), "flight_takeoff", "delegations.trip") | {"active": _is_among_trips},
                    _entry(_("Annual plan"), "event_note", "delegations.plannedtrip"),
                    _entry(_("Limits of trips"), "rule", "delegations.triplimit"),
                    _entry(_("Country groups"), "public", "core.countrygroup"),
                    {
                        "title": _("Trips in figures"),
                        "icon": "bar_chart",
                        "link": reverse_lazy("admin:delegations_trip_figures"),
                        "permission": _may("delegations.view_trip"),
                    },
                ],
            },
            {
                "title": _("Publishing"),
                "items": [_entry(_("Published figures"), "monitoring", "core.publishedfigure")],
            },
            {
                "title": _("Operation"),
                "items": [
                    _entry(_("Imports"), "upload_file", "core.importjob"),
                    _entry(_("Background work"), "autorenew", "core.promise"),
                    _entry(_("E-mails"), "mail", "core.mail"),
                    _entry(_("Short messages"), "sms", "core.sms"),
                    _entry(_("People"), "group", "accounts.user"),
                ],
            },
            {
                "title": _("Supervision"),
                "items": [
                    _entry(_("Audit trail"), "history", "core.auditentry"),
                    _entry(_("Records of viewing"), "visibility", "core.viewrecord"),
                    _entry(_("Records of exporting"), "file_download", "core.exportrecord"),
                ],
            },
        ],
    },
}
