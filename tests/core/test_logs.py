import json
import logging
import sys

from django.db import IntegrityError

from shenyang_fao.core import logs


def test_a_traceback_in_the_log_does_not_repeat_the_row_of_the_database() -> None:
    try:
        raise IntegrityError("duplicate key\nDETAIL:  Key (surname)=(Größmann) already exists.")
    except IntegrityError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, "failed", None, sys.exc_info())

    line = json.loads(logs.formatter().format(record))

    assert line["exception"].splitlines()[-1] == "django.db.utils.IntegrityError: duplicate key"
