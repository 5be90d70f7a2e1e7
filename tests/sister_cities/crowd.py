"""A hundred and twenty partners that never were: in clusters, with short and with very long names."""

import random
from collections.abc import Iterator

# Middle and spread in degrees of latitude and longitude, and how many: Japan, Korea, Europe, the Americas, Africa, Asia.
CLUSTERS = [
    (35.5, 137, 2.5, 3, 22),
    (36.3, 127.8, 1.2, 1.2, 18),
    (50, 10, 6, 10, 38),
    (40, -90, 8, 18, 15),
    (-15, -60, 15, 8, 9),
    (0, 25, 20, 12, 10),
    (15, 105, 8, 10, 8),
]
NAMES = [
    ("叶卡捷琳堡市", "Yekaterinburg"),
    ("奎松市", "Quezon City"),
    ("里昂市", "Lyon"),
    ("塞萨洛尼基市", "Thessaloniki"),
    ("浦项市", "Pohang"),
    ("圣佩德罗加尔萨加西亚市", "San Pedro Garza García"),
    ("横滨市", "Yokohama"),
    ("根特市", "Ghent"),
    ("堪察加彼得罗巴甫洛夫斯克市", "Petropavlovsk-Kamchatsky"),
    ("巴伦西亚市", "Valencia"),
    ("特里凡得琅市", "Thiruvananthapuram"),
    ("大田广域市", "Daejeon"),
]


def crowd() -> Iterator[dict[str, object]]:
    """The fields of each partner; always the same ones."""
    chance = random.Random(7)
    places = [
        (chance.gauss(north, spread), chance.gauss(east, wide))
        for north, east, spread, wide, count in CLUSTERS
        for _number in range(count)
    ]
    for number, (latitude, longitude) in enumerate(places):
        chinese, english = NAMES[number % len(NAMES)]
        yield {
            "slug": f"crowd-{number}",
            "name_zh_hans": chinese,
            "name_en": english,
            "latitude": max(-89.0, min(89.0, latitude)),
            "longitude": (longitude + 180) % 360 - 180,
        }
