"""The keys of the embedded mode, made once and kept in `.data/secrets.env` (mode 600)."""

import base64
import os
import secrets
from pathlib import Path

from . import addresses

NAMES = ("SECRET_KEY", "FIELD_KEYS")


def secrets_file() -> Path:
    """Where the keys are kept."""
    return addresses.data_dir() / "secrets.env"


def ensure() -> Path:
    """Make the keys if there are none; never change those that are there, for data are encrypted with them."""
    path = secrets_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, f"SECRET_KEY={secrets.token_urlsafe(64)}\nFIELD_KEYS={_fernet_key()}\n")
    return path


def _fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _write(path: Path, text: str) -> None:
    """Write beside it and rename: a half-written key file would lock the data for ever."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
