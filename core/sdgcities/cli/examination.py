"""What `doctor` looks at: configuration, plugins, database, audit chain, evidence, languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sdgcities.cli.session import Session
from sdgcities.errors import SdgCitiesError
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.hub.config import HubConfig, load_config
from sdgcities.plugin.desk import listed
from sdgcities.plugin.trial import try_plugin
from sdgcities.registry.evidence import FOLDER, lost
from sdgcities.store.audit import verify


def examine(session: Session, *, load: bool) -> tuple[list[Finding], bool]:
    """Everything found, and whether the hub can't be used as it stands."""
    findings: list[Finding] = []
    config: HubConfig | None = None
    broken = False
    if session.in_hub:
        try:
            config = load_config(session.hub_folder)
            findings += _records(session)
        except SdgCitiesError as error:
            findings += error.findings
            broken = error.exit_code != 1
    plugins, lacking = _plugins(session, config, load=load)
    return findings + plugins, broken or lacking


def _plugins(session: Session, config: HubConfig | None, *, load: bool) -> tuple[list[Finding], bool]:
    required, countries = (config.plugins, config.countries) if config else ((), ())
    found, notes = listed(session.plugins_dir, session.failures_file)
    findings, lacking = list(notes), False
    for one in found:
        failures = list(one.failures)
        if load and one.manifest:
            tried = try_plugin(one.manifest, countries)
            failures = [tried] if tried else []
        needed = one.name in {"core", *required}
        findings += [failure.finding(Severity.BLOCK if needed else Severity.NOTE) for failure in failures]
        lacking = lacking or bool(failures and needed)
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
        yield Finding("audit.broken", Severity.BLOCK, text, msg("Someone changed the database by hand: restore it from a copy."), where)
    if damage != "ok":
        yield Finding("store.damaged", Severity.BLOCK, msg("The hub's database is damaged: %(reason)s.", reason=damage), msg("Restore it from a copy."), where)
    for name in lost(hub):
        text = msg("The document %(name)s was lost or changed after it was attached.", name=name)
        yield Finding("evidence.lost", Severity.BLOCK, text, msg("Restore the hub's folder evidence from a copy."), Where(file=str(hub.folder / FOLDER)))
    for language in hub.config.languages:
        for finding in session.catalogues_for(language):
            yield replace(finding, severity=Severity.NOTE)
