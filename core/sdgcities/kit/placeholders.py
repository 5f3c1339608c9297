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


def is_sample_contact(text: str) -> bool:
    """Whether a person or office is one of an example: a placeholder, or an address at `example.org`."""
    return is_placeholder(text) or bool(_SAMPLE_ADDRESS.search(text))
