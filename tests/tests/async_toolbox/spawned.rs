//! Blocks in futures that are spawned, on a runtime with several threads.
//!
//! When the compiler asks whether a future is `Send` it has forgotten all lifetimes in it, also
//! `'static`: an impl that asks how two of them relate does not hold there. So managers whose values
//! have lifetimes in them, if only that of a trait object, are what is tried here.

use std::borrow::Cow;
use std::future::Future;
use std::io;
use std::num::ParseIntError;
use std::time::Duration;

use cm_runtime::contextlib::{
    Cleanups, Detached, TaskErrors, TaskGroup, aclosing, atransaction, closing, detached,
    finishing, guard, shielded, suppress, suppress_any, suppress_if, timeout, transaction,
};
use cm_runtime::exit_stack::{BoxError, Boxed};
use cm_runtime::{
    AsyncExitStack, AsyncManager, ContextManager, Lends, Manager, Mut, Outcome, Suppress,
    context_manager, with,
};
use tokio::task::yield_now;

fn spawned<F>(future: F) -> F::Output
where
    F: Future<Output: Send> + Send + 'static,
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let ended = tokio::spawn(future).await.expect("no panic");
        Cleanups::of_the_process().ended().await;
        ended
    })
}

/// As the transactions of database crates: it has a lifetime, which is often `'static`.
struct Begun<'c>(Cow<'c, str>);

impl Begun<'_> {
    async fn new() -> Begun<'static> {
        yield_now().await;
        Begun("begun".into())
    }
    async fn commit(self) -> io::Result<()> {
        yield_now().await;
        Ok(())
    }
    async fn rollback(self) -> io::Result<()> {
        yield_now().await;
        Ok(())
    }
    fn end(self) -> io::Result<()> {
        io::Write::write_all(&mut io::sink(), self.0.as_bytes())
    }
}

#[context_manager(yields = &mut Vec<String>)]
async fn session(name: String) -> Result<(), BoxError> {
    let mut names = vec![name];
    yield_now().await;
    yield_!(&mut names);
    yield_now().await;
    Ok(())
}

fn named(
    name: &str,
) -> Detached<Mut<Vec<String>>, impl Future<Output = Result<(), BoxError>> + Send + use<>> {
    detached(session(name.to_owned()))
}

async fn length<M>(manager: M) -> Result<usize, BoxError>
where
    M: AsyncManager<Lends = Mut<Vec<String>>, Exit = Result<(), BoxError>>,
{
    with! { async manager as names => {
        yield_now().await;
        names.len()
    } }
}

#[test]
fn detached_managers_lend() {
    let length = spawned(async {
        with! { async detached(session("a".into()))? as one, async shielded(session("b".into()))? as two => {
            yield_now().await;
            let (three, four) = tokio::try_join!(length(named("c")), length(named("d")))?;
            Ok::<_, BoxError>(one.len() + two.len() + three + four)
        } }
    });
    assert_eq!(length.unwrap(), 4);
}

#[test]
fn detached_managers_in_a_stack() {
    let names = spawned(async {
        with! { async AsyncExitStack::new()? as stack => {
            let names = stack.enter(named("a")).await?;
            yield_now().await;
            names.push("b".into());
            Ok::<_, BoxError>(names.clone())
        } }
    });
    assert_eq!(names.unwrap(), ["a", "b"]);
}

