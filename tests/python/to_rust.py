"""Prints a program for Rust."""

from language import *

VERDICTS = {PLAIN: "()", FAILS: "Result<(), E>", SUPPRESSES: "Suppress", BOTH: "Result<Suppress, E>"}
STRUCTS = {PLAIN: "Plain", FAILS: "Fails", SUPPRESSES: "Suppresses", BOTH: "Both"}


class Printer:
    def __init__(self):
        self.lines, self.depth = [], 0
        self.is_async, self.code_is_async = False, False
        self.generator, self.fails = None, True

    def line(self, text):
        self.lines.append("    " * self.depth + text)

    def block(self, head, *parts, end="}"):
        self.line(head)
        self.depth += 1
        for part in parts:
            part()
        self.depth -= 1
        self.line(end)

    def program(self, program, is_async):
        self.code_is_async = is_async
        for generator in program.generators:
            self.generator_(generator)
        for function in program.functions:
            self.function(function)
        return "\n".join(self.lines) + "\n"

    @property
    def async_(self):
        return "async " if self.is_async else ""

    @property
    def await_(self):
        return ".await" if self.is_async else ""

    @property
    def ask(self):
        return "?" if self.fails else ".unwrap()"

    def function(self, function):
        self.generator, self.fails, self.is_async = None, True, self.code_is_async
        for item in function.within:
            self.line(f"#[within({self.item(item)})]")
        head = f"{self.async_}fn {function.name}() -> Result<i32, E> {{"
        self.block(head, lambda: self.all(function.body), lambda: self.line("Ok(1)"))

    def generator_(self, generator):
        self.generator, self.fails, self.is_async = generator, can_fail(generator.kind), generator.is_async

        def body():
            self.line("let mut suppressed = false;")
            self.all(generator.front)
            self.yield_(generator.inner)
            self.all(generator.behind)
            self.line(self.verdict("Suppress::when(suppressed | roll(2))"))

        self.line("#[context_manager(yields = i32)]")
        self.block(f"{self.async_}fn {generator.name}() -> {VERDICTS[generator.kind]} {{", body)

    def verdict(self, suppress):
        return {PLAIN: "", FAILS: "Ok(())", SUPPRESSES: suppress, BOTH: f"Ok({suppress})"}[self.generator.kind]

    def yield_(self, node):
        if isinstance(node, Yield):
            self.line(f"let outcome = yield_!({number(node.name)});")
            self.line(f'say(format!("back {node.name} {{}}", told(outcome)));')
            return

        def body():
            self.bound(node.items)
            self.all(node.front)
            self.yield_(node.inner)
            self.all(node.behind)
            self.end(node)

        self.block(f"let {node.name} = with! {{ {self.header(node.items)} => {{", body, end="} };")
        self.line(f"let {node.name} = {node.name}.flat(){self.ask};")
        self.line(f"suppressed |= {node.name}.is_none();")
        self.said(node.name)

    def said(self, block):
        self.line(f'say(format!("{block} {{}}", shown({block})));')

    def end(self, node):
        if isinstance(node.end, With):
            self.with_block("", node.end, end="} }")
            return
        asks = "?" if getattr(node, "form", "") == "try" else ""
        self.line(f'attempt("{node.end}"){asks}' if node.end else number(node.name))

    def header(self, items):
        return ", ".join(map(self.item, items))

    def item(self, item):
        manager = item.manager
        binds = f"mut {manager.name}" if isinstance(manager, Stack) else item.binds
        async_ = "async " if manager.is_async else ""
        return f"{async_}{self.manager(manager)}{'?' if item.asks else ''} as {binds}"

    def bound(self, items):
        for item in items:
            if not isinstance(item.manager, Stack):
                self.line(f'say(format!("{item.binds} {{}}", {item.binds}));')

    def manager(self, manager):
        if isinstance(manager, Made):
            return f"{manager.of.name}()"
        if isinstance(manager, Stack):
            return f"{'Async' if manager.is_async else ''}ExitStack::<{VERDICTS[manager.kind]}>::with_verdict()"
        calls = ""
        for name, call in (("on_enter", manager.on_enter), ("on_exit", manager.on_exit)):
            if call:
                calls += f".{name}(|| Box::pin({call}()))" if manager.is_async else f".{name}({call})"
        return f'{"Async" if manager.is_async else ""}{STRUCTS[manager.kind]}::new("{manager.name}"){calls}'

    def all(self, statements):
        for statement in statements:
            {Do: self.do, Loop: self.loop, With: self.with_, Twice: self.twice}[type(statement)](statement)

    def loop(self, loop):
        self.block("for _ in 0..2 {", lambda: self.all(loop.body))

    def with_(self, node, header=None):
        self.with_block(f"let {node.name} = ", node, header)
        self.line(f"let {node.name} = {node.name}.flat(){self.ask};")
        self.said(node.name)

    def with_block(self, front, node, header=None, end="} };"):
        self.block(
            f"{front}with! {{ {header or self.header(node.items)} => {node.form} {{",
            lambda: self.bound(node.items),
            lambda: self.all(node.body),
            lambda: self.end(node),
            end=end,
        )

    def twice(self, twice):
        name = twice.manager.name
        self.line(f"let mut {name} = {self.manager(twice.manager)};")
        for block in twice.blocks:
            (item,) = block.items
            async_ = "async " if twice.manager.is_async else ""
            self.with_(block, f"{async_}&mut {name}{'?' if item.asks else ''} as {item.binds}")

    def do(self, statement):
        what, arguments = statement.what, statement.arguments
        first = arguments[0]
        if what == "say":
            self.line(f'say("{first}".into());')
        elif what == "fail":
            self.line(f'fail("{first}")?;')
        elif what == "call":
            self.line(f'say(format!("called {{}}", {first}(){self.await_}?));')
        elif what == "pause":
            self.line("pause().await;")
        elif what in ("break", "continue"):
            self.line(f"if roll(3) {{ {what}; }}")
        elif what == "return error":
            self.line(f'if roll(5) {{ return Err(error("{first}")); }}')
        elif what == "return":
            value = self.verdict("Suppress::when(suppressed)") if self.generator else "Ok(2)"
            self.line(f"if roll(6) {{ return {value}; }}")
        elif what == "enter":
            stack, manager, binds = arguments
            enter = "enter" if not stack.is_async or manager.is_async else "enter_sync"
            await_ = ".await" if stack.is_async else ""
            asks = "?" if can_fail(manager.kind) else ""
            self.line(f"let {binds} = {stack.name}.{enter}({self.manager(manager)}){await_}{asks};")
            self.line(f'say(format!("{binds} {{}}", {binds}));')
        elif what == "push exit":
            self.push_exit(*arguments)
        elif what == "pop all":
            await_ = ".await" if first.is_async else ""
            self.line(f"{first.name}.pop_all().close(){await_}.flat(){self.ask};")
        else:
            self.on_stack(what, *arguments)

    def push_exit(self, stack, manager):
        if manager.is_async:
            self.line(f"{stack.name}.push_exit({self.manager(manager)}).await;")
        else:
            sync = "_sync" if stack.is_async else ""
            self.line(f"{stack.name}.push_exit{sync}({self.manager(manager)});")

    def on_stack(self, what, stack, kind, is_async, name):
        sync = "_sync" if stack.is_async and not is_async else ""
        does = f'{"async_" if is_async else ""}{"pushed" if what == "push" else "called"}_{kind}("{name}"'
        if what == "callback":
            self.line(f"{stack.name}.callback{sync}(|| {does}));")
        else:
            self.line(f"{stack.name}.push{sync}(|_, outcome| {does}, told(outcome)));")


def number(name):
    return name[1:]
