"""The enterprises' pages of the back office: the queue of requests and the case, the companies, the letters."""

from enterprises.admin import bulk, companies, letters, ratings, reasons, requests, templates

__all__ = ["bulk", "companies", "letters", "ratings", "reasons", "requests", "templates"]
