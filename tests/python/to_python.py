"""Prints a program for CPython.

What Rust code behind a yield does is written with `passing`: the exception that came out of the yield, and
has not been suppressed since. It is raised again where a block ends, so that its managers are told it.
"""

from language import *


class Printer:
    def __init__(self):
        self.lines, self.depth = [], 0
        self.is_async = False
        self.generator = None

    def line(self, text):
        self.lines.append("    " * self.depth + text)

    def block(self, head, *parts):
        """Each part prints lines."""
        self.line(head)
        self.depth += 1
        length = len(self.lines)
        for part in parts:
            part()
        if len(self.lines) == length:
            self.line("pass")
        self.depth -= 1

    def program(self, program, is_async):
        """Generators and functions in the order in which they use each other."""
        made = {one.name: one for one in program.functions + program.generators}
        for name in sorted(made, key=lambda name: int(name.split("_")[1][1:])):
            one = made[name]
            self.is_async = one.is_async if isinstance(one, Generator) else is_async
            if isinstance(one, Generator):
                self.generator_(one)
            else:
                self.function(one)
        return "\n".join(self.lines) + "\n"

    def function(self, function):
        self.generator = None
        for item in function.within:
            self.line(f"@{self.manager(item.manager, 'Block()')}")
        self.block(f"{self.async_}def {function.name}():", lambda: self.all(function.body), lambda: self.line("return 1"))

    @property
    def async_(self):
        return "async " if self.is_async else ""

    @property
    def await_(self):
        return "await " if self.is_async else ""

    def generator_(self, generator):
        self.generator = generator

        def body():
            self.line("passing, leaves = None, False")
            self.all(generator.front)
            self.yield_(generator.inner, [])
            self.all(generator.behind)
            if can_suppress(generator.kind):
                self.line("suppresses = roll(2)")
                self.line("if passing and not (suppresses and failed(passing)): raise passing")
            else:
                self.line("if passing: raise passing")

        self.line("@asynccontextmanager" if self.is_async else "@contextmanager")
        self.block(f"{self.async_}def {generator.name}():", body)

    def yield_(self, node, around):
        if isinstance(node, Yield):
            self.block("try:", lambda: self.line(f"yield {number(node.name)}"))
            self.block("except BaseException as raised:", lambda: self.line("passing = raised"))
            if around:
                self.line(f"{''.join(f'{name}.cancelled = ' for name in around)}cancelled(passing)")
            self.line(f"say('back {node.name}', told(passing))")
            return

        def body():
            self.bound(node.items)
            self.all(node.front)
            self.yield_(node.inner, [*around, node.name])
            self.all(node.behind)
            self.end(node)
            self.line("if passing: raise passing")

        def tried():
            self.block(self.header(node.items, node.name), body)
            self.line("passing, leaves = None, False")

        self.line(f"{node.name} = Block()")
        self.block("try:", tried)
        self.block("except BaseException as raised:", lambda: self.line("if raised is not passing or leaves: raise"))
        self.line(f"say('{node.name}', {node.name}.value)")

    def end(self, node):
        if isinstance(node.end, With):
            self.with_block(node.end)
            value = f"{node.end.name}.value"
        else:
            value = f"attempt('{node.end}')" if node.end else number(node.name)
        self.line(f"{node.name}.value = {value}")

    def header(self, items, block):
        items = [f"{self.manager(item.manager, block)} as {self.name(item)}" for item in items]
        # One header for all of them takes either sort of manager only.
        return f"{self.async_}with {', '.join(items)}:"

    def name(self, item):
        return item.manager.name if isinstance(item.manager, Stack) else item.binds

    def bound(self, items):
        for item in items:
            if not isinstance(item.manager, Stack):
                self.line(f"say('{item.binds}', {item.binds})")

    def manager(self, manager, block=None):
        """In the form that the place takes: in async code all of them are awaited."""
        if isinstance(manager, Made):
            inner = f"{manager.of.name}()"
        elif isinstance(manager, Stack):
            inner = "AsyncExitStack()" if manager.is_async else "ExitStack()"
        else:
            inner = self.class_(manager)
        adapter = "Stack" if isinstance(manager, Stack) else "First"
        if self.is_async:
            adapter = "Async" + adapter if manager.is_async else "Mixed" + adapter
        return f"{adapter}({inner}, '{manager.kind}'{f', {block}' if block else ''})"

    def class_(self, manager):
        calls = [manager.on_enter or "None", manager.on_exit or "None"]
        return f"{'AsyncClass' if manager.is_async else 'Class'}('{manager.name}', '{manager.kind}', {', '.join(calls)})"

    def all(self, statements):
        for statement in statements:
            {Do: self.do, Loop: self.loop, With: self.with_, Twice: self.twice}[type(statement)](statement)

    def loop(self, loop):
        self.block("for _ in range(2):", lambda: self.all(loop.body))

    def with_(self, node, header=None):
        self.with_block(node, header)
        self.line(f"say('{node.name}', {node.name}.value)")

    def with_block(self, node, header=None):
        self.line(f"{node.name} = Block()")
        self.block(
            header or self.header(node.items, node.name),
            lambda: self.bound(node.items),
            lambda: self.all(node.body),
            lambda: self.end(node),
        )

    def twice(self, twice):
        name = twice.manager.name
        self.line(f"{name} = {self.class_(twice.manager)}")
        for block in twice.blocks:
            adapter = "First" if not self.is_async else "AsyncFirst" if twice.manager.is_async else "MixedFirst"
            header = f"{self.async_}with {adapter}({name}, '{twice.manager.kind}', {block.name}) as {block.items[0].binds}:"
            self.with_(block, header)

    def do(self, statement):
        what, arguments = statement.what, statement.arguments
        first = arguments[0]
        if what == "say":
            self.line(f"say('{first}')")
        elif what == "fail":
            self.line(f"fail('{first}')")
        elif what == "call":
            self.line(f"say('called', {self.await_}{first}())")
        elif what == "pause":
            self.line("await pause()")
        elif what in ("break", "continue"):
            self.line(f"if roll(3): {what}")
        elif what == "return error":
            self.line(f"if roll(5): raise error('{first}')")
        elif what == "return":
            self.block("if roll(6):", self.returns)
        elif what == "enter":
            stack, manager, binds = arguments
            enter = f"{stack.name}.enter_context"
            if stack.is_async:
                enter = f"await {stack.name}.enter_async_context"
            self.line(f"{binds} = {enter}({self.manager(manager)})")
            self.line(f"say('{binds}', {binds})")
        elif what == "push exit":
            stack, manager = arguments
            push = "push_async_exit" if manager.is_async else "push"
            adapter = "AsyncFirst" if manager.is_async else "First"
            self.line(f"{stack.name}.{push}({adapter}({self.class_(manager)}, '{manager.kind}'))")
        elif what == "pop all":
            self.line(f"{'await a' if first.is_async else ''}close({first.name}.pop_all())")
        else:
            self.on_stack(what, *arguments)

    def on_stack(self, what, stack, kind, is_async, name):
        entry = ("async_" if is_async else "") + ("pushed" if what == "push" else "called")
        if what == "callback" and kind == PLAIN:
            push = "push_async_callback" if is_async else "callback"
            self.line(f"{stack.name}.{push}({entry}, '{name}')")
            return
        push = "push_async_exit" if is_async else "push"
        adapter = "async_first" if is_async else "first"
        self.line(f"{stack.name}.{push}({adapter}({entry}_exit('{name}', '{kind}'), '{kind}'))")

    def returns(self):
        if self.generator:
            self.line("leaves = True")
            self.line("if passing: raise passing")
            self.line("return")
        else:
            self.line("return 2")


def number(name):
    return name[1:]
