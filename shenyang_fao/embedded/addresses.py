"""Where the embedded engines live. Pure: nothing is made or opened here, so settings may import it."""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
USER = "fao"
POSTGRES_SOCKET = ".s.PGSQL.5432"
VALKEY_SOCKET = "valkey.sock"
# A Unix socket's path may have 107 bytes on Linux and 103 on macOS; the smaller holds for both.
SOCKET_PATH_LIMIT = 103


def data_dir() -> Path:
    """The folder of everything that is kept: `FAO_DATA_DIR`, by default `.data` beside the code."""
    return Path(os.environ.get("FAO_DATA_DIR") or ROOT / ".data").absolute()


def database_name() -> str:
    """The database's name inside the embedded PostgreSQL; `FAO_DATABASE` lets workers join a test's database."""
    return os.environ.get("FAO_DATABASE") or "fao"


def postgres_dir() -> Path:
    """The database's own folder: its cluster, its log, its socket."""
    return data_dir() / "postgres"


def valkey_dir() -> Path:
    """The broker's own folder: its append-only file, its log, its socket."""
    return data_dir() / "valkey"


def postgres_socket_dir() -> Path:
    """The folder PostgreSQL puts its socket into."""
    return _socket_dir(postgres_dir() / "socket", POSTGRES_SOCKET)


def valkey_socket() -> Path:
    """The path of Valkey's socket."""
    return _socket_dir(valkey_dir() / "socket", VALKEY_SOCKET) / VALKEY_SOCKET


def database_url(name: str = "") -> str:
    """The address of the embedded PostgreSQL, for django-environ and libpq alike."""
    return f"postgresql://{USER}@/{name or database_name()}?host={quote(str(postgres_socket_dir()))}"


def redis_url(number: int = 0) -> str:
    """The address of the embedded Valkey, as redis-py reads it."""
    return f"unix://{quote(str(valkey_socket()))}?db={number}"


def broker_url(url: str) -> str:
    """The same address as kombu and Celery's result store read it: they spell a socket `redis+socket://`."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    number = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{quote(unquote(parts.path))}?virtual_host={number}"


def _socket_dir(wanted: Path, socket: str) -> Path:
    """The wanted folder, or a short one under the temporary folder when a socket's path there would be too long."""
    if len(os.fsencode(wanted / socket)) <= SOCKET_PATH_LIMIT:
        return wanted
    digest = hashlib.sha256(os.fsencode(wanted)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"fao-{digest}"
