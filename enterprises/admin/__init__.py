"""The enterprises' pages of the back office: the queue of requests and the case, the companies, the letters."""

from enterprises.admin import companies, letters, reasons, requests, templates

__all__ = ["companies", "letters", "reasons", "requests", "templates"]
