"""Review and publication as the command line runs them and tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from sdgcities.cli.export_view import labels_of
from sdgcities.cli.output import out
from sdgcities.cli.publication_pages import pages
from sdgcities.cli.session import Session
from sdgcities.errors import Refused, refuse
from sdgcities.exchange.outgoing import Asked, Outgoing, outgoing
from sdgcities.exchange.publishing import editions, lost
from sdgcities.exchange.publishing.editions import State, Wanted, follows, states, unlicensed, withdrawn
from sdgcities.exchange.publishing.folder import check, sealed, unfit
from sdgcities.exchange.publishing.seen import need_seen
from sdgcities.findings import Finding, Message, Severity, Where, mark, msg, nmsg
from sdgcities.hub.upgrading import BACKUPS, BESIDE
from sdgcities.registry.cities import City
from sdgcities.registry.evidence import FOLDER
from sdgcities.registry.figures import current
from sdgcities.registry.publications import Decision, Office, Verdict, hands_on, record_reviews
from sdgcities.registry.publications import editions as published
from sdgcities.writing import whole_folder

DECIDED = {"accept": mark("accepted"), "return": mark("returned")}


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What was typed of a review."""

    city: City
    indicators: tuple[str, ...]
    decision: str | None
    reason: str
    office: str
    output: Path | None
    seen: Path | None
    """The folder of an earlier review that the decision is on."""


@dataclass(frozen=True, slots=True)
class Publishing:
    """What was typed of a publication."""

    city: City
    path: Path
    licence: str
    title: str | None
    justified: Mapping[str, str]
    dry_run: bool


def review(session: Session, asked: Reviewing, *, as_json: bool) -> None:
    """List what would go out, or decide on it."""
    catalogue, city = session.catalogue, asked.city
    codes = tuple(catalogue.indicator(code).code for code in asked.indicators)
    if asked.output is not None:
        _need_new(asked.output)
    with outgoing(catalogue, Asked((city.unit.id,), codes), labels_of(session, [session.language])) as going:
        found = states(going, going.connection, city)
        if asked.output is not None:
            _shown(going, asked.output, found)
    if asked.decision is not None:
        found = _decided(session, asked, codes, Decision(asked.decision))
        if not as_json:
            session.say(
                nmsg(
                    "On record: %(n)s indicator, %(decision)s.",
                    "On record: %(n)s indicators, %(decision)s.",
                    len(found),
                    decision=session.text(DECIDED[asked.decision]),
                )
            )
            return
    if as_json:
        session.json([_state_data(one) for one in found])
        return
    if asked.output is not None:
        session.say(msg("Wrote %(folder)s: the files as they would go out, with their digests. Look at them before you decide.", folder=asked.output))
    rows = [
        (one.table.indicator.code, session.text(one.table.indicator.name), str(one.table.rows), str(len(one.table.hidden)), _said(session, one))
        for one in found
    ]
    session.table(("Code", "Name", "Figures", "Hidden", "Review"), rows)


def _decided(session: Session, asked: Reviewing, codes: tuple[str, ...], decision: Decision) -> list[State]:
    """Keep the decision on what the reviewer looked at; nothing changes between the comparison and the record."""
    catalogue, city = session.catalogue, asked.city
    verdict = Verdict(decision, Office(asked.office), asked.reason)
    with catalogue.hub.database.writing() as connection, outgoing(catalogue, Asked((city.unit.id,), codes), labels_of(session, [session.language])) as going:
        found = states(going, connection, city)
        if asked.seen is not None:
            found = need_seen(asked.seen, going, found, codes)
        digests = {one.table.indicator.code: one.table.sha256 for one in found}
        record_reviews(connection, city.unit.id, digests, verdict, session.acting, hands_on(current(connection, [city.unit.id])))
        return found


