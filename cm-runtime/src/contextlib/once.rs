//! What is in a manager that consumes its value.

use core::fmt;

/// A value and the function that releases it, until exit takes both.
pub(super) struct Once<T, R>(Option<(T, R)>);

impl<T, R> Once<T, R> {
    pub(super) fn new(value: T, release: R) -> Self {
        Self(Some((value, release)))
    }

    /// The value, for enter.
    ///
    /// # Panics
    /// After an exit.
    #[inline]
    #[track_caller]
    pub(super) fn value(&mut self) -> &mut T {
        match &mut self.0 {
            Some((value, _)) => value,
            None => used_up(),
        }
    }

    /// Both, for exit.
    ///
    /// # Panics
    /// As `value` does.
    #[inline]
    pub(super) fn take(&mut self) -> (T, R) {
        match self.0.take() {
            Some(held) => held,
            None => used_up(),
        }
    }

    /// Drops both, where exit cannot be awaited.
    pub(super) fn discard(&mut self) {
        self.0 = None;
    }
}

/// The value alone, or `None`.
impl<T: fmt::Debug, R> fmt::Debug for Once<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map(|(value, _)| value).fmt(f)
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn used_up() -> ! {
    panic!("this manager consumes its value: it cannot be entered a second time")
}
