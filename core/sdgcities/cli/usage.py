"""What click says of a command that was typed wrongly, in one line of our own words, with what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

import click

from sdgcities.findings import Message, msg

_PATTERNS = (
    (r"No such command (?P<name>.+?)\.(?: Did you mean .*)?", msg("There is no command %(name)s.")),
    (r"No such option:? (?P<name>[^ ]+?)\.?(?: .*)?", msg("There is no option %(name)s.")),
    (r"Not UTF-8: (?P<name>.+)", msg("%(name)s is not readable text (UTF-8). Rename the file, or type it again.")),
    (r"Missing command\.?", msg("The command is incomplete.")),
    (r"Missing (?:argument|parameter|option) (?P<name>.+?)\.(?: .*)?", msg("%(name)s is missing.")),
    (r"Option (?P<name>.+) requires an argument\.?", msg("The option %(name)s needs a value.")),
    (r"Option (?P<name>.+) does not take a value\.?", msg("The option %(name)s takes no value.")),
    (r"Got unexpected extra arguments? \((?P<name>.*)\)\.?", msg("Not understood: %(name)s. A text with blanks needs quotation marks around it.")),
    (r"Invalid value for (?P<name>.+?): (?P<value>.+) is not one of (?P<options>.+?)\.?", msg("%(name)s can't be %(value)s. It is one of: %(options)s.")),
    (r"Invalid value for (?P<name>.+?): (?P<value>.+) is not a valid integer(?: range)?\.?", msg("%(name)s must be a whole number, not %(value)s.")),
    (r"Invalid value for (?P<name>.+?): (?P<value>.+) is not in the range 1<=x<=2147483647\.?", msg("%(name)s can't be %(value)s: no record has that number.")),
    (
        r"Invalid value for (?P<name>.+?): (?P<value>.+) is not in the range (?P<least>.+)<=x<=(?P<most>.+?)\.?",
        msg("%(name)s can't be %(value)s. It is a number from %(least)s to %(most)s."),
    ),
    (r"Invalid value for (?P<name>.+?): (?P<value>.+)", msg("%(name)s: %(value)s")),
)
"""Click's English wording, and ours. A wording that is new in a release of click is shown as it is."""


def wording(error: click.UsageError) -> Message:
    """What is wrong."""
    said = " ".join(error.format_message().split())
    for pattern, ours in _PATTERNS:
        if found := re.fullmatch(pattern, said):
            return Message(ours.text, {name: (value or "").replace("'", "") for name, value in found.groupdict().items()})
    return Message("%(said)s", {"said": said})


def advice(error: click.UsageError) -> Message:
    """What to do: the nearest command or option, and where the help is."""
    command = error.ctx.command_path if error.ctx else "sdgcities"
    near = ", ".join(_near(error))
    if near:
        return msg("Did you mean %(near)s? See: %(command)s --help.", near=near, command=command)
    return msg("See: %(command)s --help.", command=command)


def _near(error: click.UsageError) -> Iterator[str]:
    typed = re.search(r"No such (?:command|option):? '?(?P<name>[^' ]+?)'?\.?(?: |$)", error.format_message())
    if typed is None or error.ctx is None:
        return
    command = error.ctx.command
    known = command.list_commands(error.ctx) if isinstance(command, click.Group) else []
    known += [name for parameter in command.params for name in parameter.opts if name.startswith("-")]
    yield from get_close_matches(typed["name"], known, n=2)
