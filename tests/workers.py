"""Real Celery workers for tests that are about them."""

import os
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import psutil
from django.db import connection

from shenyang_fao.celery import app
from shenyang_fao.embedded import addresses

START_SECONDS = 40


class Worker:
    """A worker process on the test's database; `kill()` is `kill -9`, `restart()` brings a fresh one."""

    process: subprocess.Popen[bytes]

    def __init__(self, *, queues: str = "default,pdf", concurrency: int = 1, env: dict[str, str] | None = None) -> None:
        self.queues, self.concurrency = queues, concurrency
        self.env = os.environ | {"FAO_DATABASE": str(connection.settings_dict["NAME"]), "FAO_PROCESS": "worker"}
        self.env |= env or {}
        self.log = addresses.data_dir() / f"worker-{uuid4().hex[:8]}.log"

    def start(self) -> "Worker":
        """Start and wait until it answers; raises AssertionError with its log when it does not."""
        name = f"test-{uuid4().hex[:8]}@local"
        command = [sys.executable, "-m", "celery", "-A", "shenyang_fao.celery:app", "worker"]
        options = ["-Q", self.queues, "--pool", "prefork", "-c", str(self.concurrency), "-n", name, "-l", "INFO"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *options, "--without-gossip", "--without-mingle"],
                env=self.env, stdout=log, stderr=log, cwd=Path(__file__).parents[1], start_new_session=True,
            )  # fmt: skip
        self._wait_for_answer(name)
        return self

    @property
    def child_pids(self) -> list[int]:
        """The pool's processes: those that run the tasks."""
        return [child.pid for child in psutil.Process(self.process.pid).children()]

    def kill(self) -> None:
        """`kill -9` for the worker and its pool."""
        for pid in [*self.child_pids, self.process.pid] if self.process.poll() is None else []:
            psutil.Process(pid).kill()
        self.process.wait(10)

    def kill_child(self) -> None:
        """`kill -9` for one process of the pool; the worker itself lives on and replaces it."""
        psutil.Process(self.child_pids[0]).kill()

    def restart(self) -> "Worker":
        """Kill it and start another."""
        self.kill()
        return self.start()

    def stop(self) -> None:
        """End it in good order, or by force after ten seconds."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def _wait_for_answer(self, name: str) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            with app.connection_for_write() as broker:
                if app.control.ping(destination=[name], timeout=0.5, connection=broker):
                    return
        self.stop()
        raise AssertionError(f"the worker did not answer:\n{self.log.read_text()[-4000:]}")


def empty_queues() -> None:
    """Forget every message of earlier tests."""
    with app.connection_for_write() as broker, broker.channel() as channel:
        for queue in ("default", "pdf"):
            channel.queue_purge(queue)
