"""The lists of this release, in the form in which newer ones are loaded."""

from __future__ import annotations

from functools import cache

from sdgcities.frameworks.lists import HERE, Frameworks, Listed, Sdg, Umf
from sdgcities.frameworks.reading import read_list

FILES = {Listed.SDG: HERE / "sdg.csv", Listed.UMF: HERE / "umf.csv"}


@cache
def shipped() -> Frameworks:
    """Both lists, read once."""
    sdg, umf = read_list(FILES[Listed.SDG]), read_list(FILES[Listed.UMF])
    assert isinstance(sdg, Sdg)
    assert isinstance(umf, Umf)
    return Frameworks(sdg, umf)
