"""Loads the reasons that officers choose from; may run again at any time and then changes nothing an officer has changed."""

from pathlib import Path

from django.db import transaction

from enterprises.models import KeptReason
from shenyang_fao.core import facts

TEXTS = ("text_zh_hans", "text_en", "remedy_zh_hans", "remedy_en")


@facts.loader("enterprises")
@transaction.atomic
def load(folder: Path) -> str:
    """Load `reasons.csv`: the usual words of the office for corrections and refusals."""
    rows = list(facts.rows(folder / "reasons.csv"))
    for row in rows:
        values = {name: row[name] for name in TEXTS} | {"use": row["use"], "position": int(row["position"])}
        facts.put(KeptReason, values=values, slug=row["slug"])
    return f"{len(rows)} kept reasons"
