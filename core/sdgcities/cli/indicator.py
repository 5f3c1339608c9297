"""`sdgcities indicator`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session

if TYPE_CHECKING:
    from sdgcities.model.statistics import Indicator


@click.group("indicator", cls=TranslatedGroup)
def command() -> None:
    """The catalogue of indicators.

    Example: sdgcities indicator list
    """


@command.command("list")
@click.option("--tag", metavar="T", help="Only those that carry this tag, such as one of a theme.")
@options.as_json
@click.pass_obj
def list_indicators(session: Session, tag: str | None, *, as_json: bool) -> None:
    """List the indicators of the hub's countries with their SDG codes, UMF cells and tags.

    Example: sdgcities indicator list
    """
    from sdgcities.findings import msg
    from sdgcities.reports.reference import unit_name

    catalogue = session.catalogue
    wanted = catalogue.tag(tag) if tag is not None else None
    found = [one for items in catalogue.indicators.values() for one in items.values() if wanted is None or wanted.on(one)]
    if as_json:
        session.json([_data(session, one) for one in found])
        return
    if not found:
        session.say(msg("No indicator carries the tag %(tag)s.", tag=tag) if tag else msg("The plugins of this hub bring no indicators yet."))
        return
    rows = [
        (
            one.code,
            session.text(one.name),
            session.text(unit_name(one.unit)),
            " ".join(one.sdg) or "-",
            " ".join(one.umf_cells) or "-",
            " ".join(tag.id for tag in catalogue.tagged(one)) or "-",
            session.word(one.status),
        )
        for one in found
    ]
    session.table(("Code", "Name", "Unit", "SDG", "UMF", "Tags", "Status"), list(dict.fromkeys(rows)))  # a theme gives one to several countries


@command.command("show")
@click.argument("code")
@options.as_json
@click.pass_obj
def show(session: Session, code: str, *, as_json: bool) -> None:
    """Show one indicator: definition, unit, direction, bounds, source, programmes.

    Example: sdgcities indicator show GH-1.2.1
    """
    from sdgcities.reports.reference import unit_name

    one = session.catalogue.indicator(code)
    if as_json:
        session.json(_data(session, one))
        return
    bounds = " - ".join(str(bound) if bound is not None else "…" for bound in (one.minimum, one.maximum))
    session.fields(
        [
            ("Code", one.code),
            ("Name", session.text(one.name)),
            ("Definition", session.text(one.definition)),
            ("Unit", session.text(unit_name(one.unit))),
            ("Direction", session.word(one.direction)),
            ("Target", _target(session, one)),
            ("Bounds", "" if one.minimum is None and one.maximum is None else bounds),
            ("Frequency", one.frequency),
            ("Disaggregation", ", ".join(one.disaggregation)),
            ("SDG indicators", ", ".join(_listed(session, code, "sdg") for code in one.sdg) or session.text(one.no_sdg_reason)),
            ("UMF cells", ", ".join(one.umf_cells)),
            ("UMF code", _listed(session, one.umf_code, "umf") if one.umf_code else ""),
            ("Tags", ", ".join(session.text(tag.name) for tag in session.catalogue.tagged(one))),
            ("Programmes", "; ".join(one.programmes)),
            ("National core", session.text("yes") if one.core else session.text("no")),
            ("Source", f"{session.text(one.source.office)}: {session.text(one.source.table)}"),
            ("Status", session.word(one.status)),
        ]
    )


def _target(session: Session, one: Indicator) -> str:
    """What the indicator is to reach, as the plugin says; a city may set another."""
    from sdgcities.tracks.data.progress.aims import goal_of

    goal = goal_of(one, {})
    return f"{session.formats.number(goal.value)} ({goal.year}; {goal.source}) [{session.word(goal.status)}]" if goal else ""


def _listed(session: Session, code: str, name: str) -> str:
    """A code of a framework with how settled it is; one that the list in force does not have is told as such."""
    from sdgcities.model.sources import Status

    entry = getattr(session.hub.frameworks, name).entries.get(code)
    if entry is None:
        return f"{code} [{session.text('not in the list')}]"
    return code if entry.status is Status.OFFICIAL and not entry.until else f"{code} [{entry.until or session.word(entry.status)}]"


def _data(session: Session, one: Indicator) -> dict[str, object]:
    return {**asdict(one), "tags": [tag.id for tag in session.catalogue.tagged(one)]}
