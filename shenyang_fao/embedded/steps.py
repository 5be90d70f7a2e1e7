"""The steps between a running database and a working portal, each skipped while nothing it depends on has changed."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import addresses

CODE = ("shenyang_fao", "sister_cities", "services", "enterprises", "delegations")
LOCK = "requirements.txt"


@dataclass(frozen=True)
class Step:
    """One management command, and the files whose change makes it necessary again."""

    label: str
    command: str
    sources: tuple[str, ...]
    suffixes: tuple[str, ...] = ()
    makes: str = "postgres/data/PG_VERSION"  # in the data folder: when this one is new, the step is due as well
    needs_embedded: bool = False
    touches_database: bool = True


STEPS = (
    Step("translations", "messages --compile", ("locale",), (".po", ".mo"), touches_database=False),
    Step("tables", "migrate --noinput -v 0", (*CODE, LOCK), (".py", ".txt")),
    Step(
        "static files",
        "collectstatic --noinput -v 0",
        ("static", *CODE, LOCK),
        makes="static/staticfiles.json",
        touches_database=False,
    ),
    Step("facts", "load_facts", ("facts", *CODE), (".py", ".csv")),
    Step("demonstration people", "demo", CODE, (".py",), needs_embedded=True),
)


def due(*, is_embedded: bool) -> list[Step]:
    """The steps to take now. In front of somebody else's database those that touch it are always taken."""
    done = _done()
    wanted = [step for step in STEPS if is_embedded or not step.needs_embedded]
    return [
        step
        for step in wanted
        if (step.touches_database and not is_embedded) or done.get(step.label) != fingerprint(step)
    ]


def mark_done(step: Step) -> None:
    """Remember that the step was taken on the files as they are now."""
    _record().write_text(json.dumps(_done() | {step.label: fingerprint(step)}, indent=1))


def fingerprint(step: Step) -> str:
    """What the step depends on: the content of its files, the database it worked on, what it made."""
    digest = hashlib.sha256(f"{step.command} {_identity(step)}".encode())
    for path in _files(step):
        digest.update(f"{path.relative_to(addresses.ROOT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _identity(step: Step) -> int:
    """A cluster or a static folder made anew is another one, whatever was done to the last."""
    made = addresses.data_dir() / step.makes
    return made.stat().st_ino if made.exists() else 0


def _files(step: Step) -> Iterator[Path]:
    for source in step.sources:
        path = addresses.ROOT / source
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in found:
            if file.is_file() and "__pycache__" not in file.parts and _matters(file, step.suffixes):
                yield file


def _matters(file: Path, suffixes: tuple[str, ...]) -> bool:
    return file.suffix in suffixes if suffixes else file.suffix != ".py"


def _record() -> Path:
    return addresses.data_dir() / "run" / "done.json"


def _done() -> dict[str, str]:
    try:
        return dict(json.loads(_record().read_text()))
    except (OSError, ValueError):
        return {}


def environment() -> dict[str, str]:
    """The environment of every process of the portal."""
    return os.environ | {"FAO_DATA_DIR": str(addresses.data_dir()), "PYTHONUNBUFFERED": "1"}
