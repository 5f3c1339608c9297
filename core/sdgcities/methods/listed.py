"""The methods of this release: what is declared of each, the function that carries it out, and its result for what is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any, cast

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.intake.schema import load_checked
from sdgcities.methods import goalposts, progress, prosperity, sdg
from sdgcities.methods.calculating import Compute, Inputs, NotComputable
from sdgcities.methods.given import read_given
from sdgcities.model.methods import Given, Gives, Method, Quantity, Result
from sdgcities.model.sources import Source, Status

HERE = Path(__file__).parent
FILES = ("methods.yaml", "sdg.yaml")
SCHEMA = HERE / "methods.schema.json"

COMPUTED: Mapping[str, Compute] = {
    "cagr": progress.cagr,
    "cagr-mean": progress.cagr_mean,
    "goalposts": goalposts.goalposts,
    "cpi": prosperity.city_prosperity,
    **sdg.COMPUTED,
}
"""The function of each method, by its id."""
_GIVEN: Mapping[str, Callable[[], Sequence[Given]]] = {"cpi": prosperity.given}
"""What a method is given besides, where a list of its own declares that."""


@cache
def methods() -> Mapping[str, Method]:
    """Every method by its id, in the order of the files; read once."""
    found = [_method(cast("Mapping[str, Any]", node)) for file in FILES for node in cast("Any", load_checked(HERE / file, SCHEMA).data)["methods"]]
    return {method.id: method for method in found}


def method(wanted: str) -> Method:
    """One method. Refused, with the nearest names, where there is none of that name."""
    known = methods()
    if found := known.get(wanted) or known.get(wanted.casefold()):
        return found
    close = get_close_matches(wanted.casefold(), known, n=3)
    hint = msg("Did you mean %(names)s? sdgcities calculate list shows all.", names=", ".join(close)) if close else msg("See: sdgcities calculate list.")
    raise refuse("calculate.unknown", msg("There is no method called %(name)s.", name=wanted), hint)


def calculate(name: str, given: Inputs) -> Result:
    """The result of a method. What can't be computed has a reason instead. Refused where there is no such method."""
    chosen = method(name)
    defaults = _defaults(chosen.id)
    inputs: dict[str, Quantity] = {one.id: defaults[one.id] if given.get(one.id) is None else given[one.id] for one in chosen.given}
    said = {key: value for key, value in inputs.items() if value is not None}
    bare = Result(chosen.id, chosen.version, said, {}, tuple(msg(note) for note in chosen.notes))  # in the catalogues from the YAML
    lacking = [one.id for one in chosen.given if one.required and inputs[one.id] is None]
    if lacking:
        return replace(bare, reason=msg("Not given: %(names)s.", names=", ".join(lacking)))
    try:
        outcome = COMPUTED[chosen.id](inputs)
        if not _finite(outcome.outputs):
            raise OverflowError
    except NotComputable as none:
        return replace(bare, reason=none.message)
    except ArithmeticError:
        return replace(bare, reason=msg("The numbers are too large, too small, or zero where none may be zero."))
    return replace(bare, outputs=outcome.outputs, notes=(*outcome.notes, *bare.notes))


def _finite(value: Quantity) -> bool:
    """Whether every number in it is one: a float that was divided by too little is infinite without a word."""
    if isinstance(value, Mapping):
        return all(map(_finite, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return all(map(_finite, value))
    return not isinstance(value, Decimal | float) or isfinite(value)


@cache
def _defaults(name: str) -> Mapping[str, Quantity]:
    return read_given(methods()[name], {}).values


def _method(node: Mapping[str, Any]) -> Method:
    further = _GIVEN.get(node["id"], tuple)()
    return Method(
        id=node["id"],
        version=node["version"],
        title=node["title"],
        says=node["does"].strip(),
        given=(*(_given(one) for one in node["given"]), *further),
        gives=tuple(Gives(one["id"], one["text"], one.get("unit", "")) for one in node["gives"]),
        source=Source(**node["source"]),
        status=Status(node["status"]),
        group=node["group"],
        notes=tuple(node.get("notes", ())),
        one_city=node.get("one_city", False),
    )


def _given(node: Mapping[str, Any]) -> Given:
    default = node.get("default", "")
    return Given(
        id=node["id"],
        says=node["text"],
        kind=node["kind"],
        unit=node.get("unit", ""),
        required=node.get("required", not default),
        default=default,
        options=tuple(node.get("options", ())),
        minimum=_bound(node.get("minimum")),
        maximum=_bound(node.get("maximum")),
    )


def _bound(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
