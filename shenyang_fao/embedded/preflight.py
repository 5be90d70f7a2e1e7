"""What must be so before anything is started: each check says in one line what is wrong and what helps."""

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from . import addresses, folders
from .folders import StartError

HIGHEST_PORT = 65535
# Below it only root may listen.
LOWEST_FREE_PORT = 1024
# What other users of the machine may not enter: mails carry links that set passwords.
PRIVATE = ("logs", "run", "mail", "media")


def chosen_port() -> int:
    """The port from `PORT`, by default 8000. Raises StartError when it is not a port's number."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) <= HIGHEST_PORT:
        raise StartError(f"PORT={text} is not a port: choose a number from 1 to {HIGHEST_PORT}.")
    return int(text)


def check_port(port: int) -> None:
    """Raise StartError unless we can listen on `port`."""
    if number := _refusal(port):
        reason = "is taken" if number == errno.EADDRINUSE else f"cannot be opened ({os.strerror(number)})"
        raise StartError(f"Port {port} {reason}: choose another one, for example PORT={_other(port)}.")


def _refusal(port: int) -> int:
    """The number of the error when we try to listen on `port`; 0 when we can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return 0


def check_folder() -> Path:
    """Make the data folder; raises StartError unless we can write there."""
    folder = addresses.data_dir()
    try:
        for name in PRIVATE:
            folders.private(folder / name)
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
    with _lock_file() as lock:
        if not _take(lock):
            raise StartError(
                f"The portal already runs from this folder (process {_holder(lock)}): `make stop` ends it; "
                "FAO_DATA_DIR gives a second one its own folder."
            )
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def runner() -> int | None:
    """The process that holds the data folder, or None."""
    with _lock_file() as lock:
        return None if _take(lock) else _holder(lock)


def _lock_file() -> TextIO:
    return (addresses.data_dir() / "run" / "lock").open("a+")


def _take(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holder(lock: TextIO) -> int:
    lock.seek(0)
    return int(lock.read().strip() or 0)


def _other(port: int) -> int:
    """A port that is free now, next above the wanted one where that is a user's to take."""
    first = port + 1 if LOWEST_FREE_PORT <= port < HIGHEST_PORT else 8001
    return next((other for other in range(first, min(first + 100, HIGHEST_PORT + 1)) if not _refusal(other)), first)
