"""What one view of the directory costs, as a first visitor pays it: whole page, nothing from a cache; and an import of ties."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from statistics import median
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from shenyang_fao.core import audit
from shenyang_fao.core.benchmarks import benchmark
from shenyang_fao.core.tables import columns, reading, writing
from shenyang_fao.core.tables.findings import Check
from shenyang_fao.core.tables.registry import table_of
from sister_cities.models import Tie

PAGES = 30
QUERIES_AT_MOST = 4
ROWS = 10_000
SECONDS_AT_MOST = 30


@benchmark("directory")
def directory() -> Iterator[str]:
    """Show the list of sister cities; goal: at most 4 queries."""
    address = reverse("sister_cities:index")
    client = Client(headers={"host": "localhost"})
    _show(client, address)  # the first one also reads the templates
    milliseconds, queries = zip(*(_measured(client, address) for _ in range(PAGES)), strict=True)
    yield f"{max(queries)} queries a page (goal: at most {QUERIES_AT_MOST})"
    yield f"one page of {PAGES}: median {median(milliseconds):.0f} ms, slowest {max(milliseconds):.0f} ms"


def _measured(client: Client, address: str) -> tuple[float, int]:
    queries = 0

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*args)

    started = time.perf_counter()
    with connection.execute_wrapper(count):
        _show(client, address)
    return (time.perf_counter() - started) * 1000, queries


def _show(client: Client, address: str) -> None:
    response = client.get(address, secure=True)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")


@benchmark("import")
def import_ties() -> Iterator[str]:
    """Check and import a workbook of 10,000 new ties, then once more; goal: under 30 s. Nothing of it stays."""
    table = table_of(Tie._meta.label_lower)
    data = writing.workbook(table.columns, _invented(), title=table.title)
    with transaction.atomic():
        officer = get_user_model().objects.create(email="bench@localhost", name="bench")
        for name in ("first import", "second import"):
            checked, _found = _timed(lambda: _checked(data, lock=False))
            imported, work = _timed(lambda: _imported(data, by=officer))
            yield (
                f"{name} of {ROWS} rows: check {checked:.1f} s, import {imported:.1f} s, "
                f"{len(work.outcomes)} written (goal: under {SECONDS_AT_MOST} s together)"
            )
        transaction.set_rollback(True)


def _invented() -> Iterator[dict[str, Any]]:
    """Yield rows about places that do not exist."""
    for number in range(ROWS):
        yield {
            "name_zh": f"测试市{number}",
            "name_en": f"Testville {number}",
            "country": "US",
            "latitude": 30 + number / ROWS,
            "longitude": -100 + number / ROWS,
            "level": "sister",
            "status": "signed",
            "signed_on": (date(1980, 1, 1), "year"),
            "source": "https://example.org/",
        }


def _imported(data: bytes, *, by: Any) -> Check:
    audit.sign(by)
    work = _checked(data, lock=True)
    work.write(by=by, tell=lambda count: None)
    return work


def _checked(data: bytes, *, lock: bool) -> Check:
    table, sheet = table_of(Tie._meta.label_lower), reading.read(data)
    work = Check(table.examiner(lock=lock), columns.place(sheet.header, table.columns))
    work.walk(sheet, lambda count: None)
    return work


def _timed(work: Callable[[], Check]) -> tuple[float, Check]:
    started = time.perf_counter()
    done = work()
    return time.perf_counter() - started, done
