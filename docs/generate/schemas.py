"""manifest.md and files.md: every key of a plugin's files, its type, its allowed values and what it says, from the JSON Schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from docs.generate.markdown import made_of, table

from sdgcities import contract, kit
from sdgcities.plugin.manifest import SCHEMAS
from sdgcities.reports.reference import units_of_measure

Node = Mapping[str, Any]

CONTRACT = Path(contract.__path__[0])
MANIFEST = SCHEMAS / "manifest.schema.json"
NOT_OF_A_PLUGIN = {"deprecations", "failures", "manifest", "strict"}
"""The manifest has a page of its own; the others describe no file of a plugin."""
ELSEWHERE = (CONTRACT / "adaptation.schema.json", Path(kit.__path__[0]) / "trial" / "demo.schema.json")
SHARED = {"source": "source", "source_entry": "source"}
"""What several files have in common stands once."""
PATTERNS = {
    "^[a-z][a-z0-9_-]*$": "id",
    "^[a-z][a-z0-9-]*$": "id",
    "^[A-Za-z0-9][A-Za-z0-9._-]*$": "code",
    "^[A-Z]{2}$": "two capital letters",
    "^[A-Z]{3}$": "three capital letters",
    "^[a-z]{2,3}(_[A-Z]{2})?$": "language, such as `sw` or `pt_PT`",
    "^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$": "name in the plugin's folder",
    "^[0-9]+(\\.[0-9]+)?$": 'number in quotation marks, `"50000"`',
    "^[0-9]+([.][0-9]+)?$": 'number in quotation marks, `"0.5"`',
    "\\S": "text",
    "^none$": "`none`",
    "^[0-9]+\\.[0-9]+$": '`"1.0"` or later',
    "^[0-9][0-9A-Za-z.+-]*$": "version, `0.1.0`",
    "^[a-z][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)*$": "module, `sdgcities_ghana.hooks`",
    "^[1-5]\\.[1-4]$": '`"1.1"` to `"5.4"`',
    "^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|not stated)$": "`2024`, `2024-06`, `2024-06-30` or `not stated`",
    "^[a-z_]+/[a-z][a-z0-9-]*$": "track, slash, id: `data/gh-open-data`",
    "^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$": "a measure, `data/gap-count`",
    "^(/[^/]+)+$": "place in the answers, `/signed_on`",
    "^(/[^/]*)*$": "place in the file, `/years/0/data`",
    "^[0-9]+(\\.[0-9]+)+$": "numbers with dots between them",
    "^[A-Z][A-Z0-9-]*$": "capital letters and digits",
    "^[0-9]{1,2}\\.[0-9a-z]{1,2}(\\.[0-9]{1,2})?$": 'codes such as `"11.3.1"`, `"11.7"`',
    "^(1[0-7]|[1-9])(\\.[0-9a-z]{1,2}(\\.[0-9]{1,2})?)?$": 'codes such as `"5"`, `"5.5"`, `"5.5.1"`',
}
"""Patterns in words; any other is shown as it is."""

WORDS = """An *id* is lower case letters, digits, `-` and `_`, beginning with a letter; a *code* is letters, digits, `.`, `-` and `_`.
Write both, and whatever looks like a number but is a code, in quotation marks where YAML would read a number: `"007"`. A key that is
not listed is refused, with its line.
"""
MANIFEST_ABOUT = f"""What a plugin says of itself: the one file that every plugin has. A hub finds and lists a plugin by it, without
running anything. The files and folders it names must be there, inside the plugin's folder; the keys of each are [here](files.md).

{WORDS}"""
FILES_ABOUT = f"""The keys of every file that [plugin.yaml](manifest.md) can name. How the files work together, the two CSV files
`units.csv` and `aliases.csv`, and a complete example stand [here](../plugin-files.md).

