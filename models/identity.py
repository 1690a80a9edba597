"""Who acts: a signed-in person or the system, as a plain value that outlives any session."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class HeldPost:
    """A post somebody holds, with the names a screen shows. `instead_of`: whom they stand in for there; "" at a post of
    their own.
    """

    key: str  # post:<unit code>:<role>
    unit: str
    unit_name: str
    role: str
    role_name: str
    instead_of: str = ""


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

    def at(self, post: str) -> "Identity":
        """As they act at one of their posts: of that post's unit, and 李四 代 张三 where they stand in for somebody.
        Every act at a post goes by this name: in the history, on forms, in notices and papers (C-02).
        """
        here = next((each for each in self.posts if each.key == post), None)
        if here is None or (here.unit == self.posts[0].unit and not here.instead_of):
            return self
        others = (each for each in self.posts if each is not here)
        name = f"{self.name} 代 {here.instead_of}" if here.instead_of else self.name
        return replace(self, name=name, posts=(here, *others))

    @property
    def stands_in(self) -> bool:
        return any(post.instead_of for post in self.posts)

    def can(self, permission: str) -> bool:
        return permission in self.permissions


#: What is done by no person: seeds, timers. It may set up the house and do nobody's work.
SYSTEM = Identity(id=None, username="system", name="系统", permissions=frozenset({"manage", "administer", "accounts"}))
