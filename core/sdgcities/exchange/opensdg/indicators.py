"""Indicators of the hub out of those of a repository: what their metadata say of them, and nothing that they don't."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from sdgcities.exchange.opensdg.carried import Carried, RowKeys, Series
from sdgcities.exchange.opensdg.coding import slug_of
from sdgcities.exchange.opensdg.progress import direction_of, progress_of
from sdgcities.exchange.opensdg.repository import OpenIndicator, Repository
from sdgcities.exchange.opensdg.rows import Rows
from sdgcities.exchange.opensdg.words import words
from sdgcities.exchange.sdmx.official import units_of_measure
from sdgcities.i18n.folding import fold
from sdgcities.model.sources import Source, Status
from sdgcities.model.statistics import parse_period
from sdgcities.tracks.data.inspecting.words import words as known_words

LONGEST_NAME, LONGEST_TEXT = 300, 600
NOT_STATED = "not_stated"
_MARK = re.compile(r"</?[A-Za-z][^<>]*>")
_FREQUENCIES = ("A", "Q", "M")


def entries(repository: Repository, tables: Mapping[str, Rows], carried: Carried, official: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """The entries of indicators.yaml. `official` are the indicators of the SDGs: number to title."""
    for code, series in carried.indicators.items():
        if indicator := repository.indicators.get(series.id):
            yield _entry(code, series, repository, RowKeys(carried, indicator), tables.get(series.id), official)


def _entry(code: str, series: Series, repository: Repository, keys: RowKeys, rows: Rows | None, official: Mapping[str, str]) -> dict[str, object]:
    indicator = keys.indicator
    number = indicator.number if indicator.metadata.get("standalone") is not True else ""
    splits = dict.fromkeys(split.dimension for split, _ in keys.splits_at)
    name = _cut(_said(repository, indicator, "name") or official.get(number, "") or indicator.number, LONGEST_NAME)
    unit = repository.worded(series.unit) or series.unit
    beside = [text for text in (repository.worded(series.series) or series.series, unit) if text and fold(text) != fold(name)]
    entry: dict[str, object] = {
        "code": code,
        "name": f"{name} ({', '.join(beside)})" if beside else name,
        "definition": _cut(_said(repository, indicator, "definition") or name, LONGEST_TEXT),
        "unit": unit_of(unit or _said(repository, indicator, "unit")),
        "direction": direction_of(indicator, series).value,
        "frequency": _frequency(rows),
        "disaggregation": list(splits),
    }
    entry |= {"sdg": [number]} if number in official else {"sdg": "none", "no_sdg_reason": "The repository gives it no number of an indicator of the SDGs."}
    source = _source_data(source_of(repository, indicator))
    progress = progress_of(indicator, series, source)
    return {**entry, "core": False, "track": "data", "source": source, "status": Status.DRAFT.value, **({"progress": progress} if progress else {})}


def unit_of(label: str) -> str:
    """The unit of measure that a label of Open SDG means: one that is known, or else a name of its own."""
    known, text = known_words().units_of_measure, label.strip().casefold()
    if not text:
        return NOT_STATED
    if unit := next((unit for unit in ("percent", "number") if units_of_measure()[unit][0] == label.strip()), None):  # as SDMX writes it
        return unit
    first = re.split(r"[\s(]", text)[0]
    return known.get(text) or ("percent" if known.get(first) == "percent" else slug_of(text).replace("-", "_"))


def source_of(repository: Repository, indicator: OpenIndicator) -> Source:
    """Who publishes the figures."""
    url = _said(repository, indicator, "url")
    office = _cut(_said(repository, indicator, "office"), LONGEST_NAME) or "Open SDG data repository"
    return Source(office, _cut(_said(repository, indicator, "table"), LONGEST_NAME), "", url if _is_address(url) else "")


def _is_address(url: str) -> bool:
    """Whether a text is the address of a web page: one of the template, such as http://[link], is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return url.isascii() and not re.search(r"\s", url) and parts.scheme in ("http", "https") and bool(parts.netloc)


def _said(repository: Repository, indicator: OpenIndicator, what: str) -> str:
    """What the first field of the metadata says that says anything: in the repository's words where it is a key of its translations, without marks of HTML."""
    texts = (indicator.metadata.get(field) for field in words().fields[what])
    found = (" ".join(_MARK.sub(" ", repository.worded(text)).split()) for text in texts if isinstance(text, str))
    return next((text for text in found if text and fold(text) not in words().no_name), "")


def _cut(text: str, longest: int) -> str:
    """At most so many characters, ending with a word."""
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"


def _frequency(rows: Rows | None) -> str:
    """How often there is a figure, after the periods that there are."""
    found = {parse_period(period).freq for period in rows.periods.values() if period} if rows is not None else set()
    return "A" if not found else next((one for one in _FREQUENCIES if found == {one}), "irregular")


def _source_data(source: Source) -> dict[str, str]:
    return {key: text for key, text in (("office", source.office), ("table", source.table), ("url", source.url)) if text}