{WORDS}"""
_KINDS = {"string": "text", "integer": "whole number", "number": "number", "boolean": "`true` or `false`", "object": "keys and values", "null": "nothing"}


def manifest_page() -> str:
    """The page of plugin.yaml."""
    _, *sections = File(MANIFEST, level=1).sections(set())
    return made_of("core/sdgcities/plugin/schemas", "plugin.yaml", MANIFEST_ABOUT, *sections)


def files_page() -> str:
    """The page of every other file."""
    files = [file for file in sorted(SCHEMAS.glob("*.schema.json")) if file.name.removesuffix(".schema.json") not in NOT_OF_A_PLUGIN]
    told: set[str] = set()
    sections = [section for file in (*files, *ELSEWHERE) for section in File(file).sections(told)]
    return made_of("core/sdgcities/plugin/schemas", "The keys of every file", FILES_ABOUT, *sections, _units(), _questions(), _keywords())


class File:
    """The schema of one file, told as sections: the file under a heading of `level`, then each object in it."""

    def __init__(self, path: Path, level: int = 2) -> None:
        self._level = level
        self._schema = _load(path)
        self._home = path
        name, _, self.about = str(self._schema["title"]).partition(": ")
        self.name = name.replace("<id>.yaml", "")
        self._waiting: list[tuple[str, Node, Path]] = []

    def sections(self, told: set[str]) -> Iterator[str]:
        """The sections that were not told yet."""
        yield f"{'#' * self._level} {self.name}\n\n{self.about[:1].upper()}{self.about[1:]}.\n"
        yield self._keys(self._schema, self._home, "")
        while self._waiting:
            title, node, home = self._waiting.pop(0)
            if title not in told:
                told.add(title)
                about = f"{node['description']}\n\n" if "description" in node else ""
                yield f"{'#' * (self._level + 1)} {title}\n\n{about}{self._keys(node, home, title)}"

    def _keys(self, node: Node, home: Path, title: str) -> str:
        within = title.removeprefix(f"{self.name}: ")
        rows = [(f"`{key}`", _needed(node, key), self._words(value, home, _below(within, key)), _meaning(value, home)) for key, value in _properties(node)]
        return table(("key", "needed", "value", "what it says"), rows)

    def _words(self, value: Node, home: Path, title: str) -> str:
        """What may stand there."""
        node, home, name = _resolved(value, home)
        if "properties" in node:
            return self._link(node, home, name or title)
        title = name or title
        if "then" in node and "else" in node:
            return f"{self._words(node['then'], home, title)}, or {self._words(node['else'], home, title)}"
        choices = [choice for key in ("anyOf", "oneOf") for choice in node.get(key, ()) if "required" not in choice]
        if choices:
            return ", or ".join(self._words(choice, home, title) for choice in choices)
        return _fixed(node) or self._typed(node, home, title)

    def _typed(self, node: Node, home: Path, title: str) -> str:
        kinds = node.get("type", "object")
        said = [self._kind(kind, node, home, title) for kind in ([kinds] if isinstance(kinds, str) else kinds)]
        return ", or ".join(said)

    def _kind(self, kind: str, node: Node, home: Path, title: str) -> str:
        if kind == "array":
            return f"list of {self._words(node['items'], home, _below(title, 'each'))}" if "items" in node else "list"
        entries = node.get("additionalProperties")
        if kind == "object" and isinstance(entries, dict):
            names = node.get("propertyNames", {}).get("enum")
            return f"{_listed(names) if names else 'names'}, each with: {self._words(entries, home, _below(title, 'each'))}"
        if kind == "string":
            return _text(node)
        return _KINDS[kind] + _between(node)

    def _link(self, node: Node, home: Path, name: str) -> str:
        title = SHARED.get(name) or f"{self.name}: {name}"
        self._waiting.append((title, node, home))
        text = f"[{name}](#{_slug(title)})"
        return f"text, or {text}" if "string" in node.get("type", ()) and isinstance(node["type"], list) else text


def _load(path: Path) -> Node:
    schema: Node = json.loads(path.read_text(encoding="utf-8"))
    return schema


def _resolved(value: Node, home: Path) -> tuple[Node, Path, str]:
    """What a reference leads to, in which file, and its name there."""
    name = ""
    while "$ref" in value:
        file, _, pointer = str(value["$ref"]).partition("#")
        home = CONTRACT / file if file else home
        *_, name = pointer.split("/")
        value = _load(home)["$defs"][name]
    return value, home, name


def _meaning(value: Node, home: Path) -> str:
    node, *_ = _resolved(value, home)
    return str(value.get("description") or node.get("description", ""))


def _properties(node: Node) -> Iterator[tuple[str, Node]]:
    """The keys; the needed ones first. `when: false` and its like are keys that are always refused."""
    known = {key: value for key, value in node.get("properties", {}).items() if isinstance(value, dict) and ({*value} - {"description"})}
    yield from sorted(known.items(), key=lambda pair: pair[0] not in node.get("required", ()))


def _needed(node: Node, key: str) -> str:
    if key in node.get("required", ()):
        return "yes"
    if any(key in choice.get("required", ()) for choice in node.get("oneOf", ())):
        return "one of these"
    if key in node.get("then", {}).get("required", ()):
        ((asked, value),) = node["if"]["properties"].items()
        return f"where `{asked}` is `{value['const']}`"
    return "".join(f"only with `{needs}`" for needs in node.get("dependentRequired", {}).get(key, ()))


def _fixed(node: Node) -> str:
    if "const" in node:
        return f"`{json.dumps(node['const'])}`".replace('"', "")
    return _listed(node["enum"]) if "enum" in node else ""


def _listed(values: list[str]) -> str:
    *first, last = [f'`"{value}"`' if not re.fullmatch(r"[\w-]+", value) else f"`{value}`" for value in values]
    return f"{', '.join(first)} or {last}" if first else last


def _text(node: Node) -> str:
    if "format" in node:
        return {"date": "day, `2024-12-31`", "uri": "web address"}[node["format"]]
    if node.get("maxLength") == 1:
        return "one character"
    pattern = node.get("pattern")
    return "text" if pattern is None else PATTERNS.get(pattern) or f"text like `{pattern}`"


def _between(node: Node) -> str:
    least, most = node.get("minimum"), node.get("maximum")
    if most is not None:
        return f", {least} to {most}"
    return f", {least} or more" if least is not None else ""


def _below(title: str, key: str) -> str:
    return f"{title}, {key}" if title else key


def _slug(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _units() -> str:
    """The units of measure of indicators."""
    rows = [(f"`{unit}`", name) for unit, name in units_of_measure().items()]
    about = "The `unit` of an indicator is one of these; write the id. `percent` is from 0 to 100."
    return f"## Units of measure\n\n{about}\n\n{table(('id', 'name'), rows)}"


def _questions() -> str:
    """The questions of the core that a form may answer."""
    home = SCHEMAS / "questions.json"
    rows = [(f"`{question}`", _answer(node)) for question, node in _load(home).items()]
    about = "Under `answers`; the schema of the form has to make sure of the type."
    return f"## Questions that a form answers\n\n{about}\n\n{table(('question', 'the field is'), rows)}"


def _answer(node: Node) -> str:
    parts = node.get("items", {}).get("properties", {})
    if parts:
        keys = [f"`{key}`" if key in node["items"]["required"] else f"optionally `{key}`" for key in parts]
        return f"a list of entries with {', '.join(keys)}"
    kind = node["type"]
    if isinstance(kind, str):
        return {"string": "a day", "array": "a list"}[kind]
    return {"integer": "a whole number, or a list, which is counted", "string": "present"}[kind[0]]


def _keywords() -> str:
    """What the schema of a form may say."""
    schema = _load(SCHEMAS / "strict.schema.json")["properties"]
    words = ", ".join(f"`{word}`" for word in schema)
    formats = _listed(schema["format"]["enum"])
    return f"""## Keywords of a form's schema

JSON Schema 2020-12. Any other keyword is an error, and so is a `$ref` to elsewhere: {words}.

`format` is one of {formats}. `x-personal: true` marks the name or contact of a person: it is kept apart and can be erased. Where several
parts of a schema may speak of a field, one mark is enough.
"""
