"""`make measure`: how large and how tangled the code is, what nothing uses, what is written twice. Fails on what is too much.

A table by app, in lines, functions and branches as ruff counts them; then every finding with file and line.
"""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from statistics import median, quantiles

from vulture import Vulture

ROOT = Path(__file__).resolve().parents[1]
RULES = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
LONGEST_FUNCTION = 40
LONGEST_MODULE = 350
MEDIAN_FUNCTION = 10
MOST_COMPLEX = RULES["ruff"]["lint"]["mccabe"]["max-complexity"]
# So many nodes of the syntax tree, some four lines, are worth a name of their own when they stand in two places.
TWICE_AT_LEAST = 40
STATEMENTS_AT_MOST = 12
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
READ_BY_DJANGO = {"settings", "formats", "urls", "machine_urls"}
WORD = re.compile(r"[A-Za-z_]\w*")
DOTTED = re.compile(r"\w+(\.\w+)*")
NAME = re.compile(r"(?<=Name\(id=')\w+|(?<=arg\(arg=')\w+")


@dataclass(frozen=True)
class Function:
    place: str
    name: str
    lines: int


@dataclass
class App:
    """What is measured of one app, or of the tests."""

    name: str
    modules: dict[str, int] = field(default_factory=dict)
    functions: list[Function] = field(default_factory=list)
    complexities: list[int] = field(default_factory=lambda: [0])

    def row(self) -> tuple[str, ...]:
        lengths = sorted(function.lines for function in self.functions)
        cells = (
            len(self.modules), sum(self.modules.values()), len(lengths), f"{median(lengths):g}",
            f"{quantiles(lengths, n=20)[-1]:.0f}", lengths[-1], max(self.modules.values()), max(self.complexities),
        )  # fmt: skip
        return (self.name, *map(str, cells))


HEADER = ("", "modules", "lines", "functions", "median", "95 %", "longest", "longest module", "most complex")


def main() -> int:
    files = {path: ast.parse(path.read_text()) for path in sources(*production(), "tests")}
    apps = measured(files)
    show([HEADER, *(app.row() for app in apps.values())])
    ours = {path: tree for path, tree in files.items() if app_of(path) != "tests"}
    found = [*too_large(apps), *unused(ours), *written_twice(ours)]
    print(*found, sep="\n")
    return 1 if found else 0


def production() -> list[str]:
    return [name for name in RULES["importlinter"]["root_packages"] if (ROOT / name).is_dir()]


def sources(*folders: str) -> Iterator[Path]:
    """Yield the modules written by hand."""
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def app_of(path: Path) -> str:
    first, second, *_rest = path.relative_to(ROOT).parts
    return f"{first}/{Path(second).stem}" if first == "shenyang_fao" and not second.endswith(".py") else first


def place(path: Path, line: int = 1) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def measured(files: dict[Path, ast.Module]) -> dict[str, App]:
    apps: dict[str, App] = {}
    for path, tree in files.items():
        app = apps.setdefault(app_of(path), App(app_of(path)))
        app.modules[place(path)] = len(path.read_text().splitlines())
        app.functions += [
            Function(place(path, node.lineno), node.name, node.end_lineno - node.lineno + 1)
            for node in ast.walk(tree)
            if isinstance(node, FUNCTIONS)
        ]
    for path, complexity in complexities():
        if app_of(path) in apps:
            apps[app_of(path)].complexities.append(complexity)
    return apps


