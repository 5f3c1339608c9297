"""A hub for one plugin alone, in a folder that is thrown away: what previews, rules and tests of the plugin look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copytree, ignore_patterns
from tempfile import TemporaryDirectory

import yaml

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, msg
from sdgcities.hub.hub import Hub
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.formats import Formats
from sdgcities.i18n.translator import Translator
from sdgcities.kit.subject import Subject
from sdgcities.kit.trial.sample import Sample, sample_of
from sdgcities.model.hub import CityStage, Role
from sdgcities.model.plugins import Layer, Manifest
from sdgcities.plugin.discovery import discover
from sdgcities.recognition.claims import Claim, claims
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City, cities, find_city
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.people import Acting, acting, add_actor
from sdgcities.registry.stages import join
from sdgcities.registry.submissions import Submitted, find_form, submit
from sdgcities.reports.city import city_report
from sdgcities.reports.render import render_city, wording_of
from sdgcities.reports.sections import sections_of
from sdgcities.reports.signs import Marks
from sdgcities.tracks.data.importing.request import Report, Request
from sdgcities.tracks.data.importing.run import import_file

OPERATOR, AUTHOR, REVIEWER = "operator", "author", "reviewer"


class TrialHub:
    """A hub of the plugin, open, with an operator, an author and a reviewer. Its figures and forms are for looking at only."""

    def __init__(self, manifest: Manifest, folder: Path, plugins_dir: Path) -> None:
        self.plugin = manifest
        self.folder = folder
        self.plugins_dir = plugins_dir
        self.left_out: tuple[Finding, ...] = ()
        """Why sections of plugins are not in the report that was made last."""
        self.reopen()

    def reopen(self) -> None:
        """Close the hub and open it again: plugins are looked for anew."""
        self.close()
        self.hub = Hub.open(self.folder, self.plugins_dir)
        self.catalogue = Catalogue(self.hub)

    def close(self) -> None:
        """Give back the database."""
        if "hub" in self.__dict__:
            self.hub.close()

    def person(self, name: str) -> Acting:
        """One of the three who act in the hub."""
        return acting(self.hub.database, name)

    def join(self, city: str | None = None) -> City:
        """Let a city take part: the one named, else that of the sample, else the first whose level can join."""
        wanted = city or _first_city(self)
        if wanted not in {one.unit.id for one in cities(self.catalogue)}:
            join(self.catalogue, self.catalogue.unit(wanted), CityStage.ACTIVE, self.person(OPERATOR))
        return find_city(self.catalogue, wanted)

    def import_file(self, path: Path) -> Report:
        """Import a file of figures, for which the author answers."""
        return import_file(self.catalogue, Request(path, self.person(OPERATOR), self.person(AUTHOR)))

    def submit(self, form: str, city: City, answers: Mapping[str, object] | None = None) -> Submitted:
        """Send in a form of a city: the answers given, else the form's own example."""
        found = find_form(self.catalogue, form)
        path = self.folder / f"{form}.yaml"
        data = found.example if answers is None else answers
        path.write_text(yaml.safe_dump(_plain(data), allow_unicode=True, sort_keys=False), encoding="utf-8")
        return submit(self.catalogue, found, city, path, self.person(AUTHOR), self.person(OPERATOR))

    def claims(self, city: City) -> Sequence[Claim]:
        """What the city claimed."""
        return claims(self.catalogue, city.unit.id)

    def report(self, city: City, language: str, translator: Translator | None = None, marks: Marks | None = None) -> str:
        """The page of the city's report in a language."""
        manifests = self.hub.plugins.manifests
        report, formats = city_report(self.catalogue, city), Formats(language, manifests)
        found = translator or Translator(language, Catalogues(manifests))
        sections = sections_of(report, wording_of(report, found, formats))
        self.left_out = tuple(finding for section in sections for finding in section.findings)
        return render_city(report, found, formats, sections, marks)


