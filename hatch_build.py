"""Puts the core's templates and catalogues into the wheel; an editable install reads them in the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("templates", "locales")


class ShippedFolders(BuildHookInterface[Any]):
    """Adds the folders that stand beside `core/`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the wheel is written; `version` is "standard" or "editable"."""
        if version == "standard":
            build_data["force_include"].update({str(Path(self.root, name)): f"sdgcities/{name}" for name in SHIPPED})
