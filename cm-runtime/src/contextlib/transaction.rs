//! `transaction`.

use crate::bounds::{Release, RolledBack};
use crate::contextlib::Guard;

/// Commits when its block succeeds, however it is left, and rolls back when it fails, panics or is cancelled, as
/// Python's `sqlite3.Connection` and other database connections do as context managers.
///
/// Both functions take the value `begun`. They return the same type, which is the verdict; or `rollback` returns
/// nothing. An error of `commit` reaches the caller. An error of `rollback` is [lost](mod@crate::lost), since the
/// error of the block goes on. When `commit` fails `rollback` is not called, since `commit` has consumed the value;
/// the transactions of database crates roll back when they are dropped.
///
/// An early `return Ok(..)` is a success, and so is a `break`. To roll back and go on behind the block, leave it with
/// an error that a [`suppress`](fn@crate::contextlib::suppress) around it suppresses.
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
pub fn transaction<T, C, R, V, W>(begun: T, commit: C, rollback: R) -> Guard<T, (C, R), V::Verdict>
where
    C: FnOnce(T) -> V,
    R: FnOnce(T) -> W,
    V: Release,
    W: RolledBack<V>,
{
    Guard::new(
        begun,
        (commit, rollback),
        |(commit, rollback), begun, outcome| {
            if outcome.is_success() {
                commit(begun).verdict()
            } else {
                rollback(begun).committed().verdict()
            }
        },
    )
}
