"""TOML, limited in size and depth: the `pyproject.toml` of a plugin."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.documents import read_document

MAX_DEPTH = 50
MAX_NUMBER = 2**63
_LONG_KEY = re.compile(r"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}""")
"""A key of so many parts that reading it alone would fill the memory."""
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """The data of a file, and its text for the places in it."""

    file: str
    data: Mapping[str, object]
    text: str

    def where(self, *sought: str) -> Where:
        """The first line that holds one of the texts, the first text before the others; the file alone where none does."""
        lines = self.text.splitlines()
        for text in sought:
            for number, line in enumerate(lines, start=1):
                if text in line:
                    return Where(file=self.file, line=number, character=line.index(text) + 1)
        return Where(file=self.file)


def load_toml(path: Path) -> TomlFile:
    """Read a TOML file of at most 1 MB. Raises Refused with the line of what is wrong."""
    text, where = read_document(path), Where(str(path))
    if long := _LONG_KEY.search(text):
        raise _refused(msg("Nested deeper than %(depth)s levels.", depth=MAX_DEPTH), Where(str(path), line=text.count("\n", 0, long.start()) + 1))
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        where = Where(str(path), line=int(place[1]), character=int(place[2])) if place else where
        raise _refused(msg("This is not valid TOML: %(problem)s.", problem=_PLACE.sub("", str(error)).strip()), where) from error
    except (ValueError, RecursionError) as error:
        raise _refused(msg("This TOML is not accepted: a number is too long, or tables are nested too deeply."), where) from error
    _look_through(data, where)
    return TomlFile(str(path), data, text)


def _look_through(data: Mapping[str, object], where: Where) -> None:
    """Refuse what TOML allows and nobody can keep: endless numbers, NUL, and a depth that nobody wrote by hand."""
    todo: list[tuple[object, int]] = [(data, 1)]
    while todo:
        node, depth = todo.pop()
        if depth > MAX_DEPTH:
            raise _refused(msg("Nested deeper than %(depth)s levels.", depth=MAX_DEPTH), where)
        if isinstance(node, int | float) and not abs(node) < MAX_NUMBER:
            raise _refused(msg("The number is too large or too small; put it in quotes if it is a code."), where)
        if isinstance(node, str) and "\0" in node:
            raise _refused(msg("A text holds U+0000, which is no character."), where)
        children = [*node, *node.values()] if isinstance(node, dict) else node if isinstance(node, list) else ()
        todo.extend((child, depth + 1) for child in children)


def _refused(problem: Message, where: Where) -> Refused:
    return refuse("toml.syntax", problem, msg("Correct the file and run the command again."), where)
