"""The packages that the City Scan counts with: an extra, told in one line where it is missing."""

from __future__ import annotations

from importlib.util import find_spec

from sdgcities.errors import refuse
from sdgcities.findings import msg

PACKAGES = ("numpy", "shapely")


def need_extra() -> None:
    """Refuse where a package is missing, before anything is read."""
    if missing := [name for name in PACKAGES if find_spec(name) is None]:
        told = msg("The City Scan needs packages that are not installed: %(names)s.", names=", ".join(missing))
        raise refuse("scan.extra", told, msg('Run: pip install "sdgcities[scan]".'))
