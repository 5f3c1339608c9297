"""Remembers from run to run which plugins failed to load or to answer, for `plugin list` and `doctor`."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from sdgcities.errors import Refused
from sdgcities.plugin.failures import Failure, Stage, read_failures, write_failures

RECORDED = (Stage.IMPORT, Stage.REGISTER, Stage.CALL)
"""Stages that listing plugins doesn't go through again."""


class FailureLog:
    """The failures of this run, and in `file` the last known ones: each stands until the same step succeeds."""

    def __init__(self, file: Path | None, plugins: Collection[str]) -> None:
        self.failures: list[Failure] = []
        self._file = file
        self._last = [failure for failure in _earlier(file) if failure.plugin in plugins]

    def failed(self, failure: Failure) -> None:
        """A step went wrong."""
        self.failures.append(failure)
        if failure.stage in RECORDED:
            self._keep([*self._without(failure.plugin, failure.stage, failure.hook), failure])

    def passed(self, plugin: str, stage: Stage, hook: str = "") -> None:
        """A step went well."""
        self._keep(self._without(plugin, stage, hook))

    def _without(self, plugin: str, stage: Stage, hook: str) -> list[Failure]:
        return [failure for failure in self._last if (failure.plugin, failure.stage, failure.hook) != (plugin, stage, hook)]

    def _keep(self, failures: list[Failure]) -> None:
        if self._file is None or failures == self._last:
            return
        self._last = failures
        with suppress(OSError):  # the record is a help: what can't be written is told again by the next run
            write_failures(self._file, failures)


def _earlier(file: Path | None) -> tuple[Failure, ...]:
    try:
        return read_failures(file) if file else ()
    except Refused:
        return ()  # a damaged record is replaced by the next one; whoever lists failures is told
