//! The verdict of stacks in futures: any error, by a name.

use super::error::BoxError;
use super::verdicts::{Answer, Expressible, StackVerdict};
use crate::outcome::Outcome;
use crate::verdict::{Suppress, Verdict, wrapper};

/// The verdict `Result<V, BoxError>` by another name: `Boxed` can fail with any error, and
/// `Boxed<Suppress>` can suppress as well. The blocks are of the same types.
///
/// It is the one for stacks in futures that have to be [`Send`]. When the compiler looks into a
/// future for that, it forgets lifetimes, also the `'static` that is in [`BoxError`], and then finds no
/// verdict in `Result<(), BoxError>` (rust-lang/rust#110338), nor in one with a type of one's own that has
/// a lifetime in it; a type around a [`BoxError`] has none.
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

/// The verdict that it stands for.
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

/// What `Result<V, BoxError>` can express this can.
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
