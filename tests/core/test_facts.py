"""Facts are loaded again and again; an officer's correction stands."""

from pathlib import Path

import pytest
from django.db import transaction

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core import audit, facts
from shenyang_fao.core.models import AuditEntry, PublishedFigure
from tests.cast import officer

VALUES = {
    "label_zh_hans": "友城",
    "label_en": "Cities",
    "value": "100",
    "unit": "city",
    "as_of": "2022-10",
    "source": "seed",
}


@pytest.fixture
def figure(db: None) -> PublishedFigure:
    return facts.put(PublishedFigure, key="cities", values=VALUES)


def change(figure: PublishedFigure, value: str, by: object) -> None:
    with transaction.atomic():
        audit.sign(by)
        figure.value = value
        figure.save(update_fields=["value"])


def test_a_missing_record_is_made(figure: PublishedFigure) -> None:
    assert (figure.label_zh_hans, figure.label_en, figure.value) == ("友城", "Cities", "100")


def test_loading_again_writes_nothing(figure: PublishedFigure) -> None:
    before = AuditEntry.objects.count()

    facts.put(PublishedFigure, key="cities", values=VALUES)

    assert AuditEntry.objects.count() == before


def test_a_corrected_fact_reaches_the_record(figure: PublishedFigure) -> None:
    facts.put(PublishedFigure, key="cities", values=VALUES | {"value": "101"})

    figure.refresh_from_db()
    assert figure.value == "101"


def test_what_an_officer_changed_stays(figure: PublishedFigure) -> None:
    change(figure, "102", by=officer("editor@example.com", Role.EDITOR))

    facts.put(PublishedFigure, key="cities", values=VALUES)

    figure.refresh_from_db()
    assert figure.value == "102"


def test_rows_are_stripped_and_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    (tmp_path / "facts.csv").write_text("﻿name, note\n 沈阳 ,  \n", encoding="utf-8")

    assert list(facts.rows(tmp_path / "facts.csv")) == [{"name": "沈阳", "note": ""}]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"你好,沈阳"国际友城(沈阳—佐世保)', "“你好，沈阳”国际友城（沈阳—佐世保）"),
        ("三年行动计划(2023—2025)", "三年行动计划（2023—2025）"),
        ("(2018年);1,000人,APEC", "（2018年）；1,000人，APEC"),
        ("周五8:30", "周五8:30"),
    ],
)
def test_chinese_columns_are_punctuated_as_chinese_is(tmp_path: Path, typed: str, printed: str) -> None:
    cell = typed.replace('"', '""')
    (tmp_path / "facts.csv").write_text(f'name_zh,name_en\n"{cell}","a,(b)"\n', encoding="utf-8")

    assert list(facts.rows(tmp_path / "facts.csv")) == [{"name_zh": printed, "name_en": "a,(b)"}]
