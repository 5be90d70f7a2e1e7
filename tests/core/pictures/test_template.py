"""A picture on the page."""

from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from tests.core import photos
from tests.core.pictures.albums import described, taken_in


def page(picture, language="en", **context) -> str:
    with override(language):
        return render_to_string("includes/picture.html", {"picture": picture, "sizes": "50vw", **context})


def test_the_page_offers_every_format_and_keeps_the_place(editor):
    picture = described(editor, photos.jpeg(size=(1700, 900)))

    html = page(picture)

    places = [html.index(mark) for mark in ('type="image/avif"', 'type="image/webp"', "<img")]
    assert all(one < other for one, other in pairwise(places))
    assert f"{picture.url(960, 'webp')} 960w" in html
    assert 'width="1700" height="900"' in html
    assert 'loading="lazy"' in html


@pytest.mark.parametrize(("language", "alt"), [("zh-hans", "故宫的屋檐"), ("en", "Eaves of the palace")])
def test_the_description_is_in_the_readers_language(editor, language, alt):
    assert f'alt="{alt}"' in page(described(editor), language)


def test_a_picture_that_is_not_ready_keeps_its_place(editor):
    picture = taken_in(editor)

    html = page(picture)

    assert 'viewBox="0 0 900 600"' in html
    assert "<img" not in html
    assert "being prepared" not in html


def test_officers_read_that_it_is_being_prepared(editor):
    assert "being prepared" in page(taken_in(editor), perms={"core": {"view_picture": True}})
