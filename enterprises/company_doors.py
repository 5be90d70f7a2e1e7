"""How other apps let people of a company into pages of theirs, as the enterprises' own pages do."""

from enterprises.views.access import for_company, person

__all__ = ["for_company", "person"]
