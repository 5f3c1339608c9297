"""An alias with a parent holds only in rows that write this parent."""

from __future__ import annotations

from datetime import date

from sdgcities.model.places import NameScope, Unit, UnitName
from sdgcities.model.plugins import Level
from sdgcities.model.sources import Source, Status
from sdgcities.registry.places import Places, Sought, Unresolved

OFFICE = Source("Instituto Nacional de Estatística")
YEAR = date(2021, 1, 1), date(2021, 12, 31)


def unit(code: str, level: str, name: str, parent: str, *aliases: UnitName) -> Unit:
    return Unit(code, "PT", level, (UnitName(name), *aliases), OFFICE, Status.DRAFT, parent=parent)


def alias(within: str) -> UnitName:
    return UnitName("Lagoa", "", NameScope.PROFILE, "census", within)


PLACES = Places(
    {
        "PT08": unit("PT08", "distrito", "Faro", "PT"),
        "PT20": unit("PT20", "distrito", "Açores", "PT"),
        "PT0806": unit("PT0806", "municipio", "Lagoa (Algarve)", "PT08", alias("Faro")),
        "PT2001": unit("PT2001", "municipio", "Lagoa (São Miguel)", "PT20", alias("Açores")),
    },
    (Level("distrito", "District"), Level("municipio", "Município", city=True)),
)


def found(within: str) -> Unit | Unresolved:
    return PLACES.resolve(Sought("LAGOA", level="municipio", within=within, profile="census"), *YEAR)


def test_one_name_means_two_units_by_the_parent_that_the_row_writes() -> None:
    assert found("faro") == PLACES.units["PT0806"]
    assert found("ACORES") == PLACES.units["PT2001"]


def test_without_the_parent_the_alias_does_not_hold() -> None:
    without = found("")
    assert isinstance(without, Unresolved)
    assert without.code == "unit.unknown"
