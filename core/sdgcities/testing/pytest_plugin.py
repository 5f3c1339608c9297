"""The options of `pytest` that say which plugin is tested. Loaded in every run of pytest where sdgcities is installed: it must stay light."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("sdgcities")
    group.addoption("--sdgcities-plugin", metavar="PATH|NAME", help="The plugin that sdgcities.testing.contract is run on.")
    group.addoption("--sdgcities-level", choices=("bronze", "silver", "gold"), help="Up to which level its rules must be met; otherwise as the tests say.")
    group.addoption("--sdgcities-plugins-dir", metavar="DIR", help="A folder of plugins that are not installed, for a theme that needs a country.")
