"""Filters and pages of public lists, asked by the address."""

import pytest
from django.http import QueryDict

from shenyang_fao.core.directory import ON_A_PAGE, Filters, choice, page_of


class Asked(Filters):
    kind = choice("Kind", [("park", "Park")])
    town = choice("Town")


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", {}),
        ("kind=park&town=b", {"kind": "park", "town": "b"}),
        ("kind=zoo&town=", {}),
        ("town=%00&page=2", {}),
    ],
)
def test_only_what_is_offered_filters(query: str, asked: dict[str, str]) -> None:
    filters = Asked(QueryDict(query), offers={"town": [("b", "Benxi")]})

    assert (filters.asked, filters.is_filtered, filters.order) == (asked, bool(asked), "")


@pytest.mark.parametrize(("page", "number"), [("", 1), ("2", 2), ("99", 3), ("-1", 3), ("x", 1)])
def test_a_page_that_does_not_exist_is_the_nearest(page: str, number: int) -> None:
    found = page_of(range(2 * ON_A_PAGE + 1), QueryDict(f"page={page}"))

    assert (found.number, found.paginator.num_pages) == (number, 3)
