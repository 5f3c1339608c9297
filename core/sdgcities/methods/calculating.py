"""A method carried out on what it was given: its result, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sdgcities.findings import Message
from sdgcities.model.methods import Quantity

Inputs = Mapping[str, Quantity]
"""What a method is given, by the ids that it declares; None where nothing was given."""


class NotComputable(Exception):
    """There is no result, and why. No fault: it becomes the reason of the result."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a method computed: outputs by the ids that it declares, and what is to be said with them."""

    outputs: Mapping[str, Quantity]
    notes: tuple[Message, ...] = ()


Compute = Callable[[Inputs], Outcome]
"""A pure function that carries out one method. Raises NotComputable with the reason."""
