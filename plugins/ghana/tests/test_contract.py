"""The plugin keeps the rules of the quality scale; `sdgcities plugin quality ghana` shows them all."""

from __future__ import annotations

from sdgcities.testing import PluginContract


class TestGhana(PluginContract):
    plugin = "ghana"
    level = "bronze"
