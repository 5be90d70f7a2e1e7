"""The rules of the house that a program can check (docs/architecture.md). Each failure names file and line.

Sizes, what is unused and what is written twice are measured by `make measure`.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("shenyang_fao", "sister_cities", "services", "enterprises", "delegations")
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
PRIVATE_ROOMS = {"views", "forms", "admin", "tasks"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
IMPORTS = (ast.Import, ast.ImportFrom)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")
BARE_EXCEPTION = re.compile(r"# noqa(?!: [A-Z]+[0-9]+(, [A-Z]+[0-9]+)* - \w)")
NOT_STRICT = {
    "a style in a tag": re.compile(r"<[^>{]*\sstyle\s*="),
    "a style block": re.compile(r"<style\b"),
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc=)"),
    "a handler in a tag": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "a script as an address": re.compile(r"javascript:", re.IGNORECASE),
}
LANGUAGE_IN_TEMPLATE = re.compile(r"{%\s*(el)?if\b[^%]*[\"'](zh|zh-hans|en)[\"']")


def production() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def written_by_hand() -> list[Path]:
    return [path for path in production() if "migrations" not in path.parts]


def templates() -> list[Path]:
    folders = [ROOT / "templates", *(ROOT / package for package in PACKAGES)]
    return [path for folder in folders for path in sorted(folder.rglob("*.html")) if "templates" in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def place(path: Path, line: int = 1) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def lines_matching(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    return [
        place(path, number)
        for path in paths
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]


def app_of(name: str) -> str:
    """The room a module's dotted name belongs to: `shenyang_fao.core` or `enterprises`."""
    parts = name.split(".")
    return ".".join(parts[:2]) if parts[0] == "shenyang_fao" else parts[0]


def imported(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


def test_no_drawer_for_everything():
    assert not [place(path) for path in production() if DRAWERS & {path.stem, *path.relative_to(ROOT).parts}]


def test_imports_stand_at_the_top_or_say_why():
    inside = [
        place(path, node.lineno)
        for path in written_by_hand()
        for function in ast.walk(tree(path))
        if isinstance(function, FUNCTIONS)
        for node in ast.walk(function)
        if isinstance(node, IMPORTS) and "# noqa: PLC0415 - " not in path.read_text().splitlines()[node.lineno - 1]
    ]

    assert not inside


def test_exceptions_wear_their_reason():
    found = lines_matching(production(), BARE_EXCEPTION)

    assert not found


def test_nothing_is_left_for_later():
    files = [*production(), *templates(), *sorted((ROOT / "static").rglob("*.css"))]

    found = lines_matching(files, UNFINISHED)

    assert not found


def test_rooms_are_entered_by_the_door():
    through_windows = [
        f"{place(path, line)} {name}"
        for path in written_by_hand()
        for line, name in imported(path)
        if name.startswith(PACKAGES) and PRIVATE_ROOMS & set(name.split("."))
        if app_of(name) != app_of(".".join(path.relative_to(ROOT).parts))
    ]

    assert not through_windows


def test_no_signals_for_business():
    used = [
        place(path, line)
        for path in written_by_hand()
        for line, name in imported(path)
        if "models.signals" in name and not name.endswith("post_migrate")  # which is no business but a set-up
    ]

    assert not used


def actions() -> list[Path]:
    return [path for path in written_by_hand() if path.stem == "actions" or "actions" in path.parent.parts]


def test_actions_know_no_request():
    assert not [place(path, line) for path in actions() for line, name in imported(path) if "django.http" in name]


def public_actions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in actions():
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield path, node


def test_actions_name_their_arguments():
    """One subject may stand first; everything else, above all who does it, is said by name."""
    unnamed = [
        place(path, node.lineno)
        for path, node in public_actions()
        if "by" in {argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]} and len(node.args.args) > 1
    ]

    assert not unnamed


def test_language_belongs_to_the_reader():
    branches = [
        place(path, node.lineno)
        for path in written_by_hand()
        if "core" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Compare)
        for part in [node.left, *node.comparators]
        if isinstance(part, ast.Constant) and part.value in {"zh", "zh-hans", "en"}
    ]

    assert not branches + lines_matching(templates(), LANGUAGE_IN_TEMPLATE)


@pytest.mark.parametrize("rule", NOT_STRICT)
def test_templates_keep_the_strict_policy(rule):
    assert not [
        place(path, path.read_text().count("\n", 0, found.start()) + 1)
        for path in templates()
        for found in NOT_STRICT[rule].finditer(path.read_text())
    ]


def test_addresses_are_named_after_their_views():
    misnamed = [
        f"{place(path, node.lineno)} {view} is called {name}"
        for path in written_by_hand()
        if path.stem == "urls" and path.parent.name != "shenyang_fao"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"path", "re_path"}
        for name in [next((word.value.value for word in node.keywords if word.arg == "name"), None)]
        for view in [getattr(node.args[1], "attr", None)]
        if view and name != view
    ]

    assert not misnamed


def test_migrations_are_named_by_hand():
    assert not [place(path) for path in production() if path.parent.name == "migrations" and "_auto_" in path.stem]
