"""The portal's processes: started, watched, started again when they die, ended to the last one."""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

from . import addresses

STOP_SECONDS = 10
LONGEST_PAUSE = 30
STEADY_SECONDS = 60
LOG_BYTES = 10 * 1024 * 1024
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_parent() -> None:
    """Linux ends the child when we are killed; elsewhere the next start sweeps."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One process and its log; a process group of its own, so that Ctrl-C reaches us alone and we end it in order."""

    def __init__(self, name: str, command: list[str], env: dict[str, str]) -> None:
        self.name, self.command, self.env = name, command, env
        self.pause = 1.0
        self.start_at = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """Where its words go."""
        return addresses.data_dir() / "logs" / f"{self.name}.log"

    def start(self) -> None:
        """Start it and note its process for a later sweep."""
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.env, cwd=addresses.ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=_die_with_parent,  # noqa: PLW1509 - we have one thread
            )  # fmt: skip
        self.start_at = time.monotonic()
        _note(self.name, self.process.pid)

    def revive(self, say: Callable[[str], None]) -> None:
        """When it has died, say so and start it again, later each time it dies young."""
        if self.process is not None and self.process.poll() is not None:
            lived = time.monotonic() - self.start_at
            self.pause = 1.0 if lived > STEADY_SECONDS else min(self.pause * 2, LONGEST_PAUSE)
            say(f"{self.name} ended ({_ending(self.process.returncode)}); again in {self.pause:.0f} s; see {self.log}")
            end_group(self.process.pid)
            self.process, self.start_at = None, time.monotonic() + self.pause
        elif self.process is None and time.monotonic() >= self.start_at:
            self.start()


def stop_all(children: Iterable[Child]) -> None:
    """Ask all to end, wait, then end the rest by force."""
    running = [child for child in children if child.process is not None]
    for child in running:
        if child.process and child.process.poll() is None:
            child.process.terminate()
    end = time.monotonic() + STOP_SECONDS
    for child in running:
        if child.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, end - time.monotonic()))
            end_group(child.process.pid)
            child.process.wait()
            _note_file(child.name).unlink(missing_ok=True)


def sweep() -> int:
    """End what an earlier start, killed itself, left running; returns how many processes."""
    ended = 0
    for file in (addresses.data_dir() / "run").glob("*.pid"):
        with contextlib.suppress(OSError, ValueError, KeyError, psutil.Error):
            noted = json.loads(file.read_text())
            process = psutil.Process(noted["pid"])
            if process.create_time() == noted["born"]:
                ended += 1
                process.terminate()
                with contextlib.suppress(psutil.TimeoutExpired):
                    process.wait(STOP_SECONDS)
        with contextlib.suppress(OSError, ValueError, KeyError):
            _end_orphans(json.loads(file.read_text()))
        file.unlink(missing_ok=True)
    return ended


def end_group(group: int) -> None:
    """End by force whatever is left of a process group that we started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _end_orphans(noted: dict[str, float]) -> None:
    """The group of a dead leader: its members are ours only when they are younger than the leader was."""
    group = int(noted["pid"])
    members = [process for process in psutil.process_iter() if _group_of(process.pid) == group]
    if members and all(process.create_time() >= noted["born"] for process in members):
        end_group(group)


def _group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except OSError:
        return -1


def _note_file(name: str) -> Path:
    return addresses.data_dir() / "run" / f"{name}.pid"


def _note(name: str, pid: int) -> None:
    with contextlib.suppress(psutil.Error):
        _note_file(name).write_text(json.dumps({"pid": pid, "born": psutil.Process(pid).create_time()}))


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"code {code}"
