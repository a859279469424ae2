//! Async generators as async managers.

use core::fmt;
use core::future::{Future, poll_fn};
use core::pin::Pin;

use crate::async_manager::{AsyncManager, AsyncManagerError, AsyncManagerOutcome, sealed};
use crate::generator::{Started, again, ended};
use crate::lends::{Lends, Lent};
use crate::lost::LostError;
use crate::raw::AsyncGenerator;
use crate::verdict::Verdict;

impl<L, F> sealed::Sealed for AsyncGenerator<L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
}

#[diagnostic::do_not_recommend]
impl<L, F> AsyncManager for AsyncGenerator<L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
    type Lends = L;
    type Exit = F::Output;

    #[inline]
    fn drive_enter(
        self: Pin<&mut Self>,
    ) -> impl Future<Output = Result<Lent<'_, L>, AsyncManagerError<Self>>> {
        let mut start = self.start();
        poll_fn(move |context| start.poll(context).map(entered::<_, F>))
    }

    #[inline]
    fn drive_exit(
        self: Pin<&mut Self>,
        outcome: AsyncManagerOutcome<'_, Self>,
    ) -> impl Future<Output = F::Output> {
        let mut finish = self.finish(outcome);
        poll_fn(move |context| {
            finish.poll(context).map(|ended| match ended {
                Some(verdict) => verdict,
                None => not_entered(),
            })
        })
    }

    fn drive_cancel(
        self: Pin<&mut Self>,
        outcome: AsyncManagerOutcome<'_, Self>,
    ) -> Option<F::Output> {
        self.cancel(outcome)
    }

    #[inline]
    fn drive_lost(self: Pin<&mut Self>, lost: &LostError<'_>) {
        crate::lost::report(lost);
    }
}

/// An async generator whose code is in a box: one nameable type for all that lend `L` and have the verdict `V`.
///
/// ```
/// use std::io;
/// use cm_runtime::{BoxAsyncGenerator, Mut, Owned};
/// # #[expect(dead_code)]
/// trait Store {
///     // A trait with this can be a trait object; one with an `async fn` cannot.
///     fn lock<'a>(&'a self, key: &'a str) -> BoxAsyncGenerator<'a, Owned<()>, io::Result<()>>;
/// }
/// # #[expect(dead_code)]
/// struct Pool {
///     idle: Vec<BoxAsyncGenerator<'static, Mut<Vec<u8>>, ()>>,
/// }
/// ```
#[cfg(feature = "alloc")]
pub type BoxAsyncGenerator<'a, L, V> =
    AsyncGenerator<L, Pin<alloc::boxed::Box<dyn Future<Output = V> + Send + 'a>>>;

#[cfg(feature = "alloc")]
impl<L, F> AsyncGenerator<L, F>
where
    L: ?Sized + Lends,
    F: Future<Output: Verdict>,
{
    /// Puts the function's body into a box, for managers of different functions that are chosen at run
    /// time, kept together, or returned by the methods of trait objects.
    ///
    /// There is no `dyn AsyncManager`, since it could not say whether its futures are `Send`. To box a manager that is
    /// no generator, enter it [around the yield](macro@crate::context_manager#managers-around-the-yield) of one.
    ///
    /// ```
    /// use std::io;
    /// use cm_runtime::{context_manager, with};
    ///
    /// #[context_manager(yields = &mut Vec<u8>)]
    /// async fn in_memory() -> io::Result<()> {
    ///     yield_!(&mut Vec::new());
    ///     Ok(())
    /// }
    ///
    /// #[context_manager(yields = &mut Vec<u8>)]
    /// async fn written_to(path: &str) -> io::Result<()> {
    ///     let mut bytes = Vec::new();
    ///     let outcome = yield_!(&mut bytes);
    ///     if outcome.is_success() { std::fs::write(path, bytes) } else { Ok(()) }
    /// }
    ///
    /// async fn record(path: Option<&str>) -> io::Result<usize> {
    ///     let manager = match path {
    ///         Some(path) => written_to(path).boxed(),
    ///         None => in_memory().boxed(),
    ///     };
    ///     with! { async manager as bytes => {
    ///         bytes.extend(b"line\n");
    ///         bytes.len()
    ///     } }
    /// }
    /// # use std::future::Future;
    /// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    /// # assert!(matches!(std::pin::pin!(record(None)).poll(&mut context), std::task::Poll::Ready(Ok(5))));
    /// ```
    pub fn boxed<'a>(self) -> BoxAsyncGenerator<'a, L, F::Output>
    where
        F: Send + 'a,
    {
        self.map(|future| alloc::boxed::Box::pin(future) as _)
    }

    /// The same for a body that is not [`Send`].
    ///
    /// ```
    /// use std::rc::Rc;
    /// use cm_runtime::context_manager;
    ///
    /// #[context_manager]
    /// async fn counted(uses: Rc<()>) {
    ///     yield_!();
    ///     drop(uses);
    /// }
    ///
    /// let uses = Rc::new(());
    /// let all = [counted(uses.clone()).boxed_local(), counted(uses.clone()).boxed_local()];
    /// assert_eq!(Rc::strong_count(&uses), 3);
    /// # drop(all);
    /// ```
    pub fn boxed_local<'a>(
        self,
    ) -> AsyncGenerator<L, Pin<alloc::boxed::Box<dyn Future<Output = F::Output> + 'a>>>
    where
        F: 'a,
    {
        self.map(|future| alloc::boxed::Box::pin(future) as _)
    }
}

/// What enter returns after the start of a generator.
#[inline]
pub(crate) fn entered<T, F>(
    started: Started<T, F::Output>,
) -> Result<T, <F::Output as Verdict>::Error>
where
    F: Future<Output: Verdict>,
{
    match started {
        Started::Lent(value) => Ok(value),
        Started::Ended(verdict) => match Verdict::answer(verdict) {
            Err(error) => Err(error),
            Ok(_) => ended::<F>(),
        },
        Started::Suspended | Started::Again => again(),
    }
}

#[cold]
#[inline(never)]
pub(crate) fn not_entered() -> ! {
    panic!("an async `#[context_manager]` generator was exited without having been entered")
}

impl<L: ?Sized, F> fmt::Debug for AsyncGenerator<L, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncGenerator").finish_non_exhaustive()
    }
}
