//! What an async stack holds: managers in frames, and callbacks.

use alloc::boxed::Box;
use core::future::Future;
use core::marker::PhantomData;
use core::panic::Location;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

use super::AsyncExitStack;
use crate::exit_stack::entry::Origin;
use crate::exit_stack::verdicts::{Answer, Expressible, StackVerdict};
use crate::lends::Lends;
use crate::manager::ContextManager;
use crate::outcome::Outcome;
use crate::raw::{AsyncGenerator, AsyncPlaced};

/// An entry of an [`AsyncExitStack<'s, X>`], in its box. Of exit and cancel one is called, once.
pub(crate) trait AsyncEntry<'s, X: StackVerdict>: Send {
    /// By default, for entries that do not await, the same as `cancel`.
    fn exit<'a>(
        self: Pin<&'a mut Self>,
        stack: &AsyncExitStack<'s, X>,
        outcome: Outcome<'a, X::View>,
    ) -> Exiting<'a, X::Error> {
        Exiting::Ended(self.cancel(stack, outcome))
    }

    /// For when exit cannot be awaited.
    fn cancel(
        self: Pin<&mut Self>,
        stack: &AsyncExitStack<'s, X>,
        outcome: Outcome<'_, X::View>,
    ) -> Answer<X::Error>;

    /// Called before the drop of an entry that has lent and is not to exit.
    fn dismiss(self: Pin<&mut Self>) {}

    fn origin(self: Pin<&mut Self>) -> Origin;
}

/// An exit that has ended, or is to be awaited.
pub(crate) enum Exiting<'a, E> {
    Ended(Answer<E>),
    Awaited(Pin<Box<dyn Future<Output = Answer<E>> + Send + 'a>>),
}

impl<E> Exiting<'_, E> {
    pub(super) async fn answer(self) -> Answer<E> {
        match self {
            Self::Ended(answer) => answer,
            Self::Awaited(exit) => exit.await,
        }
    }
}

/// A manager in its frame.
impl<'s, X, L, F> AsyncEntry<'s, X> for AsyncPlaced<AsyncGenerator<L, F>>
where
    X: StackVerdict,
    L: ?Sized + Lends,
    F: Future<Output: Expressible<X>> + Send,
{
    fn exit<'a>(
        self: Pin<&'a mut Self>,
        _: &AsyncExitStack<'s, X>,
        outcome: Outcome<'a, X::View>,
    ) -> Exiting<'a, X::Error> {
        let outcome = <F::Output as Expressible<X>>::view(outcome);
        let mut finish = self.entry().finish(outcome);
        Exiting::Awaited(Box::pin(core::future::poll_fn(move |context| {
            finish.poll(context).map(|ended| {
                let answer = ended.map_or(Answer::GoOn, Expressible::answer_in);
                answer.of_manager(|| finish.replaces())
            })
        })))
    }

    fn cancel(
        self: Pin<&mut Self>,
        _: &AsyncExitStack<'s, X>,
        outcome: Outcome<'_, X::View>,
    ) -> Answer<X::Error> {
        let outcome = <F::Output as Expressible<X>>::view(outcome);
        let verdict = self.entry().cancel(outcome);
        verdict.map_or(Answer::GoOn, Expressible::answer_in)
    }

    fn dismiss(self: Pin<&mut Self>) {
        self.entry().dismiss();
    }

    fn origin(self: Pin<&mut Self>) -> Origin {
        self.its_origin()
    }
}

/// A closure that is told the outcome, and returns a future. It is `None` after its call.
pub(super) struct Push<F, R> {
    exit: Option<F>,
    future: PhantomData<fn() -> R>,
}

impl<F, R> Push<F, R> {
    pub(super) fn new(exit: F) -> Self {
        Self {
            exit: Some(exit),
            future: PhantomData,
        }
    }
}

impl<F, R> Unpin for Push<F, R> {}

impl<'s, X, F, R, V> AsyncEntry<'s, X> for AsyncPlaced<Push<F, R>>
where
    X: StackVerdict,
    F: FnOnce(&AsyncExitStack<'s, X>, Outcome<'_, X::View>) -> R + Send,
    R: Future<Output = V> + Send,
    V: Expressible<X>,
{
    fn exit<'a>(
        self: Pin<&'a mut Self>,
        stack: &AsyncExitStack<'s, X>,
        outcome: Outcome<'a, X::View>,
    ) -> Exiting<'a, X::Error> {
        let Some(exit) = self.entry().exit.take() else {
            return Exiting::Ended(Answer::GoOn);
        };
        let exit = exit(stack, outcome);
        Exiting::Awaited(Box::pin(async move { exit.await.answer_in() }))
    }

    /// The closure is called, and its future polled once.
    fn cancel(
        self: Pin<&mut Self>,
        stack: &AsyncExitStack<'s, X>,
        outcome: Outcome<'_, X::View>,
    ) -> Answer<X::Error> {
        let Some(exit) = self.entry().exit.take() else {
            return Answer::GoOn;
        };
        let exit = pin!(exit(stack, outcome));
        match exit.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(verdict) => verdict.answer_in(),
            Poll::Pending => Answer::GoOn,
        }
    }

    fn origin(self: Pin<&mut Self>) -> Origin {
        self.its_origin()
    }
}

/// A closure that is told the outcome, and does not await. It is `None` after its call.
pub(super) struct PushSync<F>(pub(super) Option<F>);

impl<F> Unpin for PushSync<F> {}

impl<'s, X, F, V> AsyncEntry<'s, X> for AsyncPlaced<PushSync<F>>
where
    X: StackVerdict,
    F: FnOnce(&AsyncExitStack<'s, X>, Outcome<'_, X::View>) -> V + Send,
    V: Expressible<X>,
{
    fn cancel(
        self: Pin<&mut Self>,
        stack: &AsyncExitStack<'s, X>,
        outcome: Outcome<'_, X::View>,
    ) -> Answer<X::Error> {
        let exit = self.entry().0.take();
        exit.map_or(Answer::GoOn, |exit| exit(stack, outcome).answer_in())
    }

    fn origin(self: Pin<&mut Self>) -> Origin {
        self.its_origin()
    }
}

/// A manager that does not await, of which only the exit is called.
pub(super) struct ExitOf<M>(pub(super) M);

impl<M> Unpin for ExitOf<M> {}

impl<'s, X, M> AsyncEntry<'s, X> for AsyncPlaced<ExitOf<M>>
where
    X: StackVerdict,
    M: ContextManager<Exit: Expressible<X>> + Send,
{
    fn cancel(
        self: Pin<&mut Self>,
        _: &AsyncExitStack<'s, X>,
        outcome: Outcome<'_, X::View>,
    ) -> Answer<X::Error> {
        let manager = &mut self.entry().get_mut().0;
        let outcome = <M::Exit as Expressible<X>>::view(outcome);
        let answer = manager.exit(outcome).answer_in();
        answer.of_manager(|| manager.exit_replaces())
    }

    fn origin(self: Pin<&mut Self>) -> Origin {
        self.its_origin()
    }
}

/// The origin of an entry of type `T` that is put on a stack at the place of the caller.
#[track_caller]
pub(super) fn origin<T>() -> Origin {
    Origin {
        name: core::any::type_name::<T>(),
        place: Location::caller(),
    }
}
