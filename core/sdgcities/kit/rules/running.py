"""What shows only where the plugin runs: its tests, the report and forms of a hub, its sample data from end to end."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from sdgcities.errors import Refused, SdgCitiesError
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.hub.hub import Hub
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.formats import Formats
from sdgcities.i18n.languages import SOURCE
from sdgcities.i18n.translator import Translator
from sdgcities.kit.preview.pages import form_body
from sdgcities.kit.preview.visible import ids_of_form, ids_of_report
from sdgcities.kit.rule import Check, Unchecked
from sdgcities.kit.subject import Subject
from sdgcities.kit.trial.bench import TrialHub, alone, bench, fill
from sdgcities.kit.trial.sample import FILE, Sample, sample_of
from sdgcities.kit.trial.tests_of import NOTHING_COLLECTED, contract_tests, surroundings, tests_folder, words
from sdgcities.model.plugins import Layer
from sdgcities.recognition.claims import Decision, claims
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City
from sdgcities.reports.wording import Wording

SECONDS = 600
"""That a plugin's tests, or its demonstration, may take."""
MOST_WORDS = 8
"""Raw words that a finding names."""
_FAILED = re.compile(r"^(?:FAILED|ERROR) (?P<test>.+?)(?: - .*)?$", re.MULTILINE)


def contract_tests_pass(subject: Subject) -> Iterator[Finding]:
    """Tests that fail."""
    project = subject.needed_project
    folder = tests_folder(subject)
    if folder is None or not any(contract_tests(folder)):
        raise Unchecked(msg("The plugin has no contract tests."))
    if not find_spec("pytest"):
        raise Unchecked(msg('pytest is not installed: pip install "sdgcities[testing]".'))
    yield from _failing(subject, folder, project)


def _failing(subject: Subject, folder: Path, project: Path) -> Iterator[Finding]:
    where, hint = Where(str(folder)), msg("Run sdgcities plugin test to see why.")
    command = [*words(subject), "-q", "-rfE", "--tb=no", "--no-header", "-p", "no:cacheprovider"]
    ended = _run(command, project)
    if ended is None:
        yield Finding("tests.slow", Severity.BLOCK, msg("The tests take longer than %(seconds)s seconds.", seconds=SECONDS), hint, where)
    elif ended.returncode == NOTHING_COLLECTED:
        yield Finding("tests.none", Severity.BLOCK, msg("pytest finds no test."), hint, where)
    elif ended.returncode:
        failed = [match["test"] for match in _FAILED.finditer(ended.stdout)]
        yield from (Finding("tests.fail", Severity.BLOCK, msg("The test %(name)s fails.", name=name), hint, where) for name in failed)
        if not failed:
            yield Finding("tests.fail", Severity.BLOCK, msg("The tests can't be run: %(said)s", said=last_line(ended)), hint, where)


def report_renders(subject: Subject) -> Iterator[Finding]:
    """What people would see of ids, open places and failures, in the report of a city and in each form, language by language."""
    manifest = subject.manifest
    try:
        with bench(subject) as hub:
            city = hub.join()
            yield from _unfilled(hub, city)
            for language in manifest.languages or (SOURCE,):
                yield from _of_report(hub, city, language)
                yield from _of_forms(subject, hub, language)
    except SdgCitiesError as error:
        raise Unchecked(msg("No hub can be opened with the plugin: %(problem)s", problem=error.findings[0].message)) from error


def _unfilled(hub: TrialHub, city: City) -> Iterator[Finding]:
    try:
        fill(hub, city)
    except Refused as error:
        yield from error.findings


def _of_report(hub: TrialHub, city: City, language: str) -> Iterator[Finding]:
    catalogue, country = hub.catalogue, city.unit.country
    codes = (
        *catalogue.indicators[country],
        *(one.code for one in hub.hub.contracts[country].milestones.values()),
        country,
        city.unit.id,
        *city.unit.codes.values(),
    )
    ids = ids_of_report(catalogue.indicators[country].values(), catalogue.dimensions.values(), catalogue.levels(country), codes)
    raw = ids.raw(hub.report(city, language), Translator(language, Catalogues(hub.hub.plugins.manifests)))
    if raw:
        problem = msg("In %(language)s the city report shows: %(words)s. The city: %(city)s.", language=language, city=city.unit.name, words=_few(raw))
        hint = msg("Give what is named a name in the file that has it, and the name a translation.")
        yield Finding("report.raw", Severity.BLOCK, problem, hint, Where(str(hub.plugin.folder)))
    yield from hub.left_out


