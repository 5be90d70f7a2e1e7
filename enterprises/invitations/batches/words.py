"""The words that a cell with a choice may hold: keys and names in both languages, and what people write instead."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from django_countries.base import CountriesBase
from django_countries.data import COUNTRIES

from enterprises.invitations.enums import PassportType, Sex
from shenyang_fao.core.bilingual import in_each
from shenyang_fao.core.countries import COUNTRIES_OF
from shenyang_fao.core.tables.kinds import Choice, Country, Joined, folded

SEX_ALIASES = {"男性": "M", "先生": "M", "女性": "F", "女士": "F", "未注明": "X"}
TYPE_ALIASES = {
    "P": "ordinary", "普通": "ordinary", "因私护照": "ordinary", "因私普通护照": "ordinary", "regular": "ordinary",
    "passport": "ordinary", "公务": "service", "公务护照": "service", "因公护照": "service", "service passport": "service",
    "official": "service", "official passport": "service", "外交": "diplomatic",
}  # fmt: skip
# Names in daily use that are neither the state's own nor the library's; "D" is printed in German passports.
COUNTRY_ALIASES = {
    "D": "DE", "韩国": "KR", "南韩": "KR", "Korea": "KR", "South Korea": "KR", "Korea, South": "KR", "R.O.K.": "KR",
    "朝鲜": "KP", "North Korea": "KP", "DPRK": "KP", "UK": "GB", "U.K.": "GB", "Great Britain": "GB", "Britain": "GB", "England": "GB",
    "United Kingdom": "GB", "英国": "GB", "U.S.": "US", "U.S.A.": "US", "USA": "US", "United States": "US", "America": "US",
    "美国": "US", "Russia": "RU", "Russian Federation": "RU", "俄罗斯": "RU", "俄国": "RU", "俄罗斯联邦": "RU", "Vietnam": "VN",
    "越南": "VN", "Iran": "IR", "伊朗": "IR", "Syria": "SY", "叙利亚": "SY", "Laos": "LA", "老挝": "LA",
    "Tanzania": "TZ", "坦桑尼亚": "TZ", "Bolivia": "BO", "玻利维亚": "BO", "Venezuela": "VE", "委内瑞拉": "VE", "Moldova": "MD",
    "摩尔多瓦": "MD", "Czech Republic": "CZ", "捷克": "CZ", "捷克共和国": "CZ", "UAE": "AE", "U.A.E.": "AE", "阿联酋": "AE",
    "Turkey": "TR", "Türkiye": "TR", "Turkiye": "TR", "土耳其": "TR", "Holland": "NL", "荷兰": "NL", "Burma": "MM",
    "Macedonia": "MK", "北马其顿": "MK", "Swaziland": "SZ", "Ivory Coast": "CI", "科特迪瓦": "CI", "Cape Verde": "CV",
    "Brunei": "BN", "文莱": "BN", "沙特": "SA", "新西兰": "NZ", "Palestine": "PS", "巴勒斯坦": "PS", "Vatican": "VA", "梵蒂冈": "VA",
    "大韩民国": "KR", "美利坚合众国": "US", "吉尔吉斯": "KG", "大不列颠及北爱尔兰联合王国": "GB", "马其顿": "MK",
    "刚果(金)": "CD", "刚果(布)": "CG", "波黑": "BA", "多米尼加": "DO", "印尼": "ID",
}  # fmt: skip
INHABITED = frozenset().union(*COUNTRIES_OF.values()) | {"CN"}
FEW_LETTERS = 1


class Words(Choice):
    """The choices of a field with further words for them."""

    def __init__(self, choices: Any, aliases: dict[str, str]) -> None:
        super().__init__(choices)
        self.aliases = {folded(word): key for word, key in aliases.items()}

    @cached_property
    def _keys(self) -> dict[str, str]:
        spoken = {folded(name): key for key, label in self.words() for name in in_each(label).values()}
        return self.aliases | spoken | {folded(key): key for key in self.choices.values}

    def words(self) -> Iterable[tuple[str, Any]]:
        return [(key, _Capital(label)) for key, label in self.choices.choices]


class Nationality(Country):
    """A country or region by its code of two or three letters or by a name; ``without`` names those that do not count."""

    def __init__(self, without: Iterable[str], refusal: object) -> None:
        super().__init__()
        self.without, self.refusal = frozenset(without), refusal

    def read(self, cell: str) -> Any:
        code = super().read(cell)
        if code not in INHABITED:
            raise self.unknown()
        if code in self.without:
            raise ValidationError(str(self.refusal), code="left_out")
        return code

    @cached_property
    def _keys(self) -> dict[str, str]:
        return _country_words()

    def unknown(self) -> ValidationError:
        return ValidationError(
            _("No such country or region. Write its name in Chinese or English, or its code, as DE or DEU."),
            code="country",
        )


@cache
def _country_words() -> dict[str, str]:
    # What the library calls two countries by one name (its Chinese does) names neither; our own words come last and win.
    owners: dict[str, set[str]] = defaultdict(set)
    keys = {folded(word): code for word, code in COUNTRY_ALIASES.items()}
    for code in countries.countries:
        for word in _words_of(COUNTRIES.get(code, code), CountriesBase().COMMON_NAMES.get(code, code)):
            owners[word].add(code)
        keys |= dict.fromkeys(_words_of(lambda code=code: countries.name(code), code, countries.alpha3(code)), code)
    return {word: min(codes) for word, codes in owners.items() if len(codes) == 1} | keys


def _words_of(*names: Any) -> set[str]:
    """Return what names are in any language, as words are compared."""
    return {folded(text) for name in names for text in in_each(name).values()}


class _Capital:
    """A label as it stands in a form, in the language that is active when it is written."""

    def __init__(self, label: Any) -> None:
        self.label = label

    def __str__(self) -> str:
        return capfirst(str(self.label))


SEX = Words(Sex, SEX_ALIASES)
PASSPORT_TYPE = Words(PassportType, TYPE_ALIASES)


def allowed(words: Words) -> str:
    """Return the words that a cell may hold, in the reader's language, each with its key where that is a letter."""
    return str(Joined(_with_key(name, key) if len(key) == FEW_LETTERS else name for key, name in words.words()))


def _with_key(name: object, key: str) -> str:
    return gettext("%(name)s (%(key)s)") % {"name": name, "key": key}
