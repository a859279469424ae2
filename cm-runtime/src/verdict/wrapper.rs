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
            type Open<T> = <$inner as $crate::verdict::Verdict>::Open<T>;
            type Raise<B> = <$inner as $crate::verdict::Verdict>::Raise<B>;
            type Token = <$inner as $crate::verdict::Verdict>::Token;
            type Rep<T> = <$inner as $crate::verdict::Verdict>::Rep<T>;
            type Lost = <$inner as $crate::verdict::Verdict>::Lost;
            type OpenRep<T> = <$inner as $crate::verdict::Verdict>::OpenRep<T>;

            fn nothing() -> Self {
                Self(<$inner>::nothing())
            }
            fn failing(error: $error) -> Self {
                Self(<$inner>::failing(error))
            }
            fn lost(error: $error) -> Self::Lost {
                <$inner>::lost(error)
            }
            fn answer(self) -> Result<Option<Self::Token>, $error> {
                self.0.answer()
            }
            fn entered<T>(entered: Result<T, $error>) -> Self::Entered<T> {
                <$inner>::entered(entered)
            }
            fn value<T>(value: T) -> Self::Block<T> {
                <$inner>::value(value)
            }
            fn open<T>(value: T) -> Self::Open<T> {
                <$inner>::open(value)
            }
            fn raise<B>(error: $error) -> Self::Raise<B> {
                <$inner>::raise(error)
            }
            fn failed<T>(error: $error) -> Self::Rep<T> {
                <$inner>::failed(error)
            }
            fn suppressed<T>(token: Self::Token) -> Self::Rep<T> {
                <$inner>::suppressed(token)
            }
            fn open_suppressed<T>(token: Self::Token) -> Self::OpenRep<T> {
                <$inner>::open_suppressed(token)
            }
            fn block<T>(rep: Self::Rep<T>) -> Self::Block<T> {
                <$inner>::block(rep)
            }
            fn open_block<T>(rep: Self::OpenRep<T>) -> Self::Open<T> {
                <$inner>::open_block(rep)
            }
            fn body<T>(block: &Self::Block<T>) -> Option<&T> {
                <$inner>::body(block)
            }
            fn open_body<T>(block: &Self::Open<T>) -> Option<&T> {
                <$inner>::open_body(block)
            }
        }
    };
}

pub(crate) use wrapper;
