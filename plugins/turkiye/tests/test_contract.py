"""The plugin keeps the rules of the quality scale; `sdgcities plugin quality turkiye` shows them all."""

from __future__ import annotations

from sdgcities.testing import PluginContract


class TestTurkiye(PluginContract):
    plugin = "turkiye"
    level = "bronze"
