"""The whole job on a plugin's real sample data, in the words of the command line: every step can be typed by hand.

Figures are the offices' own. The forms and the claim are specimens: the hub is marked as a demonstration, and
every page it writes says so. Run again, it changes nothing.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import chdir
from pathlib import Path
from shutil import copyfile

import click

from sdgcities.cli.output import out, shown_path
from sdgcities.cli.session import Session
from sdgcities.errors import refuse
from sdgcities.findings import Where, msg, nmsg
from sdgcities.hub.config import FILE as HUB_FILE
from sdgcities.hub.config import load_config
from sdgcities.intake.files import sha256_of
from sdgcities.kit.trial.sample import Sample, sample_of
from sdgcities.plugin.discovery import discover
from sdgcities.recognition.claims import CLAIMED, claims
from sdgcities.registry.cities import cities
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.submissions import submissions_of
from sdgcities.tracks.data.batches.reverting import held_files

_FILES = "sample"
_OPERATOR, _AUTHOR, _REVIEWER = "demo-operator", "demo-author", "demo-reviewer"


def samples(plugins_dir: Path | None, wanted: Sequence[str]) -> list[Sample]:
    """The sample of each plugin that has one, or of the countries named. Refused where a named one has none."""
    found = {manifest.name: sample for manifest in discover(plugins_dir).manifests if (sample := sample_of(manifest))}
    if not wanted:
        if not found:
            raise refuse("demo.none", msg("No plugin with sample data is installed."), msg("Install the plugin of a country: pip install sdgcities-COUNTRY."))
        return list(found.values())
    chosen = []
    for country in wanted:
        named = [sample for sample in found.values() if sample.manifest.country_meant(country)]
        if not named:
            raise refuse(
                "demo.country", msg("No plugin has sample data for %(country)s.", country=country), msg("There is: %(names)s.", names=", ".join(found) or "-")
            )
        chosen.append(named[0])
    return chosen


def demonstrate(session: Session, sample: Sample, folder: Path) -> Path:
    """Build the hub, or go on with the one that stands there; the report it ends with."""
    if (folder.parent / HUB_FILE).is_file():
        raise refuse("demo.folder", msg("This folder is a hub."), msg("Choose another folder for the demonstration."), Where(file=str(folder.parent)))
    if not (folder / HUB_FILE).is_file():
        wanted = Founding(sample.manifest.countries, "national", (), None, _OPERATOR, demonstration=True)
        found_hub(folder, wanted, session.plugins_dir)
    elif not load_config(folder).demonstration:
        raise refuse("demo.folder", msg("This folder is a hub in use, not a demonstration."), msg("Choose another folder."), Where(file=str(folder)))
    _put_beside(sample, folder / _FILES)
    plugins_dir = session.plugins_dir.absolute() if session.plugins_dir else None
    out(f"$ cd {shlex.quote(shown_path(folder))}")
    with chdir(folder):
        inside = session.inside(Path.cwd(), plugins_dir, _OPERATOR)
        try:
            session.say(msg("Demonstration hub: %(name)s. Figures are the offices' own; forms and claim are specimens.", name=inside.hub.config.name))
            _run_all(inside, sample)
        finally:
            inside.close()
    return folder / "reports" / f"{sample.city}.en.html"


def _put_beside(sample: Sample, folder: Path) -> None:
    """The sample files into the hub's own folder, where each command finds them by a short name."""
    folder.mkdir(exist_ok=True)
    for path in (*sample.files, *(path for _, path in sample.forms)):
        copy = folder / path.name
        if not copy.is_file() or copy.read_bytes() != path.read_bytes():
            copyfile(path, copy)


def _run_all(session: Session, sample: Sample) -> None:
    for words in _steps(session, sample):
        _run(session, words)
    _run(session, ["milestone", "history", sample.city])
    for language in dict.fromkeys(("en", *session.hub.config.languages)):
        _run(session, ["--lang", language, "report", "city", sample.city])


def _steps(session: Session, sample: Sample) -> Iterator[list[str]]:
    """The commands still to be run: what stands already is not done again."""
    known = {person.id for person in session.people()}
    for actor, role in ((_AUTHOR, "author"), (_REVIEWER, "reviewer")):
        if actor not in known:
            yield ["actor", "add", actor, "--role", role]
    if sample.city not in {city.unit.id for city in cities(session.catalogue)}:
        yield ["city", "join", sample.city, "--stage", "active"]
    held = held_files(session.hub)
    if held:
        session.say(nmsg("%(n)s file was imported before.", "%(n)s files were imported before.", len(held)))
    for path in sample.files:
        if sha256_of(path) not in held:
            yield ["data", "import", f"{_FILES}/{path.name}", "--author", _AUTHOR]
    yield ["data", "coverage", sample.city]
    sent = {submission.form for submission in submissions_of(session.catalogue, sample.city)}
    for form, path in sample.forms:
        if form not in sent:
            yield ["form", "submit", form, "--city", sample.city, "--data", f"{_FILES}/{path.name}", "--author", _AUTHOR]
    yield ["milestone", "status", sample.city]
    yield from _recognition(session, sample)
    yield ["contract", "diff", sample.manifest.name]
    yield ["programme", "budget", "--country", sample.manifest.name]


def _recognition(session: Session, sample: Sample) -> Iterator[list[str]]:
    """The claim and the hub's decision on it."""
    made = {claim.milestone: claim for claim in claims(session.catalogue, sample.city)}
    if sample.claim not in made:
        yield ["milestone", "claim", sample.city, sample.claim, "--author", _AUTHOR]
        made = {claim.milestone: claim for claim in claims(session.catalogue, sample.city)}
    if made[sample.claim].state == CLAIMED:
        reason = session.text("Specimen of a review: the indicators and the reasons for empty cells were read.")
        yield ["--actor", _REVIEWER, "milestone", "review", str(made[sample.claim].id), "--approve", "--reason", reason]


def _run(session: Session, words: list[str]) -> None:
    """Run one command as if it had been typed in the hub's folder, and show it."""
    from sdgcities.cli.main import cli

    spoken = ["--lang", session.language] if session.language != "en" and "--lang" not in words else []
    plugins = ["--plugins-dir", str(session.plugins_dir)] if session.plugins_dir else []
    typed = [*spoken, *plugins, *words]
    out(f"\n$ sdgcities {shlex.join(typed)}")
    if code := cli.main(typed, prog_name="sdgcities", standalone_mode=False, obj=session):
        raise click.exceptions.Exit(code)
