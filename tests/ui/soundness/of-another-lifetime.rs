//! The lifetimes of stacks, frames and of what enters them are neither shortened nor prolonged.

use std::future::Ready;

use cm_runtime::contextlib::Detached;
use cm_runtime::exit_stack::{Boxed, Entering};
use cm_runtime::{AsyncExitStack, AsyncGenerator, ExitStack, Generator, Lend, Owned};

type Entry<'s, F> = Entering<'s, 's, Boxed, Owned<()>, F, ()>;
type List<'l> = dyn for<'a> Lend<'a, Value = &'a &'l u8>;
type Exit<'e> = Ready<Result<(), &'e str>>;

fn shorter_stack<'a, 's>(stack: &'a ExitStack<'static>) -> &'a ExitStack<'s> {
    stack
}

fn longer_stack<'a, 's>(stack: &'a ExitStack<'s>) -> &'a ExitStack<'static> {
    stack
}

fn shorter_async_stack<'a, 's>(stack: &'a AsyncExitStack<'static>) -> &'a AsyncExitStack<'s> {
    stack
}

fn longer_entry<'s, 'e>(entry: Entry<'s, Exit<'e>>) -> Entry<'s, Exit<'static>> {
    entry
}

fn shorter_entry<'s, 'e>(entry: Entry<'s, Exit<'static>>) -> Entry<'s, Exit<'e>> {
    entry
}

fn longer_exit<'e>(manager: Detached<Owned<()>, Exit<'e>>) -> Detached<Owned<()>, Exit<'static>> {
    manager
}

fn shorter_family<'l>(manager: Generator<List<'static>, ()>) -> Generator<List<'l>, ()> {
    manager
}

fn longer_family<'l>(manager: AsyncGenerator<List<'l>, ()>) -> AsyncGenerator<List<'static>, ()> {
    manager
}

fn main() {}
