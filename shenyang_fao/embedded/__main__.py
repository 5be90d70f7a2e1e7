"""`python -m shenyang_fao.embedded run`: the whole portal in one foreground process; `stop` ends it.

`manage COMMAND` runs one command of manage.py with database and broker up.
"""

import sys

NEEDED = (3, 11)

if __name__ == "__main__":
    if sys.version_info < NEEDED:
        sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ".")
    from shenyang_fao.embedded import run

    sys.exit(run.main(sys.argv[1:]))