def _said(session: Session, one: State) -> str:
    if one.review is None or one.lacks is not None:
        return session.words(one.lacks) if one.lacks else ""
    by = {"actor": one.review.actor, "office": session.text(one.review.office.replace("-", " ")), "day": session.when(one.review.at)}
    return session.words(msg("accepted by %(actor)s (%(office)s), %(day)s", **by))


def _state_data(one: State) -> dict[str, object]:
    held = one.review
    decided = {"decision": "accept" if held.accepted else "return", "sha256": held.sha256, "office": held.office, "reason": held.reason} if held else None
    return {
        "indicator": one.table.indicator.code,
        "figures": one.table.rows,
        "hidden": len(one.table.hidden),
        "sha256": one.table.sha256,
        "review": {**decided, "at": held.at, "actor": held.actor} if decided and held else None,
        "goes_out": one.lacks is None,
    }


def publish(session: Session, asked: Publishing, *, as_json: bool) -> None:
    """A new edition of what was reviewed; what stays behind is told, each with the reason."""
    catalogue, city = session.catalogue, asked.city
    title = asked.title or session.words(msg("SDG indicators of %(city)s", city=session.place(city.unit)))
    _need_apart(session, asked.path)
    labels = labels_of(session, [session.language])
    with outgoing(catalogue, Asked((city.unit.id,)), labels) as going:
        found = states(going, going.connection, city)
    ready = [one for one in found if one.lacks is None]
    back = [_left(session, one) for one in found if one.lacks is not None]
    if not ready:
        hint = msg("Have a reviewer look and decide: sdgcities data review %(city)s -o DIR, then --accept --seen DIR --reason TEXT.", city=city.unit.id)
        raise Refused([Finding("publish.nothing", Severity.BLOCK, msg("Nothing can be published: no indicator was reviewed as it is."), hint), *back])
    with catalogue.hub.database.writing() as connection, outgoing(catalogue, Asked((city.unit.id,), _codes(ready)), labels) as going:
        notes = [_let_pass(one, asked.justified) for one in _doubts(connection, going, city, ready, asked.path)]
        if any(note.severity is Severity.JUSTIFY for note in notes):
            raise Refused(notes)
        if names := unfit(_codes(ready), asked.path):
            raise Refused(names)
        if asked.dry_run:
            _tell_dry(session, ready, [*notes, *back], as_json=as_json)
            return
        now = states(going, connection, city)
        if any(one.lacks is not None for one in now):
            raise refuse("publish.meanwhile", msg("Figures or decisions changed meanwhile."), msg("Run the command again."))
        wanted = Wanted(asked.path, asked.licence, title, partial(pages, session, title=title), asked.justified)
        with _writing(asked.path, msg("Name another folder: -o DIR.")):
            prepared = editions.prepare(connection, going, city, now, wanted, session.acting)
    with catalogue.hub.database.writing(), _writing(asked.path, msg("The edition is on record. Put that right and run the command again, which ends it.")):
        edition = editions.finish(prepared, wanted)  # one publisher at a time, as before it
    if as_json:
        told = {
            "number": edition.edition.number,
            "new": edition.new,
            "licence": edition.edition.licence,
            "at": edition.edition.at,
            "files": edition.edition.files,
        }
        session.json({"city": city.unit.id, "path": str(asked.path), **told, "findings": [session.finding_data(one) for one in (*notes, *back)]})
        return
    session.show_findings([*notes, *back])
    if not edition.new:
        session.say(msg("Nothing changed: edition %(n)s stands.", n=edition.edition.number))
        return
    counted = {"n": edition.edition.number, "indicators": len(ready), "hidden": sum(len(one.hidden) for one in edition.tables)}
    session.say(msg("Published edition %(n)s. Indicators: %(indicators)s; figures hidden: %(hidden)s.", **counted))
    session.say(msg("Put the folder %(path)s on any web server; people begin with index.html.", path=asked.path))
    session.say(msg("To see later whether it is unchanged: sdgcities data publish %(city)s -o %(path)s --check.", city=city.unit.id, path=asked.path))


