//! Keys of entries, by which they are released or dismissed before the stack ends.

use super::unwind::Told;
use super::verdicts::StackVerdict;
use super::{ExitStack, block};
use crate::outcome::{Leave, Outcome};

/// The key of an entry that lends nothing: for [`release`](ExitStack::release) and
/// [`dismiss`](ExitStack::dismiss).
///
/// It goes with its entry: after [`pop_all`](ExitStack::pop_all) or [`append`](ExitStack::append) it is
/// one of the other stack.
///
/// ```
/// use cm_runtime::ExitStack;
/// let stack = ExitStack::new();
/// let key = stack.callback(|| ());
/// let other = ExitStack::new();
/// other.append(stack);
/// assert!(other.dismiss(key));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub(super) id: usize,
}

/// The key of an entry that has lent a value: for [`release_lent`](ExitStack::release_lent) and
/// [`dismiss_lent`](ExitStack::dismiss_lent). It goes with its entry, as a [`Key`] does.
///
/// ```
/// use std::sync::Mutex;
/// use cm_runtime::ExitStack;
/// let mutex = Mutex::new(1);
/// let mut stack = ExitStack::new();
/// let (guard, key) = stack.enter_keyed(&mutex);
/// assert_eq!(*guard, 1);
/// drop(guard);
/// assert!(stack.release_lent(key).unwrap().is_ok());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LentKey {
    pub(super) id: usize,
}

impl<X: StackVerdict> ExitStack<'_, X> {
    /// Runs an entry now, as after a success; `None` if it is not in this stack any more.
    ///
    /// # Errors
    /// As the entry does.
    ///
    /// ```
    /// # use cm_runtime::ExitStack;
    /// let stack = ExitStack::new();
    /// let key = stack.callback(|| "x".parse::<u8>().map(drop));
    /// assert!(stack.release(key).unwrap().is_err());
    /// assert!(stack.is_empty());
    /// ```
    #[must_use = "an error of the entry is in it"]
    pub fn release(&self, key: Key) -> Option<X::Block<()>> {
        let taken = self.entries.take_plain(key.id)?;
        let told = Told::new(Outcome::Succeeded(Leave::Close), self.origin());
        let answer = taken.into_box().exit(self, &told);
        Some(block::<X>(answer))
    }

    /// The same for an entry that has lent; no value that the stack has lent is alive then. `None` also
    /// if it was [dismissed](Self::dismiss_lent). See [`LentKey`] for an example.
    ///
    /// # Errors
    /// As the entry does.
    #[must_use = "an error of the entry is in it"]
    pub fn release_lent(&mut self, key: LentKey) -> Option<X::Block<()>> {
        let taken = self.entries.take_lent(key.id)?;
        let told = Told::new(Outcome::Succeeded(Leave::Close), self.origin());
        let answer = taken.into_box().exit(self, &told);
        Some(block::<X>(answer))
    }

    /// Lets an entry go without running it; whether it was there.
    ///
    /// ```
    /// # use cm_runtime::ExitStack;
    /// let stack = ExitStack::new();
    /// let remove = stack.callback(|| std::fs::remove_file("what is to be kept"));
    /// assert!(stack.dismiss(remove));
    /// stack.close().unwrap();
    /// ```
    pub fn dismiss(&self, key: Key) -> bool {
        self.entries.take_plain(key.id).is_some()
    }

    /// The same for an entry that has lent: its manager stays until the stack ends, and does not
    /// exit.
    ///
    /// ```
    /// # use std::sync::Mutex;
    /// # use cm_runtime::ExitStack;
    /// # let mutex = Mutex::new(1);
    /// let stack = ExitStack::new();
    /// let (guard, key) = stack.enter_keyed(&mutex);
    /// assert!(stack.dismiss_lent(key));
    /// assert_eq!(*guard, 1);
    /// ```
    pub fn dismiss_lent(&self, key: LentKey) -> bool {
        self.entries.dismiss_lent(key.id)
    }
}