def complexities() -> Iterator[tuple[Path, int]]:
    """Yield the branches of every function as ruff counts them, so that the table and the rule cannot disagree."""
    command = [sys.executable, "-m", "ruff", "check", "--select", "C901", "--ignore-noqa", "--output-format", "json"]
    done = subprocess.run(
        [*command, "--config", "lint.mccabe.max-complexity=0", *production(), "tests"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    for entry in json.loads(done.stdout):
        yield Path(entry["filename"]), int(entry["message"].rpartition("(")[2].split(" ")[0])


def show(rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *numbers in rows:
        cells = (number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True))
        print(name.ljust(widths[0]), *cells, sep="  ")


def too_large(apps: dict[str, App]) -> Iterator[str]:
    for app in apps.values():
        if app.name == "tests":
            continue
        for function in app.functions:
            if function.lines > LONGEST_FUNCTION:
                yield f"{function.place} {function.name} has {function.lines} lines, more than {LONGEST_FUNCTION}"
        for where, lines in app.modules.items():
            if lines > LONGEST_MODULE:
                yield f"{where} has {lines} lines, more than {LONGEST_MODULE}"
        if median(function.lines for function in app.functions) > MEDIAN_FUNCTION:
            yield f"{app.name}: half of the functions have more than {MEDIAN_FUNCTION} lines"
        if max(app.complexities) > MOST_COMPLEX:
            yield f"{app.name}: a function has more than {MOST_COMPLEX} branches; ruff names it"


def unused(files: dict[Path, ast.Module]) -> Iterator[str]:
    """Yield what nothing names: no Python, no template, no string such as a dotted path; `[tool.vulture]` says what else may."""
    rules = RULES["vulture"]
    search = Vulture(ignore_names=rules["ignore_names"], ignore_decorators=rules["ignore_decorators"])
    search.scavenge([str(path) for path in files])
    search.used_names.update(*map(names_in_texts, files.values()))
    for template in (path for path in (ROOT / "templates").rglob("*") if path.is_file()):
        search.used_names.update(WORD.findall(template.read_text()))
    for item in search.get_unused_code(min_confidence=60):
        # Columns and options of classes are read by name, by Django; so are settings.
        if item.typ not in {"attribute", "variable"} or item.name in constants(item.filename, files[item.filename]):
            yield f"{place(item.filename, item.first_lineno)} {item.typ} {item.name} is not used"


def names_in_texts(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.fullmatch(node.value):
            yield from node.value.split(".")


def constants(path: Path, tree: ast.Module) -> set[str]:
    """Return the names that a module itself gives to values, for others of ours to read."""
    if path.stem in READ_BY_DJANGO:
        return set()
    assigned = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    return {name.id for node in assigned for name in ast.walk(node) if isinstance(name, ast.Name)}


def written_twice(files: dict[Path, ast.Module]) -> Iterator[str]:
    """Yield pieces that stand in more than one place, each in its greatest extent."""
    places: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
    for path, tree in files.items():
        for function in ast.walk(tree):
            if isinstance(function, FUNCTIONS):
                for first, last, digest in pieces(function):
                    places[digest].add((str(path), first, last))
    doubled = [sorted(spots) for spots in places.values() if len(spots) > 1]
    covered: set[tuple[str, int]] = set()
    for spots in sorted(doubled, key=lambda spots: spots[0][1] - spots[0][2]):
        lines = {(path, line) for path, first, last in spots for line in range(first, last + 1)}
        if not lines <= covered:
            covered |= lines
            yield "written twice: " + ", ".join(place(Path(path), first) for path, first, _last in spots)


def pieces(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[int, int, str]]:
    """Yield first line, last line and digest of every run of statements that is large enough."""
    own = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    own |= {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    for node in ast.walk(function):
        for block in ("body", "orelse", "finalbody", "handlers"):
            statements = getattr(node, block, [])
            if isinstance(statements, list):
                yield from runs([one for one in statements if not is_text(one)], own)


def runs(statements: list[ast.stmt], own: set[str]) -> Iterator[tuple[int, int, str]]:
    sizes = [sum(1 for _node in ast.walk(statement)) for statement in statements]
    for start in range(len(statements)):
        for stop in range(start + 1, min(start + STATEMENTS_AT_MOST, len(statements)) + 1):
            if sum(sizes[start:stop]) >= TWICE_AT_LEAST:
                text = renamed("".join(map(ast.dump, statements[start:stop])), own)
                yield statements[start].lineno, statements[stop - 1].end_lineno, sha256(text.encode()).hexdigest()


def renamed(text: str, own: set[str]) -> str:
    """Call a function's own names by their order, so that two pieces which differ in names only are equal."""
    order: dict[str, str] = {}
    return NAME.sub(lambda found: order.setdefault(found[0], f"_{len(order)}") if found[0] in own else found[0], text)


def is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


if __name__ == "__main__":
    sys.exit(main())
