"""`sdgcities milestone`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session


@click.group("milestone", cls=TranslatedGroup)
def command() -> None:
    """Assess, claim and review milestones.

    Example: sdgcities milestone status GH1408
    """


@command.command("status")
@click.argument("city", required=False)
@click.option("--milestone", metavar="M", help="One milestone, with every criterion and what is missing.")
@options.as_json
@click.pass_obj
def status(session: Session, city: str | None, milestone: str | None, *, as_json: bool) -> None:
    """Where a CITY, or each city, stands with the milestones: the value, what is required, what is missing.

    Example: sdgcities milestone status GH1408 --milestone data/baseline
    """
    from sdgcities.cli.city_view import working
    from sdgcities.cli.milestone_view import print_status
    from sdgcities.recognition.assessing import assess_cities
    from sdgcities.registry.cities import cities, find_city

    chosen = [find_city(session.catalogue, city)] if city else working(session, cities(session.catalogue))
    print_status(session, chosen, assess_cities(session.catalogue, chosen), milestone, as_json=as_json)


@command.command("claim")
@click.argument("city")
@click.argument("milestone")
@options.author
@options.as_json
@click.pass_obj
def claim(session: Session, city: str, milestone: str, author: str | None, *, as_json: bool) -> None:
    """Claim a MILESTONE for a CITY. Where a criterion is unmet nothing is stored, and the answer says what is missing.

    Example: sdgcities milestone claim GH1408 data/framework --author a.mensah
    """
    from sdgcities.cli.milestone_view import claim_data
    from sdgcities.findings import msg
    from sdgcities.recognition.claims import make_claim
    from sdgcities.registry.cities import find_city

    where = find_city(session.catalogue, city)
    made = make_claim(session.catalogue, where, milestone, session.person(author), session.acting)
    if as_json:
        session.json(claim_data(made))
    else:
        told = msg("Claim %(n)s: %(milestone)s for %(city)s.", n=made.id, milestone=made.milestone, city=where.unit.name)
        session.say(told)
        session.say(msg('Next, a reviewer decides: sdgcities --actor ID milestone review %(n)s --approve --reason "..."', n=made.id))


@command.command("review")
@click.argument("claim", type=options.RECORD)
@click.option("--approve", "approved", is_flag=True, help="The hub approves.")
@click.option("--return", "returned", is_flag=True, help="The city is asked for more.")
@click.option("--reject", "rejected", is_flag=True, help="The hub does not approve.")
@options.reason
@options.as_json
@click.pass_obj
def review_claim(session: Session, /, claim: int, reason: str, *, as_json: bool, **decisions: bool) -> None:
    """Decide on a CLAIM. Its author and who entered it can't.

    Example: sdgcities --actor k.owusu milestone review 1 --approve --reason "Evidence seen."
    """
    from sdgcities.cli.milestone_view import claim_data
    from sdgcities.findings import msg
    from sdgcities.recognition.claims import Decision, review

    taken = [Decision(name) for name, chosen in decisions.items() if chosen]
    if len(taken) != 1:
        raise click.UsageError(session.text("Say what is decided, by one of --approve, --return and --reject."))
    done = review(session.catalogue, claim, taken[0], reason, session.acting)
    if as_json:
        session.json(claim_data(done))
    else:
        session.say(msg("Claim %(n)s (%(milestone)s) is now: %(state)s.", n=done.id, milestone=done.milestone, state=msg(done.state)))


@command.command("history")
@click.argument("city", required=False)
@options.as_json
@click.pass_obj
def history(session: Session, city: str | None, *, as_json: bool) -> None:
    """Every claim of a CITY, or of all, with each step, who took it and why; and those of cities that became part of it.

    Example: sdgcities milestone history GH1408
    """
    from sdgcities.cli.milestone_view import print_history
    from sdgcities.registry.cities import cities, find_city, predecessors

    if city is None:
        print_history(session, cities(session.catalogue), as_json=as_json)
        return
    one = find_city(session.catalogue, city)
    print_history(session, [one, *predecessors(session.catalogue, one.unit.id)], as_json=as_json)
