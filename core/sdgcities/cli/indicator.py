"""`sdgcities indicator`."""

from __future__ import annotations

from dataclasses import asdict

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session


@click.group("indicator", cls=TranslatedGroup)
def command() -> None:
    """The catalogue of indicators.

    Example: sdgcities indicator list
    """


@command.command("list")
@options.as_json
@click.pass_obj
def list_indicators(session: Session, *, as_json: bool) -> None:
    """List the indicators of the hub's countries with their SDG codes and UMF cells.

    Example: sdgcities indicator list
    """
    from sdgcities.findings import msg
    from sdgcities.reports.reference import unit_name

    found = [one for items in session.catalogue.indicators.values() for one in items.values()]
    if as_json:
        session.json([asdict(one) for one in found])
        return
    if not found:
        session.say(msg("The plugins of this hub bring no indicators yet."))
        return
    rows = [
        (
            one.code,
            session.text(one.name),
            session.text(unit_name(one.unit)),
            " ".join(one.sdg) or "-",
            " ".join(one.umf_cells) or "-",
            session.word(one.status),
        )
        for one in found
    ]
    session.table(("Code", "Name", "Unit", "SDG", "UMF", "Status"), rows)


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
        session.json(asdict(one))
        return
    bounds = " - ".join(str(bound) if bound is not None else "…" for bound in (one.minimum, one.maximum))
    session.fields(
        [
            ("Code", one.code),
            ("Name", session.text(one.name)),
            ("Definition", session.text(one.definition)),
            ("Unit", session.text(unit_name(one.unit))),
            ("Direction", session.word(one.direction)),
            ("Bounds", "" if one.minimum is None and one.maximum is None else bounds),
            ("Frequency", one.frequency),
            ("Disaggregation", ", ".join(one.disaggregation)),
            ("SDG indicators", ", ".join(one.sdg) or session.text(one.no_sdg_reason)),
            ("UMF cells", ", ".join(one.umf_cells)),
            ("UMF code", one.umf_code),
            ("Programmes", "; ".join(one.programmes)),
            ("National core", session.text("yes") if one.core else session.text("no")),
            ("Source", f"{session.text(one.source.office)}: {session.text(one.source.table)}"),
            ("Status", session.word(one.status)),
        ]
    )
