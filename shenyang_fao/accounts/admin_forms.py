"""The forms of the people's pages: what an administrator may say about a person, and nothing else."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from shenyang_fao.accounts import actions
from shenyang_fao.accounts.enums import Role
from shenyang_fao.accounts.models import User


class RolesField(forms.TypedMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Role.choices, coerce=Role, widget=UnfoldAdminCheckboxSelectMultipleWidget, **kwargs)


class OfficerForm(forms.ModelForm[User]):
    """A new officer; the password is chosen by the officer, from a mail."""

    roles = RolesField(
        label=_("Roles"),
        help_text=_("A person who reviews a request can never sign off the same request, whatever the roles."),
    )

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["email", "name", "language"]
        labels: ClassVar[dict[str, Any]] = {"name": _("Full name")}

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(_("Somebody with this address exists already."))
        return email

    def write(self, *, by: User) -> User:
        """Make the officer. Raises PermissionDenied."""
        data = self.cleaned_data
        return actions.create_officer(
            email=data["email"], name=data["name"], language=data["language"], roles=data["roles"], by=by
        )


class PersonForm(forms.ModelForm[User]):
    """A person that exists; roles are asked for officers only."""

    roles = RolesField(label=_("Roles"), required=False)
    by: ClassVar[User]

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["name", "language", "is_active"]
        labels: ClassVar[dict[str, Any]] = {"name": _("Full name")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "roles" in self.fields:
            self.initial["roles"] = [role.value for role in actions.roles_of(self.instance)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        was = User.objects.get(pk=self.instance.pk)
        refusal = actions.own_change(was, is_active=data["is_active"], roles=data.get("roles"), by=self.by)
        if refusal:
            raise forms.ValidationError(str(refusal))
        return data

    def write(self, *, by: User) -> User:
        """Change the person. Raises PermissionDenied, Refusal."""
        data = self.cleaned_data
        return actions.change_person(
            self.instance.pk,
            name=data["name"],
            language=data["language"],
            is_active=data["is_active"],
            roles=data.get("roles"),
            by=by,
        )
