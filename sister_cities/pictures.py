"""Which pictures the public records of this app show (`core.pictures.shown`)."""

from typing import Any

from django.db.models import QuerySet

from shenyang_fao.core.pictures.shown import shown_by
from sister_cities.models import EditionPicture


@shown_by
def pictures_of_editions() -> QuerySet[Any, Any]:
    """Return the keys of the pictures that a public edition shows."""
    return EditionPicture.objects.shown().values("picture")
