"""What each officer role may do. The table is the rule: after each migration the groups are made to equal it."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission

from shenyang_fao.accounts.enums import Role

_SEE_REQUESTS = [
    "enterprises.view_company",
    "enterprises.view_servicerequest",
    "enterprises.view_letter",
    "enterprises.view_lettertemplate",
    "enterprises.view_rating",
]

# Whoever writes a version of the letters' texts; another officer puts it in force.
_WRITE_LETTERS = ["enterprises.change_lettertemplate"]

# The records that editors keep, all verbs of them.
_EDITED = (
    "core.unit",
    "core.picture",
    "sister_cities.partner",
    "sister_cities.tie",
    "sister_cities.agreement",
    "sister_cities.award",
    "sister_cities.programme",
    "sister_cities.plan",
    "sister_cities.planaction",
    "sister_cities.counterpartlink",
    "sister_cities.linkactivity",
    "sister_cities.exchange",
    "sister_cities.edition",
    "sister_cities.film",
)

_VERBS = ("view", "add", "change", "delete")

# The records of visits in and of events, which the protocol officers keep.
_PROTOCOL = (
    "visit",
    "member",
    "resource",
    "stop",
    "booking",
    "visitoutcome",
    "series",
    "event",
    "agendaitem",
    "speaker",
    "delivery",
    "eventdocument",
    "eventoutcome",
    "eventinvitation",
    "exhibitor",
    "signup",
)


def _delegations(verbs: tuple[str, ...], models: tuple[str, ...]) -> list[str]:
    return [f"delegations.{verb}_{model}" for model in models for verb in verbs]


_SEE_TRIPS = ["delegations.view_trip", "delegations.view_triplimit", "delegations.view_plannedtrip"]
# Whoever prepares trips writes the draft with its people and stays; what is on notice stands.
_FILE_TRIPS = [
    *_SEE_TRIPS,
    "delegations.file_trip",
    *(f"delegations.{verb}_trip" for verb in ("add", "change")),
    *(
        f"delegations.{verb}_{model}"
        for model in ("tripmember", "tripleg", "plannedtrip")
        for verb in ("view", "add", "change", "delete")
    ),
]
# The numbers and lists that the rules judge by.
_KEEP_LIMITS = [
    f"{model.replace('.', f'.{verb}_')}"
    for model in ("delegations.triplimit", "core.countrygroup")
    for verb in ("view", "add", "change", "delete")
]

RIGHTS: dict[Role, list[str]] = {
    Role.RECEPTION: [
        *_SEE_REQUESTS,
        "enterprises.verify_company",
        "enterprises.accept_request",
        "enterprises.answer_company",
    ],
    Role.REVIEWER: [
        *_SEE_REQUESTS,
        *_WRITE_LETTERS,
        "enterprises.review_request",
        "enterprises.answer_company",
        *_SEE_TRIPS,
        "delegations.review_trip",
    ],
    Role.APPROVER: [
        *_SEE_REQUESTS,
        *_WRITE_LETTERS,
        "enterprises.release_lettertemplate",
        "enterprises.approve_request",
        "enterprises.view_bulksignoff",
        "enterprises.revoke_letter",
        *_SEE_TRIPS,
        "delegations.approve_trip",
    ],
    Role.HEAD: [
        *_SEE_REQUESTS,
        *_WRITE_LETTERS,
        "enterprises.release_lettertemplate",
        "enterprises.lead_requests",
        "enterprises.follow_up_rating",
        "enterprises.view_bulksignoff",
        *(f"enterprises.{verb}_keptreason" for verb in _VERBS),
        *_delegations(("view",), _PROTOCOL),
        *_SEE_TRIPS,
        *_KEEP_LIMITS,
    ],
    Role.PROTOCOL: [
        *_delegations(_VERBS, _PROTOCOL),
        *_FILE_TRIPS,
        "core.view_countrygroup",
        "core.view_unit",
        "sister_cities.view_partner",
    ],
    Role.EDITOR: [
        *(model.replace(".", f".{verb}_") for model in _EDITED for verb in _VERBS),
        # For the briefing on a partner.
        *_delegations(("view",), ("visit", "visitoutcome")),
        "core.view_importjob",
        "core.view_publishedfigure",
        "core.change_publishedfigure",
    ],
    Role.AUDITOR: [
        *_SEE_REQUESTS,
        *_SEE_TRIPS,
        "core.view_countrygroup",
        "enterprises.view_bulksignoff",
        *_delegations(("view",), _PROTOCOL),
        "core.view_auditentry",
        "core.view_viewrecord",
        "core.view_exportrecord",
        "core.view_promise",
        "core.view_mail",
        "core.view_sms",
    ],
    Role.ADMINISTRATOR: [
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "core.view_promise",
        "core.retry_promise",
        "core.view_mail",
        "core.view_sms",
    ],
}


def sync_roles(**kwargs: Any) -> None:
    """Make the groups equal to the table above; rights of apps that are not migrated yet follow with them."""
    # The signal comes once an app; with the last one every right exists.
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    if kwargs.get("app_config", last) != last:
        return
    known = {f"{p.content_type.app_label}.{p.codename}": p for p in Permission.objects.select_related("content_type")}
    for role, rights in RIGHTS.items():
        group, _is_new = Group.objects.get_or_create(name=role.value)
        group.permissions.set(known[right] for right in rights if right in known)
