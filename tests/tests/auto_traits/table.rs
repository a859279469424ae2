//! Tables of traits, and how they are checked.

use std::marker::PhantomData;
use std::panic::{RefUnwindSafe, UnwindSafe};

/// A type to be asked about.
pub(crate) struct Is<T: ?Sized>(pub(crate) PhantomData<T>);

/// What a type is whose inherent methods, which come first, do not hold.
pub(crate) trait Not {
    fn send(&self) -> &'static str {
        "!Send"
    }
    fn sync(&self) -> &'static str {
        "!Sync"
    }
    fn unpin(&self) -> &'static str {
        "!Unpin"
    }
    fn unwind_safe(&self) -> &'static str {
        "!UnwindSafe"
    }
    fn ref_unwind_safe(&self) -> &'static str {
        "!RefUnwindSafe"
    }
}

impl<T: ?Sized> Not for Is<T> {}

macro_rules! is {
    ($($method:ident $trait:ident)*) => {$(
        impl<T: ?Sized + $trait> Is<T> {
            #[allow(clippy::unused_self, reason = "as the method that it comes before")]
            pub(crate) fn $method(&self) -> &'static str {
                stringify!($trait)
            }
        }
    )*};
}

is! { send Send sync Sync unpin Unpin unwind_safe UnwindSafe ref_unwind_safe RefUnwindSafe }

pub(crate) fn of<F: FnOnce(A) -> T, A, T>(_: F) -> Is<T> {
    Is(PhantomData)
}

macro_rules! answers {
    ($is:expr, [$($method:ident)*]) => {{
        let is = $is;
        [$(is.$method()),*]
    }};
}

/// The rows of a table that do not say what is so.
macro_rules! wrong {
    ($asked:tt $($name:expr, $is:expr => [$($traits:tt)*];)*) => {{
        let mut wrong = Vec::<String>::new();
        $(
            let is = answers!($is, $asked).join(" ");
            // How `stringify` spaces is not fixed.
            let says = stringify!($($traits)*).replace(' ', "");
            if is.replace(' ', "") != says {
                wrong.push(format!("{} => [{is}];", $name));
            }
        )*
        wrong.join("\n")
    }};
}

/// A table of types: each `Trait`, or `!Trait` where the type must not have it.
macro_rules! types {
    ($($type:ty => $traits:tt;)*) => {
        const TYPES: &[&str] = &[$(stringify!($type)),*];

        #[test]
        fn types() {
            let wrong = wrong! {
                [send sync unpin unwind_safe ref_unwind_safe]
                $(stringify!($type), Is::<$type>(PhantomData) => $traits;)*
            };
            assert!(wrong.is_empty(), "these are:\n{wrong}");
        }
    };
}

/// The same of values whose types have no name, for the first three.
macro_rules! values {
    ($test:ident: $($value:expr => $traits:tt;)*) => {
        #[test]
        fn $test() {
            let wrong = wrong! {
                [send sync unpin]
                $(stringify!($value), of($value) => $traits;)*
            };
            assert!(wrong.is_empty(), "these are:\n{wrong}");
        }
    };
}
