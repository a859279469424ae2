//! Verdicts: the return types of exit, which say what it can do.

mod diverging;
mod inspecting;
mod wrapper;

use core::convert::Infallible;
use core::fmt;

use crate::__private::classify::NoError;
use crate::__private::never::Never;
use crate::outcome::{Sees, Shown, Typed};

pub use self::inspecting::Inspecting;
pub(crate) use self::wrapper::wrapper;

/// Whether exit suppresses the body's failure: the return value of an exit that can.
///
/// Python's `__exit__` returns a truth value for the same purpose. Here a manager can suppress only
/// if its type says so. After a body that did not fail the value is ignored; and so it is after a cancellation, and
/// after a panic that no `=> catch` has caught: these go on.
///
/// ```
/// use cm_runtime::Suppress;
/// assert_eq!(Suppress::when(1 + 1 == 2), Suppress::Yes);
/// ```
#[must_use = "whether a failure is suppressed is decided by returning this from `exit`"]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Suppress {
    /// The failure stops here: the block is `None`, and what follows it runs.
    Yes,
    /// The failure goes on.
    No,
}

impl Suppress {
    /// `Yes` when the condition holds, else `No`.
    ///
    /// ```
    /// use cm_runtime::Suppress;
    /// assert_eq!(Suppress::when(false), Suppress::No);
    /// ```
    pub fn when(condition: bool) -> Self {
        if condition { Self::Yes } else { Self::No }
    }
}

/// The return type of `exit`: it decides what the block is, for a body of type `T`.
///
/// | exit returns | it can | the block is |
/// |---|---|---|
/// | `()` | neither fail nor suppress | `T` |
/// | `Result<(), E>` | fail | `Result<T, E>` |
/// | [`Suppress`] | suppress | `Option<T>` |
/// | `Result<Suppress, E>` | both | `Result<Option<T>, E>` |
/// | [`Inspecting<V>`] | what `V` can, and look into the type of errors | as for `V` |
///
/// `E` has to be [`Debug`](fmt::Debug), as for `main` and `unwrap`, so that an error that
/// cannot reach the caller can still be [reported](crate::lost). A closure that does not return, such as
/// `|_| todo!()`, counts as one that can neither fail nor suppress. The trait is sealed.
///
/// ```
/// use cm_runtime::{Suppress, Verdict};
///
/// fn block<V: Verdict<Block<u8> = B>, B>() {}
/// block::<(), u8>();
/// block::<Result<(), String>, Result<u8, String>>();
/// block::<Suppress, Option<u8>>();
/// block::<Result<Suppress, String>, Result<Option<u8>, String>>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be what `exit` returns",
    label = "not a verdict",
    note = "`exit` returns `()`, `Result<(), E>`, `Suppress` or `Result<Suppress, E>`, with an `E` that is `Debug`",
    note = "a function with `#[context_manager]` has that as its return type; what it lends is said by `yields = ..`"
)]
pub trait Verdict: Sized + sealed::Sealed {
    /// What enter and exit fail with; `Infallible` where they cannot.
    type Error: fmt::Debug;

    /// How much of an error exit sees: [`Shown`], or [`Typed`] for verdicts that can suppress, or are
    /// [`Inspecting`].
    type View: Sees<'static>;

    /// The type of the block.
    type Block<T>;

    /// What entering by a function gives: `T`, or `Result<T, E>` where enter can fail.
    type Entered<T>;

    /// The verdict of the block under a `?` in the header: errors leave, so it cannot fail.
    #[doc(hidden)]
    type Unfailing: Verdict<Token = Self::Token>;

    /// The error that leaves through a `?` in the header, if building can fail with `B`.
    #[doc(hidden)]
    type Raise<B>;

    /// Proof that a failure was suppressed; uninhabited where that cannot be.
    #[doc(hidden)]
    type Token;

    /// What stands for the block when exit replaces the leave; `!` where it cannot.
    #[doc(hidden)]
    type Replacement;

    /// The error as it is asked what it shows: itself, or [`NoError`].
    #[doc(hidden)]
    type Lost: fmt::Debug;

    /// The verdict of an exit that had nothing to do.
    #[doc(hidden)]
    fn nothing() -> Self;
    #[doc(hidden)]
    fn failing(error: Self::Error) -> Self;
    #[doc(hidden)]
    fn lost(error: Self::Error) -> Self::Lost;
    #[doc(hidden)]
    fn answer(verdict: Self) -> Result<Option<Self::Token>, Self::Error>;
    #[doc(hidden)]
    fn entered<T>(entered: Result<T, Self::Error>) -> Self::Entered<T>;
    #[doc(hidden)]
    fn value<T>(value: T) -> Self::Block<T>;
    #[doc(hidden)]
    fn raise<B>(error: Self::Error) -> Self::Raise<B>;
    #[doc(hidden)]
    fn failed(error: Self::Error) -> Self::Replacement;
    #[doc(hidden)]
    fn suppressed(token: Self::Token) -> Self::Replacement;
    #[doc(hidden)]
    fn block<T>(replacement: Self::Replacement) -> Self::Block<T>;
    /// The body's value, if that is what the block ended with.
    #[doc(hidden)]
    fn body<T>(block: &Self::Block<T>) -> Option<&T>;
}

/// The return type of a function type: by it [`Never`] names `!` on stable Rust.
///
/// Its name is for those who implement [`Verdict`] by hand. The compiler cannot rule out that their impl overlaps
/// with that for `Never`, and names this trait in its message.
pub trait NotImplementedByHand {
    type Output;
}

impl<R> NotImplementedByHand for fn() -> R {
    type Output = R;
}

