import pytest
from django.core.cache import cache
from django.test import RequestFactory

from shenyang_fao.core.throttle import client_address, is_too_often


def ask(address: str = "192.0.2.1", **headers: str):
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


def times_until_too_often(request) -> list[bool]:
    return [is_too_often(request, what="verify", limit=3, seconds=60) for _ in range(5)]


def seconds_left(key: str) -> int:
    return cache._cache.get_client().ttl(cache.make_key(key))


def test_the_limit_is_reached_and_then_passed():
    assert times_until_too_often(ask()) == [False, False, False, True, True]


def test_each_address_has_its_own_limit():
    times_until_too_often(ask("192.0.2.1"))

    assert is_too_often(ask("192.0.2.2"), what="verify", limit=3, seconds=60) is False


def test_the_addresses_of_one_line_share_a_limit():
    times_until_too_often(ask("2001:db8:1:2::1"))

    found = [is_too_often(ask(f"2001:db8:1:{line}::9"), what="verify", limit=3, seconds=60) for line in (2, 3)]
    assert found == [True, False]


def test_each_purpose_has_its_own_limit():
    times_until_too_often(ask())

    assert is_too_often(ask(), what="search", limit=3, seconds=60) is False


def test_the_window_ends_after_its_seconds():
    times_until_too_often(ask())

    assert 0 < seconds_left("throttle:verify:192.0.2.1") <= 60


def test_a_cache_that_is_away_lets_people_in(settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}

    assert is_too_often(ask(), what="verify", limit=0, seconds=60) is False


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.7", "198.51.100.7"),
        (1, "unknown", "unknown"),
    ],
)
def test_only_as_many_hops_as_proxies_are_believed(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies

    assert client_address(ask(**{"X-Forwarded-For": forwarded})) == address
