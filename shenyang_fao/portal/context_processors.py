"""What the frame of every page needs: the same page in other languages, its one true address, the display chosen."""

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

DISPLAY_COOKIE = "display"
LARGE = "large"


@dataclass(frozen=True)
class Language:
    """A language of the site, with the address of this very page in it."""

    code: str
    tag: str
    name: str
    url: str
    canonical: str
    is_current: bool


def page(request: HttpRequest) -> dict[str, object]:
    """Return the languages with this page's addresses, and whether large type was asked for."""
    languages = [_language(request, code) for code, _name in settings.LANGUAGES]
    current = next((language for language in languages if language.is_current), languages[0])
    return {
        "languages": languages,
        "canonical_url": current.canonical,
        "html_lang": current.tag,
        "is_large_display": request.COOKIES.get(DISPLAY_COOKIE) == LARGE,
    }


def _language(request: HttpRequest, code: str) -> Language:
    url = _in_language(request.get_full_path(), code)
    return Language(
        code=code,
        tag=_tag(code),
        name=get_language_info(code)["name_local"],
        url=url,
        canonical=settings.SITE_URL + urlsplit(url).path,
        is_current=code == get_language(),
    )


def _tag(code: str) -> str:
    """Write a language code as BCP 47 does: `zh-hans` is `zh-Hans`."""
    language, _dash, script = code.partition("-")
    return f"{language}-{script.title()}" if script else language


def _in_language(url: str, code: str) -> str:
    """The same address, query included, in another language; the home page if the address has no language."""
    translated = translate_url(url, code)
    if translated != url or url.startswith(f"/{code}/"):
        return translated
    return _with_prefix(url, code)


def _with_prefix(url: str, code: str) -> str:
    # A page that does not exist cannot be resolved; its error page still has to change language on the spot.
    parts = urlsplit(url)
    first, _slash, rest = parts.path.lstrip("/").partition("/")
    if first not in dict(settings.LANGUAGES):
        return f"/{code}/"
    return urlunsplit(("", "", f"/{code}/{rest}", parts.query, ""))
