//! Generators, and the futures of blocks.

use std::cell::Cell;
use std::fs::{self, File};
use std::io;
use std::rc::Rc;
use std::sync::Mutex;
use std::time::Duration;

use cm_runtime::contextlib::{
    ChangedElsewhere, Cleanups, TaskErrors, TaskGroup, Tasks, TimedOut, aclosing, chdir, detached,
    guard, redirect_stdout, replace_cell, replace_local, set_env, shielded, timeout,
};
use cm_runtime::exit_stack::{AsyncExitStack, ExitStack};
use cm_runtime::{context_manager, with};

use super::table::{Not as _, of};

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
