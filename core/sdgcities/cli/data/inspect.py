"""`sdgcities data inspect`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import ALIKE, Session

if TYPE_CHECKING:
    from sdgcities.findings import Finding, Severity
    from sdgcities.tracks.data.inspecting.inspection import Inspection


@click.command("inspect", cls=TranslatedCommand)
@click.argument("path", metavar="FILE|DIR|ZIP", type=options.PATH)
@click.option("-o", "--output", metavar="PROFILE.yaml", type=options.PATH, help="Write the proposed profile there; without it, it is printed.")
@click.option("--sheet", metavar="NAME", default="", help="The sheet of a workbook to look at; otherwise the one that looks most like a table.")
@options.as_json
@click.pass_obj
def command(session: Session, path: Path, output: Path | None, sheet: str, *, as_json: bool) -> None:
    """Say what a file of an office looks like, with the evidence, and propose an import profile. Nothing is stored.

    Example: sdgcities data inspect ghanapop.csv
    """
    from sdgcities.tracks.data.importing.contents import is_collection
    from sdgcities.tracks.data.inspecting.inspection import inspect
    from sdgcities.tracks.data.inspecting.putting import put_profile

    if is_collection(path):
        _several(session, path, as_json=as_json)
        return
    inspection = inspect(session.catalogue, path, sheet)
    count = put_profile(inspection, output, session.words) if output else 0
    if as_json:
        session.json(_data(session, inspection, output))
        return
    _show(session, inspection, printed=output is None)
    if output:
        _written(session, output, count)


def _show(session: Session, inspection: Inspection, *, printed: bool) -> None:
    from sdgcities.cli.output import out, shown_path
    from sdgcities.findings import msg, nmsg
    from sdgcities.tracks.data.inspecting.asking import asked
    from sdgcities.tracks.data.inspecting.putting import profile_text
    from sdgcities.tracks.data.inspecting.told import findings

    told = findings(inspection)
    out(shown_path(inspection.path))
    for line in _lines(session, told):
        out(line)
    if questions := asked(told):
        out(session.words(nmsg("%(n)s question is open: see the line with !.", "%(n)s questions are open: see the lines with !.", len(questions))))
    if printed and not inspection.profile and (text := profile_text(inspection, session.words)):
        out()
        out(session.words(msg("A profile for it; -o PROFILE.yaml writes it:")))
        out()
        out(text.rstrip())


def _lines(session: Session, told: Sequence[Finding]) -> Iterator[str]:
    """A line a finding; of many of one kind the first, and how many more there are."""
    from sdgcities.findings import nmsg
    from sdgcities.tracks.data.inspecting.asking import asked

    left = Counter((finding.code, finding.severity) for finding in told)
    shown: Counter[tuple[str, Severity]] = Counter()
    for finding in told:
        kind = finding.code, finding.severity
        shown[kind] += 1
        if shown[kind] <= ALIKE:
            yield _line(session, finding)
        elif shown[kind] == ALIKE + 1:
            more = left[kind] - ALIKE
            if asked([finding]):
                text = nmsg("%(n)s more question of this kind; the profile lists all.", "%(n)s more questions of this kind; the profile lists all.", more)
            else:
                text = nmsg("%(n)s more note of this kind; --json lists all.", "%(n)s more notes of this kind; --json lists all.", more)
            yield f"{'!' if asked([finding]) else '·'} {session.words(text)}"


def _line(session: Session, finding: Finding) -> str:
    """One statement; the file stands above all of them."""
    from dataclasses import replace

    from sdgcities.tracks.data.inspecting.asking import asked

    here = replace(finding, where=replace(finding.where, file=None))
    return f"{'!' if asked([finding]) else '·'} {session.finding_line(here)}"


def _written(session: Session, output: Path, count: int) -> None:
    from sdgcities.findings import msg, nmsg

    if count:
        told = nmsg("%(file)s: one place to fill in, marked ???.", "%(file)s: %(n)s places to fill in, each marked ???.", count, file=output)
        session.say(told)
    else:
        session.say(msg("%(file)s: written. Look it through, then: sdgcities data import FILE --profile %(file)s", file=output))


def _data(session: Session, inspection: Inspection, output: Path | None) -> dict[str, object]:
    from sdgcities.cli.output import shown_path
    from sdgcities.tracks.data.inspecting.asking import asked
    from sdgcities.tracks.data.inspecting.putting import profile_text
    from sdgcities.tracks.data.inspecting.shown import as_data
    from sdgcities.tracks.data.inspecting.told import findings

    told = findings(inspection)
    return {
        "file": shown_path(inspection.path),
        **as_data(inspection),
        "questions": len(asked(told)),
        "findings": [session.finding_data(finding) for finding in told],
        "profile": profile_text(inspection, session.words) or None,
        "written": shown_path(output) if output else None,
    }


def _several(session: Session, path: Path, *, as_json: bool) -> None:
    from sdgcities.tracks.data.inspecting.folders import listed

    found = listed(session.catalogue, path)
    if as_json:
        session.json(
            [
                {
                    "file": one.file,
                    "format": one.format or None,
                    "rows": one.rows,
                    "whole": one.whole,
                    "profile": one.profile or None,
                    "finding": session.finding_data(one.problem) if one.problem else None,
                }
                for one in found
            ]
        )
        return
    rows = [
        (one.file, one.format or "-", f"{one.rows}{'' if one.whole else '+'}", one.profile or "-", session.words(one.problem.message) if one.problem else "")
        for one in found
    ]
    session.table(("File", "Format", "Rows", "Profile", "Remark"), rows)
