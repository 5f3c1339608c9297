"""Cities within cities: a metropolitan municipality publishes, and so do the municipalities of its districts. Both count the same people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
from tests.databases import Databases
from tests.exchange.test_publication_attacks import Cell, Sum, published, spelled, told, worked_out
from tests.hub_fixtures import Desk

from sdgcities.exchange.labels import Labels
from sdgcities.exchange.outgoing import Asked, outgoing
from sdgcities.exchange.publishing.editions import follows, states
from sdgcities.exchange.publishing.related import related
from sdgcities.hub.hub import Hub
from sdgcities.methods.suppression import Whole
from sdgcities.model.disclosure import THRESHOLD
from sdgcities.model.hub import CityStage, Role
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import find_city
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.people import acting, add_actor
from sdgcities.registry.stages import join

METRO, ALADAG, CEYHAN, BOLU = "TR-01-BB", "TR-01-B-ALADAG", "TR-01-B-CEYHAN", "TR-14-B-BOLU"


@pytest.fixture(scope="module")
def nested(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub in which a metropolitan municipality, two within it and one elsewhere take part."""
    folder = tmp_path_factory.mktemp("nested") / "hub"
    found_hub(folder, Founding(("TR",), "national", (), None, "ama", database=databases.address()), None)
    hub = Hub.open(folder)
    ama, catalogue = acting(hub.database, "ama"), Catalogue(hub)
    add_actor(hub.database, ama, "kofi", [Role.AUTHOR], "", "")
    add_actor(hub.database, ama, "esi", [Role.REVIEWER], "", "")
    for unit in (METRO, ALADAG, CEYHAN, BOLU):
        join(catalogue, catalogue.unit(unit), CityStage.JOINING, ama)
    hub.close()
    return folder


@pytest.fixture
def hub(databases: Databases, nested: Path, tmp_path: Path) -> Iterator[Desk]:
    folder, scratch = databases.copy(nested, tmp_path / "hub"), tmp_path / "scratch"
    scratch.mkdir()
    hub = Hub.open(folder)
    yield Desk(folder, scratch, hub, Catalogue(hub), databases)
    hub.close()
    databases.remove(folder)


def bring(desk: Desk, true: Mapping[Cell, int], name: str = "figures.csv") -> None:
    """Cells by city, period and groups."""
    rows = [
        {"unit": unit, "indicator": "TR-POP", "period": period, "sex": groups.removeprefix("sex=") or "_T", "value": count}
        for (unit, period, groups), count in true.items()
    ]
    done = desk.bring(desk.tidy(*rows, name=name))
    assert not done.blocked, [str(one.message) for one in done.findings]


def all_told(folder: Path) -> dict[Cell, Decimal]:
    """What the newest edition of each city tells."""
    return {(one.name, period, groups): value for one in folder.iterdir() for (_, period, groups), value in told(one)[-1].items()}


TRUE = {
    (unit, "2021", spelled({"sex": sex} if sex else {})): count
    for unit, counts in {METRO: (300, 150, 150), ALADAG: (120, 3, 117), CEYHAN: (180, 147, 33)}.items()
    for sex, count in zip(("", "F", "M"), counts, strict=True)
}
SUMS: list[Sum] = [
    *(((METRO, "2021", groups), ((ALADAG, "2021", groups), (CEYHAN, "2021", groups))) for groups in ("", "sex=F", "sex=M")),
    *(((unit, "2021", ""), ((unit, "2021", "sex=F"), (unit, "2021", "sex=M"))) for unit in (METRO, ALADAG, CEYHAN)),
]


@pytest.mark.parametrize("order", list(permutations((METRO, ALADAG, CEYHAN))), ids="-".join)
def test_in_whatever_order_they_publish_no_small_count_follows(hub: Desk, tmp_path: Path, order: tuple[str, ...]) -> None:
    bring(hub, TRUE)
    for unit in order:
        published(hub, tmp_path / "open" / unit, unit)
        cells = all_told(tmp_path / "open")
        follows = {cell: value for cell, value in worked_out(cells, SUMS).items() if 0 < TRUE[cell] < THRESHOLD}
        assert not follows, (unit, cells)
    assert {(unit, "2021", "") for unit in order} <= cells.keys(), "the totals are told"


def test_what_was_told_before_is_said_to_be_hidden_in_vain(hub: Desk, tmp_path: Path) -> None:
    bring(hub, {cell: count for cell, count in TRUE.items() if cell[0] != ALADAG})
    for unit in (METRO, CEYHAN):
        published(hub, tmp_path / "open" / unit, unit)
    bring(hub, {cell: count for cell, count in TRUE.items() if cell[0] == ALADAG}, "later.csv")
    with outgoing(hub.catalogue, Asked((ALADAG,)), [Labels("en", str)]) as going:
        (note,) = follows(states(going, going.connection, find_city(hub.catalogue, ALADAG)))
    assert str(note.message) == "3 hidden figures of TR-POP follow from what was published before."


def test_whose_people_are_counted_elsewhere_as_well(hub: Desk) -> None:
    """The metropolitan municipality is recorded in the province, those in it in its districts; the one of another province has nothing to do with them."""
    both = [Whole(METRO, (ALADAG, CEYHAN))]
    assert {unit: related(hub.catalogue, hub.catalogue.unit(unit)) for unit in (METRO, ALADAG, CEYHAN, BOLU)} == {
        METRO: both,
        ALADAG: both,
        CEYHAN: both,
        BOLU: [],
    }
