"""What the people of the browser tests type: one visit and four guests whose names test every part of the way."""

from dataclasses import dataclass
from datetime import date, timedelta

COMPANY = {
    "Unified social credit code": "91110000600037341L",
    "Name in Chinese": "沈阳浑河精密机床有限公司",
    "Name in English": "Shenyang Hunhe Precision Machine Tool Co., Ltd.",
    "Address in Chinese": "沈阳市铁西区开发大路17号",
    "Address in English": "17 Kaifa Avenue, Tiexi District, Shenyang, Liaoning 110027",
    "Legal representative": "李强",
    "Contact person": "王敏",
    "Telephone": "+86 24 2345 6789",
}

PURPOSE_CHOICES = (
    "Invitation letter of a duly authorised unit",
    "M – commercial and trade activities",
    "Single entry",
    "Commerce and trade",
    "The inviting company",
)
PURPOSE = {
    "Purpose of the visit, in Chinese": "验收五轴加工中心，商谈备件供应和2027年的技术培训。",
    "Purpose of the visit, in English": "Acceptance of a five-axis machining centre; talks on spare parts and training.",
    "Relation between your company and the guests, in Chinese": "自2019年起为我公司供应设备并提供技术服务。",
    "Relation between your company and the guests, in English": "Suppliers of equipment and service since 2019.",
}
PLACES = {"Places to visit, in Chinese": "沈阳、抚顺", "Places to visit, in English": "Shenyang, Fushun"}
PLANS = ("Shenyang: visit to the works in Tiexi", "Shenyang: acceptance of the machining centre")


@dataclass(frozen=True)
class Guest:
    """An invitee: how the letter calls the person, and what is typed under each label."""

    names: tuple[str, ...]
    sex: str
    countries: tuple[str, str]
    answers: dict[str, str]

    @property
    def full_name(self) -> str:
        return self.names[0]


JUERGEN = Guest(
    names=("Größmann-Öztürk Jürgen",),
    sex="Male",
    countries=("Germany", "Germany"),
    answers={
        "Surname": "Größmann-Öztürk",
        "Given names": "Jürgen",
        "Date of birth": "1971-03-09",
        "Passport number": "C01X00T47",
        "Employer": "Düsseldorfer Werkzeugbau GmbH",
        "Job title": "Managing director",
        "City of the visa post": "Frankfurt am Main",
    },
)
MIN_JUN = Guest(
    names=("KIM MIN JUN", "김민준"),
    sex="Male",
    countries=("Republic of Korea", "Republic of Korea"),
    answers={
        "Surname": "KIM",
        "Given names": "MIN JUN",
        "Name in Chinese or in its own script": "김민준",
        "Date of birth": "1985-11-02",
        "Passport number": "M12345678",
        "Employer": "Hanbit Robotics",
        "Job title": "Engineer",
        "City of the visa post": "Seoul",
    },
)
ELENA = Guest(
    names=("IVANOVA ELENA SERGEEVNA", "Иванова Елена Сергеевна"),
    sex="Female",
    countries=("Russia", "Russia"),
    answers={
        "Surname": "IVANOVA",
        "Given names": "ELENA SERGEEVNA",
        "Name in Chinese or in its own script": "Иванова Елена Сергеевна",
        "Date of birth": "1990-06-21",
        "Passport number": "751234567",
        "Employer": "Sibstanko",
        "Job title": "Head of sales",
        "City of the visa post": "Irkutsk",
    },
)
SUHARTINI = Guest(
    names=("SUHARTINI",),
    sex="Female",
    countries=("Indonesia", "Singapore"),
    answers={
        "Surname": "SUHARTINI",
        "Date of birth": "1979-01-30",
        "Passport number": "X1234567",
        "Employer": "PT Nusantara Logam",
        "Job title": "Buyer",
        "City of the visa post": "Singapore",
        "Why not in the country of nationality?": "Lives and works in Singapore.",
    },
)
GUESTS = (JUERGEN, MIN_JUN, ELENA, SUHARTINI)


def day(number: int) -> str:
    """The visit's day of that number, as a date field takes it; the first is two months ahead."""
    return (date.today() + timedelta(days=59 + number)).isoformat()


PASSPORT_EXPIRES_ON = (date.today() + timedelta(days=4 * 365)).isoformat()
