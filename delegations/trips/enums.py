"""Choices of the official trips abroad, and the one table of how a trip may move."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TripState(TextChoices):
    DRAFT = "draft", pgettext_lazy("trip", "draft")
    NOTICED = "noticed", pgettext_lazy("trip", "on public notice")
    FILED = "filed", pgettext_lazy("trip", "filed")
    REVIEWED = "reviewed", pgettext_lazy("trip", "reviewed")
    APPROVED = "approved", pgettext_lazy("trip", "approved")
    REPORTED = "reported", pgettext_lazy("trip", "reported")
    CLOSED = "closed", pgettext_lazy("trip", "closed")
    REFUSED = "refused", pgettext_lazy("trip", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("trip", "withdrawn")


class TripVerb(TextChoices):
    PUBLISH = "publish", _("publish the notice")
    RESUME = "resume", _("take back for changes")
    FILE = "file", pgettext_lazy("trip", "file")
    REVIEW = "review", _("pass first review")
    APPROVE = "approve", _("sign off")
    REFUSE = "refuse", _("refuse")
    WITHDRAW = "withdraw", _("withdraw")
    REPORT = "report", _("publish the report")
    CLOSE = "close", _("close")


T = TripState
# From where, to where; the actions and the database's trigger are both made from it.
TRIP_STEPS: dict[TripVerb, tuple[tuple[TripState, ...], TripState]] = {
    TripVerb.PUBLISH: ((T.DRAFT,), T.NOTICED),
    TripVerb.RESUME: ((T.NOTICED, T.FILED, T.REVIEWED), T.DRAFT),
    TripVerb.FILE: ((T.NOTICED,), T.FILED),
    TripVerb.REVIEW: ((T.FILED,), T.REVIEWED),
    TripVerb.APPROVE: ((T.REVIEWED,), T.APPROVED),
    TripVerb.REFUSE: ((T.FILED, T.REVIEWED), T.REFUSED),
    TripVerb.WITHDRAW: ((T.DRAFT, T.NOTICED, T.FILED, T.REVIEWED, T.APPROVED), T.WITHDRAWN),
    TripVerb.REPORT: ((T.APPROVED,), T.REPORTED),
    TripVerb.CLOSE: ((T.REPORTED,), T.CLOSED),
}
# What two officers have answered for.
DECIDED = (T.APPROVED, T.REPORTED, T.CLOSED)
# What counts as a trip made in the figures.
MADE = (T.REPORTED, T.CLOSED)
del T


class TripLane(TextChoices):
    NORMAL = "normal", _("normal lane")
    SAME_DAY = "same_day", _("same-day lane")


class TripWork(TextChoices):
    """What kind of task it is: for exchange of teachers and researchers, days and people go by need."""

    GENERAL = "general", _("official task")
    ACADEMIC = "academic", _("academic exchange of teaching and research staff")


class Companion(TextChoices):
    """What somebody of the group is to the task."""

    HEAD = "head", _("head of the group")
    MEMBER = "member", pgettext_lazy("official group", "member")
    INTERPRETER = "interpreter", _("interpreter")
    FAMILY = "family", _("spouse or child")


class Finding(TextChoices):
    """What a rule says of a trip."""

    PASS = "pass", pgettext_lazy("finding", "passes")
    WARN = "warn", pgettext_lazy("finding", "look closely")
    REFUSE = "refuse", pgettext_lazy("finding", "not allowed")


class TripPaperRole(TextChoices):
    INVITATION = "invitation", _("letter of invitation")
    ITINERARY = "itinerary", _("itinerary")
    BUDGET = "budget", _("budget")
    REPORT = "report", _("report of the trip")
    OTHER = "other", pgettext_lazy("paper", "other")


class LimitKey(TextChoices):
    """The numbers that the rules judge by."""

    PEOPLE = "people", _("people in a group")
    COUNTRIES = "countries", _("countries or regions in a trip")
    DAYS_1 = "days_1", _("days for one country or region")
    DAYS_2 = "days_2", _("days for two countries or regions")
    DAYS_3 = "days_3", _("days for three countries or regions")
    FAR_EXTRA_1 = "far_extra_1", _("days more for poor flights, one country")
    FAR_EXTRA_2 = "far_extra_2", _("days more for poor flights, two countries")
    NOTICE = "notice_working_days", _("working days of notice before filing")
