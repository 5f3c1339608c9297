"""`sdgcities data correct`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session
from sdgcities.findings import mark

if TYPE_CHECKING:
    from sdgcities.tracks.data.batches.correcting import Corrected


_dimensions = options.pairs(mark("Write the dimension and its code, such as sex=F."))


class _Figures(TranslatedCommand):
    """A command that takes a figure: -5 is one, and no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.ignore_unknown_options = any(re.fullmatch(r"-[0-9][0-9.,]*", text) for text in args)
        return super().parse_args(ctx, args)


@click.command("correct", cls=_Figures)
@click.argument("place")
@click.argument("indicator")
@click.argument("period")
@click.argument("value", required=False)
@click.option("--missing", metavar="REASON", help="Instead of a value: why there is none (not_collected, not_published, confidential, unreliable, ...).")
@click.option("--dimension", "dimensions", metavar="NAME=CODE", multiple=True, callback=_dimensions, help="Of which split, such as sex=F. May be given again.")
@click.option("--source", metavar="OFFICE; TABLE", help="Where the value comes from; otherwise the source stays.")
@click.option("--status", metavar="S", help="A normal, P provisional, E estimated, U of low reliability; otherwise it stays.")
@options.reason
@options.author
@options.as_json
@click.pass_obj
def command(  # noqa: PLR0913, PLR0917 - click gives each option by its name
    session: Session,
    place: str,
    indicator: str,
    period: str,
    value: str | None,
    missing: str | None,
    dimensions: dict[str, str],
    source: str | None,
    status: str | None,
    reason: str,
    author: str | None,
    *,
    as_json: bool,
) -> None:
    """Correct one published figure, with a reason; the old one stays on record. Says what rested on it.

    Example: sdgcities data correct GH1408 GH-POP 2021 119000 --reason "The office corrected its table in June."
    """
    from sdgcities.cli.resting_view import tell_resting
    from sdgcities.tracks.data.batches.correcting import Correction, correct
    from sdgcities.tracks.data.batches.resting import replaced_by, rests_on

    if (value is None) == (missing is None):
        raise click.UsageError(session.text("Give the right VALUE, or --missing with the reason for none."))
    typed = Correction(place, indicator, period, reason, value or "", missing or "", dimensions, source or "", status or "")
    done = correct(session.catalogue, typed, session.acting, session.person(author))
    resting = rests_on(session.catalogue, replaced_by(session.catalogue, done.batch))
    if as_json:
        before = done.before
        session.json(
            {
                "batch": done.batch,
                "unit": done.unit.id,
                "indicator": done.indicator.code,
                "period": str(done.period),
                "before": None if before.value is None else f"{before.value:f}",
                "before_missing": before.missing,
                "findings": [session.finding_data(finding) for finding in done.findings],
                "rested_on_it": [one.as_data() for one in resting],
            }
        )
        return
    session.show_report(done.findings)
    _tell(session, done, value or missing or "")
    tell_resting(session, resting)


def _tell(session: Session, done: Corrected, new: str) -> None:
    from sdgcities.findings import msg
    from sdgcities.tracks.data.batches.correcting import value_of

    told = msg(
        "%(indicator)s of %(unit)s in %(period)s is %(new)s now, was %(old)s (batch %(batch)s).",
        indicator=done.indicator.code,
        unit=session.place(done.unit),
        period=session.period(done.period),
        new=new,
        old=value_of(done.before),
        batch=done.batch,
    )
    session.say(told)
