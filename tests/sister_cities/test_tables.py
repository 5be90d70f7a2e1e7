"""Ties are brought and taken away as a table; each fault is named by row and column, and nothing is imported by half."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from shenyang_fao.accounts.enums import Role
from shenyang_fao.core import outbox
from shenyang_fao.core.enums import ImportState, UnitKind
from shenyang_fao.core.models import AuditEntry, ImportJob, Promise, Unit
from shenyang_fao.core.tables import imports, writing
from shenyang_fao.core.tables.registry import table_of
from sister_cities.enums import Level, TieStatus
from sister_cities.models import Partner, Tie, TieStep
from tests.cast import officer
from tests.core.spreadsheets import csv, xlsx
from tests.sister_cities.factories import make_partner, make_tie


def in_chinese(text: object) -> str:
    with override("zh-hans"):
        return str(text)


COLUMNS = [
    "local_party", "partner_kind", "name_zh", "name_en", "country", "latitude", "longitude", "level", "status", "signed_on",
    "source", "note", "public",
]  # fmt: skip
SAPPORO = {
    "name_zh": "札幌市",
    "name_en": "Sapporo",
    "country": "JP",
    "latitude": "43.06667",
    "longitude": "141.35",
    "level": "sister",
    "status": "signed",
    "signed_on": "1980-11-18",
    "source": "https://www.shenyang.gov.cn/x",
    "public": "yes",
}
TURIN = SAPPORO | {
    "name_zh": "都灵市",
    "name_en": "Turin",
    "country": "意大利",
    "latitude": "45.07049",
    "longitude": "7.68682",
    "level": in_chinese(Level.SISTER.label),
    "status": in_chinese(TieStatus.SIGNED.label),
    "signed_on": "1985年6月",
    "public": "是",
}
SIZE = 10_000


@pytest.fixture
def editor(db):
    return officer("editor@example.com", Role.EDITOR)


@pytest.fixture
def shenyang(db):
    return Unit.objects.get_or_create(
        slug="shenyang", defaults={"kind": UnitKind.CITY, "name_zh_hans": "沈阳市", "name_en": "Shenyang"}
    )[0]


@pytest.fixture
def bring(editor, shenyang):
    """Bring rows, or a file, and have it checked."""

    def bring_file(*rows: dict[str, str], data: bytes = b"") -> ImportJob:
        content = data or csv(COLUMNS, *([row.get(column, "") for column in COLUMNS] for row in rows))
        job = imports.begin(table_of("sister_cities.tie"), data=content, name="ties.csv", by=editor)
        return kept(job, imports.CHECK)

    return bring_file


@pytest.fixture
def imported(bring, editor):
    def import_file(*rows: dict[str, str], data: bytes = b"") -> ImportJob:
        return kept(imports.confirm(bring(*rows, data=data), by=editor), imports.APPLY)

    return import_file


def kept(job: ImportJob, kind: str) -> ImportJob:
    outbox.keep(Promise.objects.get(kind=kind, subject_id=job.pk).pk)
    job.refresh_from_db()
    return job


def counts(job: ImportJob) -> tuple[int, int, int, int]:
    return job.added, job.changed, job.unchanged, job.faulty


def faults(job: ImportJob) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.message["en"]) for fault in imports.findings_of(job).faults]


def test_a_tie_is_imported_with_its_partner_and_its_history(imported, shenyang, editor):
    imported(SAPPORO, TURIN)

    tie = Tie.objects.get(partner__name_en="Turin")
    step = tie.steps.get()
    assert (tie.local, tie.level, tie.status, tie.signed_on, tie.signed_precision, tie.is_public) == (
        shenyang, "sister", "signed", date(1985, 6, 1), "month", True,
    )  # fmt: skip
    assert (tie.partner.country.code, tie.partner.slug, tie.partner.time_zone) == ("IT", "turin", "Europe/Rome")
    assert (tie.source_grade, step.status, step.happened_on, step.by) == (
        "official", "signed", date(1985, 6, 1), editor,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_both_names_stand_in_their_columns(imported, language):
    with override(language):
        imported(SAPPORO)
        imported(SAPPORO | {"name_zh": "札幌"})

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, name_zh_hans, name_en FROM sister_cities_partner")
        assert cursor.fetchall() == [("札幌", "札幌", "Sapporo")]


def test_a_second_import_makes_no_doubles(imported):
    imported(SAPPORO, TURIN)
    entries = AuditEntry.objects.filter(table__startswith="sister_cities").count()

    again = imported(SAPPORO, TURIN)

    assert (counts(again), Partner.objects.count(), Tie.objects.count()) == ((0, 0, 2, 0), 2, 2)
    assert AuditEntry.objects.filter(table__startswith="sister_cities").count() == entries


@pytest.mark.parametrize(
    "names", [{"name_en": "SAPPORO"}, {"name_zh": "札幌"}, {"name_en": "Sapporo City"}, {"country": "日本"}]
)
def test_a_partner_is_known_by_either_name(imported, names):
    imported(SAPPORO)

    imported(SAPPORO | names)

    assert (Partner.objects.count(), Tie.objects.count()) == (1, 1)


def test_the_same_name_in_another_country_is_another_partner(imported):
    imported(SAPPORO | {"name_zh": "伯明翰", "name_en": "Birmingham", "country": "GB"})
    imported(SAPPORO | {"name_zh": "伯明翰", "name_en": "Birmingham", "country": "US"})

    assert list(Partner.objects.values_list("slug", flat=True)) == ["birmingham", "birmingham-us"]


def test_a_name_that_a_page_of_the_directory_has_is_no_address(imported):
    imported(SAPPORO | {"name_en": "Plans"})

    assert Partner.objects.get().slug == "plans-jp"


def test_changes_are_shown_and_written(bring, imported, editor):
    imported(SAPPORO)
    row = SAPPORO | {"latitude": "43.1", "status": "dormant", "note": "seen"}

    job = bring(row)
    changes = imports.findings_of(job).shown[0].changes
    kept(imports.confirm(job, by=editor), imports.APPLY)

    tie = Tie.objects.get()
    assert changes == {"latitude": ["43.06667", "43.1"], "status": ["signed", "dormant"], "note": ["", "seen"]}
    assert (tie.partner.latitude, tie.status, tie.note) == (43.1, "dormant", "seen")
    assert list(tie.steps.values_list("status", "happened_on")) == [("signed", date(1980, 11, 18)), ("dormant", None)]


def test_a_column_that_is_left_out_stays_as_it_is(imported):
    imported(SAPPORO)

    imported(
        data=csv(["name_zh", "name_en", "country", "level", "status"], ["札幌市", "Sapporo", "JP", "sister", "signed"])
    )

    tie = Tie.objects.get()
    assert (tie.signed_on, tie.source, tie.is_public, tie.partner.latitude) == (
        date(1980, 11, 18), SAPPORO["source"], True, 43.06667,
    )  # fmt: skip


def test_the_weight_of_a_source_that_an_officer_gave_stays(imported):
    imported(SAPPORO)
    Tie.objects.update(source_grade="press")

    imported(SAPPORO | {"note": "seen"})

    assert Tie.objects.get().source_grade == "press"


def test_a_district_is_tied_to_a_district(imported):
    heping = Unit.objects.create(
        slug="heping", kind=UnitKind.DISTRICT, name_zh_hans="和平区", name_en="Heping District"
    )

    imported(
        SAPPORO
        | {"name_en": "Yongsan-gu", "name_zh": "龙山区", "country": "KR", "level": "district", "local_party": "和平区"}
    )

    tie = Tie.objects.get()
    assert (tie.local, tie.partner.kind) == (heping, "district")


def test_one_partner_has_ties_of_several_levels(imported):
    imported(SAPPORO, SAPPORO | {"level": "friendly_cooperation"})

    assert (Partner.objects.count(), Tie.objects.count(), TieStep.objects.count()) == (1, 2, 2)


TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ({"latitude": "91"}, "latitude", "This has to lie between -90 and 90."),
        ({"longitude": ""}, "latitude", "Latitude lies between -90 and 90, longitude between -180 and 180; give both or neither."),
        ({"signed_on": TOMORROW}, "signed_on", "A tie cannot be signed in the future."),
        ({"signed_on": "last year"}, "signed_on", "Write the date as 1981, 1981-11 or 1981-11-18."),
        ({"name_en": ""}, "name_en", "This may not be empty."),
        ({"name_zh": ""}, "name_zh", "This may not be empty."),
        ({"country": "Atlantis"}, "country", "No such country or region. Write its name or its code of two letters."),
        ({"source": ""}, "public", "A record without a source and its weight stays unpublished."),
        ({"status": "proposed", "signed_on": ""}, "public", "Only a signed tie of a clear level can be public."),
        ({"level": "unclear"}, "public", "Only a signed tie of a clear level can be public."),
        ({"status": "ended", "signed_on": ""}, "public", "Only a signed tie of a clear level can be public."),
        ({"status": "proposed", "public": "no"}, "signed_on", "A tie that is not signed yet has no date of signature."),
        ({"level": "district"}, "local_party", "At this level the party in Shenyang is a district or county."),
        ({"partner_kind": "zone"}, "partner_kind", "At this level the partner is a city."),
        ({"local_party": "Atlantis"}, "local_party", "The register has no unit of this name."),
        ({"public": "perhaps"}, "public", "Write yes or no."),
    ],
)  # fmt: skip
def test_each_fault_is_named_by_row_and_column(bring, row, column, words):
    assert faults(bring(TURIN, SAPPORO | row)) == [(3, column, words)]


def test_a_fault_is_told_in_the_readers_language(bring):
    job = bring(SAPPORO | {"signed_on": TOMORROW})

    assert imports.findings_of(job).faults[0].message["zh-hans"] != imports.findings_of(job).faults[0].message["en"]


def test_the_same_pair_twice_names_the_other_row(bring):
    assert faults(bring(SAPPORO, TURIN, SAPPORO)) == [(4, "level", "Row 2 has the same pair at the same level.")]


def test_rows_that_contradict_each_other_about_a_partner_are_found(bring):
    other = SAPPORO | {"level": "friendly_cooperation", "latitude": "44"}

    assert faults(bring(SAPPORO, other)) == [(3, "name_en", "Row 2 says something else about this partner.")]


def test_names_of_two_partners_are_found(bring):
    make_partner(name_zh_hans="札幌市", name_en="Sapporo", country="JP")
    make_partner(name_zh_hans="川崎市", name_en="Kawasaki", country="JP")

    words = "The Chinese and the English name belong to two different partners."
    assert faults(bring(SAPPORO | {"name_zh": "川崎市"})) == [(2, "name_en", words)]


def test_a_status_changes_along_its_table_only(bring, imported):
    imported(SAPPORO)

    words = "The tie is now “signed”; from there it cannot become “under approval”."
    assert (2, "status", words) in faults(
        bring(SAPPORO | {"status": "under_approval", "public": "no", "signed_on": ""})
    )


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("gbk", ","), ("gb18030", ";"), ("utf-8-sig", "\t"), ("utf-8", ";")]
)
def test_files_of_office_programs_are_imported(imported, encoding, delimiter):
    header = ["中文名称", "英文名称", "国家或地区", "级别", "状态"]

    imported(
        data=csv(header, ["都灵市", "Turin", "意大利", "友好城市", "已签署"], encoding=encoding, delimiter=delimiter)
    )

    assert Partner.objects.get().name_zh_hans == "都灵市"


def test_real_dates_and_numbers_of_a_workbook_are_read(imported):
    row = SAPPORO | {"latitude": 43.06667, "longitude": 141.35, "signed_on": 1980}

    imported(data=xlsx(list(row), list(row.values())))

    tie = Tie.objects.get()
    assert (tie.signed_on, tie.signed_precision, tie.partner.latitude) == (date(1980, 1, 1), "year", 43.06667)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", ["xlsx", "utf-8", "gb18030"])
def test_what_was_exported_changes_nothing_when_it_is_imported(bring, shenyang, form, language):
    make_tie(local=shenyang, partner=make_partner(latitude=None, longitude=None, country="TW"))
    make_tie(local=shenyang, partner=make_partner(latitude=-43.5321, longitude=-172.6), note='=1+1, "a"\nb')
    make_tie(
        local=shenyang,
        status="proposed",
        level="unclear",
        signed_on=None,
        signed_precision="",
        source="",
        source_grade="",
        is_public=False,
    )
    make_tie(
        local=shenyang,
        level="friendly_cooperation",
        signed_precision="year",
        signed_on=date(1999, 1, 1),
        is_public=True,
    )
    table = table_of("sister_cities.tie")

    with override(language):
        records = table.records(Tie.objects.all())
        if form == "xlsx":
            data = writing.workbook(table.columns, records, title=table.title)
        else:
            data = b"".join(writing.csv_rows(table.columns, records, encoding=form))

    assert counts(bring(data=data)) == (0, 0, 4, 0)


def many(faulty: set[int] = frozenset()) -> list[dict[str, str]]:
    """So many ties; the rows named have a latitude of 91, a date in the future, no English name or an unknown country."""
    wrong = ({"latitude": "91"}, {"signed_on": "2999"}, {"name_en": ""}, {"country": "Atlantis"})
    return [
        SAPPORO
        | {"name_zh": f"城市{number}", "name_en": f"City {number}", "latitude": f"{number % 90}"}
        | (wrong[number % 4] if number in faulty else {})
        for number in range(2, SIZE + 2)
    ]


def test_ten_thousand_rows_with_thirty_seven_faulty_ones(bring, imported):
    wrong = set(list(range(101, SIZE, 270))[:37])

    job = bring(*many(wrong))

    assert (len(wrong), counts(job), Tie.objects.count()) == (37, (SIZE - 37, 0, 0, 37), 0)
    assert {fault.row for fault in imports.findings_of(job).faults} == wrong

    assert counts(imported(*many())) == (SIZE, 0, 0, 0)
    assert (Tie.objects.count(), Partner.objects.count(), TieStep.objects.count()) == (SIZE, SIZE, SIZE)

    again = imported(*many())
    assert (counts(again), again.state, Tie.objects.count()) == ((0, 0, SIZE, 0), ImportState.DONE, SIZE)
