"""Who holds everything that a hub ever published of a city, and can solve equations, works out no small count of people.

The attacker here is independent of the product: exact elimination over all published figures of all editions, with the groupings that a reader of the
labels knows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.hub_fixtures import HO, Desk

from sdgcities.exchange.labels import Labels
from sdgcities.exchange.outgoing import Asked, outgoing
from sdgcities.exchange.publishing import editions
from sdgcities.exchange.publishing.editions import Wanted, states
from sdgcities.model.disclosure import THRESHOLD
from sdgcities.registry.cities import find_city
from sdgcities.registry.figures import current
from sdgcities.registry.publications import Decision, Office, Verdict, hands_on, record_reviews
from sdgcities.tracks.data.batches.correcting import Correction, correct

Cell = tuple[str, str, str]
"""Indicator, period, and the groups that a figure is of."""
Sum = tuple[Cell, tuple[Cell, ...]]


def published(desk: Desk, path: Path, unit: str = HO) -> None:
    """Everything reviewed and published as it stands."""
    city = find_city(desk.catalogue, unit)
    with outgoing(desk.catalogue, Asked((unit,)), [Labels("en", str)]) as going:
        found = states(going, going.connection, city)
        hands = hands_on(current(going.connection, [unit]))
    with desk.hub.database.writing() as connection:
        digests = {one.table.indicator.code: one.table.sha256 for one in found}
        record_reviews(connection, unit, digests, Verdict(Decision.ACCEPT, Office.HUB, "Seen."), desk.person("esi"), hands)
    wanted = Wanted(path, "CC-BY-4.0", "Figures", lambda _: {"index.html": b"<p>"})
    with desk.hub.database.writing() as connection, outgoing(desk.catalogue, Asked((unit,)), [Labels("en", str)]) as going:
        prepared = editions.prepare(connection, going, city, states(going, connection, city), wanted, desk.person("ama"))
    editions.finish(prepared, wanted)


def told(path: Path) -> list[dict[Cell, Decimal]]:
    """What each edition tells, the newest last."""
    found = []
    for edition in sorted(path.glob("edition-*")):
        cells: dict[Cell, Decimal] = {}
        for file in sorted(edition.glob("data/*.csv")):
            with file.open(encoding="utf-8", newline="") as stream:
                for row in csv.DictReader(stream):
                    groups = {name: code for name, code in row.items() if name not in FIXED and code != "_T"}
                    if row["value"]:
                        cells[row["indicator"], row["period"], spelled(groups)] = Decimal(row["value"])
        found.append(cells)
    return found


FIXED = frozenset(("unit", "indicator", "period", "value", "unit_measure", "status", "missing_reason", "source"))


def spelled(groups: Mapping[str, str]) -> str:
    return ";".join(f"{name}={groups[name]}" for name in sorted(groups))


def worked_out(known: Mapping[Cell, Decimal], sums: Iterable[Sum], shares: Iterable[tuple[Cell, Cell, Cell]] = ()) -> dict[Cell, Fraction]:
    """Every cell that has one solution only. `shares`: the cell of a percentage, of its part, and of its whole."""
    values = {cell: Fraction(value) for cell, value in known.items()}
    for share, part, whole in shares:
        if share in known and whole in values and part not in values:
            half = Fraction(1, 2 * 10 ** -min(0, int(known[share].as_tuple().exponent)))
            low, high = ((Fraction(known[share]) + side) * values[whole] / 100 for side in (-half, half))
            if len(fitting := [count for count in range(int(low) - 1, int(high) + 2) if low <= count <= high]) == 1:
                values[part] = Fraction(fitting[0])
    equations = [({whole: Fraction(-1), **dict.fromkeys(parts, Fraction(1))}, Fraction(0)) for whole, parts in sums]
    solved = eliminated([substituted(one, values) for one in equations])
    return {**values, **solved}


def substituted(equation: tuple[dict[Cell, Fraction], Fraction], values: Mapping[Cell, Fraction]) -> tuple[dict[Cell, Fraction], Fraction]:
    left, right = equation
    known = sum(times * values[cell] for cell, times in left.items() if cell in values)
    return {cell: times for cell, times in left.items() if cell not in values}, right - known


def eliminated(equations: Sequence[tuple[dict[Cell, Fraction], Fraction]]) -> dict[Cell, Fraction]:
    """Reduced row echelon form; the rows with one unknown."""
    cells = sorted({cell for left, _ in equations for cell in left})
    rows = [[*(left.get(cell, Fraction(0)) for cell in cells), right] for left, right in equations]
    top = 0
    for column in range(len(cells)):
        pivot = next((number for number in range(top, len(rows)) if rows[number][column]), None)
        if pivot is None:
            continue
        rows[top], rows[pivot] = rows[pivot], rows[top]
        rows[top] = [value / rows[top][column] for value in rows[top]]
        for number in range(len(rows)):
            if number != top and (times := rows[number][column]):
                rows[number] = [value - times * above for value, above in zip(rows[number], rows[top], strict=True)]
        top += 1
    units = [(row, [column for column in range(len(cells)) if row[column]]) for row in rows[:top]]
    return {cells[columns[0]]: row[-1] for row, columns in units if len(columns) == 1}


def small(values: Mapping[Cell, Fraction], true: Mapping[Cell, int]) -> dict[Cell, Fraction]:
    """The small counts of people that came out right."""
    return {cell: value for cell, value in values.items() if cell in true and 0 < true[cell] < THRESHOLD and value == true[cell]}


def pop(period: str = "2021", **groups: str) -> Cell:
    return "GH-POP", period, spelled(groups)


def bring(desk: Desk, true: Mapping[Cell, Any], name: str = "figures.csv") -> None:
    columns = sorted({group.split("=")[0] for _, _, groups in true for group in groups.split(";") if group})
    rows = []
    for (indicator, period, groups), value in true.items():
        codes = dict(group.split("=") for group in groups.split(";") if group)
        rows.append({"indicator": indicator, "period": period, "value": value, **{column: codes.get(column, "_T") for column in columns}})
    done = desk.bring(desk.tidy(*rows, name=name))
    assert not done.blocked, [str(one.message) for one in done.findings]


def test_groups_within_groups_of_the_same_dimension(desk: Desk, tmp_path: Path) -> None:
    def of(code: str) -> Cell:
        return pop(highest_education=code)

    true = {pop(): 160, of("BASIC"): 60, of("NEVER"): 3, of("LT_BASIC"): 57, of("SECONDARY"): 100}
    sums = [(pop(), (of("BASIC"), of("SECONDARY"))), (of("BASIC"), (of("NEVER"), of("LT_BASIC")))]
    bring(desk, true)
    published(desk, tmp_path / "open")
    (cells,) = told(tmp_path / "open")
    assert not small(worked_out(cells, sums), true)
    assert {pop(), of("BASIC"), of("SECONDARY")} <= cells.keys(), "no more is hidden than it takes"


def test_quarters_of_a_year(desk: Desk, tmp_path: Path) -> None:
    true = {pop(): 103} | {pop(f"2021-Q{number}"): count for number, count in enumerate((3, 40, 30, 30), start=1)}
    bring(desk, true)
    published(desk, tmp_path / "open")
    (cells,) = told(tmp_path / "open")
    assert not small(worked_out(cells, [(pop(), tuple(pop(f"2021-Q{number}") for number in range(1, 5)))]), true)
    assert pop() in cells


def test_a_share_beside_its_denominator(desk: Desk, tmp_path: Path) -> None:
    true = {pop(): 180, pop(sex="F"): 176, pop(sex="M"): 4}
    shares = {("GH-16.9.1", "2021", ""): "61.2", ("GH-16.9.1", "2021", "sex=F"): "97.78", ("GH-16.9.1", "2021", "sex=M"): "2.22"}
    bring(desk, {**true, **shares})
    published(desk, tmp_path / "open")
    (cells,) = told(tmp_path / "open")
    made_of = [(("GH-16.9.1", "2021", f"sex={sex}"), pop(sex=sex), pop()) for sex in "FM"]
    assert not small(worked_out(cells, [(pop(), (pop(sex="F"), pop(sex="M")))], made_of), true)
    assert ("GH-16.9.1", "2021", "") in cells, "a share that tells nothing stays"


def test_a_share_of_two_indicators(desk: Desk, tmp_path: Path) -> None:
    """Persons without a toilet, of all persons: the share tells the small count that is hidden."""
    without, share = ("GH-ODF-POP", "2021", "sex=M"), ("GH-16.9.1", "2021", "sex=M")
    true = {pop(sex="M"): 200, without: 3}
    bring(desk, {**true, share: "1.5"})
    published(desk, tmp_path / "open")
    (cells,) = told(tmp_path / "open")
    assert not small(worked_out(cells, [], [(share, without, pop(sex="M"))]), true)


def test_beside_an_earlier_edition(desk: Desk, tmp_path: Path) -> None:
    """A count that becomes small is not covered by hiding one that everybody read in the edition before."""

    def of(code: str) -> Cell:
        return pop(age=code)

    first = {pop(): 100, of("Y0T14"): 12, of("Y15T64"): 40, of("Y_GE65"): 48}
    bring(desk, first)
    published(desk, tmp_path / "open")
    for code, value in (("Y0T14", "3"), ("Y_GE65", "57")):
        asked = Correction(HO, "GH-POP", "2021", "Counted anew.", value, dimensions={"age": code})
        correct(desk.catalogue, asked, desk.person("ama"), desk.person("kofi"))
    true = {**first, of("Y0T14"): 3, of("Y_GE65"): 57}
    published(desk, tmp_path / "open")
    before, after = told(tmp_path / "open")
    still = {cell: value for cell, value in before.items() if value == true[cell]}
    assert not small(worked_out({**still, **after}, [(pop(), (of("Y0T14"), of("Y15T64"), of("Y_GE65")))]), true)
    assert of("Y15T64") in after, "what is known already is hidden in vain"
