"""The measurements and their command."""

import pytest
from django.core.management import CommandError, call_command

from shenyang_fao.core.bench import make_letter, peak_megabytes
from shenyang_fao.core.benchmarks import BENCHMARKS, benchmark
from shenyang_fao.core.documents.inspection import inspect_signature


def test_named_benchmark_prints_its_lines(monkeypatch, capsys):
    monkeypatch.setitem(BENCHMARKS, "counting", lambda: iter(["one", "two"]))

    call_command("bench", "counting")

    assert capsys.readouterr().out == "counting: one\ncounting: two\n"


def test_unknown_benchmark_is_refused():
    with pytest.raises(CommandError, match=r"There are: .*letters"):
        call_command("bench", "nothing")


def test_registering_keeps_the_function(monkeypatch):
    monkeypatch.setattr("shenyang_fao.core.benchmarks.BENCHMARKS", {})

    function = benchmark("mine")(lambda: iter([]))

    assert list(function()) == []


def test_bench_makes_real_letters():
    assert inspect_signature(make_letter(7)).is_sound
    assert peak_megabytes() > 10
