"""How large a table may be that somebody brings."""

from typing import NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

COLUMNS_AT_MOST = 100
CELL_AT_MOST = 5000


def rows_at_most() -> int:
    """Return how many rows a file may have below its header."""
    return int(settings.IMPORT_MAX_ROWS)


def refuse_rows() -> NoReturn:
    raise ValidationError(
        _("The file has more than %(limit)s rows. Split it into several files."),
        code="too_many_rows",
        params={"limit": f"{rows_at_most():,}"},
    )


def refuse_columns() -> NoReturn:
    raise ValidationError(
        _("The file has more than %(limit)s columns."), code="too_many_columns", params={"limit": COLUMNS_AT_MOST}
    )
