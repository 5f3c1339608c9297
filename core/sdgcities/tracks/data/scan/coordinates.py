"""Where a file says that something lies: a pair of columns, one column with both, or the geometry of GeoJSON. Told by names and by what stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sdgcities.findings import Message, msg
from sdgcities.intake.positions import Fault, Written, by_letters, how_written, parts_of, position
from sdgcities.tracks.data.inspecting.words import plain
from sdgcities.tracks.data.scan.mapped_file import MappedFile
from sdgcities.tracks.data.scan.words import called, column_words

_LONGEST_WORD = 3
"""Words at the end of a column's name that may say latitude: `gps lat deg`."""
_LEAST = 0.5
"""The share of the filled cells that have to be degrees."""
_TO_LOOK_AT = 2_000


@dataclass(frozen=True, slots=True)
class Coordinates:
    """How the rows are placed: `latitude` and `longitude`, or one `column` with both, or neither where the file is GeoJSON."""

    latitude: str = ""
    longitude: str = ""
    column: str = ""
    accuracy: str = ""
    written: Written = Written.POINT

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that place a row."""
        return tuple(name for name in (self.latitude, self.longitude, self.column) if name)


@dataclass(frozen=True, slots=True)
class Found:
    """The coordinates that were found, with what speaks for them; and the others that the file has."""

    chosen: Coordinates | None
    evidence: Message | None = None
    others: tuple[Coordinates, ...] = ()
    projected: tuple[str, ...] = ()
    """Columns of metres of a projected system: no degrees."""
    named: tuple[str, ...] = ()
    """Columns that are called like coordinates, and hold none that can be read."""


def find_coordinates(file: MappedFile, sample: Mapping[str, Sequence[str]]) -> Found:
    """The coordinates of a file, by a sample of its columns."""
    projected = tuple(name for name in file.columns if called(name, column_words().projected))
    if any(one.point or one.polygons for one in file.mapped):
        return Found(Coordinates(accuracy=_accuracy_alone(file.columns)), msg("every feature of GeoJSON says where it lies"), (), projected)
    weighed = sorted(((*_weight(one, sample), one) for one in _candidates(file.columns, sample)), key=lambda found: -found[1])
    good = [(share, count, one) for share, count, one in weighed if count and share >= _LEAST]
    if not good:
        metres = next((one.columns for *_, one in weighed if _in_metres(one, sample)), ())
        return Found(None, None, (), projected or metres, next((one.columns for *_, one in weighed), ()))
    share, count, best = good[0]
    told = {"n": count, "share": round(100 * share)}
    evidence = msg("%(n)s filled rows of the first looked at, %(share)s %% of them degrees on the Earth", **told)
    return Found(best, evidence, tuple(one for *_, one in good[1:]), projected)


def texts_of(coordinates: Coordinates, cells: Sequence[str]) -> tuple[str, str, str] | Fault:
    """Latitude, longitude and accuracy as texts, of the cells of the columns in their order; of one column what it holds."""
    if not coordinates.column:
        return cells[0], cells[1], ""
    parts = parts_of(cells[0])
    if isinstance(parts, Fault):
        return parts
    return parts[0], parts[1], parts[3] if len(parts) > 3 else ""  # noqa: PLR2004 - latitude, longitude, altitude, accuracy


def _candidates(columns: Sequence[str], sample: Mapping[str, Sequence[str]]) -> Iterator[Coordinates]:
    """Pairs whose names differ in the word for latitude and longitude only; then single columns."""
    words = column_words().coordinates
    by_base: dict[str, dict[str, str]] = {kind: {} for kind in ("latitude", "longitude", "accuracy")}
    for name in columns:
        for kind, found in by_base.items():
            base = _base(name, words[kind])
            if base is not None:
                found.setdefault(base, name)
    alone = _accuracy_alone(columns)
    for base, latitude in by_base["latitude"].items():
        if longitude := by_base["longitude"].get(base):
            yield Coordinates(latitude, longitude, "", by_base["accuracy"].get(base, alone if not base else ""), _usual(sample[latitude], sample[longitude]))
    for name in columns:
        if _placed(sample[name]):
            yield Coordinates(column=name, accuracy=by_base["accuracy"].get(_plainly(name), ""), written=_usual(*_pairs(sample[name])))


def _base(name: str, words: frozenset[str]) -> str | None:
    """What stands before the word for a coordinate in a column's name; None where it ends in none."""
    tokens = _plainly(name).split()
    for length in range(min(_LONGEST_WORD, len(tokens)), 0, -1):
        if " ".join(tokens[-length:]) in words:
            return " ".join(tokens[:-length])
    return None


def _plainly(name: str) -> str:
    return plain(name.replace("_", " ").replace("/", " ").replace("-", " "))


def _accuracy_alone(columns: Sequence[str]) -> str:
    return next((name for name in columns if called(name, column_words().coordinates["accuracy"])), "")


def _placed(cells: Sequence[str]) -> bool:
    """Whether a column holds positions in one text: most of what is filled, and two numbers that can be degrees in each."""
    filled = [cell for cell in cells[:_TO_LOOK_AT] if cell]
    read = [parts for cell in filled[:50] if not isinstance(parts := parts_of(cell), Fault)]
    return bool(read) and len(read) >= _LEAST * min(len(filled), 50) and all(_exact(parts) for parts in read)


def _exact(parts: Sequence[str]) -> bool:
    """Whether two numbers are more than two whole ones, which may be anything."""
    return "." in "".join(parts[:2]) or "," in "".join(parts[:2]) or how_written(parts[0]) is Written.MINUTES


def _pairs(cells: Sequence[str]) -> tuple[list[str], list[str]]:
    """Latitudes and longitudes of a column with both."""
    read = [parts for cell in cells[:_TO_LOOK_AT] if cell and not isinstance(parts := parts_of(cell), Fault)]
    return [parts[0] for parts in read], [parts[1] for parts in read]


def _usual(latitudes: Sequence[str], longitudes: Sequence[str]) -> Written:
    """How most latitudes are written, and what the letters of the longitudes stand for."""
    kinds = Counter(kind for cell in latitudes[:_TO_LOOK_AT] if cell and (kind := how_written(cell)))
    usual = kinds.most_common(1)[0][0] if kinds else Written.POINT
    return by_letters(longitudes[:_TO_LOOK_AT]) if usual is Written.MINUTES else usual


def _weight(one: Coordinates, sample: Mapping[str, Sequence[str]]) -> tuple[float, int]:
    """The share of the filled rows that are degrees, and how many rows are filled."""
    rows = list(zip(*(sample[name][:_TO_LOOK_AT] for name in one.columns), strict=True))
    filled = [cells for cells in rows if any(cells)]
    read = sum(_is_position(one, cells) for cells in filled)
    return (read / len(filled) if filled else 0.0), len(filled)


def _in_metres(one: Coordinates, sample: Mapping[str, Sequence[str]]) -> bool:
    """Whether most of what stands in the columns of degrees is too large for them."""
    rows = [texts_of(one, cells) for cells in zip(*(sample[name][:_TO_LOOK_AT] for name in one.columns), strict=True) if any(cells)]
    read = [position(texts[0], texts[1], one.written) for texts in rows if not isinstance(texts, Fault)]
    return sum(isinstance(found, Fault) and found.kind == "projected" for found in read) > _LEAST * len(rows)


def _is_position(one: Coordinates, cells: Sequence[str]) -> bool:
    texts = texts_of(one, cells)
    found = texts if isinstance(texts, Fault) else position(texts[0], texts[1], one.written)
    return not isinstance(found, Fault) or found.kind in ("zero", "swapped", "exchanged", "letter")
