"""The plugin keeps the rules of the quality scale; `sdgcities plugin quality portugal` shows them all."""

from __future__ import annotations

from sdgcities.testing import PluginContract


class TestPortugal(PluginContract):
    plugin = "portugal"
    level = "bronze"
