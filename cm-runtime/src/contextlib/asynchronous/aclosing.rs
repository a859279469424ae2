//! `aclosing`.

use core::fmt;
use core::future::Future;

use crate::async_manager::AsyncContextManager;
use crate::bounds::{AwaitedAtExit, Release};
use crate::contextlib::once::Once;
use crate::lends::Mut;
use crate::outcome::{Outcome, Shown};
use crate::verdict::Verdict;

/// Closes a value when the block ends, however it ends, by an async function: Python's
/// `contextlib.aclosing`.
///
/// The function takes the value. What its future returns is the verdict, so that an error of closing reaches the
/// caller. When nothing can be awaited, since the future of the block is dropped or the body panics, the value is
/// just dropped.
///
/// # Panics
/// When it is entered a second time, as `&mut manager`: the value is gone.
///
/// ```
/// use cm_runtime::contextlib::aclosing;
/// use cm_runtime::with;
/// # use std::io;
/// # struct Pages(u32);
/// # impl Pages {
/// #     async fn next(&mut self) -> Option<u32> { self.0 += 1; Some(self.0) }
/// #     async fn close(self) -> io::Result<()> { Ok(()) }
/// # }
///
/// async fn first_even(pages: Pages) -> io::Result<Option<u32>> {
///     let mut found = None;
///     with! { async aclosing(pages, Pages::close)? as pages => {
///         while let Some(page) = pages.next().await {
///             if page % 2 == 0 {
///                 found = Some(page);
///                 break;
///             }
///         }
///     } }
///     Ok(found)
/// }
/// # let mut future = std::pin::pin!(first_even(Pages(0)));
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # use std::future::Future;
/// # assert!(matches!(future.as_mut().poll(&mut context), std::task::Poll::Ready(Ok(Some(2)))));
/// ```
pub fn aclosing<T, F, R, K>(
    value: T,
    release: F,
) -> Aclosing<T, F, R::Future, <R::Returned as Release>::Verdict>
where
    F: FnOnce(T) -> R,
    R: AwaitedAtExit<K, Returned: Release>,
{
    Aclosing {
        held: Once::new(value, release),
        call: |release, value| release(value).future(),
        verdict: Release::verdict,
    }
}

/// The manager that [`aclosing`] makes.
///
/// ```
/// use cm_runtime::contextlib::{Aclosing, aclosing};
/// let manager: Aclosing<String, _, _> = aclosing(String::new(), async |text| drop(text));
/// # drop(manager);
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { async manager => { .. } }`"]
pub struct Aclosing<T, F, R: Future, V = <R as Future>::Output> {
    held: Once<T, F>,
    /// Pointers, for the same reason as in [`Guard`](super::super::Guard).
    call: fn(F, T) -> R,
    verdict: fn(R::Output) -> V,
}

impl<T, F, R: Future, V> Unpin for Aclosing<T, F, R, V> {}

impl<T: fmt::Debug, F, R: Future, V> fmt::Debug for Aclosing<T, F, R, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Aclosing").field(&self.held).finish()
    }
}

impl<T, F, R, V> AsyncContextManager for Aclosing<T, F, R, V>
where
    R: Future,
    V: Verdict<View = Shown>,
{
    type Lends = Mut<T>;
    type Exit = V;

    async fn enter(&mut self) -> Result<&mut T, V::Error> {
        Ok(self.held.value())
    }

    async fn exit(&mut self, _: Outcome<'_>) -> V {
        let (value, release) = self.held.take();
        (self.verdict)((self.call)(release, value).await)
    }

    fn cancel(&mut self, _: Outcome<'_>) {
        self.held.discard();
    }
}
