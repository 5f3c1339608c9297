"""Rules of the adaptation of the milestones, and of the support modality."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sdgcities.contract.adapt import adapt
from sdgcities.contract.load import load_contract
from sdgcities.contract.versions import other_version
from sdgcities.errors import Refused
from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.intake.yaml import Document, NodePath
from sdgcities.kit.doubts.measured import halves, unknown_measures
from sdgcities.kit.doubts.money import thousands, unknown_currency
from sdgcities.kit.hooks.source import hooks_of
from sdgcities.kit.placeholders import is_placeholder
from sdgcities.kit.rule import Check, Unchecked
from sdgcities.kit.subject import Subject, document_of
from sdgcities.model.milestones import Adaptation
from sdgcities.plugin.declared.problems import nearest
from sdgcities.plugin.kinds import UNITS

ISO_4217 = re.compile(r"[A-Z]{3}", re.ASCII)
PROPERTIES = ("level", "population")
"""What every unit has beside its columns `attr:`."""


def valid(subject: Subject) -> Iterator[Finding]:
    """What the reader refuses, what the contract does not allow, reasons that say nothing, and conditions on what no unit has."""
    if subject.adaptation is None:
        return
    yield from subject.adaptation.findings
    if (adaptation := subject.adaptation.value) is None:
        return
    try:
        adapt(load_contract(), [adaptation])
    except Refused as error:
        yield from error.findings
    document = document_of(subject.adaptation.file)
    if other := other_version(document, load_contract()):
        yield other
    yield from _reasons(adaptation, document)
    yield from _conditions(subject, document)
    yield from unknown_measures(subject, document)
    yield from halves(adaptation, document)


def _reasons(adaptation: Adaptation, document: Document) -> Iterator[Finding]:
    """Empty reasons are the contract's matter; these hold the place of one."""
    texts: dict[NodePath, str] = {("recognition", "reason"): adaptation.recognition_reason}
    for number, change in enumerate(adaptation.changes):
        texts["changes", number, "reason"] = change.reason
        for evidence, instruments in change.accept.items():
            texts |= {("changes", number, "accept", evidence, at, "rationale"): one.rationale for at, one in enumerate(instruments)}
    for path, text in texts.items():
        if text.strip() and is_placeholder(text):
            hint = msg("Write why, for the reader of `contract diff`.")
            yield _block("milestone.reason", msg("%(text)s is no reason.", text=text.strip()), hint, document, path)


def _conditions(subject: Subject, document: Document) -> Iterator[Finding]:
    """A condition on an attribute that no unit has is fulfilled nowhere. Units that Python gives can't be seen here."""
    if subject.manifest.path("units") is None or any(hook.name == UNITS.hook for hook in hooks_of(subject.manifest)):
        return
    known = {*PROPERTIES, *(name for unit in subject.units.needed for name in unit.attributes)}
    for path, attribute in _attributes(document.data, ()):
        if attribute not in known:
            column = msg("Give the units a column attr:%(attribute)s, or name one of: %(known)s.", attribute=attribute, known=", ".join(sorted(known)))
            near = nearest(attribute, known)
            hint = msg("Did you mean %(name)s?", name=near) if near else column
            yield _block("milestone.attribute", msg("No unit has the attribute %(attribute)s.", attribute=attribute), hint, document, path)


def _attributes(node: object, path: NodePath) -> Iterator[tuple[NodePath, str]]:
    """The attribute that each `when` of the file names."""
    if isinstance(node, dict):
        if isinstance(when := node.get("when"), dict):
            yield (*path, "when", "attribute"), when["attribute"]
        for key, child in node.items():
            yield from _attributes(child, (*path, key))
    elif isinstance(node, list):
        for at, child in enumerate(node):
            yield from _attributes(child, (*path, at))


def modality_valid(subject: Subject) -> Iterator[Finding]:
    """What the reader refuses, a currency that nobody knows, and amounts with a point between the thousands."""
    if subject.modality is None:
        return
    yield from subject.modality.findings
    try:
        document = document_of(subject.modality.file)
    except Unchecked:
        return  # no YAML: told above
    yield from _money(document, subject.country)


def _money(document: Document, country: str) -> Iterator[Finding]:
    """Also of a modality that the reader refuses: a point between the thousands makes the sum wrong."""
    data = document.data if isinstance(document.data, dict) else {}
    if isinstance(currency := data.get("currency"), str) and ISO_4217.fullmatch(currency):
        yield from unknown_currency(currency, country, document)
        lines = data.get("lines")
        amounts: dict[NodePath, object] = {("total",): data.get("total")}
        amounts |= {("lines", at, "amount"): line.get("amount") for at, line in enumerate(lines if isinstance(lines, list) else ()) if isinstance(line, dict)}
        for path, amount in amounts.items():
            if isinstance(amount, str):
                yield from thousands(amount, currency, document, path)


def modality_adds_up(subject: Subject) -> Iterator[Finding]:
    """A total that is not the sum of its lines; a hub takes it with a note that says why, this rule does not."""
    if subject.modality is None:
        return
    modality = subject.modality.needed
    found, stated = modality.total().amount, modality.stated_total.amount
    if found != stated:
        problem = msg("The lines add up to %(sum)s, the total says %(total)s: %(gap)s between them.", sum=found, total=stated, gap=abs(found - stated))
        yield _block("modality.sum", problem, msg("Correct a line or the total."), document_of(subject.modality.file), ("total",))


def _block(code: str, problem: Message, hint: Message, document: Document, path: NodePath) -> Finding:
    return Finding(code, Severity.BLOCK, problem, hint, document.where(path))


CHECKS: Mapping[str, Check] = {"milestones-valid": valid, "modality-valid": modality_valid, "modality-adds-up": modality_adds_up}
