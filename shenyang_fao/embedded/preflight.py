"""What must be so before anything is started: each check says in one line what is wrong and what helps."""

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import addresses
from .folders import StartError

HIGHEST_PORT = 65535


def chosen_port() -> int:
    """The port from `PORT`, by default 8000. Raises StartError when it is not a port's number."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
        raise StartError(f"PORT={text} is not a port: choose a number from 1 to {HIGHEST_PORT}.")
    return int(text)


def check_port(port: int) -> None:
    """Raise StartError unless we can listen on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            is_taken = error.errno == errno.EADDRINUSE
            reason = "is taken" if is_taken else f"cannot be opened ({os.strerror(error.errno or 0)})"
            raise StartError(f"Port {port} {reason}: choose another one, for example PORT={_other(port)}.") from None


def check_folder() -> Path:
    """Make the data folder; raises StartError unless we can write there."""
    folder = addresses.data_dir()
    try:
        (folder / "logs").mkdir(parents=True, exist_ok=True)
        (folder / "run").mkdir(exist_ok=True)
        probe = folder / "run" / "probe"
        probe.write_text("")
        probe.unlink()
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise StartError(f"Cannot write to {folder} ({reason}): set FAO_DATA_DIR to a folder of yours.") from None
    return folder


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the data folder for ourselves; raises StartError when another portal runs from it.

    The lock goes with its process, however that ends.
    """
    with (addresses.data_dir() / "run" / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise StartError(f"The portal already runs from this folder (process {lock.read().strip()}).") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _other(port: int) -> int:
    return port + 1 if 1023 < port < HIGHEST_PORT else 8001
