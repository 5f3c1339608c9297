"""Which texts of a module people read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sdgcities.i18n.marked import texts_of_module

MODULE = '''
class Status(StrEnum):
    """Standing."""

    IN_FORCE = "in_force"
    DRAFT = "draft"


class Other:
    KEPT = "not a word"


@group.command("list")
@click.option("--year", metavar="Y", default="no text", help="The year.")
def list_things(session):
    """List the things
    of the hub.

    Example: sdgcities thing list
    """
    session.table(("Name", "Since", variable), [("a row", "no header")])
    session.fields([("Stage", session.text("active")), *(("Claim", f"{x}") for x in found)])
    print(f"{session.text('inside an f-string')} {text(variable)} {name('no text')}")
    return mark("one " "sentence"), nmsg("%(n)s city", "%(n)s cities", n), msg("""two
lines""")


def helper():
    """No command, no text."""
'''


@pytest.fixture
def texts(tmp_path: Path) -> list[str | tuple[str, str]]:
    path = tmp_path / "module.py"
    path.write_text(MODULE, encoding="utf-8")
    return [text for _, text in texts_of_module(path)]


def test_every_kind_is_found_in_the_order_of_the_file(texts: list[str | tuple[str, str]]) -> None:
    assert texts == [
        "in force",
        "draft",
        "The year.",
        "List the things of the hub.",
        "Name",
        "Since",
        "Stage",
        "Claim",
        "active",
        "inside an f-string",
        "one sentence",
        ("%(n)s city", "%(n)s cities"),
        "two\nlines",
    ]


def test_a_statement_for_the_database_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text('from sqlalchemy import text\n\nasked = text("SELECT 1"), session.text("Stage")\n', encoding="utf-8")
    assert list(texts_of_module(path)) == [(3, "Stage")]


def test_the_command_line_leaves_no_help_out(checkout: Path) -> None:
    found = {text for path in sorted((checkout / "core" / "sdgcities" / "cli").glob("*.py")) for _, text in texts_of_module(path)}
    assert {
        "Make a new hub in DIR.",
        "Usage:",
        "Print JSON on standard output, nothing else.",
        "With a value",
        "There is no command %(name)s.",
    } <= found
    assert {"joining", "reviewer"} <= {text for _, text in texts_of_module(checkout / "core" / "sdgcities" / "model" / "hub.py")}
