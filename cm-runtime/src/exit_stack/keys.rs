//! Keys of entries, by which they are released or dismissed before the stack ends.

use super::verdicts::StackVerdict;
use super::{ExitStack, unwind};

/// The key of an entry that lends nothing: for [`release`](ExitStack::release) and
/// [`dismiss`](ExitStack::dismiss).
///
/// It stays with its entry: after [`pop_all`](ExitStack::pop_all) or [`append`](ExitStack::append) it is a key of
/// the stack that the entry was moved to.
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
/// [`dismiss_lent`](ExitStack::dismiss_lent). It stays with its entry, as a [`Key`] does.
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
    /// Runs an entry now, as after a success; `None` if it is no longer in this stack.
    ///
    /// # Errors
    /// Those of the entry, as the verdict says.
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
        Some(unwind::release(taken.into_box(), self))
    }

    /// As [`release`](Self::release), for an entry that has lent a value. It takes `&mut self`, so that no value that
    /// the stack has lent is still in use. `None` also if the entry was [dismissed](Self::dismiss_lent). See
    /// [`LentKey`] for an example.
    ///
    /// # Errors
    /// Those of the entry, as the verdict says.
    #[must_use = "an error of the entry is in it"]
    pub fn release_lent(&mut self, key: LentKey) -> Option<X::Block<()>> {
        let taken = self.entries.take_lent(key.id)?;
        Some(unwind::release(taken.into_box(), self))
    }

    /// Removes an entry without running it. Returns whether it was in this stack.
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

    /// As [`dismiss`](Self::dismiss), for an entry that has lent a value: its manager stays in the stack until that
    /// ends, and is then dropped without an exit.
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

    /// Removes all entries without running them, the newest first. In Python, `pop_all()` whose result is not used.
    ///
    /// ```
    /// use cm_runtime::ExitStack;
    /// use cm_runtime::exit_stack::BoxError;
    /// use cm_runtime::with;
    ///
    /// fn create(names: &[&str], undone: &std::cell::Cell<u8>) -> Result<(), BoxError> {
    ///     with! { ExitStack::new()? as mut stack => {
    ///         for name in names {
    ///             stack.callback(|| undone.set(undone.get() + 1));
    ///             name.parse::<u8>()?;
    ///         }
    ///         stack.dismiss_all(); // all went well: nothing is undone
    ///     } }
    ///     Ok(())
    /// }
    /// let undone = std::cell::Cell::new(0);
    /// assert!(create(&["1", "2"], &undone).is_ok() && undone.get() == 0);
    /// assert!(create(&["1", "x"], &undone).is_err() && undone.get() == 2);
    /// ```
    pub fn dismiss_all(&mut self) {
        // Out of the stack: if the drop of one panics, the stack does not run the others when it is dropped.
        let mut dismissed = self.entries.take_all();
        while let Some(taken) = dismissed.pop() {
            drop(taken.into_box());
        }
    }
}
