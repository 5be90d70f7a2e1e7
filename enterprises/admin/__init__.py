"""The enterprises' pages of the back office: the queue of requests and the case, the companies, the letters."""

from enterprises.admin import companies, letters, requests

__all__ = ["companies", "letters", "requests"]
