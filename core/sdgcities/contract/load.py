"""The contract of the core, from the files it is shipped with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from sdgcities.contract.coherence import Fault, milestone_faults, repeated
from sdgcities.contract.digest import content_digest
from sdgcities.contract.nodes import Node, Reader
from sdgcities.contract.read import CONTRACT_SCHEMA, HERE
from sdgcities.errors import Refused
from sdgcities.findings import msg
from sdgcities.intake.schema import load_checked
from sdgcities.model.milestones import Contract, Milestone, Track
from sdgcities.model.sources import Source, Status

CONTRACT_FILE = HERE / "contract.yaml"


@lru_cache(maxsize=1)
def load_contract() -> Contract:
    """The contract of the core, read once."""
    return read_contract(CONTRACT_FILE)


def read_contract(path: Path) -> Contract:
    """A contract file. Raises Refused with every finding."""
    document = load_checked(path, CONTRACT_SCHEMA)
    data = document.data
    assert isinstance(data, dict)
    reader = Reader(document, {key: Source(**entry) for key, entry in data["sources"].items()})
    milestones = [reader.milestone(("milestones", index), node, node["id"]) for index, node in enumerate(data["milestones"])]
    contract = Contract(
        version=data["version"],
        status=Status(data["status"]),
        source=reader.source(("source",), data["source"]),
        tracks=tuple(_track(reader, index, node) for index, node in enumerate(data["tracks"])),
        milestones={milestone.id: milestone for milestone in milestones},
        key=tuple(tuple(entry) for entry in data["key"]),
    )
    if not reader.findings:
        for fault in _faults(contract, milestones):
            reader.refuse(fault.path, fault.code, fault.message, fault.hint)
    if reader.findings:
        raise Refused(reader.findings)
    return replace(contract, digest=content_digest(contract))


def _track(reader: Reader, index: int, node: Node) -> Track:
    source = reader.source(("tracks", index, "source"), node["source"])
    return Track(node["id"], node["name"], node["does"], source, Status(node["status"]), tuple(node.get("aliases", ())))


def _faults(contract: Contract, milestones: list[Milestone]) -> Iterator[Fault]:
    tracks = [track.id for track in contract.tracks]
    yield from repeated([*tracks, *(alias for track in contract.tracks for alias in track.aliases)], ("tracks",))
    yield from repeated([milestone.id for milestone in milestones], ("milestones",))
    yield from repeated([milestone.code for milestone in milestones if milestone.code], ("milestones",))
    for index, milestone in enumerate(milestones):
        if milestone.track not in tracks:
            yield Fault(("milestones", index, "id"), "contract.unknown-track", msg("There is no track %(track)s.", track=milestone.track))
        yield from milestone_faults(milestone, ("milestones", index))
    for identifier, times in Counter(identifier for entry in contract.key for identifier in entry).items():
        if identifier not in contract.milestones or times > 1:
            yield Fault(("key",), "contract.key", msg("%(id)s is no milestone, or stands twice among the key milestones.", id=identifier))
