"""Records of the register for tests."""

from datetime import date
from itertools import count

from sister_cities.models import City, Tie

_numbers = count(1)


def make_city(**fields: object) -> City:
    number = next(_numbers)
    values = {
        "slug": f"city-{number}",
        "name": f"城市{number:04d}",
        "name_zh_hans": f"城市{number:04d}",
        "name_en": f"City {number:04d}",
        "country": "JP",
        "latitude": 35.0,
        "longitude": 135.0,
    }
    return City.objects.create(**(values | fields))


def make_tie(**fields: object) -> Tie:
    values = {
        "level": "sister",
        "signed_on": date(1980, 11, 18),
        "signed_precision": "day",
        "source": "source: https://www.shenyang.gov.cn/x (1st) | coords: GeoNames",
        "source_grade": "official",
    }
    if "city" not in fields:
        values["city"] = make_city()
    return Tie.objects.create(**(values | fields))
