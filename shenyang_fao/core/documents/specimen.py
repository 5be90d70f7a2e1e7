"""A specimen letter for the bench and the tests: invented people with names that break careless programs."""

from copy import deepcopy
from itertools import cycle, islice

from shenyang_fao.core.bilingual import Pair
from shenyang_fao.core.documents.payload import Company, Invitee, LetterPayload, Part, Texts, Visit, Words

FRANKFURT: Pair = {"zh": "中国驻法兰克福总领事馆", "en": "Consulate-General of China in Frankfurt"}
BUSAN: Pair = {"zh": "中国驻釜山总领事馆", "en": "Consulate-General of China in Busan"}
MOSCOW: Pair = {"zh": "中国驻俄罗斯大使馆", "en": "Embassy of China in Russia, Moscow"}
JAKARTA: Pair = {"zh": "中国驻印度尼西亚大使馆", "en": "Embassy of China in Indonesia, Jakarta"}
SINGAPORE: Pair = {"zh": "中国驻新加坡大使馆", "en": "Embassy of China in Singapore"}

MALE: Pair = {"zh": "男", "en": "Male"}
FEMALE: Pair = {"zh": "女", "en": "Female"}

GERMAN: Invitee = {
    "surname": "Größmann-Öztürk",
    "given_names": "Jürgen Friedrich",
    "native_name": "",
    "sex": MALE,
    "born_on": "1974-08-12",
    "nationality": {"zh": "德国", "en": "Germany"},
    "passport_number": "C01X00T47",
    "passport_expires_on": "2031-04-15",
    "employer": "Rheinische Präzisionswerkzeugmaschinenfabrik GmbH & Co. KG",
    "job_title": "Head of Technical Development",
    "visa_post": FRANKFURT,
}
KOREAN: Invitee = {
    "surname": "Kim",
    "given_names": "Minjun",
    "native_name": "김민준",
    "sex": MALE,
    "born_on": "1988-11-03",
    "nationality": {"zh": "韩国", "en": "Republic of Korea"},
    "passport_number": "M70689098",
    "passport_expires_on": "2033-01-20",
    "employer": "Haeundae Marine Robotics Co., Ltd.",
    "job_title": "Chief Engineer",
    "visa_post": BUSAN,
}
RUSSIAN: Invitee = {
    "surname": "Zhdanova",
    "given_names": "Ekaterina Vsevolodovna",
    "native_name": "Жданова Екатерина Всеволодовна",
    "sex": FEMALE,
    "born_on": "1981-02-27",
    "nationality": {"zh": "俄罗斯", "en": "Russian Federation"},
    "passport_number": "753912486",
    "passport_expires_on": "2030-09-09",
    "employer": "Institute of Turbine Materials",
    "job_title": "Deputy Director",
    "visa_post": MOSCOW,
}
INDONESIAN: Invitee = {
    "surname": "Suharto",
    "given_names": "",
    "native_name": "",
    "sex": MALE,
    "born_on": "1969-06-08",
    "nationality": {"zh": "印度尼西亚", "en": "Indonesia"},
    "passport_number": "X1294850",
    "passport_expires_on": "2029-12-31",
    "employer": "PT Nusantara Alat Berat",
    "job_title": "Purchasing Manager",
    "visa_post": JAKARTA,
}
SINGAPOREAN: Invitee = {
    "surname": "Tan",
    "given_names": "Mei Ling",
    "native_name": "陈美玲",
    "sex": FEMALE,
    "born_on": "1992-03-30",
    "nationality": {"zh": "新加坡", "en": "Singapore"},
    "passport_number": "K5208341R",
    "passport_expires_on": "2032-07-01",
    "employer": "Straits Aerospace Services Pte Ltd",
    "job_title": "Quality Auditor",
    "visa_post": SINGAPORE,
}
COMPANY: Company = {
    "name": {"zh": "沈阳样例精密机床有限公司", "en": "Shenyang Sample Precision Machine Tools Co., Ltd."},
    "address": {
        "zh": "辽宁省沈阳市铁西区示例路18号",
        "en": "18 Shili Road, Tiexi District, Shenyang, Liaoning Province",
    },
    "phone": "+86 24 5550 0100",
    "uscc": "91110000600037341L",
    "contact": "王样例",
}
VISIT: Visit = {
    "reason": {
        "zh": "五轴加工中心验收与“一城一策”技术交流，商谈2026年度备件采购合同",
        "en": "Acceptance of a five-axis machining centre, technical exchange and talks on the 2026 spare parts contract",
    },
    "relation": {"zh": "设备供应商，自2019年起合作", "en": "Equipment supplier, working together since 2019"},
    "places": {"zh": "沈阳、大连", "en": "Shenyang, Dalian"},
    "payer": {"zh": "邀请单位", "en": "The inviting company"},
    "arrival_on": "2026-03-05",
    "departure_on": "2026-03-14",
    "stay_days": 10,
    "itinerary": [
        {"on": "2026-03-05", "zh": "抵达沈阳", "en": "Arrival in Shenyang"},
        {"on": "2026-03-06", "zh": "铁西工厂设备验收", "en": "Acceptance at the Tiexi works"},
        {"on": "2026-03-12", "zh": "赴大连考察港口物流", "en": "Visit to port logistics in Dalian"},
        {"on": "2026-03-14", "zh": "自沈阳离境", "en": "Departure from Shenyang"},
    ],
}


