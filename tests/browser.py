"""Finds a Chromium, or installs one; a test that needs a browser fails without it and is never skipped."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A container's shared memory may be too small for a page.
    "--disable-dev-shm-usage",
]
MISSING = "No Chromium was found and none could be installed: install the package `chromium`, then run again."


def launch_arguments(playwrights_own: str) -> dict[str, object]:
    """What Playwright needs to start the browser; `playwrights_own` is where its own Chromium would be."""
    # Chromium's sandbox refuses to work for root.
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    return {"executable_path": find(playwrights_own) or _install(playwrights_own), "args": flags}


def find(playwrights_own: str) -> str | None:
    """The path of a browser that is there, or None."""
    own = playwrights_own if Path(playwrights_own).exists() else None
    return next(filter(None, map(shutil.which, NAMES)), own)


def _install(playwrights_own: str) -> str:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, env=quiet)
    if not find(playwrights_own):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    found = find(playwrights_own)
    if found is None:
        raise RuntimeError(MISSING)
    return found
