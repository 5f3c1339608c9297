"""The folder that a reviewer looked at, held against what would go out now: a decision is on what was seen, on nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.exchange.describing import INDICATORS, indicators
from sdgcities.exchange.outgoing import Outgoing
from sdgcities.exchange.publishing.changes import Change, changes
from sdgcities.exchange.publishing.editions import MOST_BYTES, State
from sdgcities.exchange.publishing.folder import CHECKSUMS, sums
from sdgcities.findings import Message, Where, msg, nmsg
from sdgcities.intake.files import read_bytes, sha256_of
from sdgcities.intake.formulas import quoted
from sdgcities.model.hub import DATA

_DEFINITIONS = "indicators.csv"
_AGAIN = msg("Look again before you decide: sdgcities data review CITY -o DIR, with a new folder.")


def need_seen(folder: Path, going: Outgoing, found: Sequence[State], asked: Collection[str]) -> list[State]:
    """The indicators that lie in the folder as they would go out, figures and definition; of those, the ones that are asked for.

    Refused with the first that does not.
    """
    every = sums(folder / CHECKSUMS)
    listed = {name.removeprefix(DATA).removesuffix(".csv"): digest for name, digest in every.items() if name.startswith(DATA)}
    if not listed:
        raise refuse("review.seen", msg("A review wrote no files into this folder."), _AGAIN, Where(file=str(folder)))
    if absent := sorted(set(asked) - listed.keys()):
        raise refuse("review.seen", msg("You did not look at: %(codes)s.", codes=", ".join(absent)), _AGAIN, Where(file=str(folder)))
    now = {one.table.indicator.code: one for one in found}
    _need_untouched(folder, _DEFINITIONS, every)
    for code in sorted(asked or listed):
        _need_untouched(folder, name := f"{DATA}{code}.csv", every)
        if code not in now or now[code].table.sha256 != listed[code]:
            raise _changed(code, folder / name, now.get(code))
        _need_same_definition(folder / _DEFINITIONS, going, code)
    return [now[code] for code in sorted(asked or listed)]


def _need_untouched(folder: Path, name: str, every: Mapping[str, str]) -> None:
    file = folder / name
    if not file.is_file() or sha256_of(file) != every.get(name):
        raise refuse("review.touched", msg("The file is not as the review wrote it: it was changed, or saved by another program."), _AGAIN, _at(file))


def _need_same_definition(file: Path, going: Outgoing, code: str) -> None:
    """What is said of an indicator is held against the file word by word, as the reader's language has it."""
    seen = next((row for row in csv.DictReader(io.StringIO(read_bytes(file, MOST_BYTES).decode(), newline="")) if row["code"] == code), {})
    today = next(dict(zip(INDICATORS, map(quoted, row), strict=True)) for row in indicators(going) if row[0] == code)
    if other := [name for name in INDICATORS if seen.get(name) != today[name]]:
        told = msg("What is said of %(code)s changed since it was looked at, or was in another language: %(columns)s.", code=code, columns=", ".join(other))
        raise refuse("review.changed", told, _AGAIN, _at(file))


def _changed(code: str, file: Path, now: State | None) -> Refused:
    if now is None:
        return refuse("review.changed", msg("%(code)s has no figures any more.", code=code), _AGAIN, _at(file))
    told = list(changes(read_bytes(file, MOST_BYTES), now.table.content, {}))
    if told:
        return refuse("review.changed", _first(told), _AGAIN, _at(file))
    problem = msg("%(code)s changed since it was looked at: new figures, or other marks or sources of the same ones.", code=code)
    return refuse("review.changed", problem, _AGAIN, _at(file))


def _first(told: Sequence[Change]) -> Message:
    one = told[0]
    named = {"code": one.indicator, "at": " ".join(filter(None, (one.period, one.split))), "before": one.before, "after": one.after or "-"}
    return nmsg(
        "%(code)s changed since it was looked at: %(at)s was %(before)s and is %(after)s.",
        "%(code)s changed since it was looked at: %(n)s figures, such as %(at)s, which was %(before)s and is %(after)s.",
        len(told),
        **named,
    )


def _at(file: Path) -> Where:
    return Where(file=str(file))
