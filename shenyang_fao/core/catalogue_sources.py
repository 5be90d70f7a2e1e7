"""Finds the translatable strings: in Python files by syntax tree, in templates by Django's own `templatize`.

`locale/theme.txt` adds words of third-party packages that our catalogue speaks for them, one a line,
a plural after " | ".
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "locale" / "theme.txt"
NOT_OURS = {"tests", "docs", "deploy"}
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}
# The order in which each function takes its words.
FUNCTIONS = {
    "_": ("text",),
    "gettext": ("text",),
    "ngettext": ("text", "plural"),
    "pgettext": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
}
QUOTED = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
TEMPLATE_CALL = re.compile(rf"(?<![\w.])(_|gettext|n?pgettext|ngettext)\(\s*({QUOTED}(?:\s*,\s*{QUOTED})*)", re.DOTALL)


@dataclass
class Message:
    """One translatable string and the files it stands in."""

    text: str
    plural: str = ""
    context: str = ""
    comment: str = ""
    files: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """How gettext's compiled catalogues name it."""
        return f"{self.context}\x04{self.text}" if self.context else self.text


def collect() -> list[Message]:
    """Every string of the project, each once, in alphabetical order."""
    found: dict[str, Message] = {}
    for message in _all_messages():
        kept = found.setdefault(message.key, message)
        kept.plural = kept.plural or message.plural
        kept.files = sorted({*kept.files, *message.files})
    return sorted(found.values(), key=lambda message: (message.text, message.context))


def _all_messages() -> Iterator[Message]:
    for path in _sources():
        is_python = path.suffix == ".py"
        source = path.read_text(encoding="utf-8")
        for words in from_python(source) if is_python else from_template(source):
            yield Message(**words, files=[path.relative_to(ROOT).as_posix()])
    for line in THEME.read_text(encoding="utf-8").splitlines() if THEME.exists() else []:
        if line.strip() and not line.startswith("#"):
            text, _bar, plural = line.strip().partition(" | ")
            yield Message(text, plural=plural, comment="theme")


def _sources() -> Iterator[Path]:
    for folder in sorted(ROOT.iterdir()):
        if folder.name in NOT_OURS or folder.name.startswith(".") or not folder.is_dir():
            continue
        if (folder / "__init__.py").exists():
            yield from sorted(folder.rglob("*.py"))
        for templates in [folder] if folder.name == "templates" else sorted(folder.rglob("templates")):
            yield from sorted(path for path in templates.rglob("*") if path.suffix in TEMPLATE_SUFFIXES)


def from_python(source: str) -> Iterator[dict[str, str]]:
    """The words of each call such as `gettext_lazy("...")` whose arguments are written out."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        roles = FUNCTIONS.get(name.removesuffix("_lazy").removesuffix("_noop"))
        words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if roles and len(words) >= len(roles):
            yield dict(zip(roles, words, strict=False))


def from_template(source: str) -> Iterator[dict[str, str]]:
    """The words of `translate`, `blocktranslate` and `_()` in a template."""
    for name, arguments in TEMPLATE_CALL.findall(templatize(source)):
        words = ast.literal_eval(f"({arguments},)")
        roles = FUNCTIONS[name]
        if len(words) >= len(roles):
            yield dict(zip(roles, words, strict=False))
