"""`sdgcities locale`: the translation desk of a plugin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.output import out, shown_path, tell
from sdgcities.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sdgcities.i18n.update import Updated
    from sdgcities.kit.desk.coverage import Coverage
    from sdgcities.kit.desk.importing import Imported
    from sdgcities.kit.desk.states import String
    from sdgcities.model.plugins import Manifest

STATES = ("empty", "draft", "unreviewed", "reviewed")
MOST = 20
"""Rows refused that are told one by one."""
_plugin = click.argument("plugin", metavar="PATH|NAME")
_workbook = click.option("--xlsx", is_flag=True, help="As a workbook; there is no other form yet, so it may be left out.")


@click.group("locale", cls=TranslatedGroup)
def command() -> None:
    """Translate a plugin: its texts, their translations, who has reviewed them.

    Example: sdgcities locale coverage kenya
    """


@command.command("extract")
@_plugin
@click.option("-o", "--output", type=options.PATH, metavar="FILE", help="The file to write; otherwise the template is printed.")
@click.pass_obj
def extract(session: Session, plugin: str, output: Path | None) -> None:
    """Write the template (POT) with every text of a plugin, the file and line it stands in, and what it is there.

    Example: sdgcities locale extract kenya -o kenya.pot
    """
    from sdgcities.findings import msg
    from sdgcities.kit.desk.catalogues import template_of
    from sdgcities.writing import put

    template = template_of(_manifest(session, plugin))
    if output is None:
        out(template.decode().rstrip())
        return
    put(output, template)
    session.say(msg("The template is %(file)s.", file=output))


@command.command("update")
@_plugin
@click.option("--language", "languages", multiple=True, metavar="L", help="A language of the plugin; may be given again; otherwise all.")
@click.option("--core", "with_core", is_flag=True, help="Bring in the core's own texts of reports and forms too, for a language the core does not have.")
@click.pass_obj
def update(session: Session, plugin: str, languages: tuple[str, ...], *, with_core: bool) -> None:
    """Bring new texts of a plugin into its catalogues, and make those of new languages. Translations and reviews stay.

    Example: sdgcities locale update kenya
    """
    from sdgcities.kit.desk.catalogues import languages_wanted
    from sdgcities.kit.desk.catalogues import update as bring_in

    manifest = _manifest(session, plugin)
    for done in bring_in(manifest, languages_wanted(manifest, languages), with_core=with_core):
        tell(f"{shown_path(done.path)}: {' '.join(_told_update(session, done))}")


def _told_update(session: Session, done: Updated) -> Iterable[str]:
    from sdgcities.findings import msg, nmsg

    if not done.changed:
        yield session.words(msg("Nothing is new."))
        return
    if done.made:
        yield session.words(msg("The catalogue is new."))
    yield session.words(nmsg("%(n)s new text.", "%(n)s new texts.", done.new))
    if not done.new and not done.gone:
        yield session.words(msg("Its places and comments were brought up to date."))
    if done.offered:
        yield session.words(
            nmsg("%(n)s has an earlier wording's translation, as a draft.", "%(n)s have earlier wordings' translations, as drafts.", done.offered)
        )
    if done.gone:
        yield session.words(nmsg("%(n)s is no longer used, and is kept at the end.", "%(n)s are no longer used, and are kept at the end.", done.gone))


@command.command("check")
@_plugin
@options.as_json
@click.pass_context
def check(context: click.Context, plugin: str, *, as_json: bool) -> None:
    """Tell what is wrong in the catalogues of a plugin: places to be filled in, plural forms, markup, hidden characters.

    Example: sdgcities locale check kenya
    """
    from sdgcities.cli.plugin.told import data_of, line_of
    from sdgcities.findings import msg
    from sdgcities.kit.outcome import shortened, told
    from sdgcities.kit.quality import judge, rules
    from sdgcities.kit.rule import Level
    from sdgcities.kit.subject import subject_of

    session: Session = context.obj
    subject = subject_of(plugin, session.plugins_dir)
    _manifest(session, plugin)
    found = told(judge(subject, [rule for rule in rules() if rule.area == "catalogues"]), Level.BRONZE)
    if as_json:
        session.json([data_of(session, one) for one in found])
    else:
        for one in shortened(found)[0]:
            out(line_of(session, one))
    if any(one.finding.blocks for one in found):
        context.exit(1)
    tell(f"✓ {session.words(msg('The catalogues can be used.'))}")


@command.command("coverage")
@_plugin
@click.option("--list", "state", type=click.Choice(STATES), help="List the texts in this state, with file and line.")
@click.option("--language", "languages", multiple=True, metavar="L", help="A language of the plugin; may be given again; otherwise all.")
@options.as_json
@click.pass_obj
def show_coverage(session: Session, plugin: str, state: str | None, languages: tuple[str, ...], *, as_json: bool) -> None:
    """Show for each language how many texts are translated and reviewed, and how many await it.

    Example: sdgcities locale coverage kenya
    """
    from sdgcities.kit.desk.catalogues import languages_wanted
    from sdgcities.kit.desk.coverage import coverage_of
    from sdgcities.kit.desk.states import State

    manifest = _manifest(session, plugin)
    found = [one for one in coverage_of(manifest, session.language) if one.language in languages_wanted(manifest, languages)]
    if state:
        texts = [(one, text) for one in found for text in one.listed if text.state is State(state)]
        _show_texts(session, manifest, texts, as_json=as_json)
    elif as_json:
        session.json([one.data() for one in found])
    else:
        rows = [row for one in found for row in _rows(session, one)]
        session.table(("Code", "Language", "Texts", "Translated", "Reviewed", "Unreviewed", "Draft", "Empty", "Share"), rows)


def _rows(session: Session, of: Coverage) -> Iterator[tuple[str, ...]]:
    """A language, and below it the core's own texts where the core lacks some in it."""
    from sdgcities.findings import msg

    yield of.language, of.name, *map(str, of.counts.values()), session.formats.percent(of.percent)
    if of.core:
        name = session.words(msg("%(language)s: texts of the core", language=of.name))
        yield of.language, name, *map(str, of.core.counts.values()), session.formats.percent(of.core.percent)


