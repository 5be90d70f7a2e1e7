import json
import logging
import sys

from django.db import IntegrityError

from shenyang_fao.core import logs

# Not written where it is raised: a traceback quotes the line of the program.
ROW = "null value\nDETAIL:  Failing row contains (7, Größmann\nin Berlin)."


def test_a_traceback_in_the_log_does_not_repeat_the_row_of_the_database() -> None:
    try:
        raise IntegrityError("duplicate key\nDETAIL:  Key (surname)=(Größmann) already exists.")
    except IntegrityError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, "failed", None, sys.exc_info())

    line = json.loads(logs.formatter().format(record))

    assert line["exception"].splitlines()[-1] == "django.db.utils.IntegrityError: duplicate key"


def test_a_row_of_several_lines_stays_out_of_the_log_to_its_end() -> None:
    try:
        raise IntegrityError("null value\nDETAIL:  Failing row contains (7, Met Mr Größmann\nin Berlin\n\nsecret).")
    except IntegrityError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, "failed", None, sys.exc_info())

    line = json.loads(logs.formatter().format(record))

    assert line["exception"].splitlines()[-1] == "django.db.utils.IntegrityError: null value"


def test_of_a_chain_of_errors_only_the_rows_are_cut() -> None:
    try:
        try:
            raise IntegrityError(ROW)
        except IntegrityError as first:
            raise RuntimeError("second") from first
    except RuntimeError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, "failed", None, sys.exc_info())

    text = json.loads(logs.formatter().format(record))["exception"]

    assert ("Berlin" in text, "direct cause" in text, text.splitlines()[-1]) == (False, True, "RuntimeError: second")


def test_a_line_that_quotes_an_error_of_the_database_does_not_repeat_the_row() -> None:
    said = repr(IntegrityError(ROW))
    record = logging.LogRecord("celery.app.trace", logging.ERROR, "", 0, "Task raised unexpected: %s", (said,), None)

    line = json.loads(logs.formatter().format(record))

    assert line["event"] == "Task raised unexpected: IntegrityError('null value"
