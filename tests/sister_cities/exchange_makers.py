"""Exchanges, editions, photographs and films as the tests need them."""

import struct

from shenyang_fao.core.pictures.checking import check_photo
from sister_cities.actions import exchanges as actions
from sister_cities.models import Edition, EditionPicture, Exchange
from tests.core import photos

SOURCE = {"source": "https://www.shenyang.gov.cn/x", "source_grade": "official"}
LANGUAGES = ("zh-hans", "en")
MP4 = (
    b"\0\0\0\x18ftypisom\0\0\2\0isommp41"
    + struct.pack(">I4s", 40, b"moov") + b"\0\0\0\x20hdlr" + bytes(8) + b"vide" + bytes(12)
    + struct.pack(">I4s", 1008, b"mdat") + bytes(range(250)) * 4
)  # fmt: skip
LOCATED = MP4.replace(b"vide" + bytes(12), b"vide" + b"\xa9xyz+41.80+123.")
WEBM = b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x86\x81\1\x42\x82\x84webm" + bytes(500)


def make_edition(**fields) -> Edition:
    values = {"slug": "second", "number": 2, "year": 2022, "name_zh_hans": "第二届互展", "name_en": "Second exchange"}
    return Edition.objects.create(**(values | SOURCE | {"is_public": True} | fields))


def make_exchange(**fields) -> Exchange:
    values = {"name_zh_hans": "代表团来访", "name_en": "A delegation visits"}
    partners = fields.pop("partners", [])
    found = Exchange.objects.create(**(values | SOURCE | {"is_public": True} | fields))
    found.partners.set(partners)
    return found


def photo(colour="red"):
    return check_photo(photos.upload(photos.jpeg(colour, size=(700, 500))))


def add_picture(edition, editor, colour="red", **words) -> EditionPicture:
    """A released picture without its sizes yet."""
    entry = actions.add_picture(edition.pk, photo=photo(colour), partner_id=None, words={}, by=editor)
    words = {"alt_zh_hans": "北陵公园的雪", "alt_en": "Snow in Beiling Park"} | words
    return actions.describe_picture(entry.pk, place={}, words=words, is_released=True, by=editor)


def public_page(client, name, language="en", *args, **query):
    with_language = f"/{language}/sister-cities/exchanges/" + "".join(f"{arg}/" for arg in args)
    return client.get(with_language, query)


def status(client, address) -> int:
    return photos.fetch(client, address)[0].status_code
