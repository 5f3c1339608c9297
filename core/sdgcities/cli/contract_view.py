"""The contract, a milestone and the adaptations of a country, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from sdgcities.cli.output import columns, out
from sdgcities.cli.session import Session
from sdgcities.contract.diff import Difference
from sdgcities.contract.values import plain
from sdgcities.findings import msg
from sdgcities.model.milestones import Condition, Contract, Criterion, Group, Milestone, Value
from sdgcities.model.sources import Status


def print_contract(session: Session, contract: Contract, *, as_json: bool) -> None:
    """Tracks with their milestones; key milestones are marked."""
    key = {milestone for group in contract.key for milestone in group}
    if as_json:
        tracks = [{"id": track.id, "name": session.text(track.name), "status": track.status.value} for track in contract.tracks]
        milestones = [{**_milestone_data(session, one), "key": one.id in key} for one in contract.milestones.values()]
        data = {"version": contract.version, "status": contract.status.value, "country": contract.country, "key": [list(group) for group in contract.key]}
        session.json({**data, "tracks": tracks, "milestones": milestones})
        return
    _standing(session, contract)
    lines = list(columns([("  ★" if one.id in key else "", one.code, one.id, session.text(one.name)) for one in contract.milestones.values()]))
    for track in contract.tracks:
        out(f"\n{session.text(track.name)} ({track.id})")
        for line, one in zip(lines, contract.milestones.values(), strict=True):
            if one.track == track.id:
                out(line)
    alternatives = "; ".join(" / ".join(group) for group in contract.key if len(group) > 1)
    out("\n" + session.words(msg("★ key milestone. Any one of these is enough: %(groups)s.", groups=alternatives)))


def print_milestone(session: Session, contract: Contract, milestone: Milestone, *, as_json: bool) -> None:
    """One milestone: preconditions, criteria, evidence, parameters with their bounds."""
    if as_json:
        session.json(_milestone_data(session, milestone))
        return
    _standing(session, contract)
    out(f"\n{milestone.code}  {milestone.id}  {session.text(milestone.name)}")
    if milestone.preconditions:
        out(f"\n{session.text('Preconditions')}")
        _print_group(session, milestone, Group(any=False, members=milestone.preconditions), 1)
    out(f"\n{session.text('Criteria')}")
    _print_group(session, milestone, milestone.criteria, 1)
    out(f"\n{session.text('Evidence')}")
    for evidence in milestone.evidence:
        held = session.text("a document is attached") if evidence.file else session.text("held in the hub's records")
        out(f"  - {evidence.id}: {session.text(evidence.name)} ({held}){_condition(session, evidence.when)}")
        for same in evidence.equivalents:
            out(f"      = {same.id}: {session.text(same.name)}{_condition(session, same.when)}")
    if milestone.parameters:
        out("")
        rows = [(name, spelled(one.in_force), spelled(one.default), spelled(one.floor), spelled(one.ceiling)) for name, one in milestone.parameters.items()]
        session.table(("Parameter", "In force", "Default", "Laxest", "Strictest"), rows)


def print_differences(session: Session, differences: Iterable[Difference], *, as_json: bool) -> None:
    """What the country changed, with the reason and the source of each change."""
    found = list(differences)
    if as_json:
        session.json([_difference_data(one) for one in found])
        return
    if not found:
        session.say(msg("The country keeps the contract as it is."))
    for one in found:
        status = "" if one.status is Status.OFFICIAL else f" [{session.word(one.status)}]"
        title = " · ".join(part for part in (one.milestone, session.word(one.kind), one.what) if part)
        out(f"{title}{status}{_condition(session, one.when)}")
        before = session.text("nothing") if one.core is None else spelled(one.core)
        out(f"    {before} → {session.text(spelled(one.national))}")
        out(f"    {session.text(one.reason)}")
        if one.source:
            out(f"    {session.text(one.source.office)}{': ' if one.source.table else ''}{session.text(one.source.table)}")


def spelled(value: Value | None) -> str:
    """A value as text."""
    shown = plain(value)
    return ", ".join(shown) if isinstance(shown, list) else str(shown)


def _standing(session: Session, contract: Contract) -> None:
    told = {"version": contract.version, "status": session.word(contract.status), "source": contract.source.table}
    out(session.words(msg("Milestone contract %(version)s, status: %(status)s. %(source)s", **told)))
    out(session.text("Milestones test process and evidence. They are no opinion on a city's sustainability, and cities are never ranked."))


def _print_group(session: Session, milestone: Milestone, group: Group, depth: int) -> None:
    for member in group.members:
        if isinstance(member, Group):
            out("  " * depth + session.text("any one of these:" if member.any else "all of these:"))
            _print_group(session, milestone, member, depth + 1)
        else:
            required = _required(milestone, member, session.word(member.comparison))
            out("  " * depth + f"- {session.text(member.text)}  [{required}]{_condition(session, member.when)}")


def _required(milestone: Milestone, criterion: Criterion, comparison: str) -> str:
    value = milestone.parameters[criterion.parameter].in_force if criterion.parameter else criterion.value
    return f"{criterion.measure} {comparison} {spelled(value) if value is not None else ''}".rstrip()


def _condition(session: Session, when: Condition | None) -> str:
    if when is None:
        return ""
    return " " + session.words(
        msg("(where %(attribute)s %(comparison)s %(value)s)", attribute=when.attribute, comparison=session.word(when.comparison), value=when.value)
    )


def _criteria_data(milestone: Milestone, group: Group) -> dict[str, object]:
    members = [
        _criteria_data(milestone, member)
        if isinstance(member, Group)
        else {"id": member.id, "text": member.text, "measure": member.measure, "required": _required(milestone, member, member.comparison.value)}
        for member in group.members
    ]
    return {"any" if group.any else "all": members}


def _milestone_data(session: Session, milestone: Milestone) -> dict[str, object]:
    return {
        "id": milestone.id,
        "code": milestone.code,
        "track": milestone.track,
        "name": session.text(milestone.name),
        "status": milestone.status.value,
        "national": milestone.national or None,
        "grounding": list(milestone.grounding),
        "preconditions": _criteria_data(milestone, Group(any=False, members=milestone.preconditions)),
        "criteria": _criteria_data(milestone, milestone.criteria),
        "evidence": [
            {"id": one.id, "name": session.text(one.name), "file": one.file, "accepted_instead": [same.id for same in one.equivalents]}
            for one in milestone.evidence
        ],
        "parameters": {
            name: {**{key: plain(getattr(one, key)) for key in ("in_force", "default", "floor", "ceiling")}, "reason": one.reason}
            for name, one in milestone.parameters.items()
        },
    }


def _difference_data(one: Difference) -> dict[str, object]:
    source = {"office": one.source.office, "table": one.source.table} if one.source else None
    values = {"core": None if one.core is None else plain(one.core), "national": plain(one.national)}
    return {"kind": one.kind.value, "milestone": one.milestone, "what": one.what, **values, "reason": one.reason, "status": one.status.value, "source": source}
