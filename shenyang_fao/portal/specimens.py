"""What the component page shows: every part of a page in every state, fed to the templates that the real pages include.

Nothing here is stored and nothing is a fact; each value says that it is an example.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from enterprises.guidance import Entry
from shenyang_fao.core.charts import Chart, chart
from shenyang_fao.core.directory import Filters, choice, page_of
from shenyang_fao.core.enums import SourceGrade
from shenyang_fao.core.figures import Figure
from shenyang_fao.core.form_fields import ScanField
from shenyang_fao.core.models import PublishedFigure
from shenyang_fao.core.rating_forms import RatingForm
from shenyang_fao.core.sources import Link

CHOICES = [("one", _("First choice")), ("two", _("Second choice"))]
TONES = [
    ("", _("not begun")),
    ("progress", _("in progress")),
    ("ok", _("in order")),
    ("warn", _("to be mended")),
    ("stop", _("refused")),
    ("new", _("unread")),
]
BANNERS = ["", "success", "warning", "error"]
ERRORS = "errors"
ROWS = range(120)
# The custom properties of base.css; each has its swatch in specimens.css.
COLOURS = (
    *("vermilion", "vermilion-deep", "vermilion-wash", "tile-green", "tile-yellow", "blue", "ink", "ink-soft"),
    *("line-strong", "line", "wash", "ok", "ok-wash", "warn", "warn-wash", "stop", "stop-wash", "info-wash", "focus"),
)


class SpecimenForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label=_("Text on one line"), help_text=_("A hint stands between the label and the field."))
    remark = forms.CharField(label=_("Text that may stay empty"), required=False)
    closed = forms.CharField(label=_("Disabled"), required=False, disabled=True, initial="SYFAO")
    text = forms.CharField(label=_("Several lines"), widget=forms.Textarea({"rows": 3}))
    selection = forms.ChoiceField(label=_("Selection"), choices=[("", "–"), *CHOICES])
    several = forms.MultipleChoiceField(
        label=_("Several of them"), choices=CHOICES, widget=forms.CheckboxSelectMultiple
    )
    begins_on = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}))
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}))
    scan = ScanField(label=_("Scan"))
    is_agreed = forms.BooleanField(label=_("I agree."))


class SpecimenFilters(Filters):
    kind = choice(_("Kind"), CHOICES)
    place = choice(_("Country or region"))


@dataclass(frozen=True)
class Record:
    """A record as `includes/sources.html` reads it."""

    links: list[Link] = field(default_factory=list)
    source_remark: str = ""
    is_to_be_confirmed: bool = False


@dataclass(frozen=True)
class Photograph:
    """A photograph whose sizes are still being made, as `includes/picture.html` reads it."""

    alt: str
    is_ready: bool = False
    width: int = 600
    height: int = 400


def specimens(query: QueryDict) -> dict[str, object]:
    """Return the context of the component page; with ``state=errors`` its forms stand as after a failed attempt."""
    sent: dict[str, str] | None = {} if query.get("state") == ERRORS else None
    rating = RatingForm(sent, prefix="rating")
    return {
        "form": SpecimenForm(sent),
        "rating_form": rating,
        "is_sent": sent is not None,
        "filters": SpecimenFilters(query),
        "page": page_of(ROWS, query),
        "colours": COLOURS,
        "tones": TONES,
        "banners": BANNERS,
        "steps": _steps(),
        "entries": _entries(),
        "charts": [_chart()],
        "figures": _figures(),
        "record": Record([Link("https://www.example.org/", "example.org", SourceGrade.OFFICIAL)]),
        "unsure": Record(source_remark=str(_("A source without a link")), is_to_be_confirmed=True),
        "photograph": Photograph(str(_("A photograph that is being prepared"))),
    }


def _steps() -> list[dict[str, object]]:
    titles = [_("Step that is done"), _("Step at hand"), _("Step to come")]
    return [
        {"title": title, "url": "#steps", "is_done": place == 0, "is_current": place == 1}
        for place, title in enumerate(titles)
    ]


def _entries() -> list[Entry]:
    now = timezone.now()
    return [
        Entry(_("Step that is done"), now - timedelta(days=3)),
        Entry(_("Step to be mended"), now - timedelta(days=2), _("What has to be done stands here."), "warn"),
        Entry(_("Step that was refused"), now - timedelta(days=1), "", "stop"),
        Entry(_("Step at hand"), now, "", "current"),
        Entry(_("Step to come"), None, "", "next"),
    ]


def _chart() -> Chart:
    rows = [(str(_("Longest bar")), "kind=one", [8, 4, 2]), (str(_("Shorter bar")), "", [3, 0, 1])]
    return chart("example", str(_("Chart of three series")), rows, series=[label for _tone, label in TONES[:3]])


def _figures() -> list[Figure]:
    published = PublishedFigure(value="12", as_of="2026-10")
    return [
        Figure("both", _("Published and counted"), published, 9),
        Figure("published", _("Published only"), published, None),
        Figure("held", _("Not published"), None, 3),
    ]
