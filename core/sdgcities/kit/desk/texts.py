"""The texts of a plugin that people read: the file and line of each, and what it is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

from sdgcities.i18n.extract import texts_of_core, texts_of_document, texts_of_folder
from sdgcities.i18n.wanted import MsgId, Text
from sdgcities.intake.yaml import Document, NodePath, load_yaml
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.manifest import FILE
from sdgcities.plugin.schema_nodes import subschemas
from sdgcities.reports.reference import unit_name

Placed = tuple[NodePath, str]
"""A text and where in its document it stands."""

DATA = {"indicators": "indicator", "codelists": "dimension", "milestones": "milestone", "modality": "support", "tags": "tag"}
"""Kinds of files whose texts stand under the keys that the core's own data has them under, and what each speaks of."""
_IDS = ("code", "id", "milestone")
"""Keys that tell which one a text belongs to."""
_IN_WORDS = {"waives": "reason for waiving the track", "codes": "label of", "parameters": "choice in", "enum": "choice"}
_CODE = re.compile(r"[A-Z0-9_.+/-]*", re.ASCII)


def texts_of(manifest: Manifest) -> tuple[Text, ...]:
    """What is to be translated, each text once. Raises Refused for a file that can't be read."""
    found: dict[MsgId, Text] = {}
    for text in places_of(manifest):
        found.setdefault(text.msgid, text)
    return tuple(found.values())


@cache
def core_sources() -> tuple[Text, ...]:
    """Every text of the core, once for each place."""
    return tuple(texts_of_core())


@cache
def core_texts() -> frozenset[str]:
    """The texts of the core."""
    return frozenset(text.key for text in core_sources())


def places_of(manifest: Manifest) -> Iterator[Text]:
    """Every place of every text: in the manifest, data, forms, profiles, templates and Python. Raises Refused for a file that can't be read."""
    yield from _of_file(manifest, manifest.folder / FILE, "plugin", _manifest_texts)
    for kind, noun in DATA.items():
        if file := manifest.path(kind):
            yield from _of_file(manifest, file, noun, texts_of_document)
    yield from _units_of(manifest)
    for kind, noun, read in (("forms", "form", _form_texts), ("profiles", "import profile", _profile_texts)):
        for file in _files(manifest.path(kind)):
            yield from _of_file(manifest, file, noun, read)
    yield from texts_of_folder(manifest.folder, manifest.folder, (".py", ".html"))


def also_shown(manifest: Manifest) -> frozenset[str]:
    """Names of offices, of their tables and of programmes: they may be translated, and nobody asks for it."""
    files = [manifest.folder / FILE, *filter(None, map(manifest.path, DATA)), *_files(manifest.path("forms")), *_files(manifest.path("profiles"))]
    return frozenset(name for file in files for name in _names(load_yaml(file).data))


def _names(node: object) -> Iterator[str]:
    if isinstance(node, list):
        yield from (name for value in node for name in _names(value))
    elif isinstance(node, dict):
        yield from (value for key, value in node.items() if key in {"office", "table"} and isinstance(value, str))
        yield from (value for value in node.get("programmes") or () if isinstance(value, str))
        yield from (name for value in node.values() for name in _names(value))


def _files(folder: Path | None) -> list[Path]:
    return sorted(folder.glob("*.yaml")) if folder else []


def _of_file(manifest: Manifest, file: Path, noun: str, read: Callable[[Document], Iterable[Placed]]) -> Iterator[Text]:
    document = load_yaml(file)
    for path, text in read(document):
        if "parameters" in path and text in core_texts():
            continue  # the core's own choices
        yield Text(text, file.relative_to(manifest.folder).as_posix(), document.where(path).line, _shown(noun, document.data, path))


def _units_of(manifest: Manifest) -> Iterator[Text]:
    """Units of measure, in words, that the core does not know."""
    file = manifest.path("indicators")
    document = load_yaml(file) if file else None
    entries = document.data.get("indicators") if document and isinstance(document.data, dict) else None
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        word = unit_name(str(entry.get("unit") or "")) if isinstance(entry, dict) else ""
        if word and word not in core_texts() and document and file:
            line = document.where(("indicators", number, "unit")).line
            yield Text(word, file.relative_to(manifest.folder).as_posix(), line, "unit of measure")


def _shown(noun: str, data: object, path: NodePath) -> str:
    """What a text is, for its translator: `form city-profile, field council/women: title`."""
    named, fields, key, node = "", [], "", data
    for before, step in zip(("", *path), path, strict=False):
        if isinstance(node, Mapping):
            named = next((str(node[one]) for one in _IDS if isinstance(node.get(one), str)), named)
        fields += [str(step)] if before == "properties" else []
        key = str(step) if isinstance(step, str) and before != "properties" else key
        key = f"{_IN_WORDS[str(before)]} {step}" if before in _IN_WORDS and isinstance(step, str) else key
        node = node[step] if isinstance(node, Mapping | list) else None  # type: ignore[index]  # a path leads through its own document
    field = f", field {'/'.join(fields)}" if fields else ""
    return f"{noun} {named}".rstrip() + f"{field}: {_IN_WORDS.get(key, key.replace('_', ' '))}"


def _manifest_texts(document: Document) -> Iterator[Placed]:
    manifest = cast("dict[str, Any]", document.data)
    yield from _words((("title",), manifest["title"]))
    yield from _words(*((("levels", number, "name"), level["name"]) for number, level in enumerate(manifest.get("levels", ()))))
    yield from _words(*((("waives", track), reason) for track, reason in manifest.get("waives", {}).items()))


def _form_texts(document: Document) -> Iterator[Placed]:
    """The title of a form; the titles, descriptions and options of its fields, at any depth."""
    form = cast("dict[str, Any]", document.data) if isinstance(document.data, dict) else {}
    yield from _words((("title",), form.get("title")))
    for path, node in subschemas(form.get("schema")):
        place = ("schema", *path)
        yield from _words(((*place, "title"), node.get("title")), ((*place, "description"), node.get("description")))
        yield from (((*place, "enum"), option) for option in _options(node.get("enum")))


def _profile_texts(document: Document) -> Iterator[Placed]:
    """The title alone: the rest of a profile is how the office writes."""
    yield from _words((("title",), document.data.get("title"))) if isinstance(document.data, dict) else ()


def _options(values: object) -> Iterator[str]:
    """Options in words; one in capitals and figures alone is a code, and the same in every language."""
    yield from (value for value in values if isinstance(value, str) and not _CODE.fullmatch(value)) if isinstance(values, list) else ()


def _words(*values: tuple[NodePath, object]) -> Iterator[Placed]:
    yield from ((path, value) for path, value in values if isinstance(value, str) and value)