def _words(zh: list[tuple[str, str]], en: list[tuple[str, str]]) -> Words:
    def parts(pieces: list[tuple[str, str]]) -> list[Part]:
        return [{"kind": "date" if kind == "date" else "text", "value": value} for kind, value in pieces]

    return {"zh": parts(zh), "en": parts(en)}


TEXTS: Texts = {
    "opening": _words(
        [
            ("text", "应沈阳样例精密机床有限公司申请，我办邀请下述外国人员来沈阳访问，拟于"),
            ("date", "2026-03-05"),
            ("text", "入境、"),
            ("date", "2026-03-14"),
            ("text", "离境。请贵馆依照有关规定予以审核并惠予办理签证。"),
        ],
        [
            (
                "text",
                "At the request of Shenyang Sample Precision Machine Tools Co., Ltd., this Office invites the persons ",
            ),
            ("text", "named in this letter to visit Shenyang, entering China on "),
            ("date", "2026-03-05"),
            ("text", " and leaving on "),
            ("date", "2026-03-14"),
            (
                "text",
                ". We would be grateful if you would consider their visa applications under the rules that apply.",
            ),
        ],
    ),
    "undertaking": _words(
        [
            ("text", "邀请单位承诺：所报情况属实，承担接待和管理责任。本函于拟入境日"),
            ("date", "2026-03-05"),
            ("text", "之后自动失效。"),
        ],
        [
            (
                "text",
                "The inviting company has undertaken that what it states is true and that it will receive and look ",
            ),
            ("text", "after the persons invited. This letter lapses after the intended date of entry, "),
            ("date", "2026-03-05"),
            ("text", "."),
        ],
    ),
    "note": _words([], []),
}

CAST = (GERMAN, KOREAN, RUSSIAN, INDONESIAN, SINGAPOREAN)


def specimen(invitees: int = 5, *, template: str = "invitation-table-2") -> LetterPayload:
    """The payload of a letter for so many people; the cast is repeated when there are more than five."""
    people = [deepcopy(person) for person in islice(cycle(CAST), invitees)]
    posts = list({person["visa_post"]["en"]: person["visa_post"] for person in people}.values())
    code = "7QF4MXK2W9RDTB3HZC8VNJ6PGY"
    return {
        "template": template,
        "number": "SYFAO-INV-2026-000001",
        "code": code,
        "verify_url": f"https://portal.example/zh-hans/letters/verify/{code}/",
        "issued_on": "2026-02-02",
        "lapses_on": "2026-03-05",
        "document_type": {"zh": "邀请函", "en": "Letter of Invitation"},
        "office": {
            "zh": "沈阳市人民政府外事办公室",
            "en": "Foreign Affairs Office of the People’s Government of Shenyang Municipality",
        },
        "visa": {"zh": "M 字签证（贸易）", "en": "M visa (trade)"},
        "entries": {"zh": "一次", "en": "Single entry"},
        "addressees": posts,
        "company": deepcopy(COMPANY),
        "visit": deepcopy(VISIT),
        "invitees": people,
        "demonstration": True,
        "texts": deepcopy(TEXTS),
        "edition": 1,
        "specimen": False,
    }
