//! `Boxed`: the verdict of stacks in futures.

use super::error::BoxError;
use super::verdicts::{Answer, Expressible, StackVerdict};
use crate::outcome::Outcome;
use crate::verdict::{Suppress, Verdict, wrapper};

/// The verdict `Result<V, BoxError>` in a newtype: `Boxed` can fail with any error, and
/// `Boxed<Suppress>` can suppress as well. The types of the blocks are the same.
///
/// It is for stacks in futures that have to be [`Send`]. When the compiler checks that, it erases all lifetimes,
/// also the `'static` in [`BoxError`], and then does not see that `Result<(), BoxError>` is a verdict
/// (rust-lang/rust#110338). A newtype has no lifetime to erase. (The same happens to a `Result` with an error type of
/// your own, if that has a lifetime parameter.)
///
/// ```
/// use cm_runtime::exit_stack::Boxed;
/// use cm_runtime::{AsyncExitStack, Suppress};
/// let stack = AsyncExitStack::<Boxed<Suppress>>::with_verdict();
/// # drop(stack);
/// ```
#[must_use = "the verdict of `exit` counts only when it is returned"]
#[derive(Debug)]
pub struct Boxed<V = ()>(pub Result<V, BoxError>);

impl<V> crate::verdict::sealed::Sealed for Boxed<V> {}

/// The verdict in it.
type Plain<V> = Result<V, BoxError>;

wrapper! {
    impl[V] Boxed<V> as Plain<V> where { Plain<V>: Verdict<Error = BoxError> } {
        type Error = BoxError;
        type View = <Plain<V> as Verdict>::View;
    }
}

#[diagnostic::do_not_recommend]
impl<V> StackVerdict for Boxed<V>
where
    Plain<V>: StackVerdict<Error = BoxError>,
{
    fn of(answer: Answer<BoxError>) -> Self {
        Self(Plain::<V>::of(answer))
    }
}

/// A stack in a stack: where `Result<V, BoxError>` can be expressed, this can be.
#[diagnostic::do_not_recommend]
impl<X, V> Expressible<X> for Boxed<V>
where
    X: StackVerdict,
    Plain<V>: Expressible<X> + Verdict<Error = BoxError>,
{
    fn answer_in(self) -> Answer<X::Error> {
        self.0.answer_in()
    }
    fn view(outcome: Outcome<'_, X::View>) -> Outcome<'_, Self::View> {
        Plain::<V>::view(outcome)
    }
}

/// A stack with the verdict `Boxed<V>` can hold what one with `Result<V, BoxError>` can.
macro_rules! as_plain {
    ($([$($generics:tt)*] $verdict:ty => $value:ty $(where $bound:ty)?;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> Expressible<Boxed<$value>> for $verdict
        $(where BoxError: From<$bound>)?
        {
            fn answer_in(self) -> Answer<BoxError> {
                Expressible::<Plain<$value>>::answer_in(self)
            }
            fn view(
                outcome: Outcome<'_, <Boxed<$value> as Verdict>::View>,
            ) -> Outcome<'_, Self::View> {
                <Self as Expressible<Plain<$value>>>::view(outcome)
            }
        }
    )*};
}

as_plain! {
    [F: core::fmt::Debug] Result<(), F> => () where F;
    [F: core::fmt::Debug] Result<(), F> => Suppress where F;
    [F: core::fmt::Debug] Result<Suppress, F> => Suppress where F;
    [] Suppress => Suppress;
}
