"""What a command has at hand: the hub, who acts, the reader's language. Each is opened when first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sdgcities.cli.base import language_of
from sdgcities.cli.output import columns, escaped, one_line, out, shown_path, tell
from sdgcities.errors import SdgCitiesError, refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg

if TYPE_CHECKING:
    from sdgcities.hub.hub import Hub
    from sdgcities.i18n.catalogues import Catalogues
    from sdgcities.i18n.formats import Formats
    from sdgcities.i18n.translator import Translator
    from sdgcities.model.milestones import Adaptation, Contract
    from sdgcities.model.places import Unit
    from sdgcities.model.plugins import Manifest
    from sdgcities.model.statistics import Period
    from sdgcities.registry.catalogue import Catalogue
    from sdgcities.registry.people import Acting, Person
    from sdgcities.reports.wording import Wording

_MARK = {Severity.BLOCK: "✗", Severity.JUSTIFY: "!", Severity.NOTE: "·"}
_LONGEST = 400
"""Characters of one parameter that a line shows: a cell can hold a whole page."""
_DECIMALS = 4
ALIKE = 5
"""Notes of one kind that are shown; the rest are counted."""


class Session:
    """One run of the command line."""

    def __init__(self, *, lang: str | None, hub: str | None, plugins_dir: str | None, actor: str | None, verbose: bool) -> None:
        self._hub_folder = Path(hub) if hub is not None else None
        self.plugins_dir = Path(plugins_dir) if plugins_dir is not None else None
        self._actor, self.verbose, self._lang = actor, verbose, lang
        self.language = language_of(click.get_current_context())
        self._told: set[str] = set()

    def inside(self, hub: Path, plugins_dir: Path | None, actor: str) -> Session:
        """The same for a hub of its own."""
        return Session(lang=self._lang, hub=str(hub), plugins_dir=str(plugins_dir) if plugins_dir else None, actor=actor, verbose=self.verbose)

    def again(self, **given: Any) -> Session:  # noqa: ANN401 - the arguments of a session
        """A session for one more command in the hub that is open."""
        new = Session(**given)
        new.__dict__.update(hub=self.hub, catalogue=self.catalogue, _told=self._told)
        return new

    @property
    def hub_folder(self) -> Path:
        """The folder given, else the nearest one upwards with a `hub.yaml`."""
        from sdgcities.hub.config import find_hub

        return self._hub_folder or find_hub(Path.cwd())

    @property
    def in_hub(self) -> bool:
        """Whether a hub was named or the current folder lies in one."""
        from sdgcities.hub.config import hub_around

        return self._hub_folder is not None or hub_around(Path.cwd()) is not None

    @cached_property
    def hub(self) -> Hub:
        """The hub, open."""
        from sdgcities.hub.hub import Hub

        return Hub.open(self.hub_folder, self.plugins_dir)

    @property
    def failures_file(self) -> Path | None:
        """Where the hub keeps the last failures of its plugins; None outside a hub."""
        from sdgcities.hub.config import FAILURES

        return self.hub_folder / FAILURES if self.in_hub else None

    @property
    def own_plugins(self) -> tuple[Path, ...]:
        """The folder of the hub's own plugins; none outside a hub."""
        from sdgcities.hub.config import OWN_PLUGINS

        return (self.hub_folder / OWN_PLUGINS,) if self.in_hub else ()

    def adaptations(self, country: str, core: Contract) -> Sequence[Adaptation]:
        """What a country (ISO code or plugin name) adapts; outside a hub, of the plugins that were found."""
        from sdgcities.plugin.desk import adaptations_of

        if self.in_hub and (code := self._own_country(country)):
            return self.hub.plugins.adaptations(code, core)
        return adaptations_of(country, core, self.plugins_dir)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The hub's reference data."""
        from sdgcities.registry.catalogue import Catalogue

        return Catalogue(self.hub)

    @cached_property
    def acting(self) -> Acting:
        """Who acts."""
        return self.person(self._actor)

    def people(self) -> Sequence[Person]:
        """Everyone who acts in the hub."""
        from sdgcities.registry.people import people

        return people(self.hub.database)

    def person(self, wanted: str | None) -> Acting:
        """An actor of the hub; who acts where none is named."""
        from sdgcities.registry.people import acting

        return self.acting if wanted is None and self._actor is not None else acting(self.hub.database, wanted)

    @cached_property
    def translator(self) -> Translator:
        """The reader's words: the hub's plugins first, then the core."""
        from sdgcities.i18n.languages import language_chain
        from sdgcities.i18n.translator import Translator

        known = self.catalogues.languages()
        if self._lang and self.language != "en" and not set(language_chain(self.language)[:-1]) & set(known):
            tell(f"· The messages of this program are not in {self._lang} yet, so they are in English. Languages: en, {', '.join(known)}.")
        return Translator(self.language, self.catalogues)

    @cached_property
    def catalogues(self) -> Catalogues:
        """The catalogues of the hub's plugins and of the core."""
        from sdgcities.i18n.catalogues import Catalogues

        return Catalogues(self._manifests)

    def catalogues_for(self, language: str) -> Sequence[Finding]:
        """What is wrong with the catalogues that serve a language."""
        from sdgcities.i18n.translator import Translator

        return Translator(language, self.catalogues).findings

    @cached_property
    def formats(self) -> Formats:
        """Numbers and dates in the reader's language."""
        from sdgcities.i18n.formats import Formats

        return Formats(self.language, self._manifests)

    @cached_property
    def wording(self) -> Wording:
        """How a page speaks to the reader of the hub's indicators and dimensions."""
        from sdgcities.reports.wording import Wording

        known = {code: item for items in self.catalogue.indicators.values() for code, item in items.items()}
        return Wording(self.translator, self.formats, known, self.catalogue.dimensions)

    def text(self, text: str) -> str:
        """A text in the reader's language."""
        return text if self.language == "en" else self.translator.text(text)

    def place(self, unit: Unit) -> str:
        """A place by its name in the reader's language, where it has one there."""
        from sdgcities.i18n.languages import language_chain

        return unit.called(language_chain(self.language))

    def word(self, code: str) -> str:
        """A word of one of the core's code lists, in the reader's language."""
        return self.text(code.replace("_", " "))

    def words(self, message: Message) -> str:
        """A message in the reader's language; a parameter of great length is cut, and a path is told from here."""
        short = Message(message.text, {name: self._short(value) for name, value in message.params.items()}, message.plural)
        return str(short) if self.language == "en" else self.translator.message(short)

    def say(self, message: Message) -> None:
        """Tell the person something."""
        tell(self.words(message))

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """One line for each: what, where, what to do. What was told already is not told again."""
        for finding in findings:
            line = f"{_MARK[finding.severity]} {self.finding_line(finding)}"
            if line not in self._told:
                tell(line)
                self._told.add(line)

    def show_report(self, findings: Sequence[Finding]) -> None:
        """The same for a long list: many notes of one kind are cut short."""
        seen: dict[str, int] = {}
        for finding in findings:
            seen[finding.code] = seen.get(finding.code, 0) + 1
            if finding.severity is not Severity.NOTE or seen[finding.code] <= ALIKE:
                self.show_findings([finding])
        notes = {finding.code for finding in findings if finding.severity is Severity.NOTE}
        for code in [code for code, count in seen.items() if count > ALIKE and code in notes]:
            more = nmsg("%(n)s more note of this kind; --json lists all.", "%(n)s more notes of this kind; --json lists all.", seen[code] - ALIKE)
            tell(f"{_MARK[Severity.NOTE]} {self.words(more)}")

    def finding_line(self, finding: Finding) -> str:
        """A finding as one line."""
        hint = f" {self.words(finding.hint)}" if finding.hint else ""
        return one_line(f"{self._place(finding.where)}{self.words(finding.message)}{hint}")

    def finding_data(self, finding: Finding) -> dict[str, object]:
        """A finding as JSON shows it."""
        where = finding.where.parts()
        return {
            "code": finding.code,
            "severity": finding.severity.value,
            "where": where | ({"file": shown_path(str(where["file"]))} if "file" in where else {}),
            "message": self.words(finding.message),
            "hint": self.words(finding.hint) if finding.hint else None,
        }

    def json(self, data: object) -> None:
        """Print data as JSON, alone on stdout: numbers as numbers, days as text."""
        import json

        from sdgcities.contract.values import plain

        click.echo(escaped(json.dumps(data, ensure_ascii=False, indent=2, default=plain)))

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print columns; headers are translated."""
        for line in columns([[self.text(header) for header in headers], *rows]):
            out(line)

    def fields(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Print names, translated, and their values; what has no value is left out."""
        for line in columns([(self.text(name), value) for name, value in pairs if value]):
            out(line)

    def when(self, utc: str) -> str:
        """A stored time, in the reader's way of writing it."""
        from datetime import datetime

        return self.formats.datetime(datetime.fromisoformat(utc))

    def period(self, period: Period) -> str:
        """A reference period, in the reader's way of saying it."""
        from sdgcities.i18n.periods import in_words

        return in_words(period, self.formats, self.words)

    def country(self, wanted: str | None) -> str:
        """One of the hub's countries; its only one where none is named."""
        countries = self.hub.config.countries
        if wanted is None and len(countries) == 1:
            return countries[0]
        names = ", ".join(countries)
        if wanted is None:
            raise refuse("country.unnamed", msg("This hub has several countries."), msg("Add --country, with one of: %(names)s.", names=names))
        found = self._own_country(wanted)
        if found is None:
            raise refuse("country.unknown", msg("%(country)s is not in this hub.", country=wanted), msg("Name one of: %(names)s.", names=names))
        return found

    def end(self, fault: Exception) -> int:
        """Say in one line why the command ends, and give the exit code."""
        from sdgcities.cli.ending import ending

        findings, code = ending(fault, self.hub.folder if "hub" in self.__dict__ else self._hub_folder)
        self.show_findings(findings)
        return code

    def close(self) -> None:
        """Give back what was opened; say which optional plugins were left out."""
        if "hub" in self.__dict__:
            if "plugins" in self.hub.__dict__:
                self.show_findings(failure.finding() for failure in self.hub.plugins.failures)
            self.hub.close()

    def _own_country(self, wanted: str) -> str | None:
        meant = {manifest.country_meant(wanted) for manifest in self.hub.plugins.manifests}
        return next((country for country in self.hub.config.countries if country in meant), None)

    @cached_property
    def _manifests(self) -> Sequence[Manifest]:
        """Of the plugins whose words are used, read without loading any; none where they can't be read: that is told elsewhere."""
        from sdgcities.plugin.discovery import discover
        from sdgcities.plugin.selection import select

        try:
            found = discover(self.plugins_dir, self.own_plugins)
            if not self.in_hub:
                return found.manifests
            config = self.hub.config
            return [choice.manifest for choice in select(found, config.plugins, config.countries)[0]]
        except SdgCitiesError:
            return ()

    def _short(self, value: object) -> object:
        if isinstance(value, Message):
            return self.words(value)
        if isinstance(value, Path):
            return shown_path(value)
        if isinstance(value, str) and len(value) > _LONGEST:
            return value[:_LONGEST] + "…"
        return self._number(value) if isinstance(value, Decimal) else value

    def _number(self, value: Decimal) -> object:
        from sdgcities.model.milestones import Share

        return self.formats.percent(value.percent) if isinstance(value, Share) else _rounded(value)

    def _place(self, where: Where) -> str:
        parts = {"file": shown_path(where.file) if where.file else "", "sheet": where.sheet, "line": where.line, "row": where.row, "column": where.column}
        names = {"sheet": self.text("sheet"), "line": self.text("line"), "row": self.text("row"), "column": self.text("column")}
        told = [f"{names[key]} {value}" if key in names else str(value) for key, value in parts.items() if value is not None and value != ""]
        return f"{', '.join(told)}: " if told else ""


def _rounded(value: Decimal) -> Decimal:
    """To at most four decimals: what a calculation left behind them tells nobody anything."""
    from sdgcities.i18n.formats import rounded

    exponent = value.as_tuple().exponent
    return rounded(value, _DECIMALS) if isinstance(exponent, int) and exponent < -_DECIMALS else value
