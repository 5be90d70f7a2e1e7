"""The clock of a partner."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from sister_cities import clocks


@pytest.mark.parametrize(
    ("country", "latitude", "longitude", "zone"),
    [
        ("JP", 43.067, 141.35, "Asia/Tokyo"),
        ("DE", 51.223, 6.779, "Europe/Berlin"),
        ("US", 41.85, -87.65, "America/Chicago"),
        ("RU", 52.296, 104.291, "Asia/Irkutsk"),
        ("RU", 55.041, 82.934, "Asia/Novosibirsk"),
        ("PT", 41.551, -8.428, "Europe/Lisbon"),
        ("AR", -34.921, -57.954, "America/Argentina/Buenos_Aires"),
    ],
)
def test_a_place_has_the_zone_of_the_nearest_main_town(
    country: str, latitude: float, longitude: float, zone: str
) -> None:
    assert clocks.zone_of(country, latitude, longitude) == zone


def test_a_country_of_one_zone_needs_no_place() -> None:
    assert clocks.zone_of("KR") == "Asia/Seoul"


@pytest.mark.parametrize("country", ["US", "XX"])
def test_no_zone_is_guessed(country: str) -> None:
    assert clocks.zone_of(country) == ""


@time_machine.travel(datetime(2026, 7, 1, 20, 30, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False)
def test_the_time_there_is_said_with_its_distance_from_shenyang() -> None:
    there = clocks.local_time("Asia/Kolkata")

    assert there is not None
    assert (f"{there.at:%H:%M}", there.hours_ahead, there.is_other_day) == ("18:00", -2.5, False)


@time_machine.travel(datetime(2026, 7, 1, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False)
def test_it_may_still_be_yesterday_there() -> None:
    there = clocks.local_time("America/Chicago")

    assert there is not None
    assert there.is_other_day


def test_an_unknown_zone_has_no_time() -> None:
    assert clocks.local_time("") is None
