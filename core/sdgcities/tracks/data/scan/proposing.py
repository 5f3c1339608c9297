"""The description that a file seems to need, as YAML that a person can edit; `???` where only a person knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from sdgcities.errors import refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.positions import Written
from sdgcities.tracks.data.inspecting.cells import is_mark, is_year
from sdgcities.tracks.data.inspecting.putting import undecided
from sdgcities.tracks.data.inspecting.words import plain
from sdgcities.tracks.data.inspecting.yaml_lines import UNDECIDED, Line, flow, line, note, scalar, written
from sdgcities.tracks.data.scan.description import OF_AREAS
from sdgcities.tracks.data.scan.looking import Looked
from sdgcities.tracks.data.scan.words import called, column_words, holds, limit
from sdgcities.writing import put

_CATEGORIES = 12
_MOST_MEASURES = 4


def proposal(looked: Looked, words: Callable[[Message], str] = str) -> str:
    """The description as YAML, its remarks in the reader's language."""
    return written([*_origin(looked), *_placing(looked), *_cleaning(looked), *_measures(looked)], words)


def put_proposal(looked: Looked, path: Path, words: Callable[[Message], str]) -> int:
    """Write it; how many places a person has to fill. Refused where a file stands there."""
    if path.exists():
        told = msg("The file is there already; nothing was written.")
        raise refuse("scan.exists", told, msg("Give another name, or take the file away first."), Where(file=str(path)))
    text = proposal(looked, words)
    put(path, text.encode("utf-8"))
    return undecided(text)


def _origin(looked: Looked) -> Iterator[Line]:
    yield note(msg("Scan description proposed by sdgcities data scan for %(file)s.", file=looked.file.path.name))
    yield note(msg("Where %(mark)s stands, only a person can say.", mark=UNDECIDED))
    yield line(f"title: {scalar(looked.file.path.stem)}")
    yield line(f"source: {flow({'office': UNDECIDED})}", msg("who answers for what was mapped"))
    period, remark = _period(looked)
    yield line(f"period: {flow(period)}", remark)
    if len(looked.file.encodings) > 1 or (looked.file.encodings and not looked.file.encodings[0].startswith("utf-8")):
        yield line(f"encoding: {scalar(looked.file.encodings[0])}")
    if looked.file.sheet:
        yield line(f"sheet: {scalar(looked.file.sheet)}")


def _period(looked: Looked) -> tuple[str, Message]:
    """The year that all days of the first column of days lie in; asked otherwise."""
    for name in looked.file.columns:
        if called(name, column_words().dates):
            days = [cell[:10] for cell in looked.sample[name] if cell]
            years = {day[:4] for day in days if _is_day(day)}
            if len(years) == 1 and all(map(_is_day, days)):
                return years.pop(), msg("by %(column)s: %(first)s to %(last)s", column=name, first=min(days), last=max(days))
    return UNDECIDED, msg("when it was mapped, such as 2024 or 2024-03")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _placing(looked: Looked) -> Iterator[Line]:
    chosen = looked.found.chosen
    if chosen is None:
        one = looked.naming
        said = {"column": one.column if one else UNDECIDED, **({"level": one.level} if one and one.level else {})}
        yield line(f"units: {flow(said)}", msg("the column that names the unit a row lies in, and the level of the units"))
        return
    if chosen.columns:
        said = {"column": chosen.column} if chosen.column else {"latitude": chosen.latitude, "longitude": chosen.longitude}
        written_so = UNDECIDED if looked.records.faults["letter"] else chosen.written.value
        remark = msg("O: degrees-minutes-o-west (oeste, ouest), or degrees-minutes-o-east (Ost)") if written_so == UNDECIDED else None
        yield line(f"coordinates: {flow({**said, **({'written': written_so} if chosen.written is not Written.POINT else {})})}", remark)
    best = max((one for one in looked.lying if one.counts), key=lambda one: len(one.counts), default=None)
    if best and best.areas.level:
        yield line(f"areas: {scalar(best.areas.level)}", msg("a level of units, or a file of areas"))
    elif not best:
        yield line(f"areas: {flow(UNDECIDED)}", msg("a GeoJSON file of areas where the points lie"))
    yield line("covered: with-points", msg("or all, or a list of ids: only where people looked is nothing found a zero"))
    if chosen.accuracy:
        yield line(f"accuracy: {flow({'column': chosen.accuracy, 'at_most': int(limit('accuracy_metres'))})}", msg("metres; what is worse is left out"))


def _cleaning(looked: Looked) -> Iterator[Line]:
    said: dict[str, object] = {"identity": looked.identity} if looked.identity else {}
    if looked.found.chosen and looked.compared:
        said |= {"within": int(limit("same_place_metres")), "same": list(looked.compared[:_CATEGORIES])}
    if said:
        yield line(f"duplicates: {flow(said)}", msg("rows that are one record: the first counts"))
    marks = Counter(cell for name in looked.compared for cell in looked.sample[name] if cell and is_mark(cell))
    if marks:
        yield line(f"missing: {flow([text for text, _ in marks.most_common(_CATEGORIES)])}", msg("texts that stand for no answer"))


def _measures(looked: Looked) -> Iterator[Line]:
    """Every point counted; then what the first columns of few answers, of yes and no, and of numbers suggest."""
    yield line("measures:", msg("add indicator: CODE to one that is a figure of an indicator of the hub"))
    yield line("  - {id: points, does: count}")
    if looked.found.chosen:
        yield line("  - {id: density, does: density}", msg("points for each square kilometre"))
    found: Counter[str] = Counter()
    used = {"points", "density", *OF_AREAS}
    for name in looked.compared:
        kind, values = _kind(looked.sample[name], name)
        if not kind or found[kind] >= _MOST_MEASURES:
            continue
        found[kind] += 1
        key = _id(name, used)
        used.add(key)
        if kind == "share":
            yield line(f"  - {flow({'id': key, 'does': 'share', 'where': [{'column': name, 'is': values}]})}", msg("per cent of those with an answer"))
        elif kind == "count":
            yield line(f"  - {flow({'id': key, 'does': 'count', 'by': name})}")
        else:
            yield line(f"  - {flow({'id': key, 'does': 'mean', 'column': name})}", msg("or: sum"))


def _kind(cells: Sequence[str], name: str) -> tuple[str, list[str]]:
    """What a column is good for: `share` with the answers for yes, `count` by its categories, `mean` of its numbers; nothing otherwise."""
    filled = [cell for cell in cells if cell and not is_mark(cell)]
    texts = list(dict.fromkeys(filled))
    folded = {plain(text) for text in texts}
    words = column_words()
    if len(texts) > 1 and folded <= words.yes | words.no and folded & words.yes:
        return "share", [text for text in texts if plain(text) in words.yes]
    if texts and all(text.replace(".", "", 1).replace("-", "", 1).isdigit() for text in texts):
        return ("", []) if holds(name, words.numbering) or len(texts) == 1 or all(map(is_year, texts)) else ("mean", [])
    return ("count", []) if 1 < len(texts) <= _CATEGORIES and len(filled) >= 2 * len(texts) else ("", [])


def _id(name: str, used: set[str]) -> str:
    base = "-".join(plain(name).encode("ascii", "ignore").decode().split())[:50].strip("-")
    base = base if base[:1].isalpha() else f"column-{base}".rstrip("-")
    return next(key for key in (base, *(f"{base}-{number}" for number in range(2, 100))) if key not in used)