def _show_texts(session: Session, manifest: Manifest, found: Sequence[tuple[Coverage, String]], *, as_json: bool) -> None:
    if as_json:
        session.json(
            [
                {"language": of.language, "state": text.state.value, "text": text.msgid, "translation": list(text.texts), "file": place[0], "line": place[1]}
                for of, text in found
                for place in [_place(manifest, text)]
            ]
        )
        return
    for _, text in found:
        file, line = _place(manifest, text)
        out(f"{file}{f':{line}' if line else ''}: {' '.join(text.msgid.split())}")


def _place(manifest: Manifest, text: String) -> tuple[str, int | None]:
    """Where it is, or will be, translated: in the catalogue; before it was brought in, where the text itself stands."""
    return (shown_path(text.catalogue), text.line) if text.catalogue else (shown_path(manifest.folder / text.file), None)


@command.command("export")
@_plugin
@click.option("--language", required=True, metavar="L", help="The language to translate into.")
@click.option("-o", "--output", type=options.PATH, metavar="FILE", help="The workbook to write; otherwise NAME-L.xlsx in this folder.")
@click.option("--state", "states", metavar="STATES", help="Only texts in these states, with commas between: empty, draft, unreviewed, reviewed.")
@_workbook
@click.pass_obj
def export(session: Session, plugin: str, language: str, output: Path | None, states: str | None, *, xlsx: bool) -> None:  # noqa: ARG001 - the only form
    """Write the texts of a language into a workbook for translators and reviewers. What is in the workbook comes back with: locale import.

    Example: sdgcities locale export kenya --language sw -o kenya-sw.xlsx
    """
    from sdgcities.findings import nmsg
    from sdgcities.kit.desk.catalogues import languages_wanted
    from sdgcities.kit.desk.exporting import export as write
    from sdgcities.kit.desk.states import State

    manifest = _manifest(session, plugin)
    languages_wanted(manifest, [language])
    target = output or Path(f"{manifest.name}-{language}.xlsx")
    count = write(manifest, language, target, frozenset(map(State, _states(states))))
    session.say(nmsg("%(file)s has %(n)s text.", "%(file)s has %(n)s texts.", count, file=target))


def _states(given: str | None) -> Sequence[str]:
    from sdgcities.cli.base import words

    states = [state.strip() for state in (given or "").split(",") if state.strip()]
    if wrong := [state for state in states if state not in STATES]:
        context = click.get_current_context()
        text = words(context)("%(state)s is no state. There are: %(states)s.") % {"state": wrong[0], "states": ", ".join(STATES)}
        raise click.BadParameter(text, context, param_hint="--state")
    return states


@command.command("import")
@_plugin
@click.argument("file", type=options.PATH)
@click.option("--reviewer", metavar="NAME", default="", help="Who has reviewed every translation in the workbook beside which no other name stands.")
@click.option("--dry-run", is_flag=True, help="Check and report; store nothing.")
@click.option("--accept-partial", is_flag=True, help="Store the good rows, and leave those out that are refused.")
@_workbook
@click.pass_context
def import_file(context: click.Context, plugin: str, file: Path, reviewer: str, *, dry_run: bool, accept_partial: bool, xlsx: bool) -> None:  # noqa: ARG001 - as above
    """Take the translations and reviews of a workbook back into the catalogue. A row that is refused stores nothing.

    Example: sdgcities locale import kenya kenya-sw.xlsx --reviewer "Amina Otieno"
    """
    from sdgcities.kit.desk.importing import import_workbook

    session: Session = context.obj
    done = import_workbook(_manifest(session, plugin), file, " ".join(reviewer.split()), dry_run=dry_run, accept_partial=accept_partial)
    _show_import(session, done, dry_run=dry_run)
    if done.refused:
        context.exit(1)


def _show_import(session: Session, done: Imported, *, dry_run: bool) -> None:
    from sdgcities.findings import msg, nmsg

    session.show_findings(done.refused[:MOST])
    if len(done.refused) > MOST:
        more = nmsg("%(n)s more row is refused.", "%(n)s more rows are refused.", len(done.refused) - MOST)
        tell(f"✗ {session.words(more)}")
    counts = msg("%(changed)s changed, %(reviewed)s reviewed, %(unchanged)s unchanged.", changed=done.changed, reviewed=done.reviewed, unchanged=done.unchanged)
    if done.stored or (dry_run and not done.refused):
        session.say(counts)
    if done.fallen:
        fallen = nmsg("%(n)s review fell: the translation was changed after it.", "%(n)s reviews fell: the translations were changed after them.", done.fallen)
        session.say(fallen)
    if not done.stored:
        session.say(msg("Nothing was stored: this was a trial.") if dry_run else msg("Nothing was stored. Correct the rows, or add --accept-partial."))


def _manifest(session: Session, plugin: str) -> Manifest:
    """The manifest of the plugin. Raises Refused with what is wrong with it."""
    from sdgcities.errors import Refused
    from sdgcities.kit.subject import subject_of

    reading = subject_of(plugin, session.plugins_dir).reading
    if reading.value is None:
        raise Refused(reading.findings)
    return reading.value