#[test]
fn async_functions_of_what_has_a_lifetime() {
    async fn lengths() -> io::Result<usize> {
        let begun = Begun::new().await;
        with! {
            async atransaction(begun, Begun::commit, Begun::rollback)? as one,
            async aclosing(Begun::new().await, Begun::commit)? as two,
            async aclosing(Begun(Cow::Borrowed(&one.0)), async |three: Begun<'_>| three.commit().await)? as three,
            async aclosing(Vec::<Box<dyn Fn() -> usize + Send>>::new(), async |list| drop(list)) as list
            => {
                yield_now().await;
                Ok(one.0.len() + two.0.len() + three.0.len() + list.len())
            }
        }
    }
    assert_eq!(spawned(lengths()).unwrap(), 15);
}

#[test]
fn functions_of_what_has_a_lifetime() {
    async fn lengths() -> io::Result<usize> {
        let text = String::from("text");
        let end = |(_, _): (Vec<u8>, &str)| io::Result::Ok(());
        with! {
            transaction(Begun::new().await, Begun::end, Begun::end)? as one,
            closing(Begun(Cow::Borrowed(&text)), Begun::end)? as two,
            guard(vec!["static"], |_: Vec<&'static str>, _| ()) as three,
            guard(vec![text.as_str()], |_, _| ()) as four,
            finishing(vec![], |out| (out.into_inner(), text.as_str()), end)? as five
            => {
                yield_now().await;
                Ok(one.0.len() + two.0.len() + three.len() + four.len() + five.1.len())
            }
        }
    }
    assert_eq!(spawned(lengths()).unwrap(), 15);
}

fn is_alone(errors: &TaskErrors<BoxError>) -> bool {
    errors.later().is_empty()
}

#[test]
fn suppressed_boxes() {
    async fn run() -> Result<u8, BoxError> {
        with! { suppress_any(|e| e.is::<ParseIntError>() || e.is::<io::Error>()) => {
            yield_now().await;
            "x".parse::<u8>()?;
            yield_now().await;
        } };
        with! { suppress::<TaskErrors<io::Error>>(), suppress::<TaskErrors<BoxError>>() => {
            yield_now().await;
        } };
        with! { suppress_if(is_alone), async TaskGroup::<BoxError>::new()? as tasks => {
            tasks.spawn(async { Err::<(), _>("refused".into()) });
            yield_now().await;
        } };
        Ok(1)
    }
    assert_eq!(spawned(run()).unwrap(), 1);
}

/// A manager of a user's, whose impl relates two types.
struct Calls<T, F>(Option<(T, F)>);

impl<T, F: FnOnce(T) -> io::Result<()>> ContextManager for Calls<T, F> {
    type Lends = Mut<Option<(T, F)>>;
    type Exit = io::Result<()>;

    fn enter(&mut self) -> io::Result<&mut Option<(T, F)>> {
        Ok(&mut self.0)
    }
    fn exit(&mut self, _: Outcome<'_>) -> io::Result<()> {
        self.0.take().map_or(Ok(()), |(value, call)| call(value))
    }
}

#[test]
fn a_manager_with_a_bound_on_a_function() {
    async fn run() -> io::Result<()> {
        with! { Calls(Some((Begun::new().await, Begun::end)))? as held => {
            yield_now().await;
            assert!(held.is_some());
        } }
        Ok(())
    }
    spawned(run()).unwrap();
}

#[test]
fn behind_a_type_parameter() {
    async fn sync<M: Manager<Exit = io::Result<()>>>(manager: M) -> io::Result<()> {
        with! { manager => { yield_now().await; } }
    }
    async fn asynchronous<M: AsyncManager<Exit = io::Result<()>>>(manager: M) -> io::Result<()> {
        with! { async manager => { yield_now().await; } }
    }
    async fn run() -> io::Result<()> {
        sync(closing(Begun::new().await, Begun::end)).await?;
        sync(guard(Begun::new().await, |begun, _| begun.end())).await?;
        asynchronous(aclosing(Begun::new().await, Begun::commit)).await
    }
    spawned(run()).unwrap();
}

#[test]
fn entries_of_a_stack() {
    async fn run() -> Result<usize, BoxError> {
        with! { async AsyncExitStack::<Boxed<Suppress>>::with_verdict()? as stack => {
            stack.enter_sync(suppress_any(|e| e.is::<ParseIntError>() || e.is::<io::Error>())).await;
            let one = stack.enter_sync(closing(Begun::new().await, Begun::end)).await?;
            let two = stack.enter(aclosing(Begun::new().await, Begun::commit)).await?;
            stack.adopt(Begun::new().await, Begun::commit);
            stack.adopt_sync(Begun::new().await, Begun::end);
            yield_now().await;
            "x".parse::<u8>()?;
            Ok(one.0.len() + two.0.len())
        } }
        .map_or(Ok(0), |length| length)
    }
    assert_eq!(spawned(run()).unwrap(), 0);
}

#[test]
fn transactions_that_fail_with_a_box() {
    async fn run() -> Result<usize, BoxError> {
        async fn rollback(begun: Begun<'static>) -> Result<(), BoxError> {
            Ok(begun.rollback().await?)
        }
        let commit = async |begun: Begun<'static>| Ok::<_, BoxError>(begun.commit().await?);
        with! { async atransaction(Begun::new().await, commit, rollback)? as begun => {
            yield_now().await;
            Ok(begun.0.len())
        } }
    }
    assert_eq!(spawned(run()).unwrap(), 5);
}

/// A manager of a user's for what is `'static`.
struct Kept<T>(T);

impl<T: 'static> ContextManager for Kept<T> {
    type Lends = Mut<T>;
    type Exit = io::Result<()>;

    fn enter(&mut self) -> io::Result<&mut T> {
        Ok(&mut self.0)
    }
    fn exit(&mut self, _: Outcome<'_>) -> io::Result<()> {
        Ok(())
    }
}

/// A function around a manager with bounds: its own hold where it is called.
#[test]
fn managers_with_bounds_in_a_stack() {
    #[context_manager(yields = &mut T)]
    fn entered<M, T>(manager: M) -> io::Result<()>
    where
        M: Manager<Lends = Mut<T>, Exit = io::Result<()>>,
    {
        with! { manager? as value => { yield_!(value); } }
        Ok(())
    }
    async fn run() -> Result<usize, BoxError> {
        with! { async AsyncExitStack::new()? as stack => {
            let calls = Calls(Some((Begun::new().await, Begun::end)));
            let calls = stack.enter_sync(entered(calls)).await?;
            let kept = stack.enter_sync(entered(Kept("kept"))).await?;
            yield_now().await;
            assert!(calls.is_some());
            Ok(kept.len())
        } }
    }
    assert_eq!(spawned(run()).unwrap(), 4);
}

/// What enters is the part of another future.
#[test]
fn enters_of_a_stack_in_other_futures() {
    async fn run() -> Result<usize, BoxError> {
        let second = Duration::from_secs(60);
        with! { async AsyncExitStack::new()? as stack => {
            let (one, two) = tokio::join!(
                stack.enter(aclosing(Begun::new().await, Begun::commit)),
                stack.enter_sync(closing("kept", |_| io::Result::Ok(()))),
            );
            let three = timeout(second, stack.enter(named("a"))).await??;
            let four = tokio::select! { four = stack.enter_sync(guard(4, |_, _| ())) => *four };
            let five = stack.enter(named("b"));
            yield_now().await;
            let five = five.await?;
            assert_eq!(stack.len(), 5);
            Ok(one?.0.len() + two?.len() + three.len() + four + five.len())
        } }
    }
    assert_eq!(spawned(run()).unwrap(), 5 + 4 + 1 + 4 + 1);
}

/// Where what is lent is a parameter, no impl is asked for it.
#[test]
fn behind_a_type_parameter_with_what_it_lends() {
    async fn entered<M, L>(manager: M) -> io::Result<()>
    where
        M: Manager<Lends = L, Exit = io::Result<()>>,
        L: ?Sized + Lends,
    {
        with! { manager? as lent => {
            yield_now().await;
            drop(lent);
        } }
        Ok(())
    }
    async fn run() -> io::Result<()> {
        entered(Calls(Some((Begun::new().await, Begun::end)))).await?;
        entered(Kept("kept")).await
    }
    spawned(run()).unwrap();
}

/// The bounds of a function hold where it is called.
#[test]
fn generators_with_bounds() {
    #[context_manager(yields = &mut T)]
    async fn released<T, F, R>(mut value: T, release: F) -> io::Result<()>
    where
        T: 'static,
        F: FnOnce(T) -> R,
        R: Future<Output = io::Result<()>>,
    {
        yield_now().await;
        yield_!(&mut value);
        release(value).await
    }
    async fn run() -> Result<usize, BoxError> {
        with! {
            async released(Begun::new().await, Begun::commit)? as one,
            async detached(released(Begun::new().await, Begun::commit))? as two,
            async AsyncExitStack::new()? as stack
            => {
                let three = stack.enter(released(Begun::new().await, Begun::commit)).await?;
                yield_now().await;
                Ok(one.0.len() + two.0.len() + three.0.len())
            }
        }
    }
    assert_eq!(spawned(run()).unwrap(), 15);
}
