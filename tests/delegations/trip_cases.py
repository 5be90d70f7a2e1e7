"""Trips worked by hand from the rules, with what each rule has to say of them; written from the texts, not from the program.

The texts: 中办发〔2013〕16号 as the implementing rules of two offices give it (people, countries, days, allowance, family, no
added stops; 公示 of at least five working days); the counting of days and countries
(gjhzc.cug.edu.cn/info/1072/3410.htm: the days of leaving and re-entering both count, a stop-over counts unless one stays
in the airport); the notice of what must be shown (fao.xm.gov.cn, 2015-08-18); the State Council's holidays of 2026
(New Year 1-3 Jan, 4 Jan works; Spring Festival 15-23 Feb, 14 and 28 Feb work; Labour Day 1-5 May, 9 May works;
National Day 1-7 Oct, 20 Sep and 10 Oct work).

A stay is written "JP 04-13 04-17"; "T" after it is a transit, "TX" one that leaves the airport.
`says` names every rule that does not pass; what is not named has to pass. `saw` are numbers worked by hand.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from delegations.trips.enums import Companion, Finding, TripWork
from delegations.trips.itinerary import Leg
from delegations.trips.rules import Mission

W, R = Finding.WARN, Finding.REFUSE
HEAD, MEMBER, INTERPRETER, FAMILY = Companion.HEAD, Companion.MEMBER, Companion.INTERPRETER, Companion.FAMILY
RCEP = frozenset({"JP", "KR", "TH", "VN", "SG", "AU", "NZ", "MY", "ID"})


@dataclass(frozen=True)
class Case:
    name: str
    out: str
    back: str
    stays: tuple[str, ...]
    says: dict[str, Finding] = field(default_factory=dict)
    saw: dict[str, dict[str, int]] = field(default_factory=dict)
    people: int = 4
    limits: dict[str, int] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name

    @property
    def mission(self) -> Mission:
        legs = tuple(leg(text) for text in self.stays)
        known = {
            "companions": (HEAD, *(MEMBER,) * (self.people - 1))[: self.people],
            "inviter": "Host",
            "inviter_country": next((each.country for each in legs if each.is_visit), ""),
            "has_invitation": True,
            "has_route": True,
            "budget": True,
            "budget_source": True,
            "is_in_annual_plan": True,
            "priority_countries": RCEP,
            "noticed_on": date(2026, 3, 9),
            "files_on": date(2026, 3, 17),
        }
        return Mission(leaves_on=day(self.out), returns_on=day(self.back), legs=legs, **(known | self.more))


def day(text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"2026-{text}")


def leg(text: str) -> Leg:
    country, arrives, departs, *kind = text.split()
    return Leg(country, day(arrives), day(departs), is_transit=bool(kind), leaves_airport=kind == ["TX"])


def saw_days(days: int, limit: int) -> dict[str, dict[str, int]]:
    return {"days": {"days": days, "limit": limit}}


def noticed(on: str, filed: str) -> dict[str, date]:
    return {"noticed_on": day(on), "files_on": day(filed)}


JAPAN = ("JP 04-13 04-17",)
TWO = ("DE 04-13 04-16", "FR 04-16 04-20")
THREE = ("DE 04-13 04-16", "FR 04-16 04-19", "IT 04-19 04-22")
ACADEMIC = {"work": TripWork.ACADEMIC}
FAR = {"has_poor_flights": True}
LANE = {"is_same_day": True}

PEOPLE = [
    Case("one person", "04-13", "04-17", JAPAN, people=1),
    Case("six people are the most", "04-13", "04-17", JAPAN, people=6, saw={"people": {"people": 6, "limit": 6}}),
    Case("seven people are one too many", "04-13", "04-17", JAPAN, {"people": R}, {"people": {"people": 7}}, people=7),
    Case("twenty people", "04-13", "04-17", JAPAN, {"people": R}, people=20),
    Case("nobody is named", "04-13", "04-17", JAPAN, {"people": R}, people=0),
    Case("the interpreter counts: five and one", "04-13", "04-17", JAPAN,
         more={"companions": (HEAD, *(MEMBER,) * 4, INTERPRETER)}),
    Case("the interpreter counts: six and one are seven", "04-13", "04-17", JAPAN, {"people": R},
         more={"companions": (HEAD, *(MEMBER,) * 5, INTERPRETER)}),
    Case("academic exchange of nine goes by need", "04-13", "04-17", JAPAN, {"people": W}, people=9, more=ACADEMIC),
    Case("academic exchange of nobody", "04-13", "04-17", JAPAN, {"people": R}, people=0, more=ACADEMIC),
    Case("a wife travels along", "04-13", "04-17", JAPAN, {"family": R}, more={"companions": (HEAD, FAMILY)}),
    Case("wife and child make seven", "04-13", "04-17", JAPAN, {"family": R, "people": R},
         more={"companions": (HEAD, *(MEMBER,) * 4, FAMILY, FAMILY)}),
    Case("a spouse on academic exchange", "04-13", "04-17", JAPAN, {"family": R},
         more={**ACADEMIC, "companions": (HEAD, FAMILY)}),
]  # fmt: skip

DAYS = [
    Case("one country in five days", "04-13", "04-17", JAPAN, saw=saw_days(5, 5)),
    Case("one country in six days", "04-13", "04-18", ("JP 04-13 04-18",), {"days": R}, saw_days(6, 5)),
    Case("out and back on one day is one day", "04-13", "04-13", ("KR 04-13 04-13",), saw=saw_days(1, 5)),
    Case("the night flight home costs a day", "04-13", "04-18", ("JP 04-13 04-17",), {"days": R}, saw_days(6, 5)),
    Case("the night flight out costs a day", "04-13", "04-18", ("DE 04-14 04-17",), {"days": R}, saw_days(6, 5)),
    Case("two countries in eight days", "04-13", "04-20", TWO, saw=saw_days(8, 8)),
    Case("two countries in nine days", "04-13", "04-21", TWO, {"days": R}, saw_days(9, 8)),
    Case("three countries in ten days", "04-13", "04-22", THREE, saw=saw_days(10, 10)),
    Case("three countries in eleven days", "04-13", "04-23", THREE, {"days": R}, saw_days(11, 10)),
    Case("over the end of a month", "04-28", "05-02", ("KR 04-28 05-02",), saw=saw_days(5, 5)),
    Case("over the end of a year", "2026-12-29", "2027-01-02", ("KR 2026-12-29 2027-01-02",), saw=saw_days(5, 5)),
    Case("29 February is a day: four days", "2028-02-27", "2028-03-01", ("KR 2028-02-27 2028-03-01",), saw=saw_days(4, 5)),
    Case("29 February makes six days of 26 to 2", "2028-02-26", "2028-03-02", ("KR 2028-02-26 2028-03-02",), {"days": R},
         saw_days(6, 5)),
    Case("the same days of a common year are five", "2027-02-26", "2027-03-02", ("KR 2027-02-26 2027-03-02",),
         saw=saw_days(5, 5)),
    Case("academic exchange of a month goes by need", "04-13", "05-12", ("JP 04-13 05-12",), {"days": W}, saw_days(30, 5),
         more=ACADEMIC),
]  # fmt: skip

COUNTRIES = [
    Case("three countries are the most", "04-13", "04-22", THREE, saw={"countries": {"countries": 3, "limit": 3}}),
    Case("four countries", "04-13", "04-22", ("DE 04-13 04-15", "FR 04-15 04-17", "IT 04-17 04-19", "AT 04-19 04-22"),
         {"countries": R}, {"countries": {"countries": 4}}),
    Case("back to the first country is no third", "04-13", "04-20",
         ("DE 04-13 04-15", "FR 04-15 04-17", "DE 04-17 04-20"), saw={"countries": {"countries": 2}}),
    Case("Hong Kong and Macao are two regions", "04-13", "04-20", ("HK 04-13 04-16", "MO 04-16 04-20"),
         saw={"countries": {"countries": 2}}),
    Case("two cities of one country are one", "04-13", "04-17", ("JP 04-13 04-15", "JP 04-15 04-17"),
         saw={"countries": {"countries": 1}}),
    Case("the days go by countries, not by cities", "04-13", "04-18", ("JP 04-13 04-15", "JP 04-15 04-18"), {"days": R}),
    Case("academic exchange has no more countries", "04-13", "04-22",
         ("DE 04-13 04-15", "FR 04-15 04-17", "IT 04-17 04-19", "AT 04-19 04-22"), {"countries": R}, more=ACADEMIC),
    Case("nowhere", "04-13", "04-17", (), {"order": R, "invitation": W}),
    Case("only transits go nowhere", "04-13", "04-14", ("KR 04-13 04-14 T",),
         {"order": R, "transit": W, "invitation": W}),
]  # fmt: skip

TRANSIT = [
    Case("a change of planes is no country", "04-13", "04-17", ("KR 04-13 04-13 T", "JP 04-13 04-17"),
         saw={"countries": {"countries": 1}}),
    Case("a change of planes over midnight, in the airport", "04-13", "04-17", ("AE 04-13 04-14 T", "EG 04-14 04-17"),
         {"transit": W}, {"countries": {"countries": 1}, "transit": {"overnight": 1}}),
    Case("out of the airport it is a country: two in six days", "04-13", "04-18", ("AE 04-13 04-14 TX", "EG 04-14 04-18"),
         {"transit": W}, {"countries": {"countries": 2}, "days": {"limit": 8}}),
    Case("out of the airport for an hour it is a country", "04-13", "04-22",
         (*THREE[:2], "AT 04-19 04-19 TX", "IT 04-19 04-22"), {"transit": W, "countries": R}),
    Case("two nights are no transit", "04-13", "04-18", ("AE 04-13 04-15 T", "EG 04-15 04-18"), {"transit": W},
         {"countries": {"countries": 2}, "transit": {"counted": 1}}),
    Case("transit on the way out and back", "04-13", "04-17", ("FI 04-13 04-13 T", "DE 04-13 04-16", "FI 04-16 04-17 T"),
         {"transit": W}, {"countries": {"countries": 1}, "transit": {"transits": 2, "overnight": 1}}),
    Case("transit through the country of the visit", "04-13", "04-17", ("JP 04-13 04-13 T", "JP 04-13 04-17"),
         saw={"countries": {"countries": 1}}),
]  # fmt: skip

FAR_AWAY = [
    Case("Brazil in six days by poor flights", "04-13", "04-18", ("BR 04-14 04-17",), {"allowance": W}, saw_days(6, 6), more=FAR),
    Case("Brazil in seven days by poor flights", "04-13", "04-19", ("BR 04-14 04-18",), {"allowance": W, "days": R},
         saw_days(7, 6), more=FAR),
    Case("Brazil in six days without asking", "04-13", "04-18", ("BR 04-14 04-17",), {"days": R}, saw_days(6, 5)),
    Case("two African countries in nine days", "04-13", "04-21", ("KE 04-14 04-17", "ZA 04-17 04-20"), {"allowance": W},
         saw_days(9, 9), more=FAR),
    Case("two African countries in ten days", "04-13", "04-22", ("KE 04-14 04-17", "ZA 04-17 04-21"),
         {"allowance": W, "days": R}, saw_days(10, 9), more=FAR),
    Case("Chile and Egypt are both far", "04-13", "04-21", ("CL 04-14 04-17", "EG 04-18 04-20"), {"allowance": W},
         saw_days(9, 9), more=FAR),
    Case("three African countries get no day more", "04-13", "04-23",
         ("KE 04-14 04-17", "TZ 04-17 04-20", "ZA 04-20 04-22"), {"allowance": W, "days": R}, saw_days(11, 10), more=FAR),
    Case("Brazil and Spain are not far alone", "04-13", "04-21", ("ES 04-13 04-16", "BR 04-16 04-19"),
         {"allowance": W, "days": R}, saw_days(9, 8), more=FAR),
    Case("to Brazil through Frankfurt is far", "04-13", "04-18", ("DE 04-13 04-14 T", "BR 04-14 04-17"),
         {"allowance": W, "transit": W}, saw_days(6, 6), more=FAR),
    Case("poor flights to Germany", "04-13", "04-18", ("DE 04-13 04-17",), {"allowance": W, "days": R}, more=FAR),
    Case("the United States are not Latin America", "04-13", "04-18", ("US 04-13 04-17",), {"allowance": W, "days": R},
         more=FAR),
    Case("Mexico is Latin America", "04-13", "04-18", ("MX 04-13 04-17",), {"allowance": W}, saw_days(6, 6), more=FAR),
    Case("Jamaica is Latin America", "04-13", "04-18", ("JM 04-13 04-17",), {"allowance": W}, saw_days(6, 6), more=FAR),
]  # fmt: skip

ORDER = [
    Case("the return before the departure", "04-17", "04-13", ("JP 04-13 04-13",), {"order": R}),
    Case("arrival before leaving", "04-13", "04-17", ("JP 04-12 04-17",), {"order": R}),
    Case("the stay ends after the return", "04-13", "04-17", ("JP 04-13 04-18",), {"order": R}),
    Case("a stay that ends before it begins", "04-13", "04-17", ("JP 04-16 04-14",), {"order": R}),
    Case("two places at once", "04-13", "04-20", ("DE 04-13 04-17", "FR 04-15 04-20"), {"order": R}),
    Case("on to the next country on one day", "04-13", "04-20", TWO),
    Case("four days in no place could hide a stop", "04-13", "04-20", ("DE 04-13 04-14", "FR 04-18 04-20"), {"order": W},
         {"order": {"unaccounted": 2}}),
    Case("east over the date line one arrives the day before", "04-13", "04-17", ("US 04-12 04-15",)),
    Case("two days before is no date line", "04-13", "04-17", ("US 04-11 04-15",), {"order": R}),
    Case("west over the date line the return takes two days", "04-13", "04-17", ("US 04-13 04-15",), saw=saw_days(5, 5)),
    Case("from Auckland to Los Angeles the day before", "04-13", "04-20", ("NZ 04-14 04-17", "US 04-16 04-18")),
    Case("from Frankfurt to New York no day is won", "04-13", "04-20", ("DE 04-13 04-16", "US 04-15 04-18"), {"order": R}),
    Case("from Auckland to Tahiti the day before", "04-13", "04-20", ("NZ 04-14 04-17", "PF 04-16 04-18")),
]  # fmt: skip

NOTICE = [
    Case("on notice from Monday, filed on Tuesday of next week", "04-13", "04-17", JAPAN,
         saw={"notice": {"working_days": 5, "needed": 5}}, more=noticed("03-09", "03-17")),
    Case("filed a day early", "04-13", "04-17", JAPAN, {"notice": R}, {"notice": {"working_days": 4}},
         more=noticed("03-09", "03-16")),
    Case("filed on a Saturday after five full days", "04-13", "04-17", JAPAN, saw={"notice": {"working_days": 5}},
         more=noticed("03-06", "03-14")),
    Case("filed on the day it appeared", "04-13", "04-17", JAPAN, {"notice": R}, {"notice": {"working_days": 0}},
         more=noticed("03-09", "03-09")),
    Case("not on notice yet", "04-13", "04-17", JAPAN, {"notice": W}, more={"noticed_on": None}),
    Case("over National Day, the Saturday worked", "11-02", "11-06", ("JP 11-02 11-06",),
         saw={"notice": {"working_days": 5}}, more=noticed("09-28", "10-11")),
    Case("over National Day, filed on the Saturday worked", "11-02", "11-06", ("JP 11-02 11-06",), {"notice": R},
         {"notice": {"working_days": 4}}, more=noticed("09-28", "10-10")),
    Case("over Spring Festival, the Saturday worked", "04-13", "04-17", JAPAN, saw={"notice": {"working_days": 5}},
         more=noticed("02-12", "02-27")),
    Case("over Spring Festival, a day early", "04-13", "04-17", JAPAN, {"notice": R}, {"notice": {"working_days": 4}},
         more=noticed("02-12", "02-26")),
    Case("over Labour Day, the Saturday worked", "06-01", "06-05", ("JP 06-01 06-05",),
         saw={"notice": {"working_days": 5}}, more=noticed("04-29", "05-11")),
    Case("over Labour Day, nine days but four worked", "06-01", "06-05", ("JP 06-01 06-05",), {"notice": R},
         {"notice": {"working_days": 4}}, more=noticed("04-29", "05-09")),
    Case("holidays that are not published yet", "2040-05-07", "2040-05-11", ("JP 2040-05-07 2040-05-11",), {"notice": W},
         {"notice": {"working_days": 5}}, more=noticed("2040-03-05", "2040-03-13")),
]  # fmt: skip

PAPERS = [
    Case("no inviter", "04-13", "04-17", JAPAN, {"invitation": R}, more={"inviter": ""}),
    Case("an inviter without a letter", "04-13", "04-17", JAPAN, {"invitation": R}, more={"has_invitation": False}),
    Case("an inviter from elsewhere", "04-13", "04-17", JAPAN, {"invitation": W}, more={"inviter_country": "US"}),
    Case("no amount", "04-13", "04-17", JAPAN, {"budget": R}, more={"budget": False}),
    Case("an amount from nowhere", "04-13", "04-17", JAPAN, {"budget": R}, more={"budget_source": False}),
    Case("no route on the notice", "04-13", "04-17", JAPAN, {"contents": R}, more={"has_route": False}),
    Case("a stay that says nothing", "04-13", "04-17", JAPAN, {"contents": R}, more={"stays_without_agenda": 1}),
    Case("not in the annual plan", "04-13", "04-17", JAPAN, {"plan": W}, more={"is_in_annual_plan": False}),
]  # fmt: skip

SAME_DAY = [
    Case("to Japan on the same-day lane", "04-13", "04-17", JAPAN, more=LANE),
    Case("to Germany on the same-day lane", "04-13", "04-17", ("DE 04-13 04-17",), {"lane": W}, more=LANE),
    Case("one of two destinations outside", "04-13", "04-20", ("JP 04-13 04-16", "US 04-16 04-18"), {"lane": W}, more=LANE),
    Case("a transit outside changes nothing", "04-13", "04-17", ("DE 04-13 04-13 T", "JP 04-13 04-17"), more=LANE),
    Case("the lane shortens no notice", "04-13", "04-17", JAPAN, {"notice": R}, more={**LANE, **noticed("03-09", "03-10")}),
    Case("the lane gives no day", "04-13", "04-18", ("JP 04-13 04-18",), {"days": R}, more=LANE),
    Case("the lane gives nobody more", "04-13", "04-17", JAPAN, {"people": R}, people=7, more=LANE),
]  # fmt: skip

CHANGED = [
    Case("five people where five are the most", "04-13", "04-17", JAPAN, people=5, limits={"people": 5}),
    Case("six people where five are the most", "04-13", "04-17", JAPAN, {"people": R}, people=6, limits={"people": 5}),
    Case("six days where six are the most", "04-13", "04-18", ("JP 04-13 04-18",), saw=saw_days(6, 6), limits={"days_1": 6}),
    Case("two countries where one is the most", "04-13", "04-20", TWO, {"countries": R}, limits={"countries": 1}),
    Case("five days of notice where seven are needed", "04-13", "04-17", JAPAN, {"notice": R},
         limits={"notice_working_days": 7}),
    Case("no day more where there is none", "04-13", "04-18", ("BR 04-14 04-17",), {"allowance": W, "days": R},
         more=FAR, limits={"far_extra_1": 0}),
]  # fmt: skip

CASES = [*PEOPLE, *DAYS, *COUNTRIES, *TRANSIT, *FAR_AWAY, *ORDER, *NOTICE, *PAPERS, *SAME_DAY, *CHANGED]
