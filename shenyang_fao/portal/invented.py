"""Invented companies, guests and visits for `manage.py generate`: each says that it is a demonstration, all come from a seed."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from enterprises.invitations.enums import Entries, Payer, Reason, Sex, VisaClass
from enterprises.invitations.rules import stay_days
from shenyang_fao.portal import demonstration

TRADES = (
    ("机床", "Machine Tools"),
    ("汽车零部件", "Car Parts"),
    ("机器人", "Robotics"),
    ("航空配套", "Aviation Supplies"),
    ("生物医药", "Biomedicine"),
    ("软件", "Software"),
    ("食品", "Foods"),
    ("物流", "Logistics"),
)
# Nationality, city of the visa post, surname, given names, name in its own script, sex.
PEOPLE = (
    ("DE", "Frankfurt am Main", "Größe-Müßig", "Jörg", "", Sex.MALE),
    ("KR", "Seoul", "PARK", "SEO YEON", "박서연", Sex.FEMALE),
    ("JP", "Tokyo", "YAMADA", "HANAKO", "山田 花子", Sex.FEMALE),
    ("RU", "Irkutsk", "PETROV", "ALEKSEI IVANOVICH", "Петров Алексей Иванович", Sex.MALE),
    ("ID", "Jakarta", "SUKARDI", "", "", Sex.MALE),
    ("GR", "Athens", "PAPADOPOULOU", "MARIA", "Παπαδοπούλου Μαρία", Sex.FEMALE),
    ("VN", "Hanoi", "NGUYEN", "THI HUONG", "Nguyễn Thị Hương", Sex.FEMALE),
    ("PL", "Warsaw", "Żółkiewski", "Łukasz", "", Sex.MALE),
    ("MN", "Ulaanbaatar", "BATBAYAR", "OLZII", "Батбаяр Өлзий", Sex.FEMALE),
    ("IS", "Reykjavik", "Þórsdóttir", "Æsa", "", Sex.FEMALE),
    ("TR", "Ankara", "ŞAHİN", "ÇAĞLAR", "", Sex.MALE),
    ("SG", "Singapore", "CHAN", "MEI LING", "陈美玲", Sex.FEMALE),
    ("BR", "São Paulo", "GONÇALVES D'ÁVILA", "JOÃO", "", Sex.MALE),
    ("US", "Chicago", "O'NEILL-SMITH", "MARY JANE", "", Sex.UNSPECIFIED),
)
JOBS = ("Engineer", "Head of sales", "Managing director", "Buyer", "Interpreter", "Technician")
TOPICS = (
    ("验收设备并培训操作人员", "acceptance of equipment and training of operators"),
    ("商谈年度供货合同", "talks on the yearly supply contract"),
    ("考察生产线并交流工艺", "inspection of the production line and exchange on processes"),
)


@dataclass(frozen=True)
class Visit:
    """The answers about one visit, as the steps of the form save them."""

    purpose: dict[str, Any]
    itinerary: dict[str, Any]
    days: list[tuple[date, str]]
    guests: list[dict[str, Any]]


def company(index: int, chance: Random) -> dict[str, str]:
    """The data of the company with this number; the check character of its code is right."""
    trade_zh, trade_en = chance.choice(TRADES)
    return demonstration.COMPANY | {
        "uscc": demonstration.uscc(index),
        "name_zh_hans": f"演示{trade_zh}企业（第{index}号）",
        "name_en": f"Demonstration {trade_en} Ltd. (No. {index})",
    }


def visit(prefix: str, chance: Random, *, today: date, guests_at_most: int) -> Visit:
    """A visit some weeks ahead; ``prefix`` begins its passport numbers."""
    arrival = today + timedelta(days=chance.randint(20, 120))
    departure = arrival + timedelta(days=chance.randint(2, 20))
    people = chance.sample(PEOPLE, chance.randint(1, guests_at_most))
    return Visit(
        purpose=_purpose(chance),
        itinerary=_itinerary(arrival, departure),
        days=[(arrival, "Shenyang: arrival (demonstration)"), (departure, "Shenyang: departure (demonstration)")],
        guests=[
            _guest(person, f"{prefix}{place:02d}", chance, departure=departure) for place, person in enumerate(people)
        ],
    )


def _purpose(chance: Random) -> dict[str, Any]:
    topic_zh, topic_en = chance.choice(TOPICS)
    since = chance.randint(2008, 2025)
    return {
        "visa_class": chance.choice((VisaClass.M, VisaClass.F)),
        "entries": Entries.SINGLE,
        "reason_code": Reason.TRADE,
        "reason_zh_hans": f"演示数据：{topic_zh}。",
        "reason_en": f"Demonstration: {topic_en}.",
        "relation_zh_hans": f"演示数据：自{since}年起合作。",
        "relation_en": f"Demonstration: partners since {since}.",
        "payer": chance.choice(Payer.values),
        "is_guarantee_accepted": True,
    }


def _itinerary(arrival: date, departure: date) -> dict[str, Any]:
    return {
        "arrival_on": arrival,
        "departure_on": departure,
        "stay_days": stay_days(arrival, departure),
        "places_zh_hans": "沈阳",
        "places_en": "Shenyang",
    }


def _guest(person: tuple[Any, ...], passport: str, chance: Random, *, departure: date) -> dict[str, Any]:
    country, city, surname, given_names, native_name, sex = person
    return {
        "surname": surname,
        "given_names": given_names,
        "native_name": native_name,
        "sex": sex,
        "born_on": date(chance.randint(1958, 2001), chance.randint(1, 12), chance.randint(1, 28)),
        "nationality": country,
        "passport_number": passport,
        "passport_expires_on": departure + timedelta(days=chance.randint(90, 3000)),
        "employer": f"Demonstration Partner {country}",
        "job_title": chance.choice(JOBS),
        "visa_post_country": country,
        "visa_post_city": city,
    }
