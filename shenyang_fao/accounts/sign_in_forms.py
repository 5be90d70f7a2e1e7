"""allauth's forms without the grey words inside the fields: they only repeat the labels, and vanish when one types."""

from typing import Any

from allauth.account import forms


class Plain:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]  # the form beside it has them
            field.widget.attrs.pop("placeholder", None)


class LoginForm(Plain, forms.LoginForm):
    pass


class SignupForm(Plain, forms.SignupForm):
    pass


class ResetPasswordForm(Plain, forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(Plain, forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(Plain, forms.ChangePasswordForm):
    pass


class AddEmailForm(Plain, forms.AddEmailForm):
    pass
