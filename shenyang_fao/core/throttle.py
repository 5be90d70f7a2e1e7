"""How often one address may ask. Counted in the cache; a cache that is away lets people in."""

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address, looking behind as many proxies as ``TRUSTED_PROXIES`` names."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(hops) >= trusted:
        return hops[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))


def is_too_often(request: HttpRequest, *, what: str, limit: int, seconds: int) -> bool:
    """Count this request and tell whether the address has passed ``limit`` in a window of ``seconds``."""
    key = f"throttle:{what}:{client_address(request)}"
    try:
        cache.add(key, 0, timeout=seconds)
        return cache.incr(key) > limit
    except (RedisError, ValueError) as error:
        log.warning("throttle_open", what=what, error=str(error))
        return False
