"""How a command ends that can't be carried out: the findings to show and the exit code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sdgcities.errors import HubUnusable, Refused, SdgCitiesError
from sdgcities.findings import Finding, Severity, Where, msg


def ending(fault: Exception, hub: Path | None) -> tuple[Sequence[Finding], int]:
    """A refusal says it itself; the system's refusals and faults of our own are put into one line."""
    if isinstance(fault, SdgCitiesError):
        return fault.findings, fault.exit_code
    if isinstance(fault, OSError) and fault.strerror:
        where = Path(str(fault.filename)) if fault.filename else None
        inside = hub is not None and where is not None and where.absolute().is_relative_to(hub.absolute())
        hint = msg("See that you have access to it and that the disk is not full.")
        found = Finding("system.refused", Severity.BLOCK, msg("%(reason)s.", reason=fault.strerror), hint, Where(file=str(where) if where else None))
        return [found], HubUnusable.exit_code if inside else Refused.exit_code
    reason = " ".join(f"{type(fault).__name__}: {fault}".split())
    hint = msg("Run the command again with --verbose and send what it prints to the maintainers.")
    return [Finding("fault", Severity.BLOCK, msg("A fault in sdgcities itself: %(reason)s.", reason=reason), hint)], HubUnusable.exit_code
