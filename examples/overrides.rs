//! Another state for the length of a block: numbers, settings, the standard streams.
//!
//! ```console
//! $ cargo run --example overrides
//! ```

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io;

use cm_runtime::contextlib::replace_local;
use cm_runtime::{context_manager, with};
use dashu_float::{Context, DBig, round::mode::HalfEven};

thread_local! {
    /// Python's `decimal.getcontext()`: 28 significant digits, and halves go to the even neighbour.
    static DECIMAL: Cell<Context<HalfEven>> = const { Cell::new(Context::new(28)) };
}

fn divide(dividend: u32, divisor: u32) -> String {
    let (dividend, divisor) = (DBig::from(dividend), DBig::from(divisor));
    let quotient = DECIMAL.get().div(dividend.repr(), divisor.repr());
    quotient.value().to_string()
}

/// Row 9: `with localcontext() as ctx: ctx.prec = 42`. All that the block calls on this thread
/// divides with 42 digits.
fn precision() {
    with! { replace_local(&DECIMAL, Context::new(42)) => {
        println!("{}", divide(1, 42));
    } }
    println!("{}", divide(1, 42));
}

#[cfg(unix)]
mod streams {
    use std::fs::{self, File};
    use std::io;
    use std::process::Command;

    use cm_runtime::contextlib::{
        capture_stderr, capture_stdout, redirect_stderr, redirect_stdout, temp_dir,
    };
    use cm_runtime::with;

    /// Row 17: `with redirect_stdout(io.StringIO()) as buffer`. Child processes are redirected as well.
    pub(super) fn to_a_buffer() -> io::Result<()> {
        let (out, err) = with! { capture_stdout()? as out, capture_stderr()? as err => {
            println!("to the buffer");
            Command::new("echo").arg("from a child").status()?;
            eprintln!("an error");
            (out.read()?, err.read()?)
        } };
        println!("stdout was {out:?}, stderr was {err:?}");
        Ok(())
    }

    /// Row 17: and to files.
    pub(super) fn to_files() -> io::Result<()> {
        with! { temp_dir("gallery-")? as dir => {
            let (out, err) = (dir.join("out.txt"), dir.join("err.txt"));
            with! { redirect_stdout(File::create(&out)?)?, redirect_stderr(File::create(&err)?)? => {
                println!("to a file");
                eprintln!("to another one");
            } }
            println!("out.txt has {:?}", fs::read_to_string(out)?);
            println!("err.txt has {:?}", fs::read_to_string(err)?);
        } }
        Ok(())
    }
}

type Settings = BTreeMap<&'static str, &'static str>;

/// Row 28: settings that hold for the block. Those that were there get their old value back, new
/// ones are removed again, and what else the block changes stays.
#[context_manager(yields = &mut Settings)]
fn overridden<const N: usize>(settings: &mut Settings, with: [(&'static str, &'static str); N]) {
    let before = with.map(|(key, value)| (key, settings.insert(key, value)));
    yield_!(settings);
    for (key, value) in before {
        match value {
            Some(value) => settings.insert(key, value),
            None => settings.remove(key),
        };
    }
}

/// Row 28: before, inside, after.
fn configuration() {
    let mut settings = Settings::from([("debug", "off"), ("theme", "light")]);
    println!("before {settings:?}");
    with! { overridden(&mut settings, [("debug", "on"), ("trace", "all")]) as settings => {
        println!("inside {settings:?}");
        settings.insert("theme", "dark");
    } }
    println!("after {settings:?}");
}

#[cfg_attr(
    not(unix),
    allow(clippy::unnecessary_wraps, reason = "only the streams can fail")
)]
fn main() -> io::Result<()> {
    println!("9: decimal precision");
    precision();
    #[cfg(unix)]
    {
        println!("17: the standard streams");
        streams::to_a_buffer()?;
        streams::to_files()?;
    }
    println!("28: configuration");
    configuration();
    Ok(())
}
