"""The functions of the methods that sdg.yaml declares."""

from __future__ import annotations

from collections.abc import Mapping

from sdgcities.methods import air, land, open_space, slums, transport, waste
from sdgcities.methods.calculating import Compute
from sdgcities.methods.urbanisation import classifying

COMPUTED: Mapping[str, Compute] = {
    "sdg-11.1.1": slums.proportion,
    "sdg-11.2.1": transport.access,
    "sdg-11.3.1": land.efficiency,
    "sdg-11.6.1": waste.controlled_share,
    "sdg-11.6.2": air.annual_mean,
    "sdg-11.7.1": open_space.public_share,
    "degurba": classifying.cells_typed,
    "degurba-units": classifying.units,
}
