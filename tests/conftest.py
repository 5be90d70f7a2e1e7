"""What every test stands on: own engines, own browser, real workers where a test is about them."""

import os
import socket
from collections.abc import Callable, Iterator
from typing import Any

from tests import engines

# Before Django reads its settings, which pytest-django would otherwise do first.
engines.prepare()

import django  # noqa: E402 - the environment comes first
import pytest  # noqa: E402
from django.conf import settings as django_settings  # noqa: E402

from shenyang_fao.core import catalogues  # noqa: E402

# Before anything is translated: what Django has once looked for and not found, it does not look for again.
catalogues.compile_all()

# Tests neither hash nor compress static files; tests/core/test_static.py does it once.
django_settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# A slow hash protects people's passwords; here it only costs time.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django.setup()

from django.core.cache import cache  # noqa: E402 - needs the settings
from django.db import connections  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402
from hypothesis import HealthCheck  # noqa: E402
from hypothesis import settings as hypothesis_settings  # noqa: E402
from playwright.sync_api import Playwright  # noqa: E402

from tests import browser as browsers  # noqa: E402
from tests.clusters import KeptCluster  # noqa: E402
from tests.emptying import empty_used_tables  # noqa: E402
from tests.workers import Worker, empty_queues  # noqa: E402

TransactionTestCase._fixture_teardown = empty_used_tables  # type: ignore[attr-defined]
# How fast the machine is today says nothing about the code.
hypothesis_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Processes that share the tests make engines of their own: they must not find these settings named already."""
    if getattr(config.option, "numprocesses", None):
        os.environ.pop("DJANGO_SETTINGS_MODULE")


def pytest_unconfigure() -> None:
    """The folder goes when everything else has gone."""
    engines.discard()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps an event loop in this thread, in which nothing else may run its own."""
    items.sort(key=lambda item: "playwright" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session", autouse=True)
def own_broker() -> Iterator[None]:
    """Valkey of this run alone."""
    with engines.broker():
        yield


@pytest.fixture(scope="session")
def own_cluster() -> Iterator[KeptCluster]:
    """PostgreSQL of this run alone; tests that ask for no database start none."""
    with engines.database() as cluster:
        yield cluster


@pytest.fixture(scope="session", autouse=True)
def closed_world() -> Iterator[None]:
    """No test talks to another machine."""
    original = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test wanted to talk to {address}")
        original(self, address)

    socket.socket.connect = connect  # type: ignore[method-assign,assignment]
    yield
    socket.socket.connect = original  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(own_cluster: KeptCluster) -> None:
    """pytest-django makes its database after the engine that holds it."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, own_cluster: KeptCluster) -> None:
    """The database, migrated by this run or by an earlier one."""
    with django_db_blocker.unblock():
        connections.close_all()
    own_cluster.keep()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database goes with its engine; dropping it first fails while a page's thread still holds a connection."""
    return True


@pytest.fixture(autouse=True)
def empty_cache(own_broker: None) -> None:
    """Rate limits and kept values of an earlier test are forgotten."""
    cache.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args(playwright: Playwright) -> dict[str, object]:
    """Debian's Chromium, Chrome, or Playwright's own."""
    # Playwright's synchronous API keeps an event loop in this thread, and Django would refuse every query of the test.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return browsers.launch_arguments(playwright.chromium.executable_path)


@pytest.fixture
def start_worker(transactional_db: None) -> Iterator[Callable[..., Worker]]:
    """A function that starts real Celery workers (`queues=`, `concurrency=`, `env=`); all end with the test."""
    started: list[Worker] = []
    empty_queues()

    def start(**options: Any) -> Worker:
        started.append(Worker(**options))
        return started[-1].start()

    yield start
    for worker in started:
        worker.stop()


@pytest.fixture
def celery_worker(start_worker: Callable[..., Worker]) -> Worker:
    """One real Celery worker for both queues, on the test's database."""
    return start_worker()
