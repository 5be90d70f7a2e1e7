"""The tests' own PostgreSQL and Valkey in a folder that is thrown away, and the environment that points there."""

import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

from shenyang_fao.embedded import postgres, secrets, valkey
from tests.clusters import KeptCluster

PREFIX = "fao-test-"
# Whatever the person's shell says, tests touch nothing but their own engines.
FOREIGN = ("DATABASE_URL", "REDIS_URL", "SITE_URL", "EMAIL_URL", "DEBUG", "SECRET_KEY", "FIELD_KEYS", "SIGNING_P12")


def prepare() -> None:
    """Point the environment at a new folder; must happen before the settings are read."""
    for name in FOREIGN:
        os.environ.pop(name, None)
    folder = Path(tempfile.gettempdir()) / f"{PREFIX}{os.getpid()}"
    (folder / "static").mkdir(parents=True)
    folder.chmod(0o711)
    port = str(free_port())
    os.environ |= {
        "FAO_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "shenyang_fao.settings",
        "PORT": port,
        "DJANGO_LIVE_TEST_SERVER_ADDRESS": f"127.0.0.1:{port}",
    }
    secrets.ensure()


@contextlib.contextmanager
def broker() -> Iterator[None]:
    """Valkey, stopped at the end whatever happened between."""
    _sweep()
    try:
        valkey.start()
        yield
    finally:
        valkey.stop()


@contextlib.contextmanager
def database() -> Iterator[KeptCluster]:
    """PostgreSQL, stopped at the end whatever happened between; the cluster waits to be kept once it is migrated."""
    cluster = KeptCluster()
    try:
        cluster.bring()
        postgres.start(say=lambda line: None, throwaway=True)
        yield cluster
    finally:
        postgres.stop()


def discard() -> None:
    """Remove the folder of this run."""
    shutil.rmtree(os.environ["FAO_DATA_DIR"], ignore_errors=True)


def _sweep() -> None:
    """End what a killed test run left behind."""
    ours = os.environ["FAO_DATA_DIR"]
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX)
        if not pid.isdigit() or psutil.pid_exists(int(pid)) or not os.access(folder, os.W_OK):
            continue
        os.environ["FAO_DATA_DIR"] = str(folder)
        valkey.stop()
        postgres.stop()
        discard()
    os.environ["FAO_DATA_DIR"] = ours


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
