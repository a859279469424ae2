//! Verdicts that wrap another verdict.

/// Implements [`Verdict`](super::Verdict) for a tuple struct around another verdict, by delegation. `View` is
/// given, since it may differ. `Error` is given as well: where lifetimes are erased, the compiler may not see that
/// the inner type is a verdict (see [`Boxed`](crate::exit_stack::Boxed)).
macro_rules! wrapper {
    (
        impl[$($generics:tt)*] $wrapper:ty as $inner:ty $(where { $($bounds:tt)* })? {
            type Error = $error:ty;
            type View = $view:ty;
        }
    ) => {
        impl<$($generics)*> $crate::verdict::Verdict for $wrapper
        $(where $($bounds)*)?
        {
            type Error = $error;
            type View = $view;
            type Block<T> = <$inner as $crate::verdict::Verdict>::Block<T>;
            type Entered<T> = <$inner as $crate::verdict::Verdict>::Entered<T>;
            type Unfailing = <$inner as $crate::verdict::Verdict>::Unfailing;
            type Raise<B> = <$inner as $crate::verdict::Verdict>::Raise<B>;
            type Token = <$inner as $crate::verdict::Verdict>::Token;
            type Replacement = <$inner as $crate::verdict::Verdict>::Replacement;
            type Lost = <$inner as $crate::verdict::Verdict>::Lost;

            fn nothing() -> Self {
                Self(<$inner>::nothing())
            }
            fn failing(error: $error) -> Self {
                Self(<$inner>::failing(error))
            }
            fn lost(error: $error) -> Self::Lost {
                <$inner>::lost(error)
            }
            fn answer(verdict: Self) -> Result<Option<Self::Token>, $error> {
                <$inner>::answer(verdict.0)
            }
            fn entered<T>(entered: Result<T, $error>) -> Self::Entered<T> {
                <$inner>::entered(entered)
            }
            fn value<T>(value: T) -> Self::Block<T> {
                <$inner>::value(value)
            }
            fn raise<B>(error: $error) -> Self::Raise<B> {
                <$inner>::raise(error)
            }
            fn failed(error: $error) -> Self::Replacement {
                <$inner>::failed(error)
            }
            fn suppressed(token: Self::Token) -> Self::Replacement {
                <$inner>::suppressed(token)
            }
            fn block<T>(replacement: Self::Replacement) -> Self::Block<T> {
                <$inner>::block(replacement)
            }
            fn body<T>(block: &Self::Block<T>) -> Option<&T> {
                <$inner>::body(block)
            }
        }
    };
}

pub(crate) use wrapper;
