"""What a plugin author needs to hook Python into a hub. Most plugins need none: files named in `plugin.yaml` do it.

A complete plugin is a folder `sdgcities_atlantis` with two files. `plugin.yaml`:

    api: "1.1"
    name: atlantis
    title: Atlantis
    version: 0.1.0
    layer: country
    countries: [XA]
    levels: [{id: island, name: Island, city: true}]
    hooks: sdgcities_atlantis.hooks

and `hooks.py`:

    from sdgcities.api import Source, Status, Unit, UnitName
    from sdgcities.plugin import hookimpl

    OFFICE = Source("Statistics Atlantis", "Register of islands 2024")

    @hookimpl
    def sdgcities_units(country):
        if country == "XA":
            yield Unit("XA01", "XA", "island", (UnitName("Upper Island"),), OFFICE, Status.DRAFT)

Its distribution names the package as an entry point, `[project.entry-points."sdgcities.plugins"]` with
`atlantis = "sdgcities_atlantis"`; while it is being written, `--plugins-dir` finds it without installing.
The hooks, their arguments and what they may answer stand in `sdgcities.plugin.specs`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pluggy

    hookimpl: pluggy.HookimplMarker

API_VERSION = (1, 1)
"""Version of everything a plugin relies on: hooks, manifest, `sdgcities.api`. Apart from the package's version."""

__all__ = ["API_VERSION", "hookimpl"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attributes are of any type
    if name != "hookimpl":
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    import pluggy  # noqa: PLC0415 - listing plugins must not load pluggy

    marker = globals()["hookimpl"] = pluggy.HookimplMarker("sdgcities")
    return marker
