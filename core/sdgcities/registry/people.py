"""Who acts in a hub, and who may do what. Names and contacts stand apart and can be erased."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from sdgcities.errors import Refused, refuse
from sdgcities.findings import msg
from sdgcities.model.hub import Role
from sdgcities.store import audit
from sdgcities.store.database import Database
from sdgcities.store.tables import actor, actor_private, actor_role, submission_private

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Acting:
    """The person a command acts for, with their roles."""

    id: str
    roles: frozenset[Role]

    def need(self, role: Role) -> None:
        """Refuse where the person lacks the role."""
        if role not in self.roles:
            raise refuse(
                "actor.role",
                msg("%(actor)s is not %(role)s in this hub.", actor=self.id, role=role),
                msg("Act as someone who is: --actor ID; or add one: sdgcities actor add ID --role %(role)s.", role=role),
            )


@dataclass(frozen=True, slots=True)
class Person:
    """An actor as a listing shows them; `name` is empty where it was erased or never given."""

    id: str
    roles: tuple[Role, ...]
    name: str


def acting(database: Database, wanted: str | None) -> Acting:
    """The actor a command names; without a name, the hub's only operator."""
    with database.reading() as connection:
        people = _people(connection)
    if wanted is None:
        operators = [person for person in people if Role.OPERATOR in person.roles]
        if len(operators) == 1:
            return Acting(operators[0].id, frozenset(operators[0].roles))
        raise refuse("actor.unnamed", msg("This hub has several operators."), msg("Say who you are: --actor ID, or set SDGCITIES_ACTOR."))
    found = next((person for person in people if person.id == wanted), None)
    if found is None:
        raise _unknown(wanted)
    return Acting(found.id, frozenset(found.roles))


def people(database: Database) -> Sequence[Person]:
    """Everyone who acts in the hub, by id."""
    with database.reading() as connection:
        return _people(connection)


def add_actor(database: Database, by: Acting | None, new: str, roles: Sequence[Role], name: str, contact: str) -> None:
    """Add someone, or give someone further roles. `by` None only for the first operator of a new hub."""
    if by is not None:
        by.need(Role.OPERATOR)
    if not _ID.fullmatch(new):
        raise refuse("actor.id", msg("%(actor)s can't be an actor's id.", actor=new), msg("Use small letters, digits, dots and hyphens."))
    at = audit.now()
    granted_by = by.id if by else new
    with database.writing() as connection:
        known = {person.id: person for person in _people(connection)}
        if new in known and (name or contact):
            raise refuse(
                "actor.private",
                msg("%(actor)s is in the hub already; a name and contact are kept from the first day only.", actor=new),
                msg("Leave out name and contact."),
            )
        ref = _insert_person(connection, new, name, contact, at) if new not in known else ""
        held = known[new].roles if new in known else ()
        fresh = [role for role in dict.fromkeys(roles) if role not in held]
        if not fresh:
            raise refuse("actor.known", msg("%(actor)s has these roles already.", actor=new))
        connection.execute(insert(actor_role), [{"actor": new, "role": role, "at": at, "granted_by": granted_by} for role in fresh])
        audit.record(connection, at, granted_by, "actor.add", new, {"actor": new, "roles": fresh, "ref": ref})


def erase(database: Database, by: Acting, person: str) -> int:
    """Erase the name and contact of a person, and how many entries that were. The audit chain holds on: it has digests only."""
    by.need(Role.OPERATOR)
    at = audit.now()
    with database.writing() as connection:
        if person not in {known.id for known in _people(connection)}:
            raise _unknown(person)
        erased = connection.execute(delete(actor_private).where(actor_private.c.actor == person)).rowcount
        if not erased:
            raise refuse("actor.erased", msg("Nothing personal of %(actor)s is kept.", actor=person))
        audit.record(connection, at, by.id, "privacy.erase", person, {"actor": person})
    database.forget()
    return erased


def erase_submission(database: Database, by: Acting, submission: int) -> int:
    """Erase the personal entries of one submission, and how many they were."""
    by.need(Role.OPERATOR)
    at = audit.now()
    with database.writing() as connection:
        erased = connection.execute(delete(submission_private).where(submission_private.c.submission == submission)).rowcount
        if not erased:
            raise refuse("submission.erased", msg("Nothing personal is kept with submission %(n)s.", n=submission))
        audit.record(connection, at, by.id, "privacy.erase", f"submission {submission}", {"submission": submission})
    database.forget()
    return erased


def salted(*values: str) -> tuple[str, str]:
    """A fresh salt and the digest of `values` with it."""
    salt = secrets.token_hex(16)
    return salt, hashlib.sha256("\0".join((salt, *values)).encode()).hexdigest()


def _insert_person(connection: Connection, new: str, name: str, contact: str, at: str) -> str:
    salt, ref = salted(name, contact)
    connection.execute(insert(actor).values(id=new, salted_ref=ref, at=at))
    if name or contact:
        connection.execute(insert(actor_private).values(actor=new, name=name, contact=contact, salt=salt))
    return ref


def _unknown(person: str) -> Refused:
    return refuse("actor.unknown", msg("There is no actor %(actor)s in this hub.", actor=person), msg("See who there is: sdgcities actor list."))


def _people(connection: Connection) -> list[Person]:
    names = {row.actor: row.name for row in connection.execute(select(actor_private.c.actor, actor_private.c.name))}
    roles: dict[str, list[Role]] = {}
    for row in connection.execute(select(actor_role.c.actor, actor_role.c.role).order_by(actor_role.c.actor, actor_role.c.role)):
        roles.setdefault(row.actor, []).append(Role(row.role))
    return [Person(person, tuple(held), names.get(person, "")) for person, held in roles.items()]
