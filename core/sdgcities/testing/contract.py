"""The contract tests on a plugin that has none of its own: `pytest --pyargs sdgcities.testing.contract --sdgcities-plugin NAME`."""

from __future__ import annotations

import pytest

from sdgcities.testing.plugin_contract import PluginContract


class TestPlugin(PluginContract):
    """Of the plugin that the command line names."""

    @classmethod
    def wanted(cls, config: pytest.Config) -> str:
        """The plugin of `--sdgcities-plugin`."""
        named = config.getoption("--sdgcities-plugin", None)
        if not named:
            message = "Name the plugin to test: --sdgcities-plugin PATH or NAME."
            raise pytest.UsageError(message)
        return str(named)
