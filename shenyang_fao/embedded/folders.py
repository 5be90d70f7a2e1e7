"""Private folders, and the way to them for the database's own system user."""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

SYSTEM_USER = "fao_postgres"
TRAVERSE = stat.S_IXGRP | stat.S_IXOTH
READ = stat.S_IRGRP | stat.S_IROTH


class StartError(Exception):
    """Something the person at the keyboard can put right; the text is one clear line."""


def private(folder: Path, owner: pwd.struct_passwd | None = None) -> Path:
    """Make `folder` with mode 700 for `owner` (by default ourselves).

    Raises StartError when somebody else's folder, or a link, stands there: under a shared temporary folder
    another user could have put it in our way.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    uid = owner.pw_uid if owner else os.geteuid()
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {uid, os.geteuid()}:
        raise StartError(
            f"{folder} belongs to {_name_of(found.st_uid)}: run this as that user, or set FAO_DATA_DIR to a folder of yours."
        )
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    folder.chmod(0o700)
    return folder


def _name_of(uid: int) -> str:
    try:
        return f"user {pwd.getpwuid(uid).pw_name}"
    except KeyError:
        return f"user number {uid}"


def database_user() -> pwd.struct_passwd | None:
    """The system user PostgreSQL runs as: None for ourselves, another one when we are root, which it refuses."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return _make_user()


def _make_user() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return pwd.getpwnam("nobody")
    command = [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent"]
    subprocess.run([*command, "--shell", "/bin/false", SYSTEM_USER], check=True, capture_output=True)
    return pwd.getpwnam(SYSTEM_USER)


def open_way(target: Path) -> list[Path]:
    """Let other users pass through (not list) the folders above `target`; returns the ones that had to change.

    PostgreSQL, started by root, runs as another user and must reach its files below a private home.
    """
    opened = []
    for folder in target.resolve().parents:
        mode = stat.S_IMODE(folder.stat().st_mode)
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | TRAVERSE)
            opened.append(folder)
    return opened


def open_programs(folder: Path) -> None:
    """Let other users read and run the programs of an installed wheel (a strict umask may have closed them)."""
    for path in (folder, *folder.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        wanted = mode | READ | (TRAVERSE if mode & stat.S_IXUSR else 0)
        if wanted != mode:
            path.chmod(wanted)
