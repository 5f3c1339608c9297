"""Words that stand where somebody still has to write something."""

from __future__ import annotations

import re

_PLACEHOLDER = re.compile(
    r"\b(todo|tbd|tba|fixme|xxx+|change ?me|lorem ipsum|replace (this|me)|your (name|office|organisation|organization))\b|^[\s.?_\u2013-]*$|^n/?a$",
    re.IGNORECASE,
)
_SAMPLE_ADDRESS = re.compile(r"[@.]?\bexample(\.(org|com|net|edu))?\b>?\s*$", re.IGNORECASE)


def is_placeholder(text: str) -> bool:
    """Whether the text says nothing yet: `TODO`, dots and dashes, nothing at all."""
    return bool(_PLACEHOLDER.search(text))


def is_sample_address(text: str) -> bool:
    """Whether the address of a person or office is one of an example, such as `example.org`, where nobody reads."""
    return bool(_SAMPLE_ADDRESS.search(text))
