import contextlib

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as reference

from enterprises.validators import clean_uscc
from tests.cast import OTHER_USCC, USCC

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODIES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["91", "93", "52"]),
    st.sampled_from(["210100", "210106", "110000"]),
    st.text("0123456789", min_size=8, max_size=8),
    st.sampled_from(ALPHABET),
)
CODES = BODIES.map(lambda body: body[:17]).map(lambda body: body + reference.calc_check_digit(body))


def refusal(code: str) -> str:
    with pytest.raises(ValidationError) as refused:
        clean_uscc(code)
    return refused.value.code


@pytest.mark.parametrize("code", [USCC, OTHER_USCC, "91210106MA0QE5RX3P"])
def test_a_valid_code_is_accepted(code):
    assert clean_uscc(code) == code


def test_spaces_and_small_letters_are_put_right():
    assert clean_uscc(" 91110000 6000 3734 1l ") == "91110000600037341L"


def test_a_wrong_check_character_is_named():
    assert refusal("91110000600037341M") == "checksum"


@pytest.mark.parametrize("code", ["", "9111000060003734", "91110000600037341LL"])
def test_a_wrong_length_is_named(code):
    assert refusal(code) == "length"


@pytest.mark.parametrize("letter", "IOSVZ*é中")
def test_a_character_outside_the_alphabet_is_named(letter):
    assert refusal(f"9111000060003734{letter}L") == "format"


@given(CODES, st.integers(2, 16), st.sampled_from(ALPHABET))
def test_one_changed_character_is_always_noticed(code, place, character):
    changed = code[:place] + character + code[place + 1 :]

    if changed != code:
        refusal(changed)


@given(CODES, st.integers(2, 15))
def test_two_exchanged_neighbours_are_always_noticed(code, place):
    exchanged = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    if exchanged != code:
        refusal(exchanged)


@given(st.text(max_size=24))
def test_no_text_breaks_the_check(text):
    with contextlib.suppress(ValidationError):
        clean_uscc(text)
