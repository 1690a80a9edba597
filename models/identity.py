"""Who acts: a signed-in person or the system, as a plain value that outlives any session."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class HeldPost:
    """A post somebody holds, with the names a screen shows."""

    key: str  # post:<unit code>:<role>
    unit: str
    unit_name: str
    role: str
    role_name: str


@dataclass(frozen=True)
class Identity:
    """Whoever does something. `id` is None for the system itself."""

    id: int | None
    username: str
    name: str
    posts: tuple[HeldPost, ...] = ()
    permissions: frozenset[str] = field(default_factory=frozenset)
    stamp: str = field(default="", compare=False, repr=False)  # another with each password: older sign-ins end

    @property
    def key(self) -> str:
        """The inbox key of what this person alone has claimed."""
        return f"user:{self.id}"

    @property
    def post_keys(self) -> frozenset[str]:
        return frozenset(post.key for post in self.posts)

    @property
    def units(self) -> frozenset[str]:
        return frozenset(post.unit for post in self.posts)

    @property
    def unit_name(self) -> str:
        return self.posts[0].unit_name if self.posts else ""

    def can(self, permission: str) -> bool:
        return permission in self.permissions


#: What is done by no person: seeds, timers. It may set up the house and do nobody's work.
SYSTEM = Identity(id=None, username="system", name="系统", permissions=frozenset({"manage", "administer"}))
