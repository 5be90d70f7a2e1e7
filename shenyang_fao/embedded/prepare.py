"""Takes several management commands in one process: starting Django once saves seconds for each.

The one module here that loads Django. It is run as a process of its own and imported by nothing.
"""

import os
import shlex
import sys
import time

import django
from django.core.management import call_command


def main(arguments: list[str]) -> None:
    """Run each `label=command` and say how long it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shenyang_fao.settings")
    django.setup()
    for argument in arguments:
        label, _, command = argument.partition("=")
        started = time.monotonic()
        with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - the null device
            call_command(*shlex.split(command), stdout=nowhere)
        print(f"  {label:<24}{time.monotonic() - started:5.1f} s", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
