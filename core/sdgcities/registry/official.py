"""Official lists and new versions of the contract, loaded from one file: what they change is known before they count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sdgcities.contract.adapt import adapt
from sdgcities.contract.load import read_contract
from sdgcities.contract.revision import Revision, revised
from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.frameworks.differences import Difference, differences
from sdgcities.frameworks.lists import Listed, Sdg, Umf
from sdgcities.frameworks.reading import incomplete, kind_of, read_list
from sdgcities.hub.lists import FOLDER, Given, ListKind
from sdgcities.intake.files import name_of, read_bytes
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.hub import Role
from sdgcities.model.milestones import Contract
from sdgcities.model.statistics import Indicator
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.people import Acting
from sdgcities.store import audit
from sdgcities.store.rows import append
from sdgcities.store.tables import official_list
from sdgcities.writing import put

_CONTRACT_KEYS = {"tracks", "milestones"}


@dataclass(frozen=True, slots=True)
class Touched:
    """An indicator of one of the hub's countries that names a code which vanishes."""

    indicator: Indicator
    difference: Difference


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file would change. `unfit` says which adaptations of the hub's countries the new contract does not allow."""

    kind: ListKind
    path: Path
    version: str
    content: bytes
    differences: tuple[Difference, ...] = ()
    touched: tuple[Touched, ...] = ()
    revisions: tuple[Revision, ...] = ()
    unfit: tuple[Finding, ...] = ()
    reworded: bool = False
    """The contract says something else only in what no milestone is held against, such as a source or the version."""

    @property
    def changes(self) -> bool:
        """Whether anything would be otherwise."""
        return bool(self.differences or self.revisions or self.reworded)

    @property
    def sha256(self) -> str:
        """The digest of the file."""
        return hashlib.sha256(self.content).hexdigest()


def propose(catalogue: Catalogue, path: Path) -> Proposal:
    """Read a file and hold it against what is in force. Refused, with lines, where it is no list, half a list, or wrong."""
    content = read_bytes(path)
    if _is_contract(path):
        return _of_contract(catalogue, path, content)
    new = read_list(path)
    frameworks = catalogue.hub.frameworks
    held = frameworks.sdg if isinstance(new, Sdg) else frameworks.umf
    if findings := list(incomplete(new, held, path)):
        raise Refused(findings)
    found = differences(held, new)
    return Proposal(ListKind(new.kind), path, new.version, content, found, tuple(_touched(catalogue, new, found)))


def load(catalogue: Catalogue, proposal: Proposal, acting: Acting) -> Given:
    """Let a list count from now on: its file is kept by its digest, and it is on record who loaded it."""
    acting.need(Role.OPERATOR)
    if proposal.unfit:
        raise Refused(proposal.unfit)
    new = Given(proposal.kind, proposal.version, name_of(proposal.path), proposal.sha256, audit.now(), acting.id)
    put(catalogue.hub.folder / FOLDER / new.name, proposal.content)
    row = {"kind": new.kind.value, "version": new.version, "file": new.file, "sha256": new.sha256, "at": new.at, "actor": new.actor}
    with catalogue.hub.database.writing() as connection:
        append(connection, official_list, row)
        audit.record(connection, new.at, acting.id, "list.load", new.kind.value, row)
    return new


def _is_contract(path: Path) -> bool:
    if path.suffix.casefold() not in (".yaml", ".yml"):
        return False
    data = load_yaml(path).data
    return isinstance(data, dict) and (data.keys() >= _CONTRACT_KEYS or ("milestones" in data and kind_of(path) is None))


def _touched(catalogue: Catalogue, new: Sdg | Umf, found: Sequence[Difference]) -> Iterator[Touched]:
    """Indicators of the hub's countries, once each, though a theme gives one to several."""
    vanishing = {one.code: one for one in found if one.vanishes}
    every = {one.code: one for items in catalogue.indicators.values() for one in items.values()}
    for indicator in every.values():
        codes = indicator.sdg if new.kind is Listed.SDG else (indicator.umf_code,)
        yield from (Touched(indicator, vanishing[code]) for code in codes if code in vanishing)


def _of_contract(catalogue: Catalogue, path: Path, content: bytes) -> Proposal:
    old, new = catalogue.hub.core_contract, read_contract(path)
    if new.version == old.version and new.digest != old.digest:
        hint = msg("Give the new contract a version of its own: claims are kept under the version they were made by.")
        raise refuse(
            "list.version",
            msg("A contract of the version %(version)s is in force already, and says something else.", version=old.version),
            hint,
            Where(str(path)),
        )
    found = revised(old, new)
    return Proposal(ListKind.CONTRACT, path, new.version, content, (), (), found, tuple(_unfit(catalogue, new)), new.digest != old.digest)


def _unfit(catalogue: Catalogue, new: Contract) -> Iterator[Finding]:
    """What the countries adapted and the new contract does not allow."""
    hub = catalogue.hub
    for country in hub.config.countries:
        adaptations = hub.plugins.adaptations(country, hub.core_contract)
        try:
            adapt(new, adaptations)
        except Refused as error:
            yield from error.findings
            plugins = ", ".join(sorted({one.plugin for one in adaptations}))
            problem = msg("The adaptations of %(country)s don't fit version %(version)s of the contract.", country=country, version=new.version)
            hint = msg("Ask the maintainers of the plugin for one that does: %(plugins)s. Until then the contract stays as it is.", plugins=plugins)
            yield Finding("list.unfit", Severity.BLOCK, problem, hint)
