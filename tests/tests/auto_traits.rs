//! Which public types, and which futures of blocks, are `Send`, `Sync`, `Unpin`, `UnwindSafe` and
//! `RefUnwindSafe`, and which are not. A change here is a breaking one, or unsound.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::future::Ready;
use std::io;
use std::marker::{PhantomData, PhantomPinned};
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::path::Path;
use std::rc::Rc;
use std::sync::Mutex;
use std::time::Duration;

use cm_runtime::contextlib::{
    Aclosing, AtomicFile, Atransaction, BackedUp, Captured, ChangedElsewhere, Chdir, Cleanups,
    Closing, CreateFile, Detached, DetachedError, Env, Finishing, Guard, InSpan, NullContext,
    Output, OutputLost, Redirect, Replace, ReplaceCell, ReplaceLocal, Severable, SuppressIf,
    TaskError, TaskErrors, TaskGroup, Tasks, TempDir, TempFile, TimedOut, Timer,
};
use cm_runtime::contextlib::{aclosing, chdir, detached, guard, redirect_stdout, replace_cell};
use cm_runtime::contextlib::{replace_local, set_env, shielded, timeout};
use cm_runtime::exit_stack::{
    AsyncExitStack, Boxed, Entering, ExitErrors, ExitStack, Key, LentKey, Open,
};
use cm_runtime::lost::{CapturedError, LostCause, LostError};
use cm_runtime::{
    AsyncGenerator, Failure, Generator, Inspecting, Leave, OnLost, Optional, Outcome, Owned, Panic,
    Shown, Suppress, Typed, context_manager, with,
};

/// A type to be asked about.
struct Is<T: ?Sized>(PhantomData<T>);

/// What a type is whose inherent methods, which come first, do not hold.
trait Not {
    fn send(&self) -> &'static str {
        "!Send"
    }
    fn sync(&self) -> &'static str {
        "!Sync"
    }
    fn unpin(&self) -> &'static str {
        "!Unpin"
    }
    fn unwind_safe(&self) -> &'static str {
        "!UnwindSafe"
    }
    fn ref_unwind_safe(&self) -> &'static str {
        "!RefUnwindSafe"
    }
}

impl<T: ?Sized> Not for Is<T> {}

macro_rules! is {
    ($($method:ident $trait:ident)*) => {$(
        impl<T: ?Sized + $trait> Is<T> {
            #[allow(clippy::unused_self, reason = "as the method that it comes before")]
            fn $method(&self) -> &'static str {
                stringify!($trait)
            }
        }
    )*};
}

is! { send Send sync Sync unpin Unpin unwind_safe UnwindSafe ref_unwind_safe RefUnwindSafe }

fn of<F: FnOnce(A) -> T, A, T>(_: F) -> Is<T> {
    Is(PhantomData)
}

macro_rules! answers {
    ($is:expr, [$($method:ident)*]) => {{
        let is = $is;
        [$(is.$method()),*]
    }};
}

/// The rows of a table that do not say what is so.
macro_rules! wrong {
    ($asked:tt $($name:expr, $is:expr => [$($traits:tt)*];)*) => {{
        let mut wrong = Vec::<String>::new();
        $(
            let is = answers!($is, $asked).join(" ");
            // How `stringify` spaces is not fixed.
            let says = stringify!($($traits)*).replace(' ', "");
            if is.replace(' ', "") != says {
                wrong.push(format!("{} => [{is}];", $name));
            }
        )*
        wrong.join("\n")
    }};
}

/// A table of types: each `Trait`, or `!Trait` where the type must not have it.
macro_rules! types {
    ($($type:ty => $traits:tt;)*) => {
        const TYPES: &[&str] = &[$(stringify!($type)),*];

        #[test]
        fn types() {
            let wrong = wrong! {
                [send sync unpin unwind_safe ref_unwind_safe]
                $(stringify!($type), Is::<$type>(PhantomData) => $traits;)*
            };
            assert!(wrong.is_empty(), "these are:\n{wrong}");
        }
    };
}

/// The same of values whose types have no name, for the first three.
macro_rules! values {
    ($test:ident: $($value:expr => $traits:tt;)*) => {
        #[test]
        fn $test() {
            let wrong = wrong! {
                [send sync unpin]
                $(stringify!($value), of($value) => $traits;)*
            };
            assert!(wrong.is_empty(), "these are:\n{wrong}");
        }
    };
}

