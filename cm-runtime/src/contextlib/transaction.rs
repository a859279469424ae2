//! `transaction`.

use core::fmt;

use crate::contextlib::guard::used_up;
use crate::lends::Mut;
use crate::manager::ContextManager;
use crate::outcome::{Outcome, Shown};
use crate::verdict::Verdict;

/// Commits when its block succeeds, by whichever leave, and rolls back when it fails or panics: what
/// Python's `sqlite3.Connection` and many a database's connection do as a context manager.
///
/// Both functions take what was begun. What they return is the verdict: an error of committing reaches
/// the caller, one of rolling back is [lost](mod@crate::lost), since the block's own goes on. When
/// `commit` fails `rollback` is not called: the value is with `commit`, and the transactions of
/// database crates roll back when they are dropped.
///
/// An early `return Ok(..)` succeeds, and so does a `break`. To roll back and go on, leave with an error
/// that a [`suppress`](crate::contextlib::suppress) further out takes.
///
/// # Panics
/// When it is entered a second time: the value is gone.
///
/// ```
/// use cm_runtime::contextlib::transaction;
/// use cm_runtime::with;
/// # use std::cell::RefCell;
/// # use std::num::ParseIntError;
/// # struct Begun<'d> { db: &'d RefCell<Vec<u32>>, rows: Vec<u32> }
/// # impl Begun<'_> {
/// #     fn insert(&mut self, row: u32) { self.rows.push(row); }
/// #     fn commit(self) -> Result<(), ParseIntError> { self.db.borrow_mut().extend(self.rows); Ok(()) }
/// #     fn rollback(self) -> Result<(), ParseIntError> { Ok(()) }
/// # }
/// # fn begin(db: &RefCell<Vec<u32>>) -> Begun<'_> { Begun { db, rows: vec![] } }
///
/// fn insert_all(db: &RefCell<Vec<u32>>, rows: &[&str]) -> Result<(), ParseIntError> {
///     with! { transaction(begin(db), Begun::commit, Begun::rollback)? as tx => {
///         for row in rows {
///             tx.insert(row.parse()?);
///         }
///     } }
///     Ok(())
/// }
///
/// let db = RefCell::new(vec![]);
/// assert!(insert_all(&db, &["1", "2"]).is_ok());
/// assert!(insert_all(&db, &["3", "four"]).is_err());
/// assert_eq!(*db.borrow(), [1, 2]);
/// ```
///
/// With rusqlite: `transaction(db.transaction()?, Transaction::commit, Transaction::rollback)`.
pub fn transaction<T, C, R, V>(begun: T, commit: C, rollback: R) -> Transaction<T, C, R>
where
    C: FnOnce(T) -> V,
    R: FnOnce(T) -> V,
    V: Verdict<View = Shown>,
{
    Transaction {
        held: Some((begun, commit, rollback)),
    }
}

/// The manager that [`transaction`] makes.
///
/// ```
/// use cm_runtime::contextlib::{Transaction, transaction};
/// let manager: Transaction<u8, _, _> = transaction(7, |_| (), |_| ());
/// # drop(manager);
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct Transaction<T, C, R> {
    held: Option<(T, C, R)>,
}

impl<T, C, R> Unpin for Transaction<T, C, R> {}

impl<T: fmt::Debug, C, R> fmt::Debug for Transaction<T, C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let begun = self.held.as_ref().map(|(begun, ..)| begun);
        f.debug_tuple("Transaction").field(&begun).finish()
    }
}

impl<T, C, R, V> ContextManager for Transaction<T, C, R>
where
    C: FnOnce(T) -> V,
    R: FnOnce(T) -> V,
    V: Verdict<View = Shown>,
{
    type Lends = Mut<T>;
    type Exit = V;

    #[inline]
    fn enter(&mut self) -> Result<&mut T, V::Error> {
        match &mut self.held {
            Some((begun, ..)) => Ok(begun),
            None => used_up(),
        }
    }

    #[inline]
    fn exit(&mut self, outcome: Outcome<'_>) -> V {
        match self.held.take() {
            Some((begun, commit, _)) if outcome.is_success() => commit(begun),
            Some((begun, _, rollback)) => rollback(begun),
            None => used_up(),
        }
    }
}
