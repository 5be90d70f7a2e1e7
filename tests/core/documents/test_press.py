"""The typesetter of previews is bounded, whatever a layout asks of it."""

import os
import sys
from pathlib import Path

import pytest
from PIL import Image

from shenyang_fao.core.documents import press, typesetting
from shenyang_fao.core.documents.specimen import specimen

CHILD = """
import sys
from pathlib import Path
from shenyang_fao.core.documents import press, typesetting
typesetting.TEMPLATES = Path(sys.argv[1])
press.main()
"""
# Typst itself ends a loop "while true"; this one counts to a billion billion.
ENDLESS = "#{ let n = 0\n" + "for _ in range(100000) {\n" * 4 + "n += 1\n" + "}\n" * 4 + "n }"
HUGE = '#image("noise.png")'


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A layout of its own, for this process and for its child."""
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)
    monkeypatch.setattr(press, "COMMAND", (sys.executable, "-c", CHILD, str(tmp_path)))
    return tmp_path / "bad-1.typ"


def test_an_endless_layout_is_stopped(layout: Path) -> None:
    layout.write_text(ENDLESS)

    with pytest.raises(press.TooSlowError):
        press.press("bad-1", specimen(), seconds=1.5)


def test_ten_megabytes_are_refused(layout: Path) -> None:
    side = 1900
    Image.frombytes("RGB", (side, side), os.urandom(3 * side**2)).save(layout.with_name("noise.png"), compress_level=0)
    layout.write_text(HUGE)

    with pytest.raises(typesetting.TooLargeError):
        press.press("bad-1", specimen())
