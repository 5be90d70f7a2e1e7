"""Which characters the letters can print."""

import pytest

from shenyang_fao.core.documents.fonts import MissingGlyphs, missing_glyphs, require_printable


@pytest.mark.parametrize(
    "text",
    [
        "Größmann-Öztürk",
        "Łukasiewicz Đặng Ğ ş ő",
        "김민준",
        "Жданова Ёлкин Өмүрбек",
        "陈美玲",
        "渡邊 齋藤",
        "Παπαδόπουλος",
        "“引号”—…",
    ],
)
def test_printable(text):
    assert missing_glyphs(text) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [("Ali علي", ["ع", "ل", "ي"]), ("a\u202eb", ["\u202e"]), ("a\x00\x07", ["\x00", "\x07"]), ("\ue000", ["\ue000"])],
)
def test_missing_once_each_in_order(text, missing):
    assert missing_glyphs(text + text) == missing


def test_refusal_names_the_characters():
    with pytest.raises(MissingGlyphs, match=r"ع \(U\+0639\), U\+202E"):
        require_printable("ع\u202e")
