//! `aclosing`.

use core::fmt;
use core::future::Future;

use crate::async_manager::AsyncContextManager;
use crate::bounds::AwaitedAtExit;
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
pub fn aclosing<T, F, R, K>(value: T, release: F) -> Aclosing<T, F, R::Future>
where
    F: FnOnce(T) -> R,
    R: AwaitedAtExit<K, Returned: Verdict<View = Shown>>,
{
    Aclosing {
        held: Once::new(value, release),
        call: |release, value| release(value).future(),
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
pub struct Aclosing<T, F, R> {
    held: Once<T, F>,
    /// A function pointer, for the same reason as in [`Guard`](super::super::Guard).
    call: fn(F, T) -> R,
}

impl<T, F, R> Unpin for Aclosing<T, F, R> {}

impl<T: fmt::Debug, F, R> fmt::Debug for Aclosing<T, F, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Aclosing").field(&self.held).finish()
    }
}

impl<T, F, R> AsyncContextManager for Aclosing<T, F, R>
where
    R: Future<Output: Verdict<View = Shown>>,
{
    type Lends = Mut<T>;
    type Exit = R::Output;

    async fn enter(&mut self) -> Result<&mut T, <R::Output as Verdict>::Error> {
        Ok(self.held.value())
    }

    async fn exit(&mut self, _: Outcome<'_>) -> R::Output {
        let (value, release) = self.held.take();
        (self.call)(release, value).await
    }

    fn cancel(&mut self, _: Outcome<'_>) {
        self.held.discard();
    }
}
