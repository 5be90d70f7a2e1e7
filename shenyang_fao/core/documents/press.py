"""Typesets one letter in a process of its own, bounded in time, memory and size: for a preview that somebody waits for.

Texts are data and cannot loop; the bounds hold whatever the typesetter makes of them. The letters themselves are made by the
workers, whose tasks have a time limit of their own.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from typing import Literal

from django.utils.translation import gettext as _

from shenyang_fao.core.documents.typesetting import (
    BYTES_AT_MOST,
    TooLargeError,
    render_pdf,
    render_png,
    require_printable_payload,
    template_path,
)
from shenyang_fao.core.errors import Refusal

Form = Literal["pdf", "png"]
SECONDS_AT_MOST = 10
MEMORY_AT_MOST = 2 * 1024**3
COMMAND = (sys.executable, "-m", "shenyang_fao.core.documents.press")
RENDERERS = {"pdf": render_pdf, "png": render_png}


class TooSlowError(Refusal):
    """The typesetter was stopped."""

    def __init__(self, seconds: float) -> None:
        super().__init__(_("The preview took longer than %(seconds)s seconds and was stopped.") % {"seconds": seconds})


def press(
    template: str, payload: Mapping[str, object], *, form: Form = "pdf", seconds: float = SECONDS_AT_MOST
) -> bytes:
    """Return the letter as PDF, or its first page as PNG.

    Raises UnknownTemplateError, MissingGlyphs, TooSlowError, TooLargeError, and RuntimeError when the typesetter fails.
    """
    template_path(template)
    require_printable_payload(payload)
    order = json.dumps({"template": template, "payload": payload, "form": form})
    try:
        done = subprocess.run(COMMAND, input=order.encode(), capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise TooSlowError(seconds) from None
    if done.returncode:
        raise RuntimeError(f"the typesetter failed: {done.stderr.decode(errors='replace')[-500:]}")
    if len(done.stdout) > BYTES_AT_MOST:
        raise TooLargeError
    return done.stdout


def main() -> None:
    """The child: an order on its input, a file on its output, and no more memory than a letter needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_AT_MOST, MEMORY_AT_MOST))
    order = json.load(sys.stdin)
    result = RENDERERS[order["form"]](order["template"], order["payload"])
    sys.stdout.buffer.write(result[: BYTES_AT_MOST + 1])


if __name__ == "__main__":
    main()
