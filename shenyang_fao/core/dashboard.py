"""What the officers' start page counts. Each app offers its numbers in a module named ``dashboard``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import Promise

# The sweep rings each minute: whoever waits longer than this waits for a worker that is not there.
STUCK = timedelta(minutes=10)


@dataclass(frozen=True)
class Tile:
    """A number with the list behind it; ``is_urgent`` numbers are marked unless they are zero."""

    title: str | LazyText
    count: int
    url: str
    is_urgent: bool = False


@dataclass(frozen=True)
class Group:
    """Tiles that belong together."""

    title: str | LazyText
    tiles: list[Tile]


# From the user, whose model this room does not know, to a group; None for somebody who may not see it.
Source = Callable[[Any], Group | None]
_sources: list[Source] = []


def source(function: Source) -> Source:
    """Register a function that makes a group for a person."""
    _sources.append(function)
    return function


def groups(user: Any) -> list[Group]:
    """Return what this person may see: the apps' work first, the machine's last."""
    made = [make(user) for make in (*_sources, background_work)]
    return [group for group in made if group and group.tiles]


def background_work(user: Any) -> Group | None:
    """Count the work that failed and waits for somebody's decision, and the work that no worker takes."""
    if not user.has_perm("core.view_promise"):
        return None
    failed = Promise.objects.filter(state=PromiseState.FAILED).count()
    stuck = Promise.objects.due(timezone.now() - STUCK).count()
    url = f"{reverse('admin:core_promise_changelist')}?state__exact="
    return Group(
        _("Background work"),
        [
            Tile(_("Failed background work"), failed, url + PromiseState.FAILED.value, is_urgent=True),
            Tile(_("Not begun for ten minutes"), stuck, url + PromiseState.WAITING.value, is_urgent=True),
        ],
    )
