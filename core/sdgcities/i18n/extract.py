"""The texts that need translating, out of code, templates and data. `make locales` brings those of the core into its catalogues."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from io import BytesIO
from pathlib import Path

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.i18n.catalogues import DOMAIN
from sdgcities.i18n.marked import texts_of_module
from sdgcities.i18n.update import update_catalogue
from sdgcities.i18n.wanted import MsgId, Text
from sdgcities.intake.yaml import Document, NodePath, load_yaml
from sdgcities.resources import PACKAGE, resource_dir

TEMPLATE_KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}
TEXT_KEYS = frozenset(
    {"name", "title", "text", "does", "definition", "description", "support", "rationale", "reason", "word", "no_sdg_reason", "notes", "method", "rename"}
)
"""The keys of a data file whose values, or lists of values, people read."""
LABEL_KEYS = frozenset({"codes", "labels", "waives"})
"""The keys whose mapping gives each code its label."""
OPTION_KEYS = frozenset({"default", "options"})
"""The keys whose lists are of codes that are shown as words, with blanks for their hyphens."""
CHOSEN_KEYS = frozenset({"parameters"})
"""The keys whose mapping gives names to such lists."""
PASSED_OVER = frozenset({"example", "counterexample", "source", "sources", "sdmx"})
"""The keys below which nothing is translated: examples, offices and tables by their own names, and codes of SDMX."""


def texts_of_core() -> list[Text]:
    """Every text of the core, once for each place."""
    templates = resource_dir("templates")
    root = PACKAGE.parent.parent if templates.is_relative_to(PACKAGE.parent.parent) else PACKAGE.parent
    return [text for folder in (PACKAGE, templates) for text in texts_of_folder(folder, root)]


def texts_of_folder(folder: Path, root: Path, suffixes: Collection[str] = (".py", ".html", ".yaml")) -> Iterator[Text]:
    """Every text of the Python modules, YAML files and templates of a folder, in a stable order."""
    readers = {".py": texts_of_module, ".html": _template, ".yaml": _yaml}
    for path in sorted(folder.rglob("*")):
        if path.suffix in suffixes and path.is_file():
            yield from (Text(msgid, path.relative_to(root).as_posix(), line) for line, msgid in _read(path, readers[path.suffix]))


def _read(path: Path, reader: Callable[[Path], Iterable[tuple[int | None, MsgId]]]) -> list[tuple[int | None, MsgId]]:
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - the translator's desk only

    try:
        return list(reader(path))
    except (SyntaxError, TemplateSyntaxError, ValueError) as error:
        problem, where = str(error).splitlines()[0], Where(file=str(path), line=getattr(error, "lineno", None))
        raise refuse("extract.syntax", msg("The file can't be read: %(problem)s.", problem=problem), msg("Correct it first."), where) from error


def texts_of_document(document: Document) -> Iterator[tuple[NodePath, str]]:
    """The texts of a data file with their places: the values of its text keys and the labels of its codes, wherever they stand."""
    todo: list[tuple[NodePath, object]] = [((), document.data)]
    while todo:
        path, node = todo.pop(0)
        if isinstance(node, list):
            todo += (((*path, number), value) for number, value in enumerate(node))
        elif isinstance(node, dict):
            yield from (((*path, *step), text) for key, value in node.items() for step, text in _own_texts(key, value) if isinstance(text, str) and text)
            todo += (((*path, key), value) for key, value in node.items() if key not in PASSED_OVER)


def _own_texts(key: str, value: object) -> Iterable[tuple[NodePath, object]]:
    if key in LABEL_KEYS and isinstance(value, dict):
        return [((key, code), label) for code, label in value.items()]
    if key in CHOSEN_KEYS and isinstance(value, dict):
        return [((key, name), option) for name, chosen in value.items() for option in _options(chosen)]
    if key in OPTION_KEYS:
        return [((key,), option) for option in _options(value)]
    if key not in TEXT_KEYS:
        return ()
    return [((key, number), text) for number, text in enumerate(value)] if isinstance(value, list) else [((key,), value)]


def _options(value: object) -> Iterable[str]:
    return [option.replace("-", " ") for option in value if isinstance(option, str)] if isinstance(value, list) else ()


def _yaml(path: Path) -> Iterator[tuple[int | None, MsgId]]:
    document = load_yaml(path)
    yield from ((document.where(place).line, text) for place, text in texts_of_document(document))


def _template(path: Path) -> Iterator[tuple[int | None, MsgId]]:
    from babel.messages.extract import extract  # noqa: PLC0415 - the maintainer's desk only

    for line, found, _, _ in extract("jinja2.ext:babel_extract", BytesIO(path.read_bytes()), TEMPLATE_KEYWORDS, options={"silent": "false"}):
        yield line, found if isinstance(found, str) else (found[0], found[1])


def main() -> None:
    """Update the core's catalogues in the checkout."""
    texts = texts_of_core()
    for path in sorted(resource_dir("locales").glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        update_catalogue(path, texts)


if __name__ == "__main__":
    main()
