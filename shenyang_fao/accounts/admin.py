"""People in the back office: officers are made here, company people only locked or opened again."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from shenyang_fao.accounts import actions
from shenyang_fao.accounts.admin_forms import OfficerForm, PersonForm
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User
from shenyang_fao.core.admin_base import BackOfficeAdmin, do, moment, signed_in, tag
from shenyang_fao.core.redirects import way_back


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Role.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class UserAdmin(BackOfficeAdmin):
    """No password is shown or set here: each person chooses one by a mail to the own address."""

    list_display = ["full_name", "email", "roles", "active_tag", "language", "seen"]
    list_filter = ["is_staff", "is_active", RoleFilter]
    search_fields = ["name", "email"]
    search_help_text = _("Name or e-mail address")
    ordering = ["-is_staff", "name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.choose_language))
        return [path("language/", view, name="accounts_user_choose_language"), *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return bool(allowed and (obj is None or request.user.is_superuser or not obj.is_superuser))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = PersonForm if change else OfficerForm
        form: Any = super().get_form(request, obj, change, **kwargs)
        # The form asks the rules of the person who fills it in.
        form.by = request.user
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        if obj is None:
            return ["email", "name", "language", "roles"]
        if not self.has_change_permission(request, obj):
            return ["email", "name", "language", "role_names", "is_active", "joined_at", "last_login"]
        roles = ["roles"] if obj.is_staff else []
        return ["email", "name", "language", *roles, "is_active", "joined_at", "last_login"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["email", "joined_at", "last_login", "role_names"] if obj else []

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> User:
        """The actions write, sign and notify; the form has asked them already whether they would refuse."""
        return form.write(by=signed_in(request))  # type: ignore[no-any-return]

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Written by `save_form` already."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Written by `save_form` already."""

    def choose_language(self, request: HttpRequest) -> HttpResponse:
        """Let an officer choose the language of the back office and of the mail it sends to the officer."""
        language = request.POST.get("language", "")
        do(request, lambda: actions.choose_language(language, by=signed_in(request)))
        return redirect(way_back(request, otherwise=reverse("admin:index"), may_be_referer=True))

    @admin.display(description=_("full name"), ordering="name")
    def full_name(self, user: User) -> str:
        return str(user)

    @admin.display(description=_("last sign-in"), ordering="last_login")
    def seen(self, user: User) -> str:
        return moment(user.last_login)

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        if user.is_superuser:
            return str(_("superuser"))
        return _names(user) if user.is_staff else str(_("files for a company"))

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        return self.roles(user)

    @admin.display(description=_("active"), ordering="is_active")
    def active_tag(self, user: User) -> str:
        return tag(_("active"), "ok") if user.is_active else tag(_("locked"), "stop")


def _names(user: User) -> str:
    held = actions.roles_of(user)
    return " · ".join(str(role.label) for role in Role if role in held) or "–"
