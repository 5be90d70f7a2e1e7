"""Both languages side by side: the constraint that a text exists in each, and a pair for documents."""

from collections.abc import Callable
from typing import TypedDict

from django.conf import settings
from django.db.models import CheckConstraint, Q
from django.utils.functional import Promise as LazyText
from django.utils.translation import get_language, override


class Pair(TypedDict):
    """One text in the two languages of a letter."""

    zh: str
    en: str


def written_in_both(*fields: str) -> Q:
    """Return the condition that each field has a text in every language."""
    rule = Q()
    for field in fields:
        for code, _name in settings.LANGUAGES:
            column = f"{field}_{code.replace('-', '_')}"
            rule &= Q(**{f"{column}__isnull": False}) & ~Q(**{column: ""})
    return rule


def in_both(*fields: str, name: str) -> CheckConstraint:
    """Return the constraint that each field has a text in every language."""
    return CheckConstraint(condition=written_in_both(*fields), name=name)


def in_each(text: object) -> dict[str, str]:
    """Return a text, or what a function says, in every language of the portal by its code: kept now, read later in any."""
    texts = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            texts[code] = str(text() if callable(text) else text)
    return texts


def in_own(texts: dict[str, str]) -> str:
    """Return what `in_each` kept, in the reader's language."""
    return texts.get(get_language() or "") or next(iter(texts.values()), "")


def pair(text: str | LazyText | Callable[[], str]) -> Pair:
    """Return a text in both languages: a lazy translation, or a function that reads the active language."""
    texts = in_each(text)
    return {"zh": texts["zh-hans"], "en": texts["en"]}


def written_only_in(record: object, *fields: str) -> str:
    """Return the code of the language that a text falls back on because the reader's has none of it; empty if all are there."""
    own = get_language() or ""
    others = [code for code, _name in settings.LANGUAGES if code != own]
    for field in fields:
        columns = {code: getattr(record, f"{field}_{code.replace('-', '_')}") for code in (own, *others)}
        if not columns[own] and (found := next((code for code in others if columns[code]), "")):
            return found
    return ""
