"""What every page of the back office shares."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, models
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.functional import Promise as LazyText
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from modeltranslation.admin import TranslationAdmin
from modeltranslation.fields import TranslationField
from unfold.admin import ModelAdmin

from shenyang_fao.core import audit
from shenyang_fao.core.errors import Refusal
from shenyang_fao.core.kept import sign_in_required
from shenyang_fao.core.outbox import in_short

log = structlog.get_logger(__name__)

# No key is longer (64 bits); Python refuses to read thousands of digits at all.
DIGITS_AT_MOST = 19
# Lines of a text field before it scrolls.
TEXT_ROWS = 3


def tag(text: str | LazyText, tone: str = "plain") -> SafeString:
    """Return a label; its colour (``ok``, ``warn``, ``stop``, ``info``, ``plain``) only repeats what the words say."""
    return format_html('<span class="bo-tag bo-tag--{}">{}</span>', tone, text)


def code(text: str) -> SafeString:
    """Return a number or code that is never broken into two lines."""
    return format_html('<span class="bo-whole">{}</span>', text)


def moment(at: datetime | None) -> SafeString:
    """Return a time as short as a column needs, the same in every language."""
    return code(f"{localtime(at):%Y-%m-%d %H:%M}") if at else code("–")


def signed_in(request: HttpRequest) -> Any:
    """Return the person at a door that `admin_view` guards: somebody, and never anonymous."""
    return request.user


def do(request: HttpRequest, work: Callable[[], object], done: str | LazyText = "") -> bool:
    """Do what a button asks and say so, or say why not; tell whether it was done. PermissionDenied passes: it is a 403."""
    try:
        work()
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    if done:
        messages.success(request, str(done))
    return True


def do_asked(request: HttpRequest, form: forms.BaseForm, work: Callable[[], object], done: str | LazyText) -> bool:
    """Do what a filled-in form asks (see `do`); tell whether it was sent, found right, and done."""
    return request.method == "POST" and form.is_valid() and do(request, work, done)


class HouseFields:
    """Fields as every form of the back office has them; a base of pages and of the records listed on them."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        # Django asks each address field to say what it makes of "example.org".
        scheme = {"assume_scheme": "https"} if isinstance(db_field, models.URLField) else {}
        formfield: Any = super().formfield_for_dbfield(db_field, request, **kwargs, **scheme)  # type: ignore[misc]
        if formfield is not None and isinstance(db_field, TranslationField):
            formfield.label = in_words(db_field)
        if formfield is not None and isinstance(formfield.widget, forms.Textarea):
            formfield.widget.attrs["rows"] = TEXT_ROWS
        return formfield


class BackOfficeAdmin(HouseFields, ModelAdmin):  # type: ignore[misc]  # the bases' stubs disagree
    """A list and a form whose changes are signed by the officer who makes them."""

    compressed_fields = True
    list_per_page = 50
    # Deleting is done one by one, where the page says what goes with it.
    actions = None
    # The door to public pages asks for no right and is left out (`admin_site`).
    view_on_site = False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Let a list be asked by its filters only: any other column could be guessed letter by letter."""
        offered = [_asked_as(entry) for entry in self.list_filter]
        return any(lookup == name or lookup.startswith(f"{name}__") for name in offered)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show or save the form. What the database refuses because somebody was faster is checked once more: now the form sees it."""
        for _attempt in range(2):
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except (IntegrityError, InternalError) as error:  # a constraint; a trigger without a code of its own
                log.warning("form_refused_by_database", model=self.opts.label, error=in_short(error))
        messages.error(request, _("Somebody else has just changed this. Please look at it again."))
        return redirect(request.path)

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        audit.sign(request.user)  # type: ignore[arg-type]
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        audit.sign(request.user)  # type: ignore[arg-type]
        super().delete_model(request, obj)


def _asked_as(entry: Any) -> str:
    """Return the parameter of a filter: its column, or the name it goes by."""
    named = entry[0] if isinstance(entry, list | tuple) else entry
    return str(getattr(named, "parameter_name", named))


class BilingualAdmin(BackOfficeAdmin, TranslationAdmin):  # type: ignore[type-arg,misc]
    """A form with both languages side by side; name the rows in ``fields``. Each language is called by its own name."""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [self._column(name) for name in super().get_list_display(request)]

    def _column(self, name: Any) -> Any:
        field: Any = next((field for field in self.opts.get_fields() if field.name == name), None)
        if not isinstance(field, TranslationField):
            return name

        def show(row: Model) -> Any:
            return getattr(row, name)

        return admin.display(show, description=in_words(field), ordering=name)


def in_words(field: Any) -> str:
    """Return the name of a language column, as "name (English)"."""
    words = {"field": field.translated_field.verbose_name, "language": get_language_info(field.language)["name_local"]}
    return _("%(field)s (%(language)s)") % words


class ReadOnlyAdmin(BackOfficeAdmin):
    """Records that the system writes and officers only read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Doors(BackOfficeAdmin):
    """A page with buttons: each is a door of its own that takes POST only."""

    def door(self, route: str, view: Callable[..., HttpResponse], name: str, *, reads: bool = False) -> URLPattern:
        """Return the address of a door below the model's; one that ``reads`` answers GET as well.

        What is typed into it survives the end of the session.
        """
        guarded = self.admin_site.admin_view(view if reads else require_POST(view))
        return path(route, sign_in_required(guarded), name=f"{self.opts.app_label}_{self.opts.model_name}_{name}")

    def seen(self, request: HttpRequest, pk: int | str) -> Any:
        """Return the record if the person may see it. Raises PermissionDenied, Http404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not str(pk).isdecimal() or len(str(pk)) > DIGITS_AT_MOST:
            raise Http404
        return get_object_or_404(self.get_queryset(request), pk=pk)


class DoorsAdmin(Doors, ReadOnlyAdmin):  # type: ignore[misc]
    """A page with buttons over records that officers only read."""
