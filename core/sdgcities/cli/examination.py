"""What `doctor` looks at: configuration, plugins, database, audit chain, evidence, languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sdgcities.cli.session import Session
from sdgcities.errors import HubUnusable, SdgCitiesError
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.hub.config import HubConfig, load_config
from sdgcities.hub.lists import changed
from sdgcities.hub.profiles import unusable_profiles
from sdgcities.i18n.languages import language_chain
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.deprecations import announced
from sdgcities.plugin.desk import listed
from sdgcities.plugin.selection import not_installed
from sdgcities.plugin.trial import try_plugin
from sdgcities.registry.evidence import FOLDER, lost
from sdgcities.store.audit import taken_out, verify


def examine(session: Session, *, load: bool) -> tuple[list[Finding], bool]:
    """Everything found, what blocks first, and whether the hub can't be used as it stands."""
    findings: list[Finding] = []
    config: HubConfig | None = None
    broken = False
    if session.in_hub:
        try:
            config = load_config(session.hub_folder)
            findings += _records(session)
            lists = list(_lists(session))
            findings += lists
            broken = any(finding.blocks for finding in lists)
        except SdgCitiesError as error:
            findings += error.findings
            broken = isinstance(error, HubUnusable)
    plugins, lacking = _plugins(session, config, load=load)
    return sorted(findings + plugins, key=lambda finding: not finding.blocks), broken or lacking


def _plugins(session: Session, config: HubConfig | None, *, load: bool) -> tuple[list[Finding], bool]:
    required, countries = (config.plugins, config.countries) if config else ((), ())
    found, notes = listed(session.plugins_dir, session.failures_file, session.own_plugins)
    findings, lacking = list(notes), False
    for one in found:
        failures = list(one.failures)
        if load and one.manifest:
            tried = try_plugin(one.manifest, countries)
            failures = [tried] if tried else []
        needed = one.name in {"core", *required}
        findings += announced(one.manifest) if one.manifest else ()
        findings += [failure.finding(Severity.BLOCK if needed else Severity.NOTE) for failure in failures]
        lacking = lacking or bool(failures and needed)
    names = {one.name for one in found}
    for name in required:
        if name not in names:
            lacking = True
            findings.append(not_installed(name).finding(Severity.BLOCK))
    if config:
        findings += unusable_profiles(session.hub_folder, config, [one.manifest for one in found if one.manifest])
    if config and not lacking:
        findings += _unkept(session, config, [one.manifest for one in found if one.name in required and one.manifest])
    return findings, lacking


def _unkept(session: Session, config: HubConfig, manifests: Sequence[Manifest]) -> Iterator[Finding]:
    """Countries and languages of hub.yaml that its plugins, all of them there, have nothing for."""
    for country in sorted(set(config.countries) - {country for manifest in manifests for country in manifest.countries}):
        text = msg("No plugin that hub.yaml names serves %(country)s.", country=country)
        yield Finding("country.unserved", Severity.BLOCK, text, msg("Correct countries or plugins in hub.yaml."))
    known = session.catalogues.languages()
    for language in config.languages:
        if language != "en" and set(known).isdisjoint(language_chain(language)[:-1]):
            text = msg("There are no texts in %(language)s yet: what is for its readers is in English.", language=language)
            yield Finding("language.none", Severity.NOTE, text, msg("Languages: %(languages)s.", languages=", ".join(("en", *known))))


def _lists(session: Session) -> Iterator[Finding]:
    """The official lists whose files are not as they were loaded: without them the hub does not open."""
    with session.hub.database.reading() as connection:
        yield from changed(session.hub.folder, connection)


def _records(session: Session) -> Iterator[Finding]:
    hub = session.hub
    with hub.database.reading() as connection:
        _, chain = verify(connection)
        lost_guards = taken_out(connection)
    damage, where = hub.database.damage(), hub.database.where
    if chain:
        yield replace(chain.finding(), where=where)
    if lost_guards:
        yield replace(lost_guards, where=where)
    if damage:
        yield damage
    for name in lost(hub):
        text = msg("The document %(name)s was lost or changed after it was attached.", name=name)
        yield Finding("evidence.lost", Severity.BLOCK, text, msg("Restore the hub's folder evidence from a copy."), Where(file=str(hub.folder / FOLDER)))
    for language in hub.config.languages:
        for finding in session.catalogues_for(language):
            yield replace(finding, severity=Severity.NOTE)
