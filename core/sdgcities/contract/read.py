"""A country's `milestones.yaml`: the adaptation of the contract that it declares."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sdgcities.contract.names import canonical
from sdgcities.contract.nodes import Node, Reader, equivalents_of, evidence_of
from sdgcities.errors import Refused
from sdgcities.findings import msg
from sdgcities.intake.json import load_json
from sdgcities.intake.schema import Validator, compile_schema, violations
from sdgcities.intake.yaml import Document, NodePath
from sdgcities.model.milestones import Adaptation, Change, Contract
from sdgcities.model.sources import Source, Status

HERE = Path(__file__).parent
CONTRACT_SCHEMA = HERE / "contract.schema.json"
ADAPTATION_SCHEMA = HERE / "adaptation.schema.json"


def read_adaptation(document: Document, country: str, plugin: str, contract: Contract, sources: Mapping[str, Source] | None = None) -> Adaptation:
    """What a plugin's file changes for a country; `sources` are those of its manifest. Raises Refused with every finding.

    Whether the contract allows it is for `adapt` to say.
    """
    findings = list(violations(_adaptation_schema(), document.data, document.where))
    if findings:
        raise Refused(findings)
    data = document.data
    assert isinstance(data, dict)
    reader = Reader(document, sources or {})
    word: Node = data.get("recognition", {})
    adaptation = Adaptation(
        country=country,
        plugin=plugin,
        changes=tuple(_change(reader, ("changes", index), node, contract) for index, node in enumerate(data.get("changes", ()))),
        milestones=tuple(
            reader.milestone(("milestones", index), node, canonical(contract, node["id"]), plugin) for index, node in enumerate(data.get("milestones", ()))
        ),
        recognition=word.get("word", ""),
        recognition_status=Status(word.get("status", Status.DRAFT)),
        recognition_reason=word.get("reason", ""),
        recognition_source=reader.source(("recognition", "source"), word["source"]) if word else None,
        file=document.file,
        lines=document.lines,
        characters=document.characters,
    )
    if reader.findings:
        raise Refused(reader.findings)
    return adaptation


def _change(reader: Reader, path: NodePath, node: Node, contract: Contract) -> Change:
    if "when" in node:
        reader.refuse(
            (*path, "when"),
            "adapt.condition-on-core",
            msg("What the core asks holds everywhere: a change can't have a condition."),
            msg("Put `when` on the evidence, criterion, precondition or equivalent that you add."),
        )
    return Change(
        milestone=canonical(contract, node["milestone"]),
        reason=node["reason"],
        status=Status(node["status"]),
        source=reader.source((*path, "source"), node["source"]),
        rename=node.get("rename", ""),
        parameters=node.get("parameters", {}),
        evidence=evidence_of(node),
        criteria=reader.members((*path, "criteria"), node.get("criteria", [])),
        preconditions=reader.preconditions(path, node),
        accept={evidence: equivalents_of(instruments) for evidence, instruments in node.get("accept", {}).items()},
    )


@lru_cache(maxsize=1)
def _adaptation_schema() -> Validator:
    """The schema of adaptations, with the contract's embedded: it holds the grammar of both."""
    schema, grammar = load_json(ADAPTATION_SCHEMA), load_json(CONTRACT_SCHEMA)
    assert isinstance(schema, dict)
    return compile_schema({**schema, "$defs": {**schema["$defs"], "contract.schema.json": grammar}})
