"""What the work with requests costs."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TypeVar

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from enterprises.invitations.batches import columns
from enterprises.invitations.batches.actions import keep, take_over
from enterprises.invitations.batches.checking import check
from enterprises.invitations.rules import INVITEES_AT_MOST
from enterprises.kinds import find
from enterprises.models import Company, Membership, ServiceRequest
from shenyang_fao.accounts.models import User
from shenyang_fao.core.benchmarks import benchmark
from shenyang_fao.core.models import StoredFile
from shenyang_fao.core.tables.writing import sheets

SECONDS_AT_MOST = 2
RUNS = 5
T = TypeVar("T")


@benchmark("batch")
def batch() -> Iterator[str]:
    """Read, keep, check and take over a list of 200 invented invitees; goal: checked in under 2 s. Nothing of it stays."""
    data = sheets([("list", columns.NAMES, _invented())])
    with transaction.atomic():
        case, by = _request()
        for name in ("first list", *["a later one"] * (RUNS - 1)):
            read, said = _timed(lambda: columns.read(data))
            kept, found = _timed(lambda said=said: keep(case.pk, said=said, name="bench.xlsx", by=by))  # type: ignore[misc]
            checked, verdicts = _timed(lambda found=found: check(case, list(found.rows.all())))  # type: ignore[misc]
            yield (
                f"{name} of {len(verdicts)} rows: read {read:.2f} s, kept {kept:.2f} s, checked {checked:.2f} s, "
                f"together {read + kept + checked:.2f} s (goal: under {SECONDS_AT_MOST} s)"
            )
        taken, count = _timed(lambda: take_over(case.pk, expected=INVITEES_AT_MOST, by=by))
        yield f"{count} rows taken over in {taken:.2f} s"
        transaction.set_rollback(True)


def _invented() -> Iterator[list[str]]:
    """Yield guests who do not exist."""
    expires = (timezone.localdate() + timedelta(days=2000)).isoformat()
    for number in range(INVITEES_AT_MOST):
        row = {
            "surname": "TESTER",
            "given_names": "NOBODY",
            "sex": "M",
            "born_on": "1990-01-31",
            "nationality": "Germany",
            "passport_number": f"X{number:08d}",
            "passport_expires_on": expires,
            "employer": "Example GmbH",
            "job_title": "Engineer",
            "visa_post_country": "DEU",
            "visa_post_city": "Berlin",
        }
        yield [row.get(name, "") for name in columns.NAMES]


def _request() -> tuple[ServiceRequest, User]:
    by = get_user_model().objects.create(email="bench@localhost", name="bench")
    licence = StoredFile.objects.create(
        original_name="bench", media_type="text/plain", size=0, sha256="", created_by=by
    )
    names = {"name_zh_hans": "测试", "name_en": "bench", "address_zh_hans": "测试", "address_en": "bench"}
    company = Company.objects.create(uscc="BENCH", licence=licence, **names)
    Membership.objects.create(company=company, user=by)
    kind = find("invitation")
    if kind is None:
        raise RuntimeError("there is no such kind of request")
    case = ServiceRequest.objects.create(kind=kind.code, company=company, created_by=by)
    kind.begin(case)
    return case, by


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    done = work()
    return time.perf_counter() - started, done
