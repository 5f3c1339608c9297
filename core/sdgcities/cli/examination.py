"""What `doctor` looks at: configuration, plugins, database, audit chain, evidence, languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sdgcities.cli.session import Session
from sdgcities.errors import SdgCitiesError
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.hub.config import load_config
from sdgcities.plugin.desk import listed
from sdgcities.plugin.trial import try_plugin
from sdgcities.store.audit import verify


def examine(session: Session, *, load: bool) -> tuple[list[Finding], bool]:
    """Everything found, and whether the hub can't be used as it stands."""
    findings: list[Finding] = []
    required: tuple[str, ...] = ()
    broken = False
    if session.in_hub:
        try:
            required = load_config(session.hub_folder).plugins
            findings += _records(session)
        except SdgCitiesError as error:
            findings += error.findings
            broken = error.exit_code != 1
    plugins, lacking = _plugins(session, required, load=load)
    return findings + plugins, broken or lacking


def _plugins(session: Session, required: tuple[str, ...], *, load: bool) -> tuple[list[Finding], bool]:
    found, notes = listed(session.plugins_dir, session.failures_file)
    findings, lacking = list(notes), False
    for one in found:
        failures = list(one.failures)
        if load and one.manifest:
            tried = try_plugin(one.manifest)
            failures = [tried] if tried else []
        severity = Severity.BLOCK if one.name in required else Severity.NOTE
        findings += [failure.finding(severity) for failure in failures]
        lacking = lacking or bool(failures and one.name in required)
    names = {one.name for one in found}
    for name in required:
        if name not in names:
            lacking = True
            findings.append(
                Finding(
                    "plugin.missing",
                    Severity.BLOCK,
                    msg("The plugin %(name)s is not installed.", name=name),
                    msg("Install it: pip install sdgcities-%(name)s.", name=name),
                )
            )
    return findings, lacking


def _records(session: Session) -> Iterator[Finding]:
    hub = session.hub
    with hub.database.reading() as connection:
        _, chain = verify(connection)
        damage = connection.exec_driver_sql("PRAGMA quick_check").scalar()
    where = Where(file=str(hub.database.path))
    if chain:
        text = msg("The audit chain breaks at record %(n)s: %(reason)s.", n=chain.seq, reason=Message(chain.reason))
        yield Finding("audit.broken", Severity.BLOCK, text, msg("Compare with a copy of the hub."), where)
    if damage != "ok":
        yield Finding("store.damaged", Severity.BLOCK, msg("The hub's database is damaged: %(reason)s.", reason=damage), msg("Restore it from a copy."), where)
    for language in hub.config.languages:
        for finding in session.catalogues_for(language):
            yield replace(finding, severity=Severity.NOTE)
