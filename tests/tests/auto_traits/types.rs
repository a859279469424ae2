//! The public types.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::future::Ready;
use std::io;
use std::marker::{PhantomData, PhantomPinned};
use std::path::Path;
use std::rc::Rc;

use cm_runtime::contextlib::{
    Aclosing, AtomicFile, Atransaction, BackedUp, Captured, ChangedElsewhere, Chdir, Cleanups,
    Closing, CreateFile, Detached, DetachedError, Env, Finishing, Guard, InSpan, NullContext,
    Output, OutputLost, Redirect, Replace, ReplaceCell, ReplaceLocal, Severable, SuppressIf,
    TaskError, TaskErrors, TaskGroup, Tasks, TempDir, TempFile, TimedOut, Timer,
};
use cm_runtime::exit_stack::{
    AsyncExitStack, Boxed, Entering, ExitErrors, ExitStack, Key, LentKey, Open,
};
use cm_runtime::lost::{CapturedError, LostCause, LostError};
use cm_runtime::{
    AsyncGenerator, Failure, Generator, Inspecting, Leave, OnLost, Optional, Outcome, Owned, Panic,
    Shown, Suppress, Typed,
};

use super::table::{Is, Not as _};

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
    Aclosing<String, On<String>, Ready<()>>              => [Send  Sync  Unpin  UnwindSafe  RefUnwindSafe];
    Aclosing<Rc<u8>, On<Rc<u8>>, Ready<()>>              => [!Send !Sync Unpin  UnwindSafe  RefUnwindSafe];
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
