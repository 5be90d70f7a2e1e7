"""How a company rates the service after its request has ended."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from enterprises.enums import HANDLING
from enterprises.models.request import ServiceRequest
from shenyang_fao.core import ratings

_HANDLING = ", ".join(f"'{verb.value}'" for verb in HANDLING)
NOT_BY_HANDLER = (
    "IF NEW.answered_by_id IS NOT NULL AND EXISTS (SELECT 1 FROM enterprises_requestevent AS e"  # noqa: S608 - our words
    f" WHERE e.request_id = NEW.request_id AND e.by_id = NEW.answered_by_id AND e.verb IN ({_HANDLING})) THEN"
    " RAISE EXCEPTION 'a bad rating is followed up by an officer who did not handle the request';"
    " END IF; RETURN NEW;"
)


class Rating(ratings.CaseRating):
    request = models.OneToOneField(
        ServiceRequest, models.PROTECT, primary_key=True, related_name="rating", verbose_name=_("request")
    )

    objects: ClassVar[ratings.CaseRatingQuerySet["Rating"]] = ratings.CaseRatingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(ratings.CaseRating.Meta):
        abstract = False
        verbose_name = _("service rating")
        verbose_name_plural = _("service ratings")
        permissions = [("follow_up_rating", _("Can follow up bad ratings"))]
        triggers = [
            *ratings.triggers("request"),
            pgtrigger.Trigger(
                name="not_by_handler",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NOT_BY_HANDLER,
            ),
        ]
