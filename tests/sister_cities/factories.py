"""Records of the register for tests."""

from datetime import date
from itertools import count

from shenyang_fao.core.models import Unit
from sister_cities.models import Partner, Tie

_numbers = count(1)


def make_partner(**fields: object) -> Partner:
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
    return Partner.objects.create(**(values | fields))


def shenyang() -> Unit:
    words = {"kind": "city", "name_zh_hans": "沈阳市", "name_en": "Shenyang"}
    return Unit.objects.get_or_create(slug="shenyang", defaults=words)[0]


def make_tie(**fields: object) -> Tie:
    values = {
        "local": shenyang(),
        "level": "sister",
        "status": "signed",
        "is_public": True,
        "signed_on": date(1980, 11, 18),
        "signed_precision": "day",
        "source": "source: https://www.shenyang.gov.cn/x (1st) | coords: GeoNames",
        "source_grade": "official",
    }
    if "partner" not in fields:
        values["partner"] = make_partner()
    return Tie.objects.create(**(values | fields))
