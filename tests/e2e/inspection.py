"""What is looked for on each page: barriers, things that run over the edge, words of the other language."""

import re
from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
# What reads the same in both languages: addresses, files, numbers and codes, units, names of formats.
ALIKE = re.compile(
    r"https?://\S+|\S+@\S+|[\w.•-]+\.(?:png|pdf|gov\.cn|com\.cn|cn|com)\b|SYFAO-[A-Z]+-[\d-]+|[0-9a-f]{32,64}|\w+/[\w.-]+"
    r"|SHA-256|IANA|UTF-8|GBK|ICS|Atom|XLSX|CSV|Excel|DEU|PDF|JPEG|PNG|WebP|KB|MB|GeoNames|CC BY|RCEP|APEC|English|JavaScript|Cookie|invitation-table-\d"
)
# Said to screen readers by the theme's scrolling script, which has no translation.
OF_THE_THEME = {"scrollable content"}
LATIN_WORD = re.compile(r"(?<![^\W\d_])[A-Za-z]{3,}(?![^\W\d_])")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff] ?[,;:!?()] ?[\u4e00-\u9fff]|[\u4e00-\u9fff] ?\(|\) ?[\u4e00-\u9fff]")

_RUNS_OVER = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > edge + 1)
    .map(e => e.tagName + '.' + e.className).slice(0, 3);
}"""
# Text that is seen and that nothing marks as being in another language than the page.
_TEXTS = """(language) => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, text = walker.currentNode.data.trim();
    const own = element.closest('[lang]').lang.toLowerCase();
    if (text && own === language.toLowerCase() && !element.closest('script, style, template, noscript, textarea, .material-symbols-outlined')
        && element.checkVisibility({visibilityProperty: true})) found.push(text);
  }
  for (const field of document.querySelectorAll('[placeholder], [aria-label], [title]'))
    for (const name of ['placeholder', 'aria-label', 'title'])
      if (field.checkVisibility() && field.closest('[lang]').lang.toLowerCase() === language.toLowerCase())
        found.push(field.getAttribute(name) || '');
  return found;
}"""


def overflow(page: Page) -> list[str]:
    """What stands beyond the right edge of the window."""
    return list(page.evaluate(_RUNS_OVER))


def barriers(page: Page, within: str | None = None, impacts: set[str] | None = None) -> list[str]:
    """What axe finds, one line each; only of these ``impacts`` where they are named."""
    found = AXE.run(page, context=within).response["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]}"
        for rule in found
        if impacts is None or rule["impact"] in impacts
        for node in rule["nodes"]
    ]


def foreign_text(page: Page, language: str, names: Iterable[str]) -> list[str]:
    """Texts of the page that are not in its language, or not set as its language sets them.

    ``names`` are what people typed: it stays as it is in every language.
    """
    texts = page.evaluate(_TEXTS, page.locator("html").get_attribute("lang"))
    typed = "".join(sorted(names))
    known = {word.lower() for name in names for word in LATIN_WORD.findall(name)}
    if language == "en":
        return [text for text in texts if CHINESE.search(text) and not _is_typed(text, typed)]
    texts = [text for text in texts if text not in OF_THE_THEME]
    return [text for text in texts if _english(text, known) or (HALF_WIDTH.search(text) and text not in typed)]


def _english(text: str, known: set[str]) -> list[str]:
    return [word for word in LATIN_WORD.findall(ALIKE.sub(" ", text)) if word.lower() not in known]


def _is_typed(text: str, typed: str) -> bool:
    """Whether all that is Chinese in a text was typed by somebody."""
    return all(run in typed for run in re.findall(r"[\u4e00-\u9fff]+", text))