def _of_forms(subject: Subject, hub: TrialHub, language: str) -> Iterator[Finding]:
    manifests = hub.hub.plugins.manifests
    translator = Translator(language, Catalogues(manifests))
    wording = Wording(translator, Formats(language, manifests), {}, {})
    for reading in subject.forms:
        if reading.value is None:
            raise Unchecked(msg("%(file)s must be corrected first.", file=reading.file.name))
        if raw := ids_of_form(reading.value).raw(form_body(reading.value, translator, wording, hub.plugin), translator):
            problem = msg("In %(language)s the form shows: %(words)s.", language=language, words=_few(raw))
            hint = msg("Give each field a title, and an option that is a code a title of its own: oneOf with const and title.")
            yield Finding("report.raw", Severity.BLOCK, problem, hint, Where(str(reading.file)))


def sample_runs(subject: Subject) -> Iterator[Finding]:
    """What keeps the demonstration of the country from ending with a claim that the hub approved."""
    manifest = subject.manifest
    if manifest.layer is not Layer.COUNTRY:
        return  # the demonstration is of a country
    try:
        sample = sample_of(manifest)
    except Refused as error:
        yield from error.findings
        return
    if sample is None:
        hint = msg("Add sample/demo.yaml with a few of the office's figures, and sample: sample to plugin.yaml.")
        yield Finding("sample.none", Severity.BLOCK, msg("There is no sample data."), hint, Where(str(manifest.folder)))
        return
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        if said := _demonstrated(subject, sample, Path(scratch)):
            where = Where(str(manifest.folder / manifest.paths["sample"] / FILE))
            yield Finding("sample.fails", Severity.BLOCK, said, msg("Try it with sdgcities demo --country %(name)s.", name=manifest.name), where)


def _demonstrated(subject: Subject, sample: Sample, scratch: Path) -> Message | None:
    """How the demonstration ended otherwise than it should."""
    plugins_dir, folder = alone(subject, scratch / "plugins"), scratch / "demo"
    command = [sys.executable, "-m", "sdgcities.cli.main", "--lang", SOURCE, "--plugins-dir", str(plugins_dir), "demo", str(folder), "--country", subject.name]
    ended = _run(command, scratch)
    if ended is None:
        return msg("The demonstration takes longer than %(seconds)s seconds.", seconds=SECONDS)
    if ended.returncode:
        return msg("The demonstration ends with: %(said)s", said=last_line(ended))
    hub = Hub.open(folder / subject.name, plugins_dir)
    try:
        made = {claim.milestone: claim.state for claim in claims(Catalogue(hub), sample.city)}
    finally:
        hub.close()
    if made.get(sample.claim) == Decision.APPROVED:
        return None
    return msg("The claim of %(milestone)s is not approved at its end.", milestone=sample.claim)


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str] | None:
    """What a child process came to; None where it took too long."""
    environment: Mapping[str, str] = {key: value for key, value in surroundings().items() if key != "SDGCITIES_ACTOR"}
    try:
        return subprocess.run(  # noqa: S603 - our own commands
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None


def last_line(ended: subprocess.CompletedProcess[str]) -> str:
    """What a child said last: of what it refused, else of all."""
    lines = [line.strip() for line in f"{ended.stdout}\n{ended.stderr}".splitlines() if line.strip()]
    refused = [line.removeprefix("✗ ") for line in lines if line.startswith("✗ ")]
    return (refused or lines or ["-"])[-1][:400]


def _few(found: list[str]) -> str:
    return ", ".join(found[:MOST_WORDS]) + (", …" if len(found) > MOST_WORDS else "")


CHECKS: Mapping[str, Check] = {"contract-tests": contract_tests_pass, "report-renders": report_renders, "sample-runs": sample_runs}
