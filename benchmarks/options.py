"""How much to measure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """`quick`: only see that everything runs. `large`: a million rows where a hundred thousand are usual."""

    quick: bool = False
    large: bool = False

    def size(self, usual: int, quick: int, large: int | None = None) -> int:
        if self.quick:
            return quick
        return large if self.large and large is not None else usual
