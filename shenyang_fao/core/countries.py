"""Names of countries and regions, as a Chinese government site writes them, and the continents they lie in.

Imported by the settings, so nothing here may touch a model.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

# The library says "Taiwan", "Hong Kong" and "Macao" alone and uses short names for Korea (domain.md, section 2).
COUNTRY_NAMES: dict[str, StrPromise] = {
    "HK": _("Hong Kong, China"),
    "MO": _("Macao, China"),
    "TW": _("Taiwan, China"),
    "KR": _("Republic of Korea"),
    "KP": _("Democratic People's Republic of Korea"),
    # The library's Chinese has slips here: a wrong character, half a name, or another country's name.
    "BA": _("Bosnia and Herzegovina"),
    "DM": _("Dominica"),
    "DO": _("Dominican Republic"),
    "KG": _("Kyrgyzstan"),
    "KM": _("Comoros"),
    "LR": _("Liberia"),
    "MK": _("North Macedonia"),
    "ML": _("Mali"),
    "NP": _("Nepal"),
    "SR": _("Suriname"),
    "TJ": _("Tajikistan"),
    "TT": _("Trinidad and Tobago"),
    "WS": _("Samoa"),
}


class Continent(TextChoices):
    ASIA = "asia", _("Asia")
    EUROPE = "europe", _("Europe")
    AFRICA = "africa", _("Africa")
    AMERICAS = "americas", _("The Americas")
    OCEANIA = "oceania", _("Oceania")


# After the regions of the United Nations M49 list; Antarctica and a few small islands are left out.
_CODES: dict[Continent, str] = {
    Continent.ASIA: (
        "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK "
        "PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE"
    ),
    Continent.EUROPE: (
        "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT "
        "NL NO PL PT RO RS RU SE SI SJ SK SM UA VA"
    ),
    Continent.AFRICA: (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML MR MU MW MZ NA NE "
        "NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW"
    ),
    Continent.AMERICAS: (
        "AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GT GY HN HT JM KN KY LC MF MQ MS "
        "MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI"
    ),
    Continent.OCEANIA: "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV VU WF WS",
}
COUNTRIES_OF: dict[Continent, frozenset[str]] = {
    continent: frozenset(codes.split()) for continent, codes in _CODES.items()
}


def continent_of(country: str) -> Continent | None:
    """The continent of an ISO 3166-1 alpha-2 code; None for Antarctica and a few small islands."""
    return next((continent for continent, codes in COUNTRIES_OF.items() if country in codes), None)


def by_sound(name: str) -> bytes:
    """Sort key of a name: Latin letters by the alphabet, common Chinese characters by their sound.

    GB 18030 keeps the order of GB 2312, whose first level is sorted by pinyin; the embedded database has no collation for it.
    """
    return name.casefold().encode("gb18030")
