//! What happens in a `with!` block, and in which order.
//!
//! ```console
//! $ cargo run --example order
//! ```

use std::convert::Infallible;
use std::fs::{self, File};
use std::io;
use std::num::ParseIntError;
use std::path::Path;

use cm_runtime::contextlib::{guard, temp_dir};
use cm_runtime::{ContextManager, Manager, Outcome, Owned, context_manager, with};

/// Row 4: prints each thing that happens to it.
struct Traced;

/// What `Traced` lends.
struct Value(&'static str);

impl Traced {
    fn new() -> Self {
        println!("expression");
        Self
    }
}

impl ContextManager for Traced {
    type Lends = Owned<Value>;
    type Exit = ();

    fn enter(&mut self) -> Result<Value, Infallible> {
        println!("enter");
        Ok(Value("value"))
    }

    /// Python's `__exit__` gets a type, a value and a traceback, or three times `None`; here it is
    /// one outcome, which also tells a `return` from the end of the body.
    fn exit(&mut self, outcome: Outcome<'_>) {
        println!("exit: {outcome:?}");
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        println!("{} dropped", self.0);
    }
}

/// Row 4: the manager expression, enter, the binding, the body, exit. On an error exit gets that,
/// and then it goes on to the caller.
fn parse(text: &str) -> Result<u8, ParseIntError> {
    with! { Traced::new() as value => {
        println!("body, {} is bound", value.0);
        let number = text.parse()?;
        Ok(number)
    } }
}

/// Row 6: what is in front of the yield, and what is behind it.
#[context_manager]
fn announced() {
    println!("entering");
    yield_!();
    println!("exiting");
}

/// Row 31: the body fails, and so does the cleanup. The first error goes on; the second is reported
/// (on standard error, unless a hook or `on_lost` has it), where Python would let it go on, with
/// the first one as its `__context__`.
fn both_fail(path: &Path) -> io::Result<()> {
    File::create(path)?;
    let remove = guard(path, |path: &Path, _| fs::remove_file(path));
    with! { remove? => {
        fs::remove_file(path)?; // now the cleanup has nothing to remove
        Err(io::Error::other("the body failed"))
    } }
}

/// Row 31: the same, with a listener for this one manager.
fn both_fail_and_listen(path: &Path) -> io::Result<()> {
    let remove = guard(path, |path: &Path, _| fs::remove_file(path));
    with! { remove.on_lost(|lost| println!("listener: {lost}"))? => {
        Err(io::Error::other("the body failed"))
    } }
}

/// Row 33: a `return` out of a loop in the block leaves the function; "exiting" comes before the
/// caller goes on.
fn first_long<'w>(words: &[&'w str]) -> Option<&'w str> {
    with! { announced() => {
        for word in words {
            println!("look at {word}");
            if word.len() > 4 {
                return Some(word);
            }
        }
    } }
    None
}

fn main() -> io::Result<()> {
    println!("4: the order of events");
    println!("caller has {:?}", parse("7"));
    println!("caller has {:?}", parse("seven"));

    println!("6: around a body");
    with! { announced() => { println!("inside"); } }

    println!("31: body and cleanup fail");
    with! { temp_dir("gallery-")? as dir => {
        println!("error: {:?}", both_fail(&dir.join("a")).map_err(|e| e.to_string()));
        println!("error: {:?}", both_fail_and_listen(&dir.join("b")).map_err(|e| e.to_string()));
    } }

    println!("33: an early return");
    println!("caller has {:?}", first_long(&["a", "longer", "word"]));
    Ok(())
}
