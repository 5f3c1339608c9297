"""The pages of a publication for people: what it is, and what later editions changed. They load nothing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from sdgcities.cli.session import Session
from sdgcities.exchange.publishing.changes import COLUMNS
from sdgcities.exchange.publishing.editions import Published
from sdgcities.exchange.publishing.folder import CHECKSUMS, ERRATA_PAGE, INDEX, folder_of
from sdgcities.exchange.publishing.hiding import PEOPLE
from sdgcities.findings import mark, msg, nmsg
from sdgcities.reports.charts.chart import Table
from sdgcities.reports.page import Block, Heading, Links, Listing, Words, page_of
from sdgcities.reports.wording import Wording

HEADINGS = {
    "indicator": mark("Indicator"),
    "unit": mark("Place"),
    "period": mark("Period"),
    "disaggregation": mark("Disaggregation"),
    "before": mark("Before"),
    "after": mark("After"),
    "reason": mark("Reason"),
}


def pages(session: Session, published: Published, *, title: str) -> Mapping[str, bytes]:
    """The index and the errata page."""
    wording = session.wording
    errata = wording.message(msg("Errata: %(title)s", title=title))
    return {
        INDEX: page_of(title, _index(published, title, session.hub.config.threshold, wording), wording).encode(),
        ERRATA_PAGE: page_of(errata, _errata(published, wording), wording).encode(),
    }


def _index(published: Published, title: str, threshold: int, wording: Wording) -> list[Block]:
    edition, city = published.edition, published.city.unit
    day = wording.day(edition.at)
    cite = msg(
        "%(city)s: %(title)s. Edition %(n)s, %(day)s. %(licence)s.", city=wording.place(city), title=title, n=edition.number, day=day, licence=edition.licence
    )
    facts = [
        wording.message(msg("Place: %(city)s (%(code)s)", city=wording.place(city), code=city.id)),
        wording.message(msg("Edition: %(n)s, of %(day)s", n=edition.number, day=day)),
        wording.message(msg("Licence: %(licence)s", licence=edition.licence)),
        wording.message(msg("How to cite: %(text)s", text=wording.message(cite))),
    ]
    return [
        Listing(tuple(facts)),
        *_hidden(published, threshold, wording),
        Heading(wording.message(msg("Indicators"))),
        _indicators(published, wording),
        Heading(wording.message(msg("Files"))),
        Words(
            wording.message(
                msg(
                    "The files lie in the folder %(folder)s; %(sums)s has the SHA-256 digest of each, which anyone can check.",
                    folder=published.folder,
                    sums=CHECKSUMS,
                )
            )
        ),
        Links(tuple((path, f"{published.folder}/{path}", "") for path in (*published.edition.files, CHECKSUMS))),
        Heading(wording.message(msg("Editions"))),
        _editions(published, wording),
        Links(((wording.message(msg("What later editions changed")), ERRATA_PAGE, ""),)),
    ]


def _hidden(published: Published, threshold: int, wording: Wording) -> list[Block]:
    """The rule by which small counts are left out, where the edition counts people."""
    if not any(one.indicator.unit in PEOPLE for one in published.tables):
        return []
    rule = msg(
        "Counts of people above zero and below %(threshold)s are not published. So many others are left out, and shares of them, that none of them"
        " follows by adding up groups to their total or periods to a longer one, or from a share of a published count; in the files their reason is"
        " “confidential”.",
        threshold=threshold,
    )
    count = nmsg("%(n)s figure is hidden.", "%(n)s figures are hidden.", sum(len(one.hidden) for one in published.tables))
    limits = msg(
        "The rule looks at the figures of this place in all its editions, and of the places of this hub that it lies in or that lie in it. It does not"
        " look at figures that others publish of the same people, at sums of different indicators, at shares of counts that are not among the figures,"
        " at means and ratios, or at bounds that follow since no count is below zero."
    )
    return [Words(f"{wording.message(rule)} {wording.message(count)}"), Words(wording.message(limits))]


def _indicators(published: Published, wording: Wording) -> Table:
    """What each indicator is, and how settled its definition: nothing but what is official is shown as such."""
    names = (mark("Code"), mark("Name"), mark("Definition"), mark("Unit"), mark("Source of the definition"), mark("Status"), mark("Figures"))
    listed = [(one, one.indicator) for one in published.tables]
    rows = tuple(
        (
            of.code,
            wording.text(of.name),
            wording.text(of.definition),
            wording.unit(of.unit),
            of.source.office,
            wording.text(of.status.value),
            wording.formats.number(one.rows),
        )
        for one, of in listed
    )
    return Table(wording.message(msg("Indicators of this edition")), tuple(map(wording.text, names)), rows, words=frozenset(range(6)))


def _editions(published: Published, wording: Wording) -> Table:
    headings = tuple(map(wording.text, (mark("Edition"), mark("Day"), mark("Licence"), mark("Folder"))))
    every = [*published.earlier, published.edition]
    where = {one.number: folder_of(one.number) for one in every} | {number: wording.text(mark("lost")) for number in published.lost}
    rows = tuple((str(one.number), wording.day(one.at), one.licence, where[one.number]) for one in reversed(every))
    return Table(wording.message(msg("All editions, the newest first; each stays as it was published")), headings, rows, words=frozenset(range(4)))


def _errata(published: Published, wording: Wording) -> list[Block]:
    """Edition by edition what it changed of the one before, the newest first."""
    headings = tuple(wording.text(HEADINGS[name]) for name in COLUMNS)
    found: list[Block] = []
    for number, rows in sorted({**published.errata, **dict.fromkeys(published.lost, ())}.items(), reverse=True):
        if number in published.lost:
            found.append(Heading(wording.message(msg("Edition %(n)s", n=number))))
            found.append(Words(wording.message(msg("Its files are lost: %(reason)s", reason=published.lost[number]))))
        elif number > 1:
            found.append(Heading(wording.message(msg("Edition %(n)s", n=number))))
            title = wording.message(msg("Figures that edition %(n)s changed", n=number))
            told = nmsg(
                "%(n)s figure of edition %(before)s is superseded.", "%(n)s figures of edition %(before)s are superseded.", len(rows), before=number - 1
            )
            found.append(Words(wording.message(told)))
            if rows:
                found.append(Table(title, headings, tuple(tuple(row) for row in rows), words=frozenset(range(len(headings)))))
    return found if any(chain(published.errata.values())) or found else [Words(wording.message(msg("No published figure was changed yet.")))]
