"""How fast letters are made and what it costs in memory."""

import os
import resource
import sys
import time
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Any, cast

from django.core.files.base import ContentFile

from shenyang_fao.core.benchmarks import benchmark
from shenyang_fao.core.documents.signing import sign_pdf
from shenyang_fao.core.documents.specimen import specimen
from shenyang_fao.core.documents.typesetting import render_pdf
from shenyang_fao.core.storage import PrivateStorage

LETTERS = 500
INVITEES = 5


@benchmark("letters")
def letters() -> Iterator[str]:
    """Render, sign and store letters of five invitees on one core; goals: at least 15 a second, under 300 MB."""
    _stay_on_one_core()
    with TemporaryDirectory() as folder:
        store = PrivateStorage(location=folder)
        keep_letter(store, 0)
        busy = time.process_time()
        seconds = [_timed(store, number) for number in range(1, LETTERS + 1)]
        busy = time.process_time() - busy
    total = sum(seconds)
    yield (
        f"{LETTERS} letters of {INVITEES} invitees, rendered, signed, stored, in {total:.1f} s: "
        f"{LETTERS / total:.1f} a second on one core ({LETTERS / busy:.1f} a second of its own time)"
    )
    yield f"one letter: median {sorted(seconds)[LETTERS // 2] * 1000:.0f} ms, slowest {max(seconds) * 1000:.0f} ms"
    yield f"highest memory after {LETTERS} letters: {peak_megabytes():.0f} MB"


def make_letter(number: int) -> bytes:
    """One signed letter; each has its own number, so nothing is answered from a cache."""
    payload = specimen(INVITEES)
    payload["number"] = f"SYFAO-INV-2026-{number:06d}"
    payload["code"] = f"BENCH{number:021d}"
    payload["verify_url"] = f"https://portal.example/zh-hans/letters/verify/{payload['code']}/"
    pdf = render_pdf(payload["template"], cast(dict[str, Any], payload))
    return sign_pdf(pdf, reason="bench", number=payload["number"])


def keep_letter(store: PrivateStorage, number: int) -> None:
    """Make a letter and lay it down as letters lie: encrypted, as a file of its own."""
    store.save(f"{number}.pdf", ContentFile(make_letter(number)))


def peak_megabytes() -> float:
    """The most memory this process ever held; the system counts in bytes on macOS and in kilobytes elsewhere."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000


def _timed(store: PrivateStorage, number: int) -> float:
    started = time.perf_counter()
    keep_letter(store, number)
    return time.perf_counter() - started


def _stay_on_one_core() -> None:
    if sys.platform == "linux":
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