def _doubts(connection: Connection, going: Outgoing, city: City, ready: Sequence[State], path: Path) -> list[Finding]:
    """What needs a word before an edition is made."""
    recorded = published(connection, [city.unit.id])[city.unit.id]
    return [*lost.unstated(path, recorded), *withdrawn(connection, city, ready, path), *unlicensed(going, path), *follows(ready)]


@contextmanager
def _writing(path: Path, hint: Message) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = msg("It can't be written: %(reason)s.", reason=error.strerror or str(error))
        raise refuse("publish.unwritable", problem, hint, Where(file=str(path))) from error


def _need_apart(session: Session, path: Path) -> None:
    """Editions lie in a folder of their own: whoever serves it must not serve the hub's records, nor may it lie among the hub's own files."""
    here, hint = Where(file=str(path)), msg("Name a folder of its own: -o DIR.")
    if path.exists() and not path.is_dir():
        raise refuse("publish.file", msg("It is a file, and editions need a folder."), hint, here)
    hub, folder = session.hub.folder.resolve(), path.resolve()
    if hub.is_relative_to(folder):
        raise refuse("publish.hub", msg("The hub lies in this folder: whoever serves it would serve the hub's records too."), hint, here)
    if any(folder.is_relative_to(hub / name) for name in (FOLDER, BACKUPS, *BESIDE)):
        raise refuse("publish.hub", msg("The hub keeps files of its own in this folder."), hint, here)


def _need_new(path: Path) -> None:
    if path.exists():
        raise refuse("review.there", msg("It is there already."), msg("Name a new folder: -o DIR."), Where(file=str(path)))


def _shown(going: Outgoing, path: Path, found: Sequence[State]) -> None:
    """The files that would go out, with what explains them."""
    with _writing(path, msg("Name another folder: -o DIR.")):
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_folder(path) as draft:
            editions.fill(going, draft, found)
            sealed(draft)


def check_folder(session: Session, city: City, path: Path, *, as_json: bool) -> None:
    """Hold a folder against what was published. Refused with the first file that differs."""
    with session.catalogue.hub.database.reading() as connection:
        known = published(connection, [city.unit.id])[city.unit.id]
    if not known:
        raise refuse("publish.none", msg("Nothing was published of this city."), msg("See: sdgcities data publish --help."))
    gone = lost.stated(path, known)
    check(path, known, gone)
    known = [one for one in known if one.number not in gone]
    files = sum(len(one.files) for one in known)
    if as_json:
        session.json({"city": city.unit.id, "path": str(path), "editions": len(known), "files": files, "unchanged": True, "lost": gone})
        return
    told = nmsg(
        "Unchanged: %(files)s files of %(n)s edition are as they were published.",
        "Unchanged: %(files)s files of %(n)s editions are as they were published.",
        len(known),
        files=files,
    )
    out(session.words(told))


def _codes(ready: Sequence[State]) -> tuple[str, ...]:
    return tuple(one.table.indicator.code for one in ready)


def _left(session: Session, one: State) -> Finding:
    assert one.lacks is not None, "only what stays behind is asked"
    told = msg("%(code)s stays behind: %(why)s.", code=one.table.indicator.code, why=session.words(one.lacks))
    return Finding("publish.left", Severity.NOTE, told)


def _let_pass(finding: Finding, justified: Mapping[str, str]) -> Finding:
    if finding.code not in justified:
        return finding
    return replace(finding, severity=Severity.NOTE, hint=msg("Let pass, with the reason: %(reason)s", reason=justified[finding.code]))


def _tell_dry(session: Session, ready: Sequence[State], findings: Sequence[Finding], *, as_json: bool) -> None:
    if as_json:
        session.json({"would_publish": [_state_data(one) for one in ready], "findings": [session.finding_data(one) for one in findings]})
        return
    session.show_findings(findings)
    session.say(msg("Would publish: %(codes)s. Nothing was written.", codes=", ".join(_codes(ready))))
