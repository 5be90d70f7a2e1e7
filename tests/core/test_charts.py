"""Bars of a chart, and the same numbers as a file."""

from shenyang_fao.core.charts import chart, csv_of


def test_the_longest_bar_fills_the_width_and_series_stand_on_each_other() -> None:
    found = chart("kind", "Kind", [("a", "kind=a", [3, 1]), ("b", "", [1, 0])], series=["in", "out"])

    shares = [[(part.begins, part.share) for part in bar.parts] for bar in found.bars]
    assert shares == [[(0, 75), (75, 25)], [(0, 25), (25, 0)]]
    assert [(bar.total, bar.is_mixed) for bar in found.bars] == [(4, True), (1, False)]


def test_a_chart_of_nothing_has_no_length() -> None:
    assert chart("kind", "Kind", [("a", "", [0])], series=["in"]).bars[0].parts[0].share == 0


def test_a_label_is_no_formula_in_the_file() -> None:
    content = csv_of(chart("kind", "Kind", [("=1+1", "", [2])], series=["in"])).content.decode("utf-8-sig")

    assert content.splitlines() == ["Kind,In", "'=1+1,2"]
