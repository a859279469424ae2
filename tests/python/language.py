"""Programs about managers, in no language: what they are made of, and random ones.

What happens where a program says "may" is decided by dice when it runs, the same in both languages: so each
program has many runs.
"""

from dataclasses import dataclass, field

# What an exit can do; also what a generator and a stack can.
PLAIN, FAILS, SUPPRESSES, BOTH = "plain", "fails", "suppresses", "both"
KINDS = [PLAIN, FAILS, SUPPRESSES, BOTH]


def can_fail(kind):
    return kind in (FAILS, BOTH)


def can_suppress(kind):
    return kind in (SUPPRESSES, BOTH)


def fits(kind, stack):
    """Whether a stack can hold it."""
    return can_fail(stack) >= can_fail(kind) and can_suppress(stack) >= can_suppress(kind)


@dataclass
class Class:
    """A manager with an enter and an exit, which log; they may call functions."""

    name: str
    kind: str
    is_async: bool = False
    on_enter: str = None
    on_exit: str = None


@dataclass
class Made:
    """A call of a generator."""

    of: "Generator"

    @property
    def kind(self):
        return self.of.kind

    @property
    def is_async(self):
        return self.of.is_async


@dataclass
class Stack:
    name: str
    kind: str
    is_async: bool = False


@dataclass
class Item:
    """In a header. If it `asks`, its errors leave by themselves, else they are in the block's value."""

    manager: object
    asks: bool
    binds: str


@dataclass
class Do:
    """A statement without others in it."""

    what: str
    arguments: tuple = ()


@dataclass
class Loop:
    body: list


@dataclass
class With:
    """Ends with a number, with what may be an error, or with a block."""

    items: list
    body: list
    name: str
    end: object = None
    form: str = ""


@dataclass
class Twice:
    """One manager, for two blocks."""

    manager: Class
    blocks: list


@dataclass
class Yield:
    name: str


@dataclass
class Around:
    """A block around a yield."""

    items: list
    front: list
    inner: object
    behind: list
    name: str
    end: str = None


@dataclass
class Generator:
    name: str
    kind: str
    is_async: bool
    front: list
    inner: object
    behind: list


@dataclass
class Function:
    name: str
    body: list
    within: list = field(default_factory=list)


@dataclass
class Place:
    """Where a statement stands, and what it may do there."""

    fails: bool = True
    returns: bool = True
    in_loop: bool = False
    in_generator: bool = False
    stack: Stack = None
    depth: int = 0

    def but(self, **changes):
        return Place(**{**vars(self), **changes})


