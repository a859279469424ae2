//! The verdict of a stack, and which managers it can hold.

use core::convert::Infallible;

use super::error::StackError;
use crate::__private::never::Never;
use crate::outcome::{Outcome, Shown, Typed};
use crate::verdict::{Inspecting, Suppress, Verdict};

/// A verdict that an [`ExitStack`](super::ExitStack) can have; sealed: `()`, `Result<(), E>`,
/// [`Suppress`] or `Result<Suppress, E>`, with an `E` that is a [`StackError`]; or
/// [`Boxed`](super::Boxed) or `Boxed<Suppress>`, which is what async stacks take by default.
///
/// ```
/// fn verdict<X: cm_runtime::exit_stack::StackVerdict>() {}
/// verdict::<Result<(), cm_runtime::exit_stack::BoxError>>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the verdict of a stack",
    label = "no verdict of a stack",
    note = "a stack's verdict is `()`, `Result<(), E>`, `Suppress` or `Result<Suppress, E>`, with an `E` that is a `StackError`, as `BoxError` and `io::Error` are, and `anyhow::Error` with the feature `anyhow`; `new()` makes a stack that can fail with any error"
)]
pub trait StackVerdict: Verdict<Error: StackError> {
    #[doc(hidden)]
    fn of(answer: Answer<Self::Error>) -> Self;
}

/// The verdict of an entry, in the terms of its stack.
#[doc(hidden)]
pub enum Answer<E> {
    GoOn,
    Suppress,
    Fail(E),
    /// It suppresses the failure that it was told, and then fails itself.
    Replace(E),
}

impl<E> Answer<E> {
    pub(super) fn into_error(self) -> Option<E> {
        match self {
            Self::Fail(error) | Self::Replace(error) => Some(error),
            Self::GoOn | Self::Suppress => None,
        }
    }

    /// The answer of a manager: `replaces` says whether its error replaces the failure that it was told.
    #[inline]
    pub(super) fn of_manager(self, replaces: impl FnOnce() -> bool) -> Self {
        match self {
            Self::Fail(error) if replaces() => Self::Replace(error),
            answer => answer,
        }
    }
}

/// The verdict of a stack as a block without a body would return it: for `close` and the like.
#[inline]
pub(super) fn block<X: StackVerdict>(answer: Answer<X::Error>) -> X::Block<()> {
    match X::answer(X::of(answer)) {
        Ok(None) => X::value(()),
        Ok(Some(token)) => X::block(X::suppressed(token)),
        Err(error) => X::block(X::failed(error)),
    }
}

#[diagnostic::do_not_recommend]
impl StackVerdict for () {
    fn of(answer: Answer<Infallible>) {
        match answer {
            Answer::GoOn | Answer::Suppress => {}
            Answer::Fail(never) | Answer::Replace(never) => match never {},
        }
    }
}

#[diagnostic::do_not_recommend]
impl<E: StackError> StackVerdict for Result<(), E> {
    fn of(answer: Answer<E>) -> Self {
        answer.into_error().map_or(Ok(()), Err)
    }
}

#[diagnostic::do_not_recommend]
impl StackVerdict for Suppress {
    fn of(answer: Answer<Infallible>) -> Self {
        match answer {
            Answer::Fail(never) | Answer::Replace(never) => match never {},
            Answer::Suppress => Self::Yes,
            Answer::GoOn => Self::No,
        }
    }
}

#[diagnostic::do_not_recommend]
impl<E: StackError> StackVerdict for Result<Suppress, E> {
    fn of(answer: Answer<E>) -> Self {
        match answer {
            Answer::Fail(error) | Answer::Replace(error) => Err(error),
            Answer::Suppress => Ok(Suppress::Yes),
            Answer::GoOn => Ok(Suppress::No),
        }
    }
}

