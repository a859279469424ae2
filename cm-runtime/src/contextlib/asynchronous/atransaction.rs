//! `atransaction`.

use core::fmt;
use core::future::Future;

use crate::async_manager::AsyncContextManager;
use crate::bounds::{AwaitedAtExit, Release, RolledBack};
use crate::contextlib::once::Once;
use crate::lends::Mut;
use crate::outcome::{Outcome, Shown};
use crate::verdict::Verdict;

/// Commits or rolls back at the end of the block, as [`transaction`](fn@crate::contextlib::transaction), by async
/// functions.
///
/// When nothing can be awaited, since the future of the block is dropped or the body panics, the value is dropped:
/// the transactions of database crates roll back then.
///
/// # Panics
/// When it is entered a second time: the value is gone.
///
/// ```
/// use cm_runtime::contextlib::atransaction;
/// use cm_runtime::with;
/// # use std::cell::RefCell;
/// # use std::num::ParseIntError;
/// # struct Begun<'d> { db: &'d RefCell<Vec<u32>>, rows: Vec<u32> }
/// # impl Begun<'_> {
/// #     async fn insert(&mut self, row: u32) { self.rows.push(row); }
/// #     async fn commit(self) -> Result<(), ParseIntError> { self.db.borrow_mut().extend(self.rows); Ok(()) }
/// #     async fn rollback(self) -> Result<(), ParseIntError> { Ok(()) }
/// # }
/// # async fn begin(db: &RefCell<Vec<u32>>) -> Begun<'_> { Begun { db, rows: vec![] } }
///
/// async fn insert_all(db: &RefCell<Vec<u32>>, rows: &[&str]) -> Result<(), ParseIntError> {
///     with! { async atransaction(begin(db).await, Begun::commit, Begun::rollback)? as tx => {
///         for row in rows {
///             tx.insert(row.parse()?).await;
///         }
///     } }
///     Ok(())
/// }
/// # let db = RefCell::new(vec![]);
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # use std::future::Future;
/// # let mut good = std::pin::pin!(insert_all(&db, &["1", "2"]));
/// # assert!(matches!(good.as_mut().poll(&mut context), std::task::Poll::Ready(Ok(()))));
/// # let mut bad = std::pin::pin!(insert_all(&db, &["3", "four"]));
/// # assert!(matches!(bad.as_mut().poll(&mut context), std::task::Poll::Ready(Err(_))));
/// # assert_eq!(*db.borrow(), [1, 2]);
/// ```
///
/// With sqlx: `atransaction(pool.begin().await?, Transaction::commit, Transaction::rollback)`.
#[allow(clippy::type_complexity, reason = "the last part is just the verdict")]
pub fn atransaction<T, C, R, FC, FR, KC, KR>(
    begun: T,
    commit: C,
    rollback: R,
) -> Atransaction<T, C, R, FC::Future, FR::Future, <FC::Returned as Release>::Verdict>
where
    C: FnOnce(T) -> FC,
    R: FnOnce(T) -> FR,
    FC: AwaitedAtExit<KC, Returned: Release>,
    FR: AwaitedAtExit<KR, Returned: RolledBack<FC::Returned>>,
{
    Atransaction {
        held: Once::new(begun, (commit, rollback)),
        commit: |commit, begun| commit(begun).future(),
        rollback: |rollback, begun| rollback(begun).future(),
        committed: Release::verdict,
        rolled_back: |returned| returned.committed().verdict(),
    }
}

/// The manager that [`atransaction`] makes.
///
/// ```
/// use cm_runtime::contextlib::{Atransaction, atransaction};
/// let manager: Atransaction<u8, _, _, _, _> = atransaction(7, async |_| (), async |_| ());
/// # drop(manager);
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { async manager => { .. } }`"]
pub struct Atransaction<T, C, R, FC: Future, FR: Future, V = <FC as Future>::Output> {
    held: Once<T, (C, R)>,
    /// Pointers, for the same reason as in [`Guard`](super::super::Guard).
    commit: fn(C, T) -> FC,
    rollback: fn(R, T) -> FR,
    committed: fn(FC::Output) -> V,
    rolled_back: fn(FR::Output) -> V,
}

impl<T, C, R, FC: Future, FR: Future, V> Unpin for Atransaction<T, C, R, FC, FR, V> {}

impl<T: fmt::Debug, C, R, FC: Future, FR: Future, V> fmt::Debug
    for Atransaction<T, C, R, FC, FR, V>
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Atransaction").field(&self.held).finish()
    }
}

impl<T, C, R, FC, FR, V> AsyncContextManager for Atransaction<T, C, R, FC, FR, V>
where
    FC: Future,
    FR: Future,
    V: Verdict<View = Shown>,
{
    type Lends = Mut<T>;
    type Exit = V;

    async fn enter(&mut self) -> Result<&mut T, V::Error> {
        Ok(self.held.value())
    }

    async fn exit(&mut self, outcome: Outcome<'_>) -> V {
        let (begun, (commit, rollback)) = self.held.take();
        if outcome.is_success() {
            (self.committed)((self.commit)(commit, begun).await)
        } else {
            (self.rolled_back)((self.rollback)(rollback, begun).await)
        }
    }

    fn cancel(&mut self, _: Outcome<'_>) {
        self.held.discard();
    }
}
