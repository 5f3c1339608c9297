"""What went wrong with a plugin, where, and what to do; and the record of it that a hub keeps."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from sdgcities.errors import Refused, SdgCitiesError
from sdgcities.findings import NOWHERE, Finding, Message, Severity, Where, msg
from sdgcities.intake.json import load_json
from sdgcities.intake.schema import schema_file, violations
from sdgcities.writing import put


class Stage(StrEnum):
    """How far a plugin came."""

    DISCOVER = "discover"
    MANIFEST = "manifest"
    IMPORT = "import"
    REGISTER = "register"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Failure:
    """One plugin failed at one stage: the reason in one line, and what to do. `hook` is set where a call failed."""

    plugin: str
    stage: Stage
    reason: Message
    hint: Message
    hook: str = ""
    where: Where = NOWHERE

    def finding(self, severity: Severity = Severity.NOTE) -> Finding:
        """The same for a reader of findings; a note where the plugin is optional."""
        return Finding(f"plugin.{self.stage}", severity, self.said(), self.hint, self.where)

    def said(self) -> Message:
        """In one sentence, how far the plugin came and what was in the way."""
        sentences = {
            Stage.DISCOVER: msg("The plugin %(plugin)s can't be found: %(reason)s", plugin=self.plugin, reason=self.reason),
            Stage.MANIFEST: msg("The plugin %(plugin)s can't be read: %(reason)s", plugin=self.plugin, reason=self.reason),
            Stage.IMPORT: msg("The plugin %(plugin)s can't be loaded: %(reason)s", plugin=self.plugin, reason=self.reason),
            Stage.REGISTER: msg("The plugin %(plugin)s can't be registered: %(reason)s", plugin=self.plugin, reason=self.reason),
            Stage.CALL: msg("The plugin %(plugin)s failed when it was called: %(reason)s", plugin=self.plugin, reason=self.reason),
        }
        return sentences[self.stage]


def failure_of(plugin: str, stage: Stage, error: SdgCitiesError, hook: str = "") -> Failure:
    """A refusal as a failure: its first finding stands for the rest."""
    first = error.findings[0]
    reason = first.message
    if len(error.findings) > 1:
        reason = msg("%(problem)s (and %(n)s more)", problem=reason, n=len(error.findings) - 1)
    return Failure(plugin, stage, reason, first.hint or msg("Correct the file."), hook, first.where)


SCHEMA = Path(__file__).parent / "schemas" / "failures.schema.json"


def read_failures(path: Path) -> tuple[Failure, ...]:
    """The failures of the last runs; none where the file is not there. Raises Refused for a damaged file."""
    if not path.exists():
        return ()
    data = load_json(path)
    for damage in violations(schema_file(SCHEMA), data, lambda _: Where(file=str(path))):
        raise Refused([damage])
    return tuple(_failure(record) for record in cast("dict[str, Any]", data)["failures"])


def write_failures(path: Path, failures: Sequence[Failure]) -> None:
    """Replace the record in one step."""
    put(path, json.dumps({"failures": [_record(failure) for failure in failures]}, ensure_ascii=False, indent=1).encode())


def _record(failure: Failure) -> dict[str, object]:
    return {
        "plugin": failure.plugin,
        "stage": failure.stage.value,
        "hook": failure.hook,
        "reason": _words(failure.reason),
        "hint": _words(failure.hint),
        "where": failure.where.parts(),
    }


def _words(message: Message) -> dict[str, object]:
    params = {name: _words(value) if isinstance(value, Message) else value if isinstance(value, int) else str(value) for name, value in message.params.items()}
    return {"text": message.text, "plural": message.plural, "params": {name: _kept(value) for name, value in params.items()}}


def _kept(value: object) -> object:
    """A text of whatever failed, without the one character that no record may hold."""
    return value.replace("\0", "\N{SYMBOL FOR NULL}") if isinstance(value, str) else value


def _failure(record: Mapping[str, Any]) -> Failure:
    where = Where(**record.get("where", {}))
    return Failure(record["plugin"], Stage(record["stage"]), _message(record["reason"]), _message(record["hint"]), record.get("hook", ""), where)


def _message(record: Mapping[str, Any]) -> Message:
    params = {name: _message(value) if isinstance(value, dict) else value for name, value in record["params"].items()}
    return Message(record["text"], params, record.get("plural"))
