"""What the officers' start page counts. Each app offers its tiles in a module named ``dashboard``."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.models import Promise


class Officer(AbstractBaseUser, PermissionsMixin):
    """What the start page needs to know of a person: the rights."""

    class Meta:
        abstract = True


Viewer = Officer | AnonymousUser


@dataclass(frozen=True)
class Tile:
    """A number with the list behind it. ``is_urgent`` numbers are marked, in words too, unless they are zero."""

    title: str | LazyText
    count: int
    url: str
    is_urgent: bool = False


@dataclass(frozen=True)
class Group:
    """Tiles that belong together."""

    title: str | LazyText
    tiles: list[Tile]


Source = Callable[[Viewer], Group | None]
_sources: list[Source] = []


def source(function: Source) -> Source:
    """Register a function that makes a group for a person, or None for somebody who may not see it."""
    _sources.append(function)
    return function


def groups(user: Viewer) -> list[Group]:
    """Return what this person may see, in the order of registration."""
    return [group for group in (make(user) for make in _sources) if group and group.tiles]


@source
def background_work(user: Viewer) -> Group | None:
    """Count the work that failed and waits for somebody's decision."""
    if not user.has_perm("core.view_promise"):
        return None
    failed = Promise.objects.filter(state=PromiseState.FAILED).count()
    url = f"{reverse('admin:core_promise_changelist')}?state__exact={PromiseState.FAILED}"
    return Group(_("Background work"), [Tile(_("Failed"), failed, url, is_urgent=True)])
