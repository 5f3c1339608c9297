"""The texts that need translating, out of code, templates and data, into the catalogues: `make locales`.

Translations stay. A translation made by a machine or not yet reviewed carries the extracted comment `draft` until a reviewer takes it away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from sdgcities.i18n.catalogues import DOMAIN
from sdgcities.i18n.languages import plural_count, plural_form
from sdgcities.i18n.marked import texts_of_module
from sdgcities.intake.files import read_text
from sdgcities.intake.po import DRAFT, MAX_BYTES, babel_catalogue, empty_catalogue
from sdgcities.intake.yaml import Document, load_yaml
from sdgcities.resources import PACKAGE, resource_dir

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

TEMPLATE_KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "ngettext": (1, 2)}
TEXT_KEYS = frozenset(
    {"name", "title", "text", "does", "definition", "description", "support", "rationale", "reason", "word", "no_sdg_reason", "notes", "method"}
)
"""The keys of a data file whose values, or lists of values, people read."""
LABEL_KEYS = frozenset({"codes", "labels", "waives"})
"""The keys whose mapping gives each code its label."""
OPTION_KEYS = frozenset({"default", "options"})
"""The keys whose lists are of codes that are shown as words, with blanks for their hyphens."""
PASSED_OVER = frozenset({"example", "counterexample", "source", "sources"})
"""The keys below which nothing is translated: examples, and offices and tables by their own names."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text to translate and the file it stands in."""

    msgid: str | tuple[str, str]
    file: str


def texts_of_folder(folder: Path, root: Path) -> Iterator[Text]:
    """Every text of the Python modules, YAML files and templates of a folder, in a stable order."""
    readers = {".py": texts_of_module, ".html": _template, ".yaml": _yaml}
    for path in sorted(folder.rglob("*")):
        if path.suffix in readers and path.is_file():
            for msgid in readers[path.suffix](path):
                yield Text(msgid, path.relative_to(root).as_posix())


def texts_of_document(document: Document) -> Iterator[str]:
    """The texts of a data file: the values of its text keys and the labels of its codes, wherever they stand."""
    todo = [document.data]
    while todo:
        node = todo.pop(0)
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict):
            yield from (text for key, value in node.items() for text in _own_texts(key, value) if isinstance(text, str) and text)
            todo += (value for key, value in node.items() if key not in PASSED_OVER)


def _own_texts(key: str, value: object) -> Iterable[object]:
    if key in LABEL_KEYS and isinstance(value, dict):
        return value.values()
    if key in OPTION_KEYS and isinstance(value, list):
        return [option.replace("-", " ") for option in value if isinstance(option, str)]
    if key not in TEXT_KEYS:
        return ()
    return value if isinstance(value, list) else (value,)


def _yaml(path: Path) -> Iterator[str]:
    return texts_of_document(load_yaml(path))


def _template(path: Path) -> Iterator[str | tuple[str, str]]:
    from babel.messages.extract import extract  # noqa: PLC0415 - the maintainer's desk only

    for _, found, _, _ in extract("jinja2.ext:babel_extract", BytesIO(path.read_bytes()), TEMPLATE_KEYWORDS, options={"silent": "false"}):
        yield found if isinstance(found, str) else (found[0], found[1])


def update_catalogue(path: Path, texts: Iterable[Text]) -> None:
    """Bring the texts into a PO file: new ones untranslated, those that went are dropped, the others as they are."""
    from babel.messages.pofile import write_po  # noqa: PLC0415 - as above

    language = path.parts[-3]
    count = plural_count(plural_form(language))
    old = babel_catalogue(read_text(path, MAX_BYTES), str(path), count) if path.is_file() else empty_catalogue(count)
    new = empty_catalogue(count)
    for text in texts:
        new.add(text.msgid, locations=[(text.file, 0)])
    for block in new:
        if block.id and (known := old.get(block.id)):
            block.string = known.string
            block.flags |= known.flags
            block.user_comments = known.user_comments
            block.auto_comments = [comment for comment in known.auto_comments if comment == DRAFT]
    body = BytesIO()
    write_po(body, new, omit_header=True, include_lineno=False, sort_by_file=True, width=120)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_header(language, old).encode() + body.getvalue())


def _header(language: str, old: Catalog) -> str:
    """No dates: extracting twice gives the same file."""
    fields = (
        f"Project-Id-Version: {DOMAIN}",
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {plural_form(language)}",
    )
    comment = "\n".join(line for line in old.header_comment.splitlines() if line.strip("# ")) if len(old) else ""
    head = comment or f"# {DOMAIN} in {language}. The comment `{DRAFT}` marks a translation that nobody has reviewed."
    return head + '\nmsgid ""\nmsgstr ""\n' + "".join(f'"{field}\\n"\n' for field in fields) + "\n"


def main() -> None:
    """Update the core's catalogues in the checkout."""
    root = PACKAGE.parent.parent
    texts = [text for folder in (PACKAGE, resource_dir("templates")) for text in texts_of_folder(folder, root)]
    for path in sorted(resource_dir("locales").glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        update_catalogue(path, texts)


if __name__ == "__main__":
    main()
