"""The anniversaries as an Atom feed (RFC 4287)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from sister_cities import calendars
from sister_cities.anniversaries import Anniversary
from sister_cities.models import Tie

# An entry counts as changed this long before its day, so that a reader's program shows it again in time.
_AHEAD = timedelta(days=30)


class AnniversaryFeed(Feed[Anniversary, str]):
    """The anniversaries of this year and the next in one language; those announced last come first."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer in the language of the address. Raises Http404 for a language the site does not speak."""
        if kwargs["language"] not in dict(settings.LANGUAGES):
            raise Http404
        with override(kwargs["language"]):
            return super().__call__(request, *args, **kwargs)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return str(kwargs["language"])

    def title(self, language: str) -> str:
        return _("Anniversaries of Shenyang's ties with its partner cities")

    def subtitle(self, language: str) -> str:
        return _("This year's and next year's, each announced again 30 days ahead.")

    def author_name(self, language: str) -> str:
        return _("Shenyang Foreign Affairs Office")

    def link(self, language: str) -> str:
        return settings.SITE_URL + reverse("sister_cities:anniversaries")

    def feed_url(self, language: str) -> str:
        return settings.SITE_URL + reverse("anniversary_feed", args=[language])

    def items(self, language: str) -> list[Anniversary]:
        found = calendars.anniversaries(Tie.objects.with_anniversary())
        return sorted(found, key=self.item_updateddate, reverse=True)

    def item_title(self, item: Anniversary) -> str:
        return calendars.title(item)

    def item_description(self, item: Anniversary) -> str:
        """Return what the feed declares as HTML."""
        return escape(f"{item.falls_text}. {calendars.story(item)}")

    def item_link(self, item: Anniversary) -> str:
        return calendars.address(item)

    def item_guid(self, item: Anniversary) -> str:
        return f"{calendars.address(item)}#tie-{item.tie.pk}-{item.falls_on.year}"

    def item_pubdate(self, item: Anniversary) -> datetime:
        """Return when it came into the feed: at the start of the year before."""
        return _midnight(date(item.falls_on.year - 1, 1, 1))

    def item_updateddate(self, item: Anniversary) -> datetime:
        announced = item.falls_on - _AHEAD
        return _midnight(announced) if announced <= timezone.localdate() else self.item_pubdate(item)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
