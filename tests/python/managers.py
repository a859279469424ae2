"""What the programs for CPython are made of, and in which ways they are held to what is different in Rust.

Each difference that is wanted has its place here, and what it is documented by:

1. An exit that fails after the body has failed does not replace its error: `First`.
   README, "What exit can do"; `with!`, "What the block is".
2. Only what says so in its type suppresses: `First`. README, the table of "What exit can do". So a generator
   that cannot, and has a manager around its yield that does, raises it again.
   `#[context_manager]`, "Managers around the yield".
3. A block whose failure is suppressed is `None`, whatever its body came to: `Block`. The same table.
4. A stack that suppresses the body's failure, and fails then, fails with the newer error; the errors of its
   entries that came after its first one are kept in that: `OfStack`.
   `ContextManager::exit_replaces`; `ExitStack`, "What an entry is told, and what its error becomes".
5. Code behind a yield always runs, and what came out of the yield passes by the managers around it: `passing`
   in the programs. `#[context_manager]`, and its "Managers around the yield".
6. A cancellation is a future that is dropped: nobody suppresses it, and nothing can be awaited any more.
   `AsyncContextManager`, the table: `Cancelled`, and `mode`.

What the programs leave out: a `return` out of a block that begins behind a yield, for which there is no Python
that tells those around the yield of the failure; panics. What is lost is not compared where a run is cut: an
error on its way is dropped with the future.
"""

import contextlib
import types
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager

from language import can_fail, can_suppress


class Failure(Exception):
    """An error, and those that came after it in a stack."""

    def __init__(self, name):
        super().__init__(name)
        self.later = []

    def names(self):
        return [str(self), *(name for later in self.later for name in later.names())]


class Cancelled(BaseException):
    """As asyncio's `CancelledError`."""


class Run:
    """What one run of a program does."""

    def __init__(self, dice):
        self.dice, self.errors = dice, 0
        self.log, self.lost = [], []
        # Of entries of the stacks that exit now: the error, and what the entry was told.
        self.later = []
        # "live"; "polled": a generator goes on behind its yield, up to its first await; "dropped".
        self.mode = "live"


run = None


def start(dice):
    global run
    run = Run(dice)
    return run


def say(*words):
    run.log.append(" ".join(map(str, words)))


def roll(sides):
    run.dice = (run.dice * 1103515245 + 12345) % 2**31
    return (run.dice >> 16) % sides == 0


def error(name):
    run.errors += 1
    return Failure(f"{name}.{run.errors}")


def fail(name):
    if roll(6):
        raise error(name)


def attempt(name):
    fail(name)
    return 3


def told(error):
    match error:
        case None:
            return "ok"
        case Cancelled():
            return "cancelled"
    return f"failed {error}"


def failed(error):
    return isinstance(error, Failure)


def cancelled(error):
    return error if isinstance(error, Cancelled) else None


@types.coroutine
def pause():
    if run.mode != "live":
        run.mode = "dropped"
        raise Cancelled
    yield


class Block:
    value = None
    # Of one around a yield: the cancellation that passes by.
    cancelled = None


def verdict(name, kind):
    if can_fail(kind) and roll(4):
        raise error(name)
    return can_suppress(kind) and roll(2)


class Class(contextlib.ContextDecorator):
    def __init__(self, name, kind, on_enter, on_exit):
        self.name, self.kind, self.on_enter, self.on_exit = name, kind, on_enter, on_exit

    def __enter__(self):
        say("enter", self.name)
        if self.on_enter:
            say("called", self.on_enter())
        if can_fail(self.kind):
            fail(self.name)
        return int(self.name[1:])

    def __exit__(self, _type, error, _traceback):
        say("exit", self.name, told(error))
        if self.on_exit:
            say("called", self.on_exit())
        return verdict(self.name, self.kind)


class AsyncClass:
    def __init__(self, name, kind, on_enter, on_exit):
        self.name, self.kind, self.on_enter, self.on_exit = name, kind, on_enter, on_exit

    async def __aenter__(self):
        say("enter", self.name)
        with self.cancelled():
            await pause()
            if self.on_enter:
                say("called", await self.on_enter())
        if can_fail(self.kind):
            fail(self.name)
        return int(self.name[1:])

    async def __aexit__(self, _type, error, _traceback):
        if run.mode == "dropped":
            say("cancel", self.name)
            return False
        say("exit", self.name, told(error))
        with self.cancelled():
            await pause()
            if self.on_exit:
                say("called", await self.on_exit())
        return verdict(self.name, self.kind)

    @contextmanager
    def cancelled(self):
        try:
            yield
        except Cancelled:
            say("cancel", self.name)
            raise


