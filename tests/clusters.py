"""The migrated database, kept from run to run while no migration changes.

To migrate takes longer than most runs, and longer with every model. So the first run keeps a copy of the stopped cluster in
the temporary folder, under the digest of every migration and of the lock, and the next one begins with that copy.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TextIO

from shenyang_fao.embedded import addresses, folders, postgres, steps

PREFIX = f"fao-cluster-{os.geteuid()}-"
# What no run has used for so long belongs to code that nobody works on any more.
UNUSED_SECONDS = 24 * 60 * 60


class KeptCluster:
    """The cluster of these migrations; of several processes that find none, one makes it and the others wait."""

    def __init__(self) -> None:
        self.shelf = Path(tempfile.gettempdir()) / f"{PREFIX}{_digest()}"
        self.data = self.shelf / "data"
        self._turn: TextIO | None = None

    def bring(self) -> None:
        """Put it in its place if there is one; else return alone, to migrate and then to `keep`."""
        folders.private(self.shelf)
        self._turn = (self.shelf / "turn").open("w")
        fcntl.flock(self._turn, fcntl.LOCK_EX)
        (self.shelf / "turn").touch()
        if self.data.exists():
            _copy(self.data, _cluster())
            self._pass_turn()

    def keep(self) -> None:
        """Keep what has just been migrated, unless it was brought. The database stops meanwhile: nobody may be connected."""
        if self._turn is None:
            return
        postgres.stop()
        draft = self.shelf / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        _copy(_cluster(), draft)
        draft.rename(self.data)
        postgres.start(say=lambda line: None, throwaway=True)
        self._pass_turn()
        self._forget_unused()

    def _pass_turn(self) -> None:
        if self._turn:
            self._turn.close()
            self._turn = None

    def _forget_unused(self) -> None:
        for shelf in self.shelf.parent.glob(f"{PREFIX}*"):
            if time.time() - (shelf / "turn").stat().st_mtime > UNUSED_SECONDS:
                shutil.rmtree(shelf, ignore_errors=True)


def _cluster() -> Path:
    return addresses.postgres_dir() / "data"


def _copy(source: Path, target: Path) -> None:
    """Copy with owners and modes: where root starts the database, its files belong to a user of its own."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def _digest() -> str:
    digest = hashlib.sha256((addresses.ROOT / steps.LOCK).read_bytes())
    for package in steps.CODE:
        for path in sorted((addresses.ROOT / package).rglob("migrations/*.py")):
            digest.update(f"{path.relative_to(addresses.ROOT)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
