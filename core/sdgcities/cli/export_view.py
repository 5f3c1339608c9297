"""Exports as the command line runs them and tells of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sdgcities.cli.session import Session
from sdgcities.errors import refuse
from sdgcities.exchange.formats import FORMATS, Format
from sdgcities.exchange.labels import Labels
from sdgcities.exchange.outgoing import Asked, Outgoing, outgoing
from sdgcities.exchange.replacing import need_free, seal
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.i18n.translator import Translator
from sdgcities.intake.files import sha256_of
from sdgcities.writing import whole_folder


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
        try:
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


def _written(form: Format, going: Outgoing, path: Path) -> Sequence[Finding]:
    if not form.folder:
        return form.write(going, path)
    going.before = path if path.is_dir() else None
    with whole_folder(path) as draft:
        found = form.write(going, draft)
        seal(draft, going.at)
    return found


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