pub(crate) mod sealed {
    #[diagnostic::on_unimplemented(
        message = "`Verdict` is not implemented by hand",
        label = "not a verdict",
        note = "`exit` returns `()`, `Result<(), E>`, `Suppress` or `Result<Suppress, E>`"
    )]
    pub trait Sealed {}
    impl Sealed for () {}
    impl Sealed for super::Suppress {}
    impl<E> Sealed for Result<(), E> {}
    impl<E> Sealed for Result<super::Suppress, E> {}
    impl<V> Sealed for super::Inspecting<V> {}
}

impl Verdict for () {
    type Error = Infallible;
    type View = Shown;
    type Block<T> = T;
    type Entered<T> = T;
    type Unfailing = Self;
    type Raise<B> = B;
    type Token = Infallible;
    type Replacement = Never;
    type Lost = NoError;

    fn nothing() -> Self {}
    fn failing(error: Infallible) {
        match error {}
    }
    fn lost(error: Infallible) -> NoError {
        match error {}
    }
    fn answer((): Self) -> Result<Option<Infallible>, Infallible> {
        Ok(None)
    }
    fn entered<T>(entered: Result<T, Infallible>) -> T {
        match entered {
            Ok(value) => value,
            Err(never) => match never {},
        }
    }
    fn value<T>(value: T) -> T {
        value
    }
    fn raise<B>(error: Infallible) -> B {
        match error {}
    }
    fn failed(error: Infallible) -> Never {
        match error {}
    }
    fn suppressed(token: Infallible) -> Never {
        match token {}
    }
    fn block<T>(replacement: Never) -> T {
        replacement
    }
    fn body<T>(block: &T) -> Option<&T> {
        Some(block)
    }
}

impl<E: fmt::Debug> Verdict for Result<(), E> {
    type Error = E;
    type View = Shown;
    type Block<T> = Result<T, E>;
    type Entered<T> = Result<T, E>;
    type Unfailing = ();
    type Raise<B> = E;
    type Token = Infallible;
    type Replacement = E;
    type Lost = E;

    fn nothing() -> Self {
        Ok(())
    }
    fn failing(error: E) -> Self {
        Err(error)
    }
    fn lost(error: E) -> E {
        error
    }
    fn answer(verdict: Self) -> Result<Option<Infallible>, E> {
        verdict.map(|()| None)
    }
    fn entered<T>(entered: Result<T, E>) -> Result<T, E> {
        entered
    }
    fn value<T>(value: T) -> Result<T, E> {
        Ok(value)
    }
    fn raise<B>(error: E) -> E {
        error
    }
    fn failed(error: E) -> E {
        error
    }
    fn suppressed(token: Infallible) -> E {
        match token {}
    }
    fn block<T>(replacement: E) -> Result<T, E> {
        Err(replacement)
    }
    fn body<T>(block: &Result<T, E>) -> Option<&T> {
        block.as_ref().ok()
    }
}

impl Verdict for Suppress {
    type Error = Infallible;
    type View = Typed;
    type Block<T> = Option<T>;
    type Entered<T> = T;
    type Unfailing = Self;
    type Raise<B> = B;
    type Token = ();
    type Replacement = ();
    type Lost = NoError;

    fn nothing() -> Self {
        Self::No
    }
    fn failing(error: Infallible) -> Self {
        match error {}
    }
    fn lost(error: Infallible) -> NoError {
        match error {}
    }
    fn answer(verdict: Self) -> Result<Option<()>, Infallible> {
        Ok(token(verdict))
    }
    fn entered<T>(entered: Result<T, Infallible>) -> T {
        match entered {
            Ok(value) => value,
            Err(never) => match never {},
        }
    }
    fn value<T>(value: T) -> Option<T> {
        Some(value)
    }
    fn raise<B>(error: Infallible) -> B {
        match error {}
    }
    fn failed(error: Infallible) {
        match error {}
    }
    fn suppressed((): ()) {}
    fn block<T>((): ()) -> Option<T> {
        None
    }
    fn body<T>(block: &Option<T>) -> Option<&T> {
        block.as_ref()
    }
}

impl<E: fmt::Debug> Verdict for Result<Suppress, E> {
    type Error = E;
    type View = Typed;
    type Block<T> = Result<Option<T>, E>;
    type Entered<T> = Result<T, E>;
    type Unfailing = Suppress;
    type Raise<B> = E;
    type Token = ();
    type Replacement = Result<(), E>;
    type Lost = E;

    fn nothing() -> Self {
        Ok(Suppress::No)
    }
    fn failing(error: E) -> Self {
        Err(error)
    }
    fn lost(error: E) -> E {
        error
    }
    fn answer(verdict: Self) -> Result<Option<()>, E> {
        verdict.map(token)
    }
    fn entered<T>(entered: Result<T, E>) -> Result<T, E> {
        entered
    }
    fn value<T>(value: T) -> Result<Option<T>, E> {
        Ok(Some(value))
    }
    fn raise<B>(error: E) -> E {
        error
    }
    fn failed(error: E) -> Result<(), E> {
        Err(error)
    }
    fn suppressed((): ()) -> Result<(), E> {
        Ok(())
    }
    fn block<T>(replacement: Result<(), E>) -> Result<Option<T>, E> {
        replacement.map(|()| None)
    }
    fn body<T>(block: &Result<Option<T>, E>) -> Option<&T> {
        block.as_ref().ok()?.as_ref()
    }
}

fn token(suppress: Suppress) -> Option<()> {
    matches!(suppress, Suppress::Yes).then_some(())
}
