"""`make run`: sets up what is missing, starts everything, watches it, and ends it all again."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import unicodedata
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import NoReturn

from . import addresses, children, foreign, postgres, preflight, secrets, steps, valkey
from .children import Child
from .folders import StartError

READY_SECONDS = 60
LOOK_SECONDS = 0.2
END_SECONDS = 60
USAGE = "usage: python -m shenyang_fao.embedded run | stop | manage COMMAND ..."


def main(arguments: list[str]) -> int:
    """Run or stop; returns the exit status: 2 for what the person at the keyboard can put right."""
    doors: dict[tuple[str, bool], Callable[[], int | None]] = {
        ("run", False): run,
        ("stop", False): stop,
        ("manage", True): lambda: manage(arguments[1:]),
    }
    door = doors.get((" ".join(arguments[:1]), len(arguments) > 1))
    if door is None:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        return door() or 0
    except StartError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped", flush=True)
    return 0


def run() -> None:
    """The whole portal until Ctrl-C. Raises StartError, with everything ended, when it cannot be."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    port = preflight.chosen_port()
    preflight.check_folder()
    with preflight.only_one():
        if swept := children.sweep():
            say(f"left running by an earlier start, now ended: {swept}")
        preflight.check_port(port)
        with engines():
            prepare()
            serve(port)


def stop() -> None:
    """End the running portal, and what a killed one left: processes, broker, database. Raises StartError."""
    preflight.check_folder()
    if running := preflight.runner():
        say(f"asking process {running} to end")
        os.kill(running, signal.SIGTERM)
        _wait_for_folder()
    with preflight.only_one():
        children.sweep()
        valkey.stop()
        postgres.stop()
    say("nothing of the portal runs here now")


def _wait_for_folder() -> None:
    end = time.monotonic() + END_SECONDS
    while running := preflight.runner():
        if time.monotonic() > end:
            raise StartError(f"Process {running} has not ended after {END_SECONDS} s.")
        time.sleep(LOOK_SECONDS)


def manage(arguments: list[str]) -> int:
    """Run one management command with the engines up: the running portal's, or our own as long as it takes."""
    preflight.check_folder()
    command = [sys.executable, "manage.py", *arguments]
    with contextlib.ExitStack() as own:
        if preflight.runner() is None:
            own.enter_context(preflight.only_one())
            own.enter_context(engines())
            use_own_keys()
            if is_embedded():
                prepare()
        return subprocess.run(command, cwd=addresses.ROOT, env=steps.environment(), check=False).returncode


@contextlib.contextmanager
def engines() -> Iterator[None]:
    """The database and the broker that the environment does not name; ended in good order, whoever started them."""
    try:
        if is_embedded():
            said: list[str] = []
            report("database", lambda: postgres.start(said.append))
            for line in said:
                say(line)
        else:
            foreign.check_database(os.environ["DATABASE_URL"])
            say("database                of DATABASE_URL")
        if not os.environ.get("REDIS_URL"):
            report("broker", valkey.start)
        else:
            foreign.check_broker(os.environ["REDIS_URL"])
            say("broker                  of REDIS_URL")
        yield
    finally:
        _deaf()
        if not os.environ.get("REDIS_URL"):
            valkey.stop()
        if is_embedded():
            postgres.stop()


def is_embedded() -> bool:
    """Whether the database is our own."""
    return not os.environ.get("DATABASE_URL")


def prepare() -> None:
    """Take the steps that are due. Raises StartError when one fails."""
    use_own_keys()
    due = steps.due(is_embedded=is_embedded())
    if not due:
        say("nothing has changed since the last start")
        return
    command = [sys.executable, "-m", "shenyang_fao.embedded.prepare", *(step.label for step in due)]
    # A process group of its own, so that Ctrl-C is answered by us alone, in one word.
    if subprocess.run(command, cwd=addresses.ROOT, env=steps.environment(), check=False, process_group=0).returncode:
        raise StartError("The setup failed; the reason stands above.")


def use_own_keys() -> None:
    """Where the environment brings no keys, those of the data folder serve, beside a foreign database too."""
    if all(map(os.environ.get, secrets.NAMES)):
        return
    for line in secrets.ensure().read_text().splitlines():
        name, _, value = line.partition("=")
        os.environ.setdefault(name, value)


def serve(port: int) -> None:
    """Start worker, beat and web; watch them until we are interrupted."""
    family = household(port)
    try:
        web, *others = family
        web.start()
        report("web", lambda: wait_for_web(web, port))
        # Only now: all three at once would make the person at the browser wait for all three.
        for child in others:
            child.start()
        print(box(port), flush=True)
        while True:
            time.sleep(LOOK_SECONDS)
            for child in family:
                child.revive(say)
    finally:
        _deaf()
        say(f"stopping ({children.STOP_SECONDS} s at most)")
        children.stop_all(family)


def household(port: int) -> list[Child]:
    """The portal's processes, the web first."""
    env = steps.environment() | {"PORT": str(port)}
    celery = [sys.executable, "-m", "celery", "-A", "shenyang_fao.celery:app"]
    worker = ["worker", "-Q", "default,pdf", "--pool", "prefork", "-c", "2", "-n", f"fao{port}@localhost", "-l", "INFO"]
    beat = ["beat", "-s", str(addresses.data_dir() / "run" / "beat"), "--pidfile", "", "-l", "INFO"]
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "shenyang_fao.wsgi:application"]
    listen = ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-ws"]
    return [
        Child("web", [*web, *listen], env | {"FAO_PROCESS": "web"}),
        Child("worker", [*celery, *worker], env | {"FAO_PROCESS": "worker"}),
        Child("beat", [*celery, *beat], env | {"FAO_PROCESS": "beat"}),
    ]


def wait_for_web(web: Child, port: int) -> None:
    """Until the web process answers. Raises StartError when it does not."""
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end and web.process and web.process.poll() is None:
        with contextlib.suppress(OSError):
            if answers(port):
                return
        time.sleep(0.1)
    raise StartError(f"The web process did not come up; its reason stands in {web.log}.")


def answers(port: int) -> bool:
    """Whether anything but silence comes from the port."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
    except urllib.error.HTTPError as error:
        error.close()
    return True


def box(port: int) -> str:
    """The address and the sign-ins, framed."""
    lines = [f"Shenyang Foreign Affairs Office: http://127.0.0.1:{port}", "Ctrl-C ends it."]
    sign_ins = addresses.data_dir() / "sign-ins.txt"
    if is_embedded() and sign_ins.exists():
        lines += ["", *sign_ins.read_text(encoding="utf-8").splitlines()]
    width = max(map(_columns, lines))
    frame = "─" * (width + 2)
    body = "\n".join(f"│ {line}{' ' * (width - _columns(line))} │" for line in lines)
    return f"┌{frame}┐\n{body}\n└{frame}┘"


def _columns(line: str) -> int:
    """The columns a terminal needs: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def say(line: str) -> None:
    """One short line on the screen."""
    print(f"  {line}", flush=True)


def report(label: str, work: Callable[[], bool | None]) -> None:
    """Say what is done now, do it, and say on the same line how long it took."""
    started = time.monotonic()
    print(f"  {label:<24}", end="", flush=True)
    try:
        was_running = work()
    except BaseException:
        print(flush=True)  # what is said about it gets a line of its own
        raise
    print(f"{time.monotonic() - started:5.1f} s{' (was still running)' if was_running else ''}", flush=True)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


def _deaf() -> None:
    """A second Ctrl-C must not break off the orderly end."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