type On<T> = fn(T);

types! {
    // What they change is the thread's or the process's, and they hold its lock: not for another thread.
    Chdir                    => [!Send Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Env                      => [!Send Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Redirect<File>           => [!Send Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Redirect<Captured>       => [!Send Sync  Unpin  UnwindSafe  RefUnwindSafe];
    ReplaceLocal<u8>         => [!Send Sync  Unpin  UnwindSafe  RefUnwindSafe];
    ReplaceCell<'static, u8> => [!Send !Sync Unpin  !UnwindSafe !RefUnwindSafe];

    // The other tools: as what they are given.
    Captured                                             => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Guard<String, On<String>, ()>                        => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Guard<Rc<u8>, On<Rc<u8>>, ()>                        => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    Guard<Cell<u8>, On<Cell<u8>>, ()>                    => [Send  !Sync Unpin  UnwindSafe  !RefUnwindSafe];
    Guard<u8, Rc<u8>, ()>                                => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    Closing<String, On<String>, ()>                      => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Closing<Rc<u8>, On<Rc<u8>>, ()>                      => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    Closing<Cell<u8>, On<Cell<u8>>, ()>                  => [Send  !Sync Unpin  UnwindSafe  !RefUnwindSafe];
    Finishing<String, On<String>, ()>                    => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Finishing<Rc<u8>, On<Rc<u8>>, ()>                    => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    Severable<File>                                      => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Severable<Rc<u8>>                                    => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    Aclosing<String, On<String>, ()>                     => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Aclosing<Rc<u8>, On<Rc<u8>>, ()>                     => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    Atransaction<String, On<String>, On<String>, Ready<()>, Ready<()>> => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Atransaction<Rc<u8>, On<Rc<u8>>, On<Rc<u8>>, Ready<()>, Ready<()>> => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    Atransaction<u8, Rc<u8>, u8, Ready<()>, Ready<()>>                 => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    NullContext<String>                                  => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    NullContext<Rc<u8>>                                  => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    OnLost<String, fn(&LostError<'_>)>                   => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    OnLost<Rc<u8>, fn(&LostError<'_>)>                   => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    OnLost<String, Rc<u8>>                               => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    OnLost<String, PhantomPinned>                        => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    OnLost<PhantomPinned, ()>                            => [Send  Sync  !Unpin UnwindSafe  RefUnwindSafe];
    Replace<'static, String>                             => [Send  Sync  Unpin  !UnwindSafe RefUnwindSafe];
    Replace<'static, Rc<u8>>                             => [!Send !Sync Unpin  !UnwindSafe RefUnwindSafe];
    SuppressIf<On<u8>>                                   => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    SuppressIf<On<u8>, Rc<u8>>                           => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    SuppressIf<Rc<u8>>                                   => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    Timer<On<u8>>                                        => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Timer<Rc<u8>>                                        => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    InSpan                                               => [Send  Sync  Unpin  !UnwindSafe !RefUnwindSafe];
    AtomicFile                                           => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    BackedUp                                             => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    CreateFile                                           => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    TempDir                                              => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    TempFile                                             => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];

    // Managers that are functions: as what the function holds. What they lend is not in them.
    Generator<Owned<()>, Ready<()>>          => [Send  Sync  !Unpin UnwindSafe  RefUnwindSafe];
    Generator<Owned<Rc<u8>>, Ready<()>>      => [Send  Sync  !Unpin UnwindSafe  RefUnwindSafe];
    Generator<Owned<()>, Ready<Rc<u8>>>      => [!Send !Sync !Unpin UnwindSafe  RefUnwindSafe];
    Generator<Owned<()>, Ready<Cell<u8>>>    => [Send  !Sync !Unpin UnwindSafe  !RefUnwindSafe];
    AsyncGenerator<Owned<()>, Ready<()>>     => [Send  !Sync !Unpin UnwindSafe  !RefUnwindSafe];
    AsyncGenerator<Owned<Rc<u8>>, Ready<()>> => [Send  !Sync !Unpin UnwindSafe  !RefUnwindSafe];
    AsyncGenerator<Owned<()>, Ready<Rc<u8>>> => [!Send !Sync !Unpin UnwindSafe  !RefUnwindSafe];

    // A family is never a value.
    Optional<Owned<()>> => [!Send !Sync !Unpin !UnwindSafe !RefUnwindSafe];

    // Stacks.
    ExitStack<'static>                                              => [!Send !Sync Unpin  !UnwindSafe !RefUnwindSafe];
    ExitStack<'static, ()>                                          => [!Send !Sync Unpin  !UnwindSafe !RefUnwindSafe];
    ExitStack<'static, Suppress>                                    => [!Send !Sync Unpin  !UnwindSafe !RefUnwindSafe];
    AsyncExitStack<'static>                                         => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    AsyncExitStack<'static, ()>                                     => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    AsyncExitStack<'static, Suppress>                               => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Open<'static, ExitStack<'static>>                               => [!Send !Sync Unpin  !UnwindSafe !RefUnwindSafe];
    Open<'static, AsyncExitStack<'static>>                          => [Send  Sync  Unpin  !UnwindSafe RefUnwindSafe];
    Entering<'static, 'static, Boxed, Owned<()>, Ready<()>, ()>     => [Send  !Sync Unpin  !UnwindSafe !RefUnwindSafe];
    Entering<'static, 'static, Boxed, Owned<()>, Ready<Rc<u8>>, ()> => [!Send !Sync Unpin  !UnwindSafe !RefUnwindSafe];
    Key                                                             => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    LentKey                                                         => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    ExitErrors                                                      => [Send  Sync  Unpin  !UnwindSafe !RefUnwindSafe];
    Boxed                                                           => [Send  Sync  Unpin  !UnwindSafe !RefUnwindSafe];
    Boxed<Suppress>                                                 => [Send  Sync  Unpin  !UnwindSafe !RefUnwindSafe];

    // On tokio.
    Detached<Owned<()>, Ready<()>>     => [Send  !Sync Unpin  !UnwindSafe !RefUnwindSafe];
    Detached<Owned<()>, Ready<Rc<u8>>> => [!Send !Sync Unpin  !UnwindSafe !RefUnwindSafe];
    Cleanups                           => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    TaskGroup<io::Error>               => [Send  Sync  Unpin  !UnwindSafe !RefUnwindSafe];
    TaskGroup<Rc<u8>>                  => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    Tasks<io::Error>                   => [Send  Sync  Unpin  !UnwindSafe !RefUnwindSafe];
    Tasks<Rc<u8>>                      => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    Output<String>                     => [Send  Sync  Unpin  !UnwindSafe !RefUnwindSafe];
    Output<Rc<u8>>                     => [!Send !Sync Unpin  !UnwindSafe !RefUnwindSafe];
    OutputLost                         => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    TaskError<String>                  => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    TaskError<Rc<u8>>                  => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    TaskErrors<String>                 => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    TaskErrors<Rc<u8>>                 => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
    DetachedError                      => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    TimedOut                           => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];

    // What exits are told, what they answer, and what they fail with.
    ChangedElsewhere               => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Outcome<'static>               => [Send  Sync  Unpin  !UnwindSafe !RefUnwindSafe];
    Outcome<'static, Typed>        => [Send  Sync  Unpin  !UnwindSafe !RefUnwindSafe];
    Failure<'static>               => [Send  Sync  Unpin  !UnwindSafe !RefUnwindSafe];
    Failure<'static, Typed>        => [Send  Sync  Unpin  !UnwindSafe !RefUnwindSafe];
    Panic<'static>                 => [Send  Sync  Unpin  !UnwindSafe !RefUnwindSafe];
    Leave                          => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Shown                          => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Typed                          => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    LostError<'static>             => [!Send !Sync Unpin  !UnwindSafe !RefUnwindSafe];
    LostCause<'static>             => [!Send !Sync Unpin  !UnwindSafe !RefUnwindSafe];
    CapturedError                  => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Suppress                       => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Inspecting<()>                 => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Inspecting<Result<(), Rc<u8>>> => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
}

async fn pause() {
    tokio::task::yield_now().await;
}

#[context_manager(yields = &mut String)]
fn text() {
    let mut text = String::new();
    yield_!(&mut text);
}

#[context_manager]
fn counted() {
    let count = Rc::new(1);
    yield_!();
    drop(count);
}

#[context_manager(yields = &mut String)]
async fn async_text() {
    let mut text = String::new();
    yield_!(&mut text);
    pause().await;
}

#[context_manager]
async fn async_fallible() -> io::Result<()> {
    pause().await;
    yield_!();
    Ok(())
}

#[context_manager]
async fn async_counted() {
    let count = Rc::new(1);
    pause().await;
    yield_!();
    drop(count);
}

values! { generators:
    |()| text() => [Send Sync !Unpin];
    |()| counted() => [!Send !Sync !Unpin];
    |()| async_text() => [Send !Sync !Unpin];
    |()| async_counted() => [!Send !Sync !Unpin];
}

async fn plain() {
    let text = String::new();
    pause().await;
    drop(text);
}

async fn plain_manager() {
    with! { guard(String::new(), |text, _| drop(text)) as text => {
        pause().await;
        text.push('x');
    } }
}

async fn generator() {
    with! { text() as text => { pause().await; text.push('x'); } }
}

async fn every_leave(text: &str) -> io::Result<usize> {
    loop {
        with! { guard((), |(), _| io::Result::Ok(()))? => {
            if text.is_empty() { break }
            if text.len() == 1 { pause().await; continue }
            if text.len() == 2 { return Ok(2) }
            fs::read(text)?;
            pause().await;
        } }
    }
    Ok(0)
}

async fn try_block() -> Option<io::Result<usize>> {
    with! { cm_runtime::contextlib::suppress::<io::Error>() => try {
        let text = fs::read("x")?;
        pause().await;
        text.len()
    } }
}

async fn catch() -> usize {
    with! { guard(1, |_, _| ()) as n => catch { pause().await; *n } }
}

async fn released(text: String) {
    pause().await;
    drop(text);
}

async fn async_manager() {
    with! { async aclosing(String::new(), released) as text => {
        pause().await;
        text.push('x');
    } }
}

async fn async_generator() {
    with! { async async_text() as text => { pause().await; text.push('x'); } }
}

async fn async_stack() -> Result<(), cm_runtime::exit_stack::BoxError> {
    with! { async AsyncExitStack::new()? as stack => {
        let text = stack.enter(async_text()).await;
        pause().await;
        text.push('x');
    } }
    Ok(())
}

async fn closed() {
    let stack = AsyncExitStack::new();
    stack.callback(pause);
    let _ = stack.close().await;
}

async fn tasks() -> Result<(), TaskErrors<io::Error>> {
    with! { async TaskGroup::<io::Error>::new()? as tasks => {
        tasks.spawn(async { Ok(()) });
        pause().await;
    } }
    Ok(())
}

async fn cut() -> Result<(), TimedOut> {
    timeout(Duration::ZERO, pause()).await
}

async fn goes_on() {
    with! { async detached(async_text()) as text => { pause().await; text.push('x'); } }
}

async fn what_awaits_goes_on() {
    with! { async detached(aclosing(String::new(), released)).deadline(Duration::ZERO) => {
        pause().await;
    } }
}

async fn exit_goes_on() -> io::Result<()> {
    with! { async shielded(async_fallible())? => { pause().await } }
    Ok(())
}

values! { futures:
    |()| plain() => [Send Sync !Unpin];
    |()| plain_manager() => [Send Sync !Unpin];
    |()| generator() => [Send Sync !Unpin];
    |()| every_leave("") => [Send Sync !Unpin];
    |()| try_block() => [Send Sync !Unpin];
    |()| catch() => [Send Sync !Unpin];
    |()| async_manager() => [Send Sync !Unpin];
    |()| async_generator() => [Send !Sync !Unpin];
    |()| async_stack() => [Send !Sync !Unpin];
    |()| closed() => [Send !Sync !Unpin];
    |()| tasks() => [Send Sync !Unpin];
    |()| goes_on() => [Send !Sync !Unpin];
    |()| what_awaits_goes_on() => [Send !Sync !Unpin];
    |()| exit_goes_on() => [Send !Sync !Unpin];
    |()| cut() => [Send Sync !Unpin];
    |cleanups: &'static Cleanups| cleanups.ended() => [Send Sync !Unpin];
    |tasks: &'static mut Tasks<io::Error>| tasks.next_failed() => [Send Sync !Unpin];
}

async fn plain_not_send() {
    let count = Rc::new(1);
    pause().await;
    drop(count);
}

async fn local_not_send() {
    with! { text() as _text => { let count = Rc::new(1); pause().await; drop(count); } }
}

async fn local_not_sync() {
    with! { text() as _text => { let cell = Cell::new(1); pause().await; cell.set(2); } }
}

async fn in_another_directory() -> io::Result<()> {
    with! { chdir("x")? => { pause().await } }
    Ok(())
}

async fn in_another_environment() -> Result<(), ChangedElsewhere> {
    #[allow(unsafe_code, reason = "it is never called")]
    // SAFETY: it is never entered.
    let manager = unsafe { set_env("NAME", "value") };
    with! { manager? => { pause().await } }
    Ok(())
}

async fn redirected(file: File) -> io::Result<()> {
    with! { redirect_stdout(file)? => { pause().await } }
    Ok(())
}

std::thread_local! {
    static LEVEL: Cell<u8> = const { Cell::new(0) };
}

async fn replaced_local() {
    with! { replace_local(&LEVEL, 1) => { pause().await } }
}

async fn replaced_cell(cell: &Cell<u8>) {
    with! { replace_cell(cell, 1) => { pause().await } }
}

#[allow(clippy::await_holding_lock, reason = "it is what is asked about")]
async fn locked(mutex: &Mutex<u8>) {
    with! { mutex as guard => { pause().await; drop(guard); } }
}

async fn stack() -> Result<(), cm_runtime::exit_stack::BoxError> {
    with! { ExitStack::new()? as stack => { stack.callback(|| ()); pause().await; } }
    Ok(())
}

async fn generator_not_send() {
    with! { counted() => { pause().await } }
}

async fn async_generator_not_send() {
    with! { async async_counted() => { pause().await } }
}

async fn caught_not_send() {
    with! { text() => catch { let count = Rc::new(1); pause().await; drop(count); } }
}

values! { futures_that_stay_on_their_thread:
    |()| plain_not_send() => [!Send !Sync !Unpin];
    |()| local_not_send() => [!Send !Sync !Unpin];
    |()| caught_not_send() => [!Send !Sync !Unpin];
    |()| in_another_directory() => [!Send Sync !Unpin];
    |()| in_another_environment() => [!Send Sync !Unpin];
    redirected => [!Send Sync !Unpin];
    |()| replaced_local() => [!Send Sync !Unpin];
    |cell: &'static Cell<u8>| replaced_cell(cell) => [!Send !Sync !Unpin];
    |mutex: &'static Mutex<u8>| locked(mutex) => [!Send Sync !Unpin];
    |()| stack() => [!Send !Sync !Unpin];
    |()| generator_not_send() => [!Send !Sync !Unpin];
    |()| async_generator_not_send() => [!Send !Sync !Unpin];
    |()| local_not_sync() => [Send !Sync !Unpin];
}

/// Public in their modules, but by no path that users have.
const NOT_NAMED: &[&str] = &[
    "Answer",
    "Body",
    "Built",
    "ErrorRef",
    "HoldsError",
    "IsError",
    "IsText",
    "IsUnit",
    "Neither",
    "PlainValue",
    "Tried",
    "TypedError",
    "UseTryWith",
];

/// Folders of which users see nothing, but what is in the table.
const NOT_SEEN: &[&str] = &["expansion", "raw"];

#[test]
fn no_type_is_left_out() {
    fn collect(folder: &Path, types: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !NOT_SEEN.iter().any(|name| path.ends_with(name)) {
                    collect(&path, types);
                }
                continue;
            }
            for line in fs::read_to_string(path).unwrap().lines() {
                let line = line.trim_start();
                let item = line.strip_prefix("pub struct ");
                if let Some(item) = item.or_else(|| line.strip_prefix("pub enum ")) {
                    types.insert(name(item).to_owned());
                }
            }
        }
    }
    fn name(text: &str) -> &str {
        let end = text.find(|c: char| !c.is_alphanumeric());
        end.map_or(text, |end| &text[..end])
    }

    let mut types = BTreeSet::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cm-runtime/src");
    collect(&source, &mut types);
    assert!(types.len() > 50, "it looks in the wrong place: {types:?}");
    for found in TYPES
        .iter()
        .map(|shown| name(shown))
        .chain(NOT_NAMED.iter().copied())
    {
        types.remove(found);
    }
    assert!(types.is_empty(), "no row says what these are: {types:?}");
}
