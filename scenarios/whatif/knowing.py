"""What is kept beside a what-if of the versions it was played with: the draft may change later, and a newer version may
no longer keep secret what an older one did (XT-20).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from engine import Definition, Element
from scenarios.names import plain


@dataclass(frozen=True)
class Known:
    """Of all versions together, by element: `secrets` that only holders of clues may know of in one of them, what each
    is called, and its limit. All of it goes through JSON.
    """

    secrets: list[str] = field(default_factory=list)
    names: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        return cls(**told)

    def with_(self, versions: Iterable[Definition]) -> "Known":
        """The last one says what something is called."""
        secrets, names, limits = set(self.secrets), dict(self.names), dict(self.limits)
        for each in versions:
            secrets |= each.secrets
            names |= {key: plain(element.name) or key for key, element in each.elements.items()}
            limits |= {key: limit_name(element) for key, element in each.elements.items()}
        return Known(sorted(secrets), names, limits)


def limit_name(element: Element) -> str:
    """What its limit is called: a step may say another name than its own."""
    return plain(element.properties.get("deadlineName") or element.name) or element.id
