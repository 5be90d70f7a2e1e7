"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Return the identity of the site; numbers the office has not given yet are empty and not shown."""
    return {
        "site_code": settings.SITE_CODE,
        "site_icp": settings.SITE_ICP,
        "site_police": settings.SITE_POLICE,
        "site_contact": settings.SITE_CONTACT,
        "is_demonstration": settings.EMBEDDED,
    }
