"""Shares and rates that tell a hidden count, taken together with a count that is published. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

PER = {"percent": 100, "per_1000_persons": 1_000, "per_100000_persons": 100_000}
"""Units of measure of shares and rates of people: of how many they are."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share or rate as it is written, of `per`, and the two counts that it may be made of."""

    value: Decimal
    per: int
    part: Decimal
    whole: Decimal

    @property
    def fits(self) -> bool:
        """Whether it is the share of this part in this whole, rounded or cut off after its last digit."""
        return self.whole > 0 and abs(self.value - self.part * self.per / self.whole) <= self._digit

    @property
    def _digit(self) -> Decimal:
        """One in its last digit."""
        return Decimal(1).scaleb(min(0, int(self.value.as_tuple().exponent)))

    def tells_part(self, threshold: int) -> bool:
        """Whether who knows the whole learns the part more closely than the threshold."""
        low, high = self.value - self._digit / 2, self.value + self._digit / 2
        return (high - max(low, Decimal(0))) * self.whole / self.per < threshold

    def tells_whole(self, threshold: int) -> bool:
        """Whether who knows the part learns the whole more closely than the threshold."""
        low, high = self.value - self._digit / 2, self.value + self._digit / 2
        return low > 0 and self.part * self.per / low - self.part * self.per / high < threshold


def tell(shares: Iterable[tuple[Share, bool]], threshold: int) -> bool:
    """Whether one of these readings of a share tells a hidden count; of each whether it is its part that is hidden, otherwise its whole."""
    return any(one.fits and (one.tells_part(threshold) if hidden else one.tells_whole(threshold)) for one, hidden in shares)
