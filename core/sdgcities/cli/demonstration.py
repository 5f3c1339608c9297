"""The whole job on a plugin's real sample data, in the words of the command line: every step can be typed by hand.

Figures are the offices' own. The forms and the claim are specimens: the hub is marked as a demonstration, and
every page it writes says so. Run again, it changes nothing.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import click

from sdgcities.cli.session import Session
from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.hub.config import load_config
from sdgcities.intake.schema import load_checked
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.discovery import discover
from sdgcities.recognition.claims import claims
from sdgcities.registry.cities import cities
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.submissions import submissions_of

_SCHEMA = Path(__file__).with_name("demo.schema.json")
_OPERATOR, _AUTHOR, _REVIEWER = "demo-operator", "demo-author", "demo-reviewer"


@dataclass(frozen=True, slots=True)
class Sample:
    """What the demonstration does with one country; paths are those of the plugin's sample folder."""

    manifest: Manifest
    city: str
    files: tuple[Path, ...]
    forms: tuple[tuple[str, Path], ...]
    claim: str


def samples(plugins_dir: Path | None, wanted: Sequence[str]) -> list[Sample]:
    """The sample of each plugin that has one, or of the countries named. Refused where a named one has none."""
    found = {manifest.name: sample for manifest in discover(plugins_dir).manifests if (sample := _sample(manifest))}
    if not wanted:
        if not found:
            raise refuse("demo.none", msg("No plugin with sample data is installed."), msg("Install one: pip install sdgcities-ghana."))
        return list(found.values())
    chosen = []
    for country in wanted:
        named = [sample for sample in found.values() if country.casefold() == sample.manifest.name or country.upper() in sample.manifest.countries]
        if not named:
            raise refuse("demo.country", msg("No plugin has sample data for %(country)s.", country=country), msg("There is: %(names)s.", names=", ".join(found) or "-"))
        chosen.append(named[0])
    return chosen


def demonstrate(session: Session, sample: Sample, folder: Path) -> None:
    """Build the hub, or go on with the one that stands there, and leave the results in its folder."""
    if not (folder / "hub.yaml").is_file():
        wanted = Founding(sample.manifest.countries, "national", (), None, _OPERATOR, demonstration=True)
        found_hub(folder, wanted, session.plugins_dir)
    elif not load_config(folder).demonstration:
        raise refuse("demo.folder", msg("This folder is a hub in use, not a demonstration."), msg("Choose another folder."), Where(file=str(folder)))
    inside = Session(lang=session.language, hub=folder, plugins_dir=session.plugins_dir, actor=_OPERATOR, verbose=session.verbose)
    try:
        session.say(msg("Demonstration hub: %(name)s. Figures are the offices' own; forms and claim are specimens.", name=inside.hub.config.name))
        for words in _steps(inside, sample):
            _run(inside, words)
        _run(inside, ["--actor", _REVIEWER, "milestone", "history", sample.city])
        for language in dict.fromkeys(("en", *inside.hub.config.languages)):
            _run(inside, ["--lang", language, "report", "city", sample.city])
        session.say(msg("Done. Open the report in a browser: %(file)s", file=folder / "reports" / f"{sample.city}.en.html"))
    finally:
        inside.close()


def _steps(session: Session, sample: Sample) -> Iterator[list[str]]:
    """The commands still to be run: what stands already is not done again."""
    known = {person.id for person in session.people()}
    for actor, role in ((_AUTHOR, "author"), (_REVIEWER, "reviewer")):
        if actor not in known:
            yield ["actor", "add", actor, "--role", role]
    if sample.city not in {city.unit.id for city in cities(session.catalogue)}:
        yield ["city", "join", sample.city, "--stage", "active"]
    for path in sample.files:
        yield ["data", "import", str(path), "--author", _AUTHOR]
    yield ["data", "coverage", sample.city]
    sent = {submission.form for submission in submissions_of(session.catalogue, sample.city)}
    for form, path in sample.forms:
        if form not in sent:
            yield ["form", "submit", form, "--city", sample.city, "--data", str(path), "--author", _AUTHOR]
    yield ["milestone", "status", sample.city]
    made = {claim.milestone: claim for claim in claims(session.catalogue, sample.city)}
    if sample.claim not in made:
        yield ["milestone", "claim", sample.city, sample.claim, "--author", _AUTHOR]
        made = {claim.milestone: claim for claim in claims(session.catalogue, sample.city)}
    if made[sample.claim].state == "claimed":
        reason = session.text("Specimen of a review: the indicators and the reasons for empty cells were read.")
        yield ["--actor", _REVIEWER, "milestone", "review", str(made[sample.claim].id), "--approve", "--reason", reason]
    yield ["contract", "diff", sample.manifest.name]
    yield ["programme", "budget", "--country", sample.manifest.name]


def _run(session: Session, words: list[str]) -> None:
    """Run one command as if it had been typed, and show it."""
    from sdgcities.cli.main import cli  # noqa: PLC0415 - main imports this module's command

    click.echo(f"\n$ sdgcities {shlex.join(words)}", err=True)
    before = ["--hub", str(session.hub.folder), "--lang", session.language, "--actor", _OPERATOR]
    if session.plugins_dir:
        before += ["--plugins-dir", str(session.plugins_dir)]
    code = cli.main([*before, *words], prog_name="sdgcities", standalone_mode=False)
    if code:
        raise click.exceptions.Exit(code)


def _sample(manifest: Manifest) -> Sample | None:
    folder = manifest.path("sample")
    if folder is None:
        return None
    data = cast("dict[str, object]", load_checked(folder / "demo.yaml", _SCHEMA).data)
    files = tuple(folder / name for name in cast("list[str]", data["files"]))
    forms = tuple((entry["form"], folder / entry["file"]) for entry in cast("list[dict[str, str]]", data["forms"]))
    return Sample(manifest, str(data["city"]), files, forms, str(data["claim"]))
