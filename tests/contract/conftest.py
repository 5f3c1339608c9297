"""What the tests of the contract share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from sdgcities.contract.assess import assess
from sdgcities.contract.load import load_contract
from sdgcities.contract.read import read_adaptation
from sdgcities.contract.requests import MeasureRequest
from sdgcities.intake.yaml import parse_yaml
from sdgcities.model.milestones import Adaptation, Assessment, Contract, Reading
from sdgcities.model.places import Attribute
from sdgcities.model.sources import Source

Declare = Callable[..., Adaptation]
AssessOne = Callable[..., Assessment]
HEAD = "changes:\n- milestone: data/agreement\n  status: draft\n  source: Ministry of Local Government\n  reason: national practice\n"


@pytest.fixture(scope="session")
def core() -> Contract:
    return load_contract()


@pytest.fixture
def declare(core: Contract) -> Declare:
    """Reads a plugin's milestones.yaml."""

    def read(text: str, plugin: str = "ghana", country: str = "GH") -> Adaptation:
        document = parse_yaml(text, f"{plugin}/milestones.yaml")
        return read_adaptation(document, country, plugin, core, {"gss": Source("Ghana Statistical Service")})

    return read


@pytest.fixture
def change(declare: Declare) -> Declare:
    """Reads a change of data/agreement that begins on line 2; what is given stands from line 6."""

    def read(text: str, plugin: str = "ghana", country: str = "GH") -> Adaptation:
        return declare(HEAD + text, plugin, country)

    return read


@pytest.fixture
def assess_one() -> AssessOne:
    """Holds one city against one milestone; every measure read here is provided."""

    def one(contract: Contract, milestone: str, readings: Mapping[str | MeasureRequest, Reading], place: Mapping[str, Attribute] | None = None) -> Assessment:
        asked = {MeasureRequest(key) if isinstance(key, str) else key: {"GH0804": reading} for key, reading in readings.items()}
        provided = {request.measure for request in asked}
        only = Contract(contract.version, contract.status, contract.source, contract.tracks, {milestone: contract.milestones[milestone]}, ())
        (found,) = assess(only, asked, provided, {"GH0804": place or {}}, date(2026, 1, 31))
        return found

    return one
