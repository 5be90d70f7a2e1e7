"""Reads the environment as django-environ does, and names the variable when its value cannot be read."""

from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured


class Environment(environ.Env):
    """The environment of this process."""

    def get_value(self, var: str, *arguments: Any, **options: Any) -> Any:
        """Return the value, cast as asked for. Raises ImproperlyConfigured in one line when it cannot be cast."""
        try:
            return super().get_value(var, *arguments, **options)
        except ValueError:
            raise ImproperlyConfigured(f"{var}={self.ENVIRON.get(var)} cannot be read: a number is wanted.") from None
