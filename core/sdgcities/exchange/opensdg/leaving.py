"""What goes out of a hub as a data repository of Open SDG: files, and which of them are of which indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sdgcities.errors import refuse
from sdgcities.exchange.opensdg.carried import Carried, carried_by
from sdgcities.exchange.outgoing import Outgoing
from sdgcities.findings import Finding, msg
from sdgcities.registry.figures import Observed


@dataclass(frozen=True, slots=True)
class Leaving:
    """The files by their path in the repository, and the names of those that are of one indicator by its id."""

    files: dict[str, bytes] = field(default_factory=dict)
    indicators: dict[str, list[str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, one: str, name: str, content: bytes) -> None:
        """A file of an indicator."""
        self.files[name] = content
        self.indicators.setdefault(one, []).append(name)

    @property
    def shared(self) -> Sequence[str]:
        """The files that are of no indicator alone, in their order."""
        own = {name for names in self.indicators.values() for name in names}
        return sorted(self.files.keys() - own)


def leave(going: Outgoing) -> Leaving:
    """The repository of what was asked for: one that the hub has taken in goes out as it came, with the hub's figures; all else as indicators of our own."""
    from sdgcities.exchange.opensdg.own import add_own  # noqa: PLC0415 - both build on this module
    from sdgcities.exchange.opensdg.returned import returned  # noqa: PLC0415 - as above

    carried = _carried(going)
    standing: dict[str, list[Observed]] = {}
    for one in going.observations():
        standing.setdefault(one.indicator, []).append(one)
    leaving = returned(going, carried, standing) if carried else Leaving()
    own = {code: item for code, item in going.indicators.items() if not carried or code not in carried.indicators}
    add_own(going, own, standing, leaving, carried)
    return leaving


def _carried(going: Outgoing) -> Carried | None:
    """The repository that the hub has taken in and that what was asked for is of. Refused where it is of several: one can't hold the other."""
    found = [one for one in carried_by(going.catalogue.hub) if going.indicators.keys() & one.indicators.keys()]
    if len(found) > 1:
        places = ", ".join(one.unit for one in found)
        problem = msg("The hub has taken in several data repositories of Open SDG, of %(places)s, and they can't go out as one.", places=places)
        raise refuse("opensdg.several", problem, msg("Name the place or the indicators that one of them is of."))
    return found[0] if found else None
