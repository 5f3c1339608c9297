"""The contract kit: what a plugin's own tests are written with.

    # tests/test_contract.py of the plugin
    from sdgcities.testing import PluginContract


    class TestAtlantis(PluginContract):
        plugin = "atlantis"

That is a whole test module: pytest runs one test for each rule of the quality scale up to bronze, and a test that fails prints what
`sdgcities plugin check` would. With `level = "silver"` or `"gold"` the rules of those levels are run too. Further tests are written as
methods; they are given the fixtures of the class by naming them:

        def test_a_city_sends_in_the_agreement(self, submission_for):
            assert submission_for("agreement").n == 1

- `hub`: a `TrialHub` with the plugin, on SQLite in pytest's temporary folder, with an operator, an author and a reviewer;
- `city`: a city that joined it, the sample's or the first that can;
- `submission_for`: sends in a form of the city, `submission_for("agreement")` with the form's example, or with the answers given;
- `temporary_plugin`: writes a plugin from a mapping of files, and gives the plugins folder it stands in;
- `broken_plugin`: puts a plugin that can't be imported beside the one under test, opens the hub again, and gives its name.

Nothing is downloaded and nothing but pytest's temporary folder is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdgcities.testing.plugin_contract import PluginContract

if TYPE_CHECKING:
    from sdgcities.kit.trial.bench import TrialHub as TrialHub
    from sdgcities.registry.cities import City as City

__all__ = ["City", "PluginContract", "TrialHub"]


def __getattr__(name: str) -> object:
    """The types of fixtures, loaded when a test names them: this package is loaded in every run of pytest."""
    if name == "TrialHub":
        from sdgcities.kit.trial.bench import TrialHub

        return TrialHub
    if name == "City":
        from sdgcities.registry.cities import City

        return City
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
