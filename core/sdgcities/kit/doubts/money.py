"""Currencies and amounts of money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.intake.yaml import Document, NodePath
from sdgcities.plugin.declared.problems import nearest

_THREE = re.compile(r"[0-9]{1,3}\.[0-9]{3}", re.ASCII)
_DECIMALS = 3
"""Decimals of the currencies that have more than most."""


def unknown_currency(currency: str, country: str, document: Document, path: NodePath = ("currency",)) -> Iterator[Finding]:
    """A code that CLDR does not know."""
    from babel.numbers import get_territory_currencies, list_currencies  # noqa: PLC0415 - 30 MB that other commands do without

    known = list_currencies()
    if currency and currency not in known:
        own = get_territory_currencies(country)
        near = own[0] if own else nearest(currency, known)
        hint = msg("Did you mean %(name)s?", name=near) if near else msg("Write the code of ISO 4217, such as USD.")
        problem = msg("%(code)s is no code of a currency in ISO 4217.", code=currency)
        yield Finding("currency.unknown", Severity.BLOCK, problem, hint, document.where(path))


def thousands(amount: str, currency: str, document: Document, path: NodePath) -> Iterator[Finding]:
    """An amount with three figures after the point, of a currency that has no such decimals."""
    from babel.numbers import get_currency_precision  # noqa: PLC0415 - as above

    if _THREE.fullmatch(amount) and get_currency_precision(currency) < _DECIMALS:
        problem: Message = msg("%(amount)s has three digits after the point.", amount=amount)
        hint = msg("Do you mean %(whole)s? A point stands before decimals, never between thousands.", whole=amount.replace(".", ""))
        yield Finding("modality.thousands", Severity.BLOCK, problem, hint, document.where(path))
