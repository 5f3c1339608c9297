"""A workbook that came back from translators: what it brings into the catalogue, and what of it is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, msg
from sdgcities.i18n.update import PREVIOUS, is_review, put_catalogue, strings
from sdgcities.intake.po import DRAFT, REVIEWED, review_of
from sdgcities.kit.desk import sheet
from sdgcities.kit.desk.catalogues import languages_wanted, on_desk, project_of
from sdgcities.kit.desk.faults import faults_of
from sdgcities.kit.desk.rows import Row, Taken, Texts, finding_at, opened, rows_of
from sdgcities.model.plugins import Manifest

if TYPE_CHECKING:
    from babel.messages.catalog import Message as Block

MAX_NAME = 80
"""Characters of a reviewer's name: it has to stand on one line of the catalogue."""
_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
_NAME = re.compile(r"[^,\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(slots=True)
class Imported:
    """What an import did: texts whose translation changed, that were reviewed, whose review fell with a change, and those left as they were."""

    language: str
    path: Path
    changed: int = 0
    reviewed: int = 0
    fallen: int = 0
    remarks: int = 0
    unchanged: int = 0
    refused: list[Finding] = field(default_factory=list)
    stored: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """What the rows of a text ask for."""

    texts: tuple[str, ...]
    review: tuple[str, date] | None
    remark: str


def import_workbook(manifest: Manifest, path: Path, reviewer: str = "", *, dry_run: bool = False, accept_partial: bool = False) -> Imported:
    """Take over the translations and reviews of a workbook. Where a row is refused nothing is stored, unless the good ones are asked for.

    `reviewer` has reviewed every translation of the workbook beside which no other name stands.
    """
    book, language = opened(path, manifest.name)
    languages_wanted(manifest, [language])
    if reviewer and (problem := _unfit(reviewer)):
        raise refuse("locale.reviewer", problem, msg('Give the name of one person, such as --reviewer "Ama Mensah".'))
    target, old, merged = on_desk(manifest, language)
    found, refused = Texts(merged.catalogue, language).taken(rows_of(book, path), path)
    done = Imported(language, target, refused=refused)
    for taken in found.values():
        _take_over(taken, path, reviewer, language, done)
    done.refused.sort(key=lambda finding: finding.where.row or 0)
    if not dry_run and (accept_partial or not done.refused):
        put_catalogue(target, merged.catalogue, project_of(manifest), old)
        done.stored = True
    return done


def _take_over(taken: Taken, path: Path, reviewer: str, language: str, done: Imported) -> None:
    try:
        wish = _wish(taken, path, reviewer)
        done.refused += (problems := list(_faults(taken, wish, path, language)))
    except Refused as error:
        done.refused += error.findings
        return
    if not problems:
        _carry_out(taken.block, wish, done)


def _wish(taken: Taken, path: Path, reviewer: str) -> Wish:
    """What the rows say together. An empty cell, or a form that was not sent back, leaves what is there. Raises Refused where rows don't agree."""
    rows = list(taken.rows.values())
    had = (*strings(taken.block), *[""] * taken.forms)[: taken.forms]
    sent = {form: _written(taken.block, form, row[sheet.TRANSLATION]) for form, row in taken.rows.items()}
    texts = tuple(sent.get(form) or had[form] for form in range(taken.forms))
    remark = " ".join(dict.fromkeys(" ".join(row[sheet.REMARK].split()) for row in rows)).strip()
    review, standing = _review(taken, path), _standing(taken.block)
    review = review or ((reviewer, date.today()) if reviewer and all(texts) else None)  # noqa: DTZ011 - the day where the person is
    if review not in {None, standing} and not any(texts):
        hint = msg("Write the translation, or take the name away.")
        raise Refused([finding_at(path, rows[0], sheet.REVIEWER, msg("Somebody is named as reviewer where there is no translation."), hint)])
    if not all(texts) and (texts != had or review not in {None, standing}):
        row = next((taken.rows[form] for form in sorted(taken.rows) if not texts[form]), rows[0])
        problem = msg("The text has %(forms)s forms, and not all are translated.", forms=taken.forms)
        raise Refused([finding_at(path, row, sheet.TRANSLATION, problem, msg("Translate it in each of its rows, or in none."))])
    return Wish(texts if all(texts) else (), review, remark)


def _review(taken: Taken, path: Path) -> tuple[str, date] | None:
    """Who reviewed it, in any of its rows, and when; today where no day is written."""
    rows = list(taken.rows.values())
    names = {name: row for row in rows if (name := " ".join(row[sheet.REVIEWER].split()))}
    if not names:
        return None
    row = next(iter(names.values()))
    problem = msg("The rows of one text name several reviewers.") if len(names) > 1 else _unfit(next(iter(names)))
    if problem:
        raise Refused([finding_at(path, row, sheet.REVIEWER, problem, msg("Write the name of one person."))])
    return next(iter(names)), max((_day(row, path) for row in rows if row[sheet.DAY].strip()), default=date.today())  # noqa: DTZ011 - as above


def _day(row: Row, path: Path) -> date:
    text = row[sheet.DAY].strip()
    try:
        day = date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        day = date.max
    if day > date.today():  # noqa: DTZ011 - as above
        hint = msg("Write the day as 2026-12-31; it can't be one to come.")
        raise Refused([finding_at(path, row, sheet.DAY, msg("This is no day of a review: %(day)s.", day=text), hint)])
    return day


def _unfit(name: str) -> Message | None:
    if len(name) > MAX_NAME or not _NAME.fullmatch(name) or not name.strip():
        return msg("A reviewer is named by at most %(limit)s characters, without a comma.", limit=MAX_NAME)
    return None


def _faults(taken: Taken, wish: Wish, path: Path, language: str) -> Iterator[Finding]:
    """What would break the text: told where the translation stands."""
    if wish.texts and (wish.texts != strings(taken.block) or wish.review):
        for index, problem in faults_of(taken.block, wish.texts, language):
            row = taken.rows.get(index) or next(iter(taken.rows.values()))
            yield finding_at(path, row, sheet.TRANSLATION, problem, msg("Correct the translation in this row."))


def _carry_out(block: Block, wish: Wish, done: Imported) -> None:
    """Change the entry of the catalogue."""
    before, standing = strings(block), _standing(block)
    changed = bool(wish.texts) and wish.texts != before
    newly = wish.review if wish.texts and wish.review != standing else None
    if wish.remark != sheet.remark_of(block):
        block.user_comments = [comment for comment in block.user_comments if is_review(comment) or comment.startswith(PREVIOUS)]
        block.user_comments += [wish.remark] if wish.remark else []
        done.remarks += 1
    if changed:
        block.string = wish.texts[0] if isinstance(block.id, str) else wish.texts
        done.changed += 1
        done.fallen += standing is not None and newly is None
    if changed or newly:
        block.flags.discard("fuzzy")
        block.auto_comments = [*([] if newly else [DRAFT]), *(comment for comment in block.auto_comments if comment != DRAFT)]
        rest = [comment for comment in block.user_comments if not is_review(comment) and not comment.startswith(PREVIOUS)]
        block.user_comments = [*([f"{REVIEWED}: {newly[0]}, {newly[1].isoformat()}"] if newly else []), *rest]
        done.reviewed += newly is not None
    else:
        done.unchanged += 1


def _standing(block: Block) -> tuple[str, date] | None:
    return next(filter(None, map(review_of, block.user_comments)), None)


def _written(block: Block, form: int, cell: str) -> str:
    """The translation in a cell. A spreadsheet shows no blanks before and behind it: they are those it had, or else those of the English text."""
    text, had = cell.strip(), strings(block)
    if form < len(had) and text == sheet.cleaned(had[form]).strip():
        return had[form]
    english = block.id if isinstance(block.id, str) else block.id[0]
    before, behind = len(english) - len(english.lstrip()), len(english) - len(english.rstrip())
    return english[:before] + text + (english[-behind:] if behind else "") if text else ""
