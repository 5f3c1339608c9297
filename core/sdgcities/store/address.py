"""The address of a PostgreSQL database, read as libpq reads it. What is shown of it never holds a password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from psycopg import ProgrammingError, conninfo

from sdgcities.errors import HubUnusable, unusable
from sdgcities.findings import msg

SCHEMES = ("postgresql://", "postgres://")
_CONNECT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is, and how to get in."""

    parameters: dict[str, Any]

    @property
    def shown(self) -> str:
        """User, host, port and name."""
        part = {name: str(self.parameters.get(name, "")) for name in ("user", "host", "port", "dbname")}
        user, port = f"{part['user']}@" if part["user"] else "", f":{part['port']}" if part["port"] else ""
        return f"postgresql://{user}{part['host']}{port}/{part['dbname']}"


def read_address(url: str) -> Address:
    """Read an address. A letter that means something in addresses, left bare in a password, would cut it in two: refused, never shown."""
    try:
        given = conninfo.conninfo_to_dict(url) if url.startswith(SCHEMES) else {}
    except ProgrammingError:
        raise _wrong() from None  # libpq's words may hold the password
    place = f"{given.get('host', '')}{given.get('dbname', '')}"
    ports = str(given.get("port", "")).replace(",", "")
    if not given.get("dbname") or "@" in place or (ports and not (ports.isascii() and ports.isdigit())):
        raise _wrong()
    return Address({"connect_timeout": _CONNECT_SECONDS, "application_name": "sdgcities", **given})


def _wrong() -> HubUnusable:
    return unusable(
        "store.address",
        msg("The address of the database can't be read."),
        msg("Write postgresql://USER:PASSWORD@HOST:PORT/NAME; in a password, each of @ : / and %% as a code: %(codes)s.", codes="%40 %3A %2F %25"),
    )
