//! The bounds on what a `?` in a body is applied to.

use core::convert::Infallible;
use core::ops::ControlFlow;
use core::task::Poll;

/// What a `?` in a body can be applied to: a `Result`, an `Option`, a `ControlFlow`, a `Poll` of a
/// `Result`.
///
/// It is [`core::ops::Try`](https://doc.rust-lang.org/core/ops/trait.Try.html), which is not stable,
/// for the types that implement that.
///
/// ```
/// use cm_runtime::bounds::Try;
///
/// fn output<T: Try<Output = u8>>(_: T) {}
/// output(Some(1));
/// output("1".parse::<u8>());
/// ```
#[diagnostic::on_unimplemented(
    message = "the `?` operator can only be applied to a `Result`, an `Option`, a `ControlFlow` or a `Poll` of a `Result`",
    label = "the `?` operator cannot be applied to type `{Self}`",
    note = "if it is a future, put an `.await` before the `?`"
)]
pub trait Try {
    /// The value of the `?`.
    type Output;
    /// What leaves.
    type Residual;
    #[doc(hidden)]
    fn branch(self) -> ControlFlow<Self::Residual, Self::Output>;
}

#[diagnostic::do_not_recommend]
impl<T, E> Try for Result<T, E> {
    type Output = T;
    type Residual = Result<Infallible, E>;
    #[inline]
    fn branch(self) -> ControlFlow<Self::Residual, T> {
        match self {
            Ok(value) => ControlFlow::Continue(value),
            Err(error) => ControlFlow::Break(Err(error)),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T> Try for Option<T> {
    type Output = T;
    type Residual = Option<Infallible>;
    #[inline]
    fn branch(self) -> ControlFlow<Self::Residual, T> {
        match self {
            Some(value) => ControlFlow::Continue(value),
            None => ControlFlow::Break(None),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<B, C> Try for ControlFlow<B, C> {
    type Output = C;
    type Residual = ControlFlow<B, Infallible>;
    #[inline]
    fn branch(self) -> ControlFlow<Self::Residual, C> {
        match self {
            ControlFlow::Continue(value) => ControlFlow::Continue(value),
            ControlFlow::Break(value) => ControlFlow::Break(ControlFlow::Break(value)),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T, E> Try for Poll<Result<T, E>> {
    type Output = Poll<T>;
    type Residual = Result<Infallible, E>;
    #[inline]
    fn branch(self) -> ControlFlow<Self::Residual, Poll<T>> {
        match self {
            Poll::Ready(Ok(value)) => ControlFlow::Continue(Poll::Ready(value)),
            Poll::Ready(Err(error)) => ControlFlow::Break(Err(error)),
            Poll::Pending => ControlFlow::Continue(Poll::Pending),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T, E> Try for Poll<Option<Result<T, E>>> {
    type Output = Poll<Option<T>>;
    type Residual = Result<Infallible, E>;
    #[inline]
    fn branch(self) -> ControlFlow<Self::Residual, Poll<Option<T>>> {
        match self {
            Poll::Ready(Some(Ok(value))) => ControlFlow::Continue(Poll::Ready(Some(value))),
            Poll::Ready(Some(Err(error))) => ControlFlow::Break(Err(error)),
            Poll::Ready(None) => ControlFlow::Continue(Poll::Ready(None)),
            Poll::Pending => ControlFlow::Continue(Poll::Pending),
        }
    }
}

/// What a `?` in a `=> try` body may leave with: the block is a `Result`, and `F` its error.
///
/// ```
/// use std::convert::Infallible;
/// use cm_runtime::bounds::Stop;
///
/// fn stops<F, R: Stop<F>>(_: R) {}
/// stops::<String, _>(Err::<Infallible, _>(String::new()));
/// ```
#[diagnostic::on_unimplemented(
    message = "a `?` in a `=> try` body must be applied to a `Result`",
    label = "this `?` does not give an `Err`",
    note = "the block is a `Result`: turn an `Option` into one with `.ok_or(..)`"
)]
pub trait Stop<F> {
    #[doc(hidden)]
    fn stop<T>(self) -> Result<T, F>;
}

#[diagnostic::do_not_recommend]
impl<F> Stop<F> for Result<Infallible, F> {
    #[inline]
    fn stop<T>(self) -> Result<T, F> {
        match self {
            Err(error) => Err(error),
        }
    }
}