class Programs:
    """Makes random programs."""

    def __init__(self, random, name, is_async):
        self.random, self.program = random, name
        self.is_async = self.calls_await = is_async
        self.count = 0
        self.functions, self.generators = [], []

    def make(self):
        for _ in range(self.random.randint(2, 3)):
            self.generators.append(self.generator())
            self.functions.append(self.function())
        for _ in range(self.random.randint(1, 3)):
            self.generators.append(self.generator())
        self.functions.append(self.function(depth=-1))

    def fresh(self, letter):
        self.count += 1
        return f"{letter}{self.count}"

    def chance(self, of):
        return self.random.random() < of

    def kind(self, place):
        return self.random.choice(KINDS if place.fails else [PLAIN, SUPPRESSES])

    def function(self, depth=0):
        name = f"{self.program}_{self.fresh('f')}"
        within = []
        if self.chance(0.3) and depth == 0:
            within = [self.item(Place(), kinds=[PLAIN, FAILS], asks=True)]
        return Function(name, self.some(Place(depth=depth)), within)

    def generator(self):
        kind = self.random.choice(KINDS)
        is_async = self.is_async and self.chance(0.6)
        was, self.is_async = self.is_async, is_async
        name = f"{self.program}_{self.fresh('g')}"
        place = Place(fails=can_fail(kind), in_generator=True, returns=False, depth=1)
        inner = self.around(place, kind, 2)
        made = Generator(name, kind, is_async, self.some(place, 1), inner, self.some(place.but(returns=True), 2))
        self.is_async = was
        return made

    def around(self, place, kind, levels):
        if levels == 0 or self.chance(0.25):
            return Yield(self.fresh("y"))
        items = []
        inside = place
        for _ in range(self.random.choice([1, 1, 2])):
            items.append(self.item(inside, enters=inside.fails))
            if can_suppress(items[-1].manager.kind):
                # A failure in front of the yield would be suppressed, and nothing be yielded.
                inside = inside.but(fails=False)
        stacks = [item.manager for item in items if isinstance(item.manager, Stack)]
        behind = place.but(returns=True, stack=stacks[-1] if stacks else None)
        front = inside.but(stack=behind.stack, returns=False)
        end = self.fresh("e") if place.fails and self.chance(0.2) else None
        return Around(
            items,
            self.some(front, 1, stack_first=bool(stacks)),
            self.around(inside, kind, levels - 1),
            self.some(behind, 2),
            self.fresh("w"),
            end,
        )

    def item(self, place, kinds=None, asks=None, enters=True):
        """If it may not fail to enter, it is one that cannot fail."""
        kinds = kinds or [self.kind(place if enters else place.but(fails=False))]
        kind = self.random.choice(kinds)
        manager = None
        suits = [one for one in self.generators if one.kind == kind and one.is_async <= self.is_async]
        if suits and self.chance(0.5):
            manager = Made(self.random.choice(suits[-3:]))
        elif self.chance(0.3) and asks is None and self.is_async == self.calls_await:
            manager = Stack(self.fresh("s"), kind, self.is_async)
        else:
            manager = self.class_(kind)
        if asks is None:
            asks = self.chance(0.7)
        return Item(manager, asks and can_fail(kind), self.fresh("x"))

    def class_(self, kind):
        made = Class(self.fresh("m"), kind, self.is_async and self.chance(0.6))
        if can_fail(kind) and made.is_async == self.calls_await and self.functions:
            calls = [one.name for one in self.functions] + [None] * 6 * len(self.functions)
            made.on_enter, made.on_exit = self.random.choice(calls), self.random.choice(calls)
        return made

    def some(self, place, most=3, stack_first=False):
        statements = [self.statement(place) for _ in range(self.random.randint(0 if place.depth > 0 else 2, most))]
        if place.stack and (stack_first or self.chance(0.5)):
            added = [self.on_stack(place) for _ in range(self.random.randint(1, 3))]
            at = 0 if stack_first else self.random.randint(0, len(statements))
            statements[at:at] = added
        return statements

    def statement(self, place):
        simple = ["say"]
        if place.fails:
            simple += ["fail", "fail"]
            if self.functions and self.is_async == self.calls_await:
                simple += ["call", "call"]
            simple += ["return error"]
        if place.returns:
            simple += ["return"]
        if place.in_loop:
            simple += ["break", "continue"] * 2
        if self.is_async:
            simple += ["pause"] * 4
        if place.stack:
            simple += ["stack"] * 2
        if place.depth < 3 and self.chance(0.6 if place.depth < 2 else 0.3):
            return self.nested(place.but(depth=place.depth + 1))
        what = self.random.choice(simple)
        if what == "stack":
            return self.on_stack(place)
        if what == "call":
            return Do("call", (self.random.choice(self.functions).name,))
        return Do(what, (self.fresh("e" if "fail" in what or "error" in what else "n"),))

    def nested(self, place):
        which = self.random.random()
        if which < 0.15:
            return Loop(self.some(place.but(in_loop=True)))
        if which < 0.22 and not place.stack:
            kind = self.kind(place)
            manager = Class(self.fresh("m"), kind, self.is_async and self.chance(0.6))
            items = [Item(manager, can_fail(kind), self.fresh("x"))]
            inside = place.but(returns=place.returns and not place.in_generator)
            blocks = [With(items, self.some(inside), self.fresh("w")) for _ in range(2)]
            return Twice(manager, blocks)
        # What leaves a block behind a yield for good is not told what passes by those around the yield.
        return self.with_(place.but(returns=place.returns and not place.in_generator))

    def with_(self, place):
        items = [self.item(place) for _ in range(self.random.choice([1, 1, 1, 2, 3]))]
        stacks = [item.manager for item in items if isinstance(item.manager, Stack)]
        inside = place.but(stack=stacks[-1] if stacks else place.stack)
        body = self.some(inside, stack_first=bool(stacks))
        end = self.fresh("e") if place.fails and self.chance(0.25) else None
        asks = any(isinstance(one, Do) and one.what in ("fail", "call") for one in body)
        form = self.random.choice(["", "", "try", "catch"]) if asks and not place.in_loop else ""
        if form == "catch" and (self.is_async or place.stack):
            form = ""
        if not end and form != "try" and place.depth < 3 and self.chance(0.25):
            end = self.with_(inside.but(depth=place.depth + 1))
        return With(items, body, self.fresh("w"), end, form)

    def on_stack(self, place):
        stack = place.stack
        kinds = [kind for kind in KINDS if fits(kind, stack.kind) and (place.fails or not can_fail(kind))]
        what = self.random.choice(["enter", "enter", "enter", "push", "push", "callback", "push exit", "pop all"])
        if what == "pop all" and not can_fail(stack.kind) <= place.fails:
            what = "callback"
        kind = self.random.choice(kinds)
        is_async = stack.is_async and self.chance(0.5)
        if what == "enter":
            item = self.item(place, kinds=[kind], asks=False)
            return Do("enter", (stack, item.manager, item.binds))
        if what == "push exit":
            return Do(what, (stack, Class(self.fresh("m"), kind, is_async)))
        if what == "callback":
            kind = FAILS if can_fail(stack.kind) and self.chance(0.5) else PLAIN
        return Do(what, (stack, kind, is_async, self.fresh("c")))
