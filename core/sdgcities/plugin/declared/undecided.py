"""What a proposed file leaves to a person: places marked ???."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.intake.yaml import Document, NodePath

UNDECIDED = "???"


def check_decided(document: Document) -> None:
    """Refuse a file in which a person has not decided everything yet, naming every place."""
    places = list(_places(document.data, ()))
    if places:
        hint = msg("Replace ??? by what is right; what the choices are stands beside it. Take the line out where it does not apply.")
        problems = [(_told(path), document.where(path)) for path in places]
        raise Refused([Finding("profile.undecided", Severity.BLOCK, problem, hint, where) for problem, where in problems])


def _told(path: NodePath) -> Message:
    if not path:
        return msg("All of the file is still to be decided.")
    return msg("%(key)s is still to be decided.", key="/".join(map(str, path)))


def _places(node: object, path: NodePath) -> Iterator[NodePath]:
    if node == UNDECIDED:
        yield path
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield from _places(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _places(value, (*path, number))