class Answers:
    """What becomes of what an exit does."""

    def __init__(self, kind, error, block):
        self.kind, self.error, self.block = kind, error, block
        self.in_stack = block is None
        self.suppresses = False

    def __enter__(self):
        return self

    def __exit__(self, _type, error, _traceback):
        if not isinstance(error, Failure) or not self.error:
            return False
        if self.in_stack:
            run.later.append((error, self.error))
        else:
            run.lost.extend(error.names())
        return True

    def answer(self, suppresses):
        self.suppresses = bool(suppresses) and can_suppress(self.kind) and failed(self.error)
        if self.suppresses and self.block:
            self.block.value = None
            if self.block.cancelled:
                raise self.block.cancelled


class First(contextlib.ContextDecorator):
    """A manager whose errors do not replace that of the body."""

    answers = Answers

    def __init__(self, inner, kind, block=None):
        self.inner, self.kind, self.block = inner, kind, block

    def _recreate_cm(self):
        return type(self)(self.inner._recreate_cm(), self.kind, self.block)

    def __enter__(self):
        return self.inner.__enter__()

    def __exit__(self, *told):
        with self.answers(self.kind, told[1], self.block) as answers:
            answers.answer(self.inner.__exit__(*told))
        return answers.suppresses


class MixedFirst(contextlib.AsyncContextDecorator, First):
    """A sync manager in async code."""

    _recreate_cm = First._recreate_cm

    async def __aenter__(self):
        return self.__enter__()

    async def __aexit__(self, *told):
        return self.__exit__(*told)


class AsyncFirst(contextlib.AsyncContextDecorator):
    answers = Answers

    def __init__(self, inner, kind, block=None):
        self.inner, self.kind, self.block = inner, kind, block

    def _recreate_cm(self):
        inner = self.inner._recreate_cm() if hasattr(self.inner, "_recreate_cm") else self.inner
        return type(self)(inner, self.kind, self.block)

    async def __aenter__(self):
        return await self.inner.__aenter__()

    async def __aexit__(self, *told):
        before = run.mode
        if isinstance(told[1], Cancelled) and hasattr(self.inner, "gen"):
            run.mode = "polled"
        with self.answers(self.kind, told[1], self.block) as answers:
            answers.answer(await self.inner.__aexit__(*told))
        if run.mode == "polled":
            run.mode = before
        return answers.suppresses


class OfStack(Answers):
    """Its entries say themselves which error goes on. Those that came after that one go with it."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.before = len(run.later)

    def __exit__(self, _type, error, _traceback):
        for later, told in run.later[self.before :]:
            if told is error and failed(error):
                error.later.append(later)
            else:
                run.lost.extend(later.names())
        del run.later[self.before :]
        return False


def close(stack):
    with OfStack(None, None, None):
        stack.close()


async def aclose(stack):
    with OfStack(None, None, None):
        await stack.aclose()


class Stack(First):
    answers = OfStack


class AsyncStack(AsyncFirst):
    answers = OfStack


def first(exit, kind):
    """As `First`, of an exit alone."""

    def wrapped(*told):
        with Answers(kind, told[1], None) as answers:
            answers.answer(exit(*told))
        return answers.suppresses

    return wrapped


def async_first(exit, kind):
    async def wrapped(*told):
        with Answers(kind, told[1], None) as answers:
            answers.answer(await exit(*told))
        return answers.suppresses

    return wrapped


def pushed_exit(name, kind):
    def exit(_type, error, _traceback):
        say("pushed", name, told(error))
        return verdict(name, kind)

    return exit


def async_pushed_exit(name, kind):
    async def exit(_type, error, _traceback):
        say("pushed", name, told(error))
        await pause()
        return verdict(name, kind)

    return exit


def called(name):
    say("callback", name)


def called_exit(name, kind):
    def exit(*_):
        called(name)
        if can_fail(kind):
            fail(name)

    return exit


async def async_called(name):
    say("callback", name)
    await pause()
    say("called back", name)


def async_called_exit(name, kind):
    async def exit(*_):
        await async_called(name)
        if can_fail(kind):
            fail(name)

    return exit
