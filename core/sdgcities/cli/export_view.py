"""Exports as the command line runs them and tells of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sdgcities.cli.progress_bar import rows_read
from sdgcities.cli.session import Session
from sdgcities.errors import refuse
from sdgcities.exchange.formats import FORMATS, Format
from sdgcities.exchange.labels import Labels
from sdgcities.exchange.outgoing import Asked, Outgoing, outgoing
from sdgcities.exchange.replacing import Filling, need_free
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.i18n.translator import Translator
from sdgcities.intake.files import sha256_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed."""

    places: tuple[str, ...]
    indicators: tuple[str, ...]
    form: str
    output: Path
    languages: tuple[str, ...]
    replace: bool


def export(session: Session, wanted: Wanted, *, as_json: bool) -> None:
    """Write what was asked for and say where it is. Nothing that stood there is lost unless it may be replaced."""
    catalogue, form = session.catalogue, FORMATS[wanted.form]
    units = tuple(catalogue.place(text).id for text in wanted.places)
    asked = Asked(units, tuple(catalogue.indicator(code).code for code in wanted.indicators))
    labels = labels_of(session, wanted.languages)
    need_free(wanted.output, form, replace=wanted.replace)
    with outgoing(catalogue, asked, labels) as going:
        _tell_long(session, wanted, going, quiet=as_json)
        try:
            with rows_read(session.text("Exporting"), wanted=not as_json) as going.progress:
                findings = [*_written(form, going, wanted.output), *_unknown(going.unknown, wanted.output)]
        except OSError as error:
            problem = msg("It can't be written: %(reason)s.", reason=error.strerror or str(error))
            raise refuse("export.unwritable", problem, msg("Name another place: -o PATH."), Where(file=str(wanted.output))) from error
        counted = {"units": len(going.unit_codes), "indicators": len(going.indicators)}
    if as_json:
        digest = {} if form.folder else {"sha256": sha256_of(wanted.output)}
        shown = [session.finding_data(finding) for finding in findings]
        session.json({"path": str(wanted.output), "format": wanted.form, **counted, **digest, "findings": shown})
        return
    session.show_report(findings)
    if not form.figures:
        session.say(msg("Wrote %(file)s: what the codes of this hub mean. Figures are not in it.", file=wanted.output))
        return
    session.say(msg("Wrote %(file)s. Indicators: %(indicators)s; places: %(units)s.", file=wanted.output, **counted))
    session.say(msg("Small counts of people stand in it as they are: it is not for the public. To publish figures: sdgcities data publish."))


def _tell_long(session: Session, wanted: Wanted, going: Outgoing, *, quiet: bool) -> None:
    """Before somebody waits for a very large workbook, how to wait less."""
    from sdgcities.exchange.workbook import MANY, MOST_ROWS

    if wanted.form == "xlsx" and not quiet and MANY < going.count <= MOST_ROWS:
        session.say(msg("A workbook of %(n)s figures takes minutes; --to csv writes the same figures in seconds.", n=going.count))


def _written(form: Format, going: Outgoing, path: Path) -> Sequence[Finding]:
    if not form.folder:
        return form.write(going, path)
    filling = Filling(path, form.settings)
    going.before = filling.before
    with filling.filled(going.at) as draft:
        found = form.write(going, draft)
    return [*found, *filling.findings()]


def labels_of(session: Session, languages: Sequence[str]) -> list[Labels]:
    """Names and labels in each language that was asked for. Refused where one is no language code."""
    found = []
    for language in dict.fromkeys(name.strip() for name in languages):
        if not re.fullmatch(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8}){0,3}", language):
            problem = msg("%(text)s is no language code.", text=language or "“”")
            raise refuse("export.language", problem, msg("Write codes with commas between them, such as en,pt_PT,tr."))
        code = language.replace("-", "_")
        found.append(Labels(code, Translator(code, session.catalogues).text))
    return found


def _unknown(codes: Sequence[str], path: Path) -> list[Finding]:
    if not codes:
        return []
    told = msg("Left out, for no plugin of the hub defines them any more: %(codes)s.", codes=", ".join(codes))
    return [Finding("export.unknown", Severity.NOTE, told, None, Where(file=str(path)))]
