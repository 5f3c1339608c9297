"""A written reason put on record for a doubt that stands."""

from __future__ import annotations

from sqlalchemy import insert

from sdgcities.errors import Refused, refuse
from sdgcities.findings import msg
from sdgcities.i18n.folding import suggest
from sdgcities.model.hub import Role
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.people import Acting
from sdgcities.store import audit
from sdgcities.store.tables import justification
from sdgcities.tracks.data.quality.checks import checks
from sdgcities.tracks.data.quality.justified import Justified, Reason
from sdgcities.tracks.data.quality.survey import Progress, Survey, survey

_MOST = 3


def justify(catalogue: Catalogue, code: str, subject: str, reason: str, acting: Acting, progress: Progress = None) -> None:
    """Record why a doubt is none. Refused where no doubt of that code is about the subject: `data quality` prints each."""
    acting.need(Role.OPERATOR)
    subject, reason = " ".join(subject.split()), reason.strip()
    if not reason or not subject:
        raise refuse("justify.empty", msg("The subject and the reason must not be empty."))
    if code not in checks():
        raise _unknown(code)
    _sure_of_the_subject(catalogue, code, subject, progress)
    at = audit.now()
    row = {"code": code, "subject": subject, "reason": reason, "batch": None, "at": at, "actor": acting.id}
    with catalogue.hub.database.writing() as connection:
        connection.execute(insert(justification).values(**row))
        audit.record(connection, at, acting.id, "data.justify", subject, row)


def _sure_of_the_subject(catalogue: Catalogue, code: str, subject: str, progress: Progress) -> None:
    """The indicator that the subject names is looked at first: mostly that is enough."""
    given = Justified({(code, subject): Reason("-", "-")})
    named = {word for word in subject.split() if any(word in known for known in catalogue.indicators.values())}
    found = Survey((), ())
    for indicator in (*sorted(named), None):
        found = survey(catalogue, indicator=indicator, given=given, progress=progress)
        if found.justified:
            return
    raise _no_doubt(code, subject, sorted({doubt.subject for doubt in found.doubts if doubt.finding.code == code}))


def _no_doubt(code: str, subject: str, subjects: list[str]) -> Refused:
    problem = msg("There is no doubt %(code)s about “%(subject)s”.", code=code, subject=subject)
    if not subjects:
        return refuse("justify.subject", problem, msg("There is none of that code. A doubt that stops an import is answered there: --justify."))
    near = suggest(subject, subjects) or subjects[:_MOST]
    return refuse("justify.subject", problem, msg("Copy the subject from sdgcities data quality. The nearest: %(subjects)s.", subjects="; ".join(near)))


def _unknown(code: str) -> Refused:
    close = ", ".join(suggest(code, list(checks()))) or ", ".join(checks())
    return refuse(
        "justify.code", msg("There is no check %(code)s.", code=code), msg("Take one that sdgcities data quality prints, such as: %(close)s.", close=close)
    )
