import gettext

import polib
import pytest

from shenyang_fao.core import catalogue_sources, catalogues
from shenyang_fao.core.catalogue_sources import Message, from_python, from_template


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("One")', {"text": "One"}),
        ('gettext_lazy("One " "line")', {"text": "One line"}),
        ('translation.gettext("One")', {"text": "One"}),
        ('ngettext("%(n)s city", "%(n)s cities", n)', {"text": "%(n)s city", "plural": "%(n)s cities"}),
        ('pgettext_lazy("a month", "May")', {"context": "a month", "text": "May"}),
        (
            'npgettext("seat", "%(n)s place", "%(n)s places", n)',
            {"context": "seat", "text": "%(n)s place", "plural": "%(n)s places"},
        ),
    ],
)
def test_strings_of_python(source, found):
    assert list(from_python(source)) == [found]


def test_only_written_strings_of_python_count():
    assert not list(from_python('_(name)\n"_(no call)"\nprint("One")'))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% translate "One" %}', {"text": "One"}),
        ("{% translate 'It is \"one\"' as name %}", {"text": 'It is "one"'}),
        ('{% translate "May" context "a month" %}', {"context": "a month", "text": "May"}),
        ('{{ value|default:_("none") }}', {"text": "none"}),
        ('{% include "x.html" with label=_("One") %}', {"text": "One"}),
        ("{% blocktranslate trimmed %}\n  One\n  line\n{% endblocktranslate %}", {"text": "One line"}),
        (
            "{% blocktranslate with name=city.name trimmed %}To {{ name }}{% endblocktranslate %}",
            {"text": "To %(name)s"},
        ),
        (
            "{% blocktranslate trimmed count n=n %}{{ n }} city{% plural %}{{ n }} cities{% endblocktranslate %}",
            {"text": "%(n)s city", "plural": "%(n)s cities"},
        ),
        (
            '{% blocktranslate trimmed context "seat" %}One{% endblocktranslate %}',
            {"context": "seat", "text": "One"},
        ),
    ],
)
def test_strings_of_templates(source, found):
    assert list(from_template(source)) == [found]


@pytest.fixture
def sources(monkeypatch):
    """Two strings and a plural are what the project says."""
    found = [
        Message("%(n)s city", plural="%(n)s cities", files=["a.py"]),
        Message("Hello %(name)s", files=["a.html", "a.py"]),
        Message("May", context="a month", files=["a.py"]),
    ]
    monkeypatch.setattr(catalogues, "collect", lambda: found)
    return found


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    return tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"


GIVEN = {"%(n)s city": ["%(n)s个城市"], "Hello %(name)s": "%(name)s，您好", "a month\x04May": "五月"}


def test_update_counts_what_misses(sources, catalogue):
    assert catalogues.update(catalogue) == 3
    assert catalogues.update(catalogue, {"Hello %(name)s": "%(name)s，您好"}) == 2


def test_update_keeps_what_is_translated(sources, catalogue):
    catalogues.update(catalogue, GIVEN)
    before = catalogue.read_text()

    catalogues.update(catalogue)

    assert catalogue.read_text() == before


def test_update_drops_what_nobody_says(sources, catalogue):
    catalogues.update(catalogue, GIVEN)
    del sources[1]

    catalogues.update(catalogue)

    assert "Hello" not in catalogue.read_text()


def test_complete_catalogue_has_no_problems(sources, catalogue):
    catalogues.update(catalogue, GIVEN)

    assert not list(catalogues.problems(catalogue))


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"Hello %(name)s": ""}, "not translated: 'Hello %(name)s'"),
        ({"Hello %(name)s": "您好"}, "fills in something else: 'Hello %(name)s'"),
        ({"%(n)s city": ["%(m)s个城市"]}, "fills in something else: '%(n)s city'"),
    ],
)
def test_problems_of_a_translation(sources, catalogue, given, problem):
    catalogues.update(catalogue, GIVEN | given)

    assert list(catalogues.problems(catalogue)) == [problem]


def test_problems_of_the_list(sources, catalogue):
    catalogues.update(catalogue, GIVEN)
    sources.append(Message("New"))
    del sources[2]

    assert list(catalogues.problems(catalogue)) == ["missing: 'New'", "no longer used: 'a month | May'"]


def test_unsure_entry_is_a_problem(sources, catalogue):
    catalogues.update(catalogue, GIVEN)
    entries = polib.pofile(str(catalogue))
    entries[1].flags.append("fuzzy")
    entries.save()

    assert list(catalogues.problems(catalogue)) == ["unsure (fuzzy): 'Hello %(name)s'"]


def test_compiled_catalogue_speaks(sources, catalogue):
    catalogues.update(catalogue, GIVEN)

    written = catalogues.compile_all()

    with written[0].open("rb") as file:
        spoken = gettext.GNUTranslations(file)
    assert spoken.gettext("Hello %(name)s") == "%(name)s，您好"
    assert spoken.ngettext("%(n)s city", "%(n)s cities", 2) == "%(n)s个城市"
    assert spoken.pgettext("a month", "May") == "五月"


def test_compiled_catalogue_is_not_written_twice(sources, catalogue):
    catalogues.update(catalogue, GIVEN)
    catalogues.compile_all()

    assert catalogues.compile_all() == []


def test_words_of_the_theme_are_ours_too(monkeypatch, tmp_path):
    theme = tmp_path / "theme.txt"
    theme.write_text("# a comment\nType to search\n")
    monkeypatch.setattr(catalogue_sources, "THEME", theme)

    found = {message.key: message for message in catalogue_sources.collect()}

    assert found["Type to search"].comment == "theme"
