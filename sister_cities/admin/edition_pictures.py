"""The page of an edition's pictures: bring many at once, describe them in one table, see which still need something."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shenyang_fao.core.admin_base import DIGITS_AT_MOST, signed_in, tag
from shenyang_fao.core.enums import PromiseState
from shenyang_fao.core.kept import typed_in
from shenyang_fao.core.models import Promise
from shenyang_fao.core.pictures.renditions import RENDER
from sister_cities.actions import exchanges as actions
from sister_cities.admin.picture_forms import PhotosForm, PictureForm, partner_choices, picture_forms
from sister_cities.models import Edition, EditionPicture


@dataclass
class Row:
    """One picture on the page: its record, its form, and what it still needs."""

    entry: EditionPicture
    form: PictureForm
    promise: Promise | None

    @property
    def has_failed(self) -> bool:
        return self.promise is not None and self.promise.state == PromiseState.FAILED

    @property
    def tags(self) -> list[SafeString]:
        return tags_of(self.entry, has_failed=self.has_failed)


def urls(page: Any) -> list[URLPattern]:
    """Return the addresses of the page and its doors; ``page`` is the edition's admin, which guards them."""
    return [
        page.door("<int:pk>/pictures/", partial(pictures, page), "pictures", reads=True),
        page.door("<int:pk>/pictures/add/", partial(add, page), "add_pictures", reads=True),
    ]


def pictures(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the pictures, and save what was changed in the table."""
    edition = _writable(page, request, pk)
    entries = _entries(edition)
    forms = picture_forms(entries, typed_in(request))
    if request.method == "POST":
        if forms.is_valid():
            _save(forms, {entry.pk for entry in entries}, request)
            return redirect("admin:sister_cities_edition_pictures", pk)
        messages.error(request, _("Nothing is saved yet: correct what is marked."))
    return _show(page, request, edition, forms=forms)


def add(page: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the photographs that can be kept; each of the others is named with its reason."""
    edition = _writable(page, request, pk)
    if request.method != "POST":
        return redirect("admin:sister_cities_edition_pictures", pk)
    form = PhotosForm(request.POST, request.FILES, partners=partner_choices())
    if form.is_valid():
        _keep(form, edition, request)
        if not form.errors:
            return redirect("admin:sister_cities_edition_pictures", pk)
    return _show(page, request, edition, form=form)


def tags_of(entry: EditionPicture, *, has_failed: bool = False) -> list[SafeString]:
    """Say whether the public sees a picture, and what stands in the way."""
    picture, found = entry.picture, []
    if has_failed:
        found.append(tag(_("sizes could not be made"), "stop"))
    elif not picture.is_ready:
        found.append(tag(_("being prepared"), "info"))
    if not picture.is_described:
        found.append(tag(_("needs a description"), "warn"))
    elif not picture.is_released:
        found.append(tag(_("held back"), "plain"))
    elif not entry.edition.is_public:
        found.append(tag(_("shown when the edition is public"), "plain"))
    else:
        found.append(tag(_("public"), "ok"))
    return found


def _writable(page: Any, request: HttpRequest, pk: int) -> Edition:
    edition: Edition = page.seen(request, pk)
    if not page.has_change_permission(request, edition):
        raise PermissionDenied
    return edition


def _entries(edition: Edition) -> list[EditionPicture]:
    return list(edition.pictures.with_all().select_related("picture__original"))


def _keep(form: PhotosForm, edition: Edition, request: HttpRequest) -> None:
    partner, kept, known = form.cleaned_data["partner"], 0, 0
    for photo in form.examined():
        entry = actions.add_picture(
            edition.pk, photo=photo, partner_id=partner, words=form.words, by=signed_in(request)
        )
        kept, known = kept + (entry is not None), known + (entry is None)
    if kept:
        text = ngettext("%(number)s photograph is added.", "%(number)s photographs are added.", kept)
        messages.success(request, text % {"number": kept})
    if known:
        text = ngettext("%(number)s photograph was here already.", "%(number)s photographs were here already.", known)
        messages.info(request, text % {"number": known})


def _save(forms: Any, own: set[int], request: HttpRequest) -> None:
    """Save what was changed; a picture that somebody else removed meanwhile is passed over."""
    by = signed_in(request)
    for form in forms:
        entry = form.cleaned_data["entry"]
        if not form.is_wanted or entry not in own:
            continue
        if form.cleaned_data["is_removed"]:
            actions.remove_picture(entry, by=by)
        else:
            is_released = form.cleaned_data["is_released"]
            actions.describe_picture(entry, place=form.place, words=form.words, is_released=is_released, by=by)
    messages.success(request, _("The pictures are saved."))


def _show(
    page: Any, request: HttpRequest, edition: Edition, *, forms: Any = None, form: PhotosForm | None = None
) -> HttpResponse:
    entries = _entries(edition)
    forms = forms or picture_forms(entries)
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "original": edition,
        "title": str(edition),
        "edition": edition,
        "form": form or PhotosForm(partners=partner_choices()),
        "formset": forms,
        "rows": _rows(entries, forms),
        "undescribed": sum(not entry.picture.is_described for entry in entries),
        "may_retry": request.user.has_perm("core.retry_promise"),
    }
    return TemplateResponse(request, "admin/sister_cities/edition_pictures.html", context)


def _rows(entries: list[EditionPicture], forms: Any) -> list[Row]:
    """Join each form with its picture; what somebody else removed meanwhile has none any more."""
    by_key = {entry.pk: entry for entry in entries}
    subjects = [entry.picture_id for entry in entries]
    promises = {row.subject_id: row for row in Promise.objects.filter(kind=RENDER, subject_id__in=subjects)}
    found = []
    for form in forms:
        key = str(form["entry"].value())
        entry = by_key.get(int(key)) if key.isdecimal() and len(key) <= DIGITS_AT_MOST else None
        if entry:
            found.append(Row(entry, form, promises.get(entry.picture_id)))
    return found
