"""A method asked with plain numbers: they become what the command line gives it."""

from __future__ import annotations

from decimal import Decimal

from sdgcities.methods.listed import calculate
from sdgcities.model.methods import Quantity, Result


def asked(name: str, **given: object) -> Result:
    """The result of a method for numbers, words, numbers by name and rows of numbers."""
    return calculate(name, {key: _quantity(value) for key, value in given.items()})


def _quantity(value: object) -> Quantity:
    if isinstance(value, dict):
        return {str(name): _quantity(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_quantity(one) for one in value]
    return value if value is None or isinstance(value, str) else Decimal(str(value))
