"""Coverage as text and as JSON. Cities stand in the order of the list of cities, never by their figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sdgcities.cli.city_view import stage_text, with_former
from sdgcities.cli.output import out
from sdgcities.cli.session import Session
from sdgcities.findings import msg
from sdgcities.frameworks.lists import domains, goals, objectives
from sdgcities.model.sources import Status
from sdgcities.registry.cities import City
from sdgcities.tracks.data.coverage.held import Coverage, Part

VIEWS = ("core", "umf", "sdg", "disaggregation")


def coverage_data(session: Session, city: City, held: Coverage, by: str | None, *, alone: bool) -> dict[str, object]:
    """A city's coverage as JSON shows it: the core always, the other views where one city or one view is asked for."""
    wanted = (by,) if by else VIEWS if alone else ()
    core = held.core
    targets = session.hub.frameworks.sdg.targets
    data: dict[str, object] = {
        "city": city.unit.id,
        "stage": city.stage,
        "with_value": sorted(core.valued),
        "without_value": sorted(core.gaps),
        "not_applicable": list(core.not_applicable),
        "coverage": round(len(core.valued) / (core.applicable or 1), 4),
    }
    if "umf" in wanted:
        data["umf"] = [{"cell": one.code, **_part(one)} for one in held.cells]
    if "sdg" in wanted:
        data["sdg"] = [{"target": one.code, "title": targets[one.code].title, "status": targets[one.code].status.value, **_part(one)} for one in held.targets]
    if "disaggregation" in wanted:
        data["disaggregation"] = [
            {"dimension": one.dimension, "stated": list(one.stated), "with_figures": list(one.held), "share": float(round(one.share, 4))} for one in held.splits
        ]
    return data


def print_city(session: Session, city: City, held: Coverage, by: str | None) -> None:
    """A page of one city: every view, or the one that is asked for."""
    views: Mapping[str, Callable[[], None]] = {
        "core": lambda: print_cities(session, [city], {city.unit.id: held}, "core"),
        "umf": lambda: _cells(session, held),
        "sdg": lambda: _goals(session, held),
        "disaggregation": lambda: _splits(session, held),
    }
    for name in (by,) if by else VIEWS:
        if name != "core":
            out("")
        views[name]()


def print_cities(session: Session, cities: Sequence[City], held: Mapping[str, Coverage], by: str) -> None:
    """One row a city."""
    rows = [(one.unit.id, with_former(session, one.unit), stage_text(session, one), *_counts(session, held[one.unit.id], by)) for one in cities]
    if by == "core":
        session.table(("Code", "Name", "Stage", "With a value", "Without", "Not applicable"), rows)
    elif by == "umf":
        session.table(("Code", "Name", "Stage", "Cells with a value", "Cells without", "Cells without an indicator"), rows)
    elif by == "sdg":
        session.table(("Code", "Name", "Stage", "Targets with a value", "Targets without", "Targets without an indicator"), rows)
    else:
        session.table(("Code", "Name", "Stage", "Share with figures, by dimension"), rows)


def _counts(session: Session, held: Coverage, by: str) -> tuple[str, ...]:
    if by == "core":
        return str(len(held.core.valued)), str(len(held.core.gaps)), str(len(held.core.not_applicable))
    if by == "disaggregation":
        return (", ".join(f"{_dimension(session, one.dimension)} {session.formats.percent(100 * one.share, 0)}" for one in held.splits),)
    parts = held.cells if by == "umf" else held.targets
    valued, empty = sum(bool(one.valued) for one in parts), sum(one.empty for one in parts)
    return str(valued), str(len(parts) - valued - empty), str(empty)


def _cells(session: Session, held: Coverage) -> None:
    rows = [(one.code, *(session.text(name) for name in _names_of(one.code)), *_numbers(session, one)) for one in held.cells]
    session.table(("UMF cell", "Domain", "Objective", "Indicators", "With a value", "Without", "Not applicable"), rows)


def _goals(session: Session, held: Coverage) -> None:
    """One row a goal, then the targets in which an indicator has a value."""
    rows = []
    for goal in goals().values():
        targets = held.of_goal(goal.id)
        counted = (len(targets), sum(not one.empty for one in targets), sum(bool(one.valued) for one in targets))
        rows.append((goal.id, session.text(goal.name), *map(str, counted)))
    session.table(("SDG", "Goal", "Targets", "With an indicator", "With a value"), rows)
    if valued := [one for one in held.targets if one.valued]:
        out("")
        listed = session.hub.frameworks.sdg.targets
        standing = {one.code: "" if listed[one.code].status is Status.OFFICIAL else session.word(listed[one.code].status) for one in valued}
        session.table(("Target", "Status", "Indicators with a value"), [(one.code, standing[one.code], ", ".join(one.valued)) for one in valued])


def _splits(session: Session, held: Coverage) -> None:
    if not held.splits:
        session.say(msg("No indicator of the country says that its figures are split."))
        return
    rows = [
        (_dimension(session, one.dimension), str(len(one.stated)), str(len(one.held)), session.formats.percent(100 * one.share, 0), ", ".join(one.held) or "-")
        for one in held.splits
    ]
    session.table(("Disaggregation", "Indicators that state it", "With figures", "Share", "Which"), rows)


def _numbers(session: Session, one: Part) -> tuple[str, ...]:
    if one.empty:
        return session.text("no indicator in the national set"), "", "", ""
    without = len(one.indicators) - len(one.valued) - len(one.not_applicable)
    return str(len(one.indicators)), str(len(one.valued)), str(without), str(len(one.not_applicable))


def _part(one: Part) -> dict[str, object]:
    without = [code for code in one.indicators if code not in one.valued and code not in one.not_applicable]
    return {"with_value": list(one.valued), "without_value": without, "not_applicable": list(one.not_applicable), "empty": one.empty}


def _names_of(cell: str) -> tuple[str, str]:
    domain, _, objective = cell.partition(".")
    return domains()[domain], objectives()[objective]


def _dimension(session: Session, name: str) -> str:
    known = session.catalogue.dimensions.get(name)
    return session.text(known.name) if known else name
