"""What one view of the directory costs, as a first visitor pays it: whole page, nothing from a cache."""

import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from shenyang_fao.core.benchmarks import benchmark

PAGES = 30
QUERIES_AT_MOST = 4


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
