"""Lines of a YAML file with a comment beside or above each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from sdgcities.findings import Message
from sdgcities.plugin.declared.undecided import UNDECIDED

__all__ = ["UNDECIDED", "Line", "flow", "line", "note", "scalar", "written"]

_PLAIN = re.compile(r"[A-Za-z\u00c0-\u024f][\w .()/%+\u00c0-\u024f-]*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "~"})


class Line(NamedTuple):
    """A line, and what is said of it: beside it, or above it where there is no line."""

    text: str
    remark: Message | None = None


def line(text: str, remark: Message | None = None) -> Line:
    """A line with a remark beside it."""
    return Line(text, remark)


def note(remark: Message) -> Line:
    """A remark on a line of its own."""
    return Line("", remark)


def scalar(text: str) -> str:
    """A text as YAML writes it, in quotation marks where it could be read as something else."""
    plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS and not text.endswith(" ") and " #" not in text
    return text if plain else json.dumps(text, ensure_ascii=False)


def flow(value: object) -> str:
    """Mappings and lists on one line."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{scalar(str(key))}: {flow(item)}' for key, item in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(flow, value))}]"
    return (
        str(value)
        if isinstance(value, int) and not isinstance(value, bool)
        else {True: "true", False: "false"}.get(value, "")
        if isinstance(value, bool)
        else scalar(str(value))
    )


def written(lines: Iterable[Line], words: Callable[[Message], str]) -> str:
    """The lines as a file, remarks in the reader's language."""
    done = []
    for text, remark in lines:
        said = " ".join(words(remark).split()) if remark else ""
        indent = " " * (len(text) - len(text.lstrip()))
        if said and text and len(text) + len(said) < _WIDTH:
            done.append(f"{text}   # {said}")
        elif said:
            done += [f"{indent}# {said}", text] if text else [f"# {said}"]
        else:
            done.append(text)
    return "\n".join(done) + "\n"


_WIDTH = 150
