"""What a command has at hand: the hub, who acts, the reader's language. Each is opened when first asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sdgcities.cli.base import language_of
from sdgcities.errors import refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg

if TYPE_CHECKING:
    from sdgcities.hub.hub import Hub
    from sdgcities.i18n.catalogues import Catalogues
    from sdgcities.i18n.formats import Formats
    from sdgcities.i18n.translator import Translator
    from sdgcities.model.milestones import Adaptation, Contract
    from sdgcities.model.plugins import Manifest
    from sdgcities.registry.catalogue import Catalogue
    from sdgcities.registry.people import Acting, Person

_MARK = {Severity.BLOCK: "✗", Severity.JUSTIFY: "!", Severity.NOTE: "·"}


class Session:
    """One run of the command line."""

    def __init__(self, *, lang: str | None, hub: Path | None, plugins_dir: Path | None, actor: str | None, verbose: bool) -> None:
        self._hub_folder, self._actor, self.verbose = hub, actor, verbose
        self.plugins_dir = plugins_dir
        self.language = lang or language_of(click.get_current_context())

    @property
    def hub_folder(self) -> Path:
        """The folder given, else the nearest one upwards with a `hub.yaml`."""
        from sdgcities.hub.config import find_hub  # noqa: PLC0415 - only where a hub is needed

        return self._hub_folder or find_hub(Path.cwd())

    @property
    def in_hub(self) -> bool:
        """Whether a hub was named or the current folder lies in one."""
        return self._hub_folder is not None or any((folder / "hub.yaml").is_file() for folder in (Path.cwd(), *Path.cwd().parents))

    @cached_property
    def hub(self) -> Hub:
        """The hub, open."""
        from sdgcities.hub.hub import Hub  # noqa: PLC0415 - only where a hub is needed

        return Hub.open(self.hub_folder, self.plugins_dir)

    @property
    def failures_file(self) -> Path | None:
        """Where the hub keeps the last failures of its plugins; None outside a hub."""
        return self.hub_folder / "plugin-failures.json" if self.in_hub else None

    def adaptations(self, country: str, core: Contract) -> Sequence[Adaptation]:
        """What a country (ISO code or plugin name) adapts; outside a hub, of the plugins that were found."""
        from sdgcities.plugin.desk import adaptations_of  # noqa: PLC0415 - only contract diff needs it

        if self.in_hub:
            return self.hub.plugins.adaptations(self.country(country), core)
        return adaptations_of(country, core, self.plugins_dir)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The hub's reference data; warns of optional plugins that failed."""
        from sdgcities.registry.catalogue import Catalogue  # noqa: PLC0415

        return Catalogue(self.hub)

    @cached_property
    def acting(self) -> Acting:
        """Who acts."""
        return self.person(self._actor)

    def people(self) -> Sequence[Person]:
        """Everyone who acts in the hub."""
        from sdgcities.registry.people import people  # noqa: PLC0415

        return people(self.hub.database)

    def person(self, wanted: str | None) -> Acting:
        """An actor of the hub; who acts where none is named."""
        from sdgcities.registry.people import acting  # noqa: PLC0415

        return self.acting if wanted is None and self._actor is not None else acting(self.hub.database, wanted)

    @cached_property
    def translator(self) -> Translator:
        """The reader's words: the hub's plugins first, then the core."""
        from sdgcities.i18n.translator import Translator  # noqa: PLC0415

        return Translator(self.language, self.catalogues)

    @cached_property
    def catalogues(self) -> Catalogues:
        """The catalogues of the hub's plugins and of the core."""
        from sdgcities.i18n.catalogues import Catalogues  # noqa: PLC0415

        return Catalogues(self._manifests())

    def catalogues_for(self, language: str) -> Sequence[Finding]:
        """What is wrong with the catalogues that serve a language."""
        from sdgcities.i18n.translator import Translator  # noqa: PLC0415 - only doctor needs it

        return Translator(language, self.catalogues).findings

    @cached_property
    def formats(self) -> Formats:
        """Numbers and dates in the reader's language."""
        from sdgcities.i18n.formats import Formats  # noqa: PLC0415

        return Formats(self.language, self._manifests())

    def text(self, text: str) -> str:
        """A text in the reader's language."""
        return text if self.language == "en" else self.translator.text(text)

    def words(self, message: Message) -> str:
        """A message in the reader's language."""
        return str(message) if self.language == "en" else self.translator.message(message)

    def say(self, message: Message) -> None:
        """Tell the person something, on stderr: stdout is for results."""
        click.echo(self.words(message), err=True)

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """One line for each: what, where, what to do."""
        for finding in findings:
            click.echo(f"{_MARK[finding.severity]} {self.finding_line(finding)}", err=True)

    def finding_line(self, finding: Finding) -> str:
        """A finding as one line."""
        place = self._place(finding.where)
        hint = f" {self.words(finding.hint)}" if finding.hint else ""
        return f"{place}{self.words(finding.message)}{hint}".replace("\n", " ")

    def finding_data(self, finding: Finding) -> dict[str, object]:
        """A finding as JSON shows it."""
        return {
            "code": finding.code,
            "severity": finding.severity.value,
            "where": finding.where.parts(),
            "message": self.words(finding.message),
            "hint": self.words(finding.hint) if finding.hint else None,
        }

    def json(self, data: object) -> None:
        """Print data as JSON, alone on stdout."""
        click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print columns, as wide as they need; headers are translated."""
        shown = [[self.text(header) for header in headers], *rows]
        widths = [max(len(row[column]) for row in shown) for column in range(len(headers))]
        for row in shown:
            click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())

    def when(self, utc: str) -> str:
        """A stored time, in the reader's way of writing it."""
        return self.formats.datetime(datetime.fromisoformat(utc))

    def country(self, wanted: str | None) -> str:
        """One of the hub's countries; its only one where none is named."""
        countries = self.hub.config.countries
        if wanted is None and len(countries) == 1:
            return countries[0]
        by_name = {manifest.name: code for manifest in self.hub.plugins.manifests for code in manifest.countries}
        found = by_name.get((wanted or "").casefold(), (wanted or "").upper())
        if found not in countries:
            raise refuse("country.unknown", msg("%(country)s is not in this hub.", country=wanted or "-"), msg("Name one of: %(names)s.", names=", ".join(countries)))
        return found

    def close(self) -> None:
        """Give back what was opened; say which optional plugins were left out."""
        if "hub" in self.__dict__:
            if "plugins" in self.hub.__dict__:
                self.show_findings(failure.finding() for failure in self.hub.plugins.failures)
            self.hub.close()

    def _manifests(self) -> Sequence[Manifest]:
        return self.hub.plugins.manifests if self.in_hub else ()

    def _place(self, where: Where) -> str:
        names = {"sheet": "sheet", "line": "line", "row": "row", "column": "column"}
        parts = where.parts()
        told = [str(parts["file"])] if "file" in parts else []
        told += [f"{self.text(names[key])} {value}" for key, value in parts.items() if key != "file"]
        return f"{', '.join(told)}: " if told else ""