/// A verdict that a stack with the verdict `X` can express: it can fail only if the stack can, with
/// an error that converts, and suppress only if the stack can.
///
/// | the stack's verdict `X` | managers and callbacks that it holds |
/// |---|---|
/// | `()` | `()` |
/// | `Result<(), E>` | `()`, `Result<(), F>` where `E: From<F>` |
/// | `Suppress` | `()`, `Suppress`, `Inspecting` |
/// | `Result<Suppress, E>` | all of them, where `E: From<F>` |
///
/// The `Boxed<V>` of async stacks is a `Result<V, BoxError>` in both columns.
///
/// ```
/// use cm_runtime::exit_stack::{BoxError, Expressible};
/// fn fits<X, V: Expressible<X>>() where X: cm_runtime::exit_stack::StackVerdict {}
/// fits::<Result<(), BoxError>, std::io::Result<()>>();
/// ```
#[diagnostic::on_unimplemented(
    message = "this stack cannot hold what exits with `{Self}`",
    label = "`{Self}` does not fit into the verdict of this stack",
    note = "an exit returns `()`, `Result<(), E>`, `Suppress` or `Result<Suppress, E>`; one that fails goes into a stack that can fail with an error that `E` converts into, one that suppresses into a stack that can suppress",
    note = "the verdict of this stack is `{X}`; `new()` makes one that can fail with any `E` that is `Error + Send + Sync`, and `<Boxed<Suppress>>::with_verdict()` one that can suppress as well"
)]
pub trait Expressible<X: StackVerdict>: Verdict {
    #[doc(hidden)]
    fn answer_in(self) -> Answer<X::Error>;
    #[doc(hidden)]
    fn view(outcome: Outcome<'_, X::View>) -> Outcome<'_, Self::View>;
}

#[diagnostic::do_not_recommend]
impl<X: StackVerdict> Expressible<X> for () {
    fn answer_in(self) -> Answer<X::Error> {
        Answer::GoOn
    }
    fn view(outcome: Outcome<'_, X::View>) -> Outcome<'_> {
        outcome.shown()
    }
}

#[diagnostic::do_not_recommend]
impl<X: StackVerdict> Expressible<X> for Never {
    fn answer_in(self) -> Answer<X::Error> {
        self
    }
    fn view(outcome: Outcome<'_, X::View>) -> Outcome<'_> {
        outcome.shown()
    }
}

macro_rules! fails {
    ($($stack:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<E: StackError + From<F>, F: core::fmt::Debug> Expressible<$stack> for Result<(), F> {
            fn answer_in(self) -> Answer<E> {
                match self {
                    Ok(()) => Answer::GoOn,
                    Err(error) => Answer::Fail(error.into()),
                }
            }
            fn view(outcome: Outcome<'_, <$stack as Verdict>::View>) -> Outcome<'_, Shown> {
                outcome.shown()
            }
        }
    )*};
}

fails!(Result<(), E>, Result<Suppress, E>);

fn answer<E>(suppress: Suppress) -> Answer<E> {
    match suppress {
        Suppress::Yes => Answer::Suppress,
        Suppress::No => Answer::GoOn,
    }
}

#[diagnostic::do_not_recommend]
impl Expressible<Suppress> for Suppress {
    fn answer_in(self) -> Answer<Infallible> {
        answer(self)
    }
    fn view(outcome: Outcome<'_, Typed>) -> Outcome<'_, Typed> {
        outcome
    }
}

#[diagnostic::do_not_recommend]
impl<E: StackError> Expressible<Result<Suppress, E>> for Suppress {
    fn answer_in(self) -> Answer<E> {
        answer(self)
    }
    fn view(outcome: Outcome<'_, Typed>) -> Outcome<'_, Typed> {
        outcome
    }
}

#[diagnostic::do_not_recommend]
impl<E: StackError + From<F>, F: core::fmt::Debug> Expressible<Result<Suppress, E>>
    for Result<Suppress, F>
{
    fn answer_in(self) -> Answer<E> {
        match self {
            Ok(suppress) => answer(suppress),
            Err(error) => Answer::Fail(error.into()),
        }
    }
    fn view(outcome: Outcome<'_, Typed>) -> Outcome<'_, Typed> {
        outcome
    }
}

#[diagnostic::do_not_recommend]
impl<X, V> Expressible<X> for Inspecting<V>
where
    X: StackVerdict<View = Typed>,
    V: Expressible<X>,
{
    fn answer_in(self) -> Answer<X::Error> {
        self.0.answer_in()
    }
    fn view(outcome: Outcome<'_, Typed>) -> Outcome<'_, Typed> {
        outcome
    }
}

/// What a callback can return: `()`, or a `Result<(), E>` that the stack can express.
///
/// ```
/// use cm_runtime::exit_stack::{BoxError, Ends};
/// fn callback<V: Ends<Result<(), BoxError>>>() {}
/// callback::<std::io::Result<()>>();
/// ```
#[diagnostic::on_unimplemented(
    message = "a callback of this stack cannot return `{Self}`",
    label = "`{Self}` does not fit into the verdict of this stack",
    note = "a callback returns `()`, or a `Result<(), E>` where the stack can fail with an error that `E` converts into; any other value is dropped by a `;`",
    note = "the verdict of this stack is `{X}`; `new()` makes one that can fail with any `E` that is `Error + Send + Sync`",
    note = "a closure that suppresses is for `push`; an `async` one, for the `callback` of an `AsyncExitStack`"
)]
pub trait Ends<X: StackVerdict>: Expressible<X> {}

#[diagnostic::do_not_recommend]
impl<X: StackVerdict> Ends<X> for () {}
#[diagnostic::do_not_recommend]
impl<X: StackVerdict> Ends<X> for Never {}
#[diagnostic::do_not_recommend]
impl<X: StackVerdict, F> Ends<X> for Result<(), F> where Self: Expressible<X> {}
