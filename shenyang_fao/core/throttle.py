"""How often one address may ask. Counted in the cache; a cache that is away lets people in."""

from ipaddress import IPv6Address, IPv6Network, ip_address

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

# What a provider hands to one line, at the least.
LINE_BITS = 64


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address, looking behind as many proxies as ``TRUSTED_PROXIES`` names.

    Of an IPv6 address it is the network: one line has 2^64 of them (RFC 6177), and would never ask too often.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return _line(hops[-trusted])
    return _line(str(request.META.get("REMOTE_ADDR", "")))


def _line(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    return str(found.ipv4_mapped or IPv6Network((found, LINE_BITS), strict=False))


def is_too_often(request: HttpRequest, *, what: str, limit: int, seconds: int, who: str = "") -> bool:
    """Count this request and tell whether the address, or ``who`` in its place, has passed ``limit`` in ``seconds``."""
    key = f"throttle:{what}:{who or client_address(request)}"
    try:
        cache.add(key, 0, timeout=seconds)
        return cache.incr(key) > limit
    except (RedisError, ValueError) as error:
        log.warning("throttle_open", what=what, error=str(error))
        return False
