"""The buttons of a record with states in the back office: a step on, shown to everybody, taken off again."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, TextChoices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django_stubs_ext import StrPromise

from shenyang_fao.core.admin_base import Doors, do, signed_in


@dataclass(frozen=True)
class Said:
    """What is said when something was done; ``moved`` has a place for the ``state``."""

    moved: StrPromise
    shown: StrPromise
    hidden: StrPromise


class StateDoors(Doors):
    """A page with these buttons. ``acts`` is the room's module with `change_state`, `publish` and `unpublish`."""

    states: type[TextChoices]
    acts: Any
    said: Said

    def state_urls(self) -> list[URLPattern]:
        return [
            self.door("<int:pk>/state/<str:state>/", self.change_state, "state"),
            self.door("<int:pk>/publish/", self.publish, "publish"),
            self.door("<int:pk>/unpublish/", self.unpublish, "unpublish"),
        ]

    def change_state(self, request: HttpRequest, pk: int, state: str) -> HttpResponse:
        """Take the record one step further along its table."""
        record = self.seen(request, pk)
        if state not in self.states.values:
            raise Http404
        target = self.states(state)
        done = str(self.said.moved) % {"state": target.label}
        do(request, lambda: self.acts.change_state(record.pk, state=target, by=signed_in(request)), done)
        return self.back(record)

    def publish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the record to everybody."""
        record = self.seen(request, pk)
        do(request, lambda: self.acts.publish(record.pk, by=signed_in(request)), self.said.shown)
        return self.back(record)

    def unpublish(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the record off the public pages."""
        record = self.seen(request, pk)
        do(request, lambda: self.acts.unpublish(record.pk, by=signed_in(request)), self.said.hidden)
        return self.back(record)

    def back(self, record: Model) -> HttpResponse:
        """Lead back to the page of the record."""
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", record.pk)
