"""TOML, limited in size and depth: the `pyproject.toml` of a plugin."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.files import read_text

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
    text = read_text(path)
    try:
        return TomlFile(str(path), tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        where = Where(str(path), line=int(place[1]), character=int(place[2])) if place else Where(str(path))
        raise _refused(msg("This is not valid TOML: %(problem)s.", problem=_PLACE.sub("", str(error)).strip()), where) from error
    except (ValueError, RecursionError) as error:
        raise _refused(msg("This TOML is not accepted: a number is too long, or tables are nested too deeply."), Where(str(path))) from error


def _refused(problem: Message, where: Where) -> Refused:
    return refuse("toml.syntax", problem, msg("Correct the file and run the command again."), where)