@contextmanager
def bench(subject: Subject) -> Iterator[TrialHub]:
    """A hub of the plugin in a folder of its own, which goes when it is done with. Raises Refused or HubUnusable where the plugin can't be used."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        hub = open_bench(subject, Path(scratch))
        try:
            yield hub
        finally:
            hub.close()


def open_bench(subject: Subject, folder: Path) -> TrialHub:
    """The same in `folder`; whoever asks closes the hub."""
    manifest = subject.readable
    plugins_dir = alone(subject, folder / "plugins")
    country, others = _country_of(manifest, plugins_dir), () if manifest.layer is Layer.COUNTRY else (manifest.name,)
    found_hub(folder / "hub", Founding((country,), "national", (), None, OPERATOR, demonstration=True, plugins=others), plugins_dir)
    hub = TrialHub(manifest, folder / "hub", plugins_dir)
    operator = hub.person(OPERATOR)
    for name, role in ((AUTHOR, Role.AUTHOR), (REVIEWER, Role.REVIEWER)):
        add_actor(hub.hub.database, operator, name, [role], "", "")
    return hub


def alone(subject: Subject, folder: Path) -> Path:
    """A plugins folder in which the plugin is found, installed or not, beside those it was told to stand with."""
    folder.mkdir(parents=True)
    beside = [one.folder for one in discover(subject.plugins_dir).candidates if one.folder and one.name != subject.name] if subject.plugins_dir else []
    for package in (subject.folder, *(one for one in beside if (one / "plugin.yaml").is_file() and one.name != "sdgcities")):
        _reach(package, folder / package.name)
    return folder


def fill(hub: TrialHub, city: City) -> None:
    """What a report of the city can show: the sample's figures and forms, else the example of each form of the plugin."""
    sample = _sample(hub)
    for path in sample.files if sample else ():
        report = hub.import_file(path)
        if report.blocked:
            raise Refused([finding for finding in report.findings if finding.blocks])
    for form in hub.hub.plugins.forms(city.unit.country).values():
        if hub.hub.plugins.giver("sdgcities_forms", form.id, city.unit.country).name == hub.plugin.name:
            hub.submit(form.id, city)


def _reach(package: Path, link: Path) -> None:
    """A link to the package; a copy where links can't be made."""
    with suppress(OSError, NotImplementedError):
        link.symlink_to(package, target_is_directory=True)
        return
    copytree(package, link, ignore=ignore_patterns("__pycache__"))


def _country_of(manifest: Manifest, plugins_dir: Path) -> str:
    """The plugin that serves the country of the hub: this one, or for a theme the first that is there."""
    if manifest.layer is Layer.COUNTRY:
        return manifest.name
    national = [
        one
        for one in discover(plugins_dir).manifests
        if one.layer is Layer.COUNTRY and (not manifest.countries or set(one.countries) & set(manifest.countries))
    ]
    if not national:
        problem = msg("%(name)s is of the layer %(layer)s, and there is no plugin of a country to try it with.", name=manifest.name, layer=manifest.layer.value)
        raise refuse("bench.country", problem, msg("Install the plugin of a country, or name a folder that holds one: --plugins-dir DIR."))
    return national[0].name


def _sample(hub: TrialHub) -> Sample | None:
    """Of the plugin itself, or of the country that a theme is tried in."""
    found = (sample_of(manifest) for manifest in (hub.plugin, *hub.hub.plugins.manifests))
    return next(filter(None, found), None)


def _first_city(hub: TrialHub) -> str:
    if sample := _sample(hub):
        return sample.city
    for country, places in hub.catalogue.places.items():
        joining = {level.id for level in hub.catalogue.levels(country) if level.city}
        for unit in places.units.values():
            if unit.level in joining and unit.valid_to is None:
                return unit.id
    raise refuse("bench.city", msg("The plugin has no unit that can join."), msg("Mark a level with city: true, and list its units in units.csv."))


def _plain(data: object) -> object:
    """Data as YAML writes it: exact decimals as numbers."""
    if isinstance(data, Mapping):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_plain(value) for value in data]
    return data if isinstance(data, (str, bool, int, float)) or data is None else float(str(data))
