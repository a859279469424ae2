//! Generators wherever a manager works.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Mutex;

use cm_runtime::{Generator, LostError, Manager, Mut, context_manager, with};
use cm_tests::async_managers::poll;
use cm_tests::managers::{Log, Refused};

#[context_manager(yields = &mut Vec<u8>)]
fn bytes(log: &Log) -> Result<(), Refused> {
    let mut bytes = vec![1];
    yield_!(&mut bytes);
    log.say(format!("{bytes:?}"));
    Ok(())
}

#[test]
fn header_question_mark() {
    fn run(log: &Log) -> Result<usize, Refused> {
        with! { bytes(log)? as a, bytes(log)? as b => {
            b.push(2);
            return Ok(a.len() + b.len());
        } }
    }
    let log = Log::new();
    assert_eq!(run(&log), Ok(3));
    assert_eq!(log.take(), ["[1, 2]", "[1]"]);
}

#[test]
fn null_context() {
    let log = Log::new();
    let run = |some: bool| {
        let manager = some.then(|| bytes(&log));
        with! { manager as bytes => { bytes.map(|bytes| bytes.len()) } }
    };
    assert_eq!((run(true), run(false)), (Ok(Some(1)), Ok(None)));
    assert_eq!(log.take(), ["[1]"]);
}

#[test]
fn boxed_and_pinned() {
    let log = Log::new();
    let boxed = Box::pin(bytes(&log));
    assert_eq!(with! { boxed as bytes => { bytes.len() } }, Ok(1));
    let manager = pin!(bytes(&log));
    assert_eq!(with! { manager as bytes => { bytes.len() } }, Ok(1));
    let list: Vec<_> = (0..3).map(|_| Box::pin(bytes(&log))).collect();
    for manager in list {
        assert!(with! { manager as bytes => { bytes.push(0); } }.is_ok());
    }
    assert_eq!(log.take().len(), 5);
}

#[test]
fn closure_form_and_listener() {
    let log = Log::new();
    assert_eq!(bytes(&log).with(|bytes| bytes.len()), Ok(1));
    let tried = bytes(&log).try_with(|bytes| {
        bytes.push("2".parse()?);
        Ok::<_, std::num::ParseIntError>(bytes.len())
    });
    assert_eq!(tried, Ok(Ok(2)));

    #[context_manager]
    fn sour() -> Result<(), Refused> {
        yield_!();
        Err(Refused("sour"))
    }
    let lost = Cell::new(0);
    let count = |_: &LostError<'_>| lost.set(lost.get() + 1);
    for manager in [true, false].map(|is_some| is_some.then(|| sour().on_lost(count))) {
        let is_some = manager.is_some();
        let block = with! { manager => { Err::<(), _>(7) } };
        assert_eq!((block, lost.take()), (Ok(Err(7)), u8::from(is_some)));
    }
    let block = with! { Box::pin(sour().on_lost(count)) => { Err::<(), _>(7) } };
    assert_eq!((block, lost.take()), (Ok(Err(7)), 1));

    let lends = bytes(&log).on_lost(|lost| panic!("{lost}"));
    assert_eq!(
        with! { lends as bytes => { bytes.push(3); bytes.len() } },
        Ok(2)
    );
}

/// It can be named in a signature, and so stored and returned.
#[test]
fn named_in_a_signature() {
    type Bytes<F> = Generator<Mut<Vec<u8>>, F>;
    fn make(log: &Log) -> Bytes<impl Future<Output = Result<(), Refused>>> {
        bytes(log)
    }
    struct Holder<M>(M);
    let log = Log::new();
    let holder = Holder(make(&log));
    assert_eq!(with! { holder.0 as bytes => { bytes.len() } }, Ok(1));
}

fn send<T: Send>(value: T) -> T {
    value
}

fn sync<T: Sync>(value: T) -> T {
    value
}

/// Holds once for what is not `Send`, and twice for what is: then `K` cannot be inferred.
trait NotSend<K> {}
impl<T> NotSend<()> for T {}
impl<T: Send> NotSend<u8> for T {}

fn not_send<T: NotSend<K>, K>(_: &T) {}

/// It is `Send` and `Sync` when what it holds is, and not when it is not.
#[test]
fn auto_traits() {
    #[context_manager(yields = &mut u8)]
    fn counted(count: &Mutex<u8>) {
        let mut own = 1;
        yield_!(&mut own);
        *count.lock().unwrap() += own;
    }
    #[context_manager]
    fn local(rc: Rc<u8>) {
        yield_!();
        drop(rc);
    }
    let count = Mutex::new(0);
    with! { send(sync(counted(&count))) as n => { *n += 1; } }
    std::thread::scope(|scope| {
        let manager = counted(&count);
        scope.spawn(|| with! { manager as n => { *n += 1; } });
    });
    assert_eq!(*count.lock().unwrap(), 4);
    not_send(&local(Rc::new(1)));
}

/// The future of an async function with a generator in it is `Send`, and told when it is dropped.
#[test]
fn in_async_functions() {
    async fn run(log: Log) -> usize {
        let block = with! { bytes(&log) as bytes => {
            tokio::task::yield_now().await;
            bytes.len()
        } };
        block.unwrap()
    }
    let log = Log::new();
    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    let n = runtime.block_on(async { tokio::spawn(run(log.clone())).await.unwrap() });
    assert_eq!(n, 1);
    assert_eq!(log.take(), ["[1]"]);
    let mut future = Box::pin(run(log.clone()));
    assert!(poll(future.as_mut()).is_pending());
    drop(future);
    assert_eq!(log.take(), ["[1]"], "exit runs when the future is dropped");
}

/// It takes no more room than what it holds, and a byte for the phase.
#[test]
fn size() {
    #[context_manager]
    fn small(byte: u64) {
        yield_!();
        let _ = byte;
    }
    assert!(size_of_val(&small(1)) <= 32, "{}", size_of_val(&small(1)));
}
