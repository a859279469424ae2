//! Errors that end in a block: handled by a manager, logged by it, or passed on.
//!
//! ```console
//! $ cargo run --example errors
//! ```

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::num::ParseIntError;
use std::path::{Path, PathBuf};

use cm_runtime::contextlib::{suppress_kind, temp_dir};
use cm_runtime::{ContextManager, Mut, Outcome, Ref, Suppress, Typed, context_manager, with};
use env_logger::Target;
use log::{LevelFilter, error};

/// Row 5: Python's `__exit__` that returns `True`. Here the type says that exit may suppress
/// (`Suppress`) and may fail itself (`io::Result`).
struct ForgivingFile {
    path: PathBuf,
    file: Option<File>,
}

impl ForgivingFile {
    fn new(path: &Path) -> Self {
        let path = path.to_owned();
        Self { path, file: None }
    }
}

impl ContextManager for ForgivingFile {
    type Lends = Mut<File>;
    type Exit = io::Result<Suppress>;

    fn enter(&mut self) -> io::Result<&mut File> {
        Ok(self.file.insert(File::create(&self.path)?))
    }

    fn exit(&mut self, outcome: Outcome<'_, Typed>) -> io::Result<Suppress> {
        let mut suppress = Suppress::No;
        if let Outcome::Failed(failure) = outcome {
            println!("Exception has been handled: {failure}");
            suppress = Suppress::Yes;
        }
        if let Some(file) = self.file.take() {
            file.sync_all()?;
            println!("closed");
        }
        Ok(suppress)
    }
}

/// Row 5: the block ends at the error, and the function goes on behind it.
fn handled_by_the_file(path: &Path) -> Result<(), Box<dyn Error>> {
    with! { ForgivingFile::new(path)? as file => {
        file.write_all(b"Hola!")?;
        let count: u32 = "many".parse()?;
        writeln!(file, "never written: {count}")?;
    } };
    println!("goes on, with {:?} in the file", fs::read_to_string(path)?);
    Ok(())
}

/// Row 13: one kind of error is handled and ends here, others are logged and go on; a last line in
/// any case. In Python: `try: yield`, `except`, `else`, `finally`.
#[context_manager]
fn error_handler() -> Suppress {
    let outcome = yield_!();
    let handled = outcome.downcast_ref::<ParseIntError>();
    match (handled, outcome.error()) {
        (Some(error), _) => println!("handled: {error}"),
        (None, Some(error)) => error!("{error}"),
        (None, None) => {}
    }
    println!("finally");
    Suppress::when(handled.is_some())
}

/// Row 13: the block is an `Option`, which is `None` after an error that was handled.
fn sum_of_lines(path: &Path) -> Result<Option<i32>, Box<dyn Error>> {
    let sum = with! { error_handler() => {
        let mut sum = 0;
        for line in fs::read_to_string(path)?.lines() {
            sum += line.parse::<i32>()?;
        }
        sum
    } };
    Ok(sum)
}

/// Row 16: `with suppress(FileNotFoundError): os.remove(path)`.
fn remove_if_there(path: &Path) -> io::Result<()> {
    with! { suppress_kind(ErrorKind::NotFound) => { fs::remove_file(path)?; } };
    println!("goes on; the file exists: {}", path.exists());
    Ok(())
}

/// Row 25: a lock file. It is released whatever happens; an interruption is handled, what else
/// went wrong is logged and goes on.
struct LockFile {
    path: PathBuf,
}

impl ContextManager for LockFile {
    type Lends = Ref<Path>;
    type Exit = io::Result<Suppress>;

    fn enter(&mut self) -> io::Result<&Path> {
        File::create_new(&self.path)?;
        Ok(&self.path)
    }

    fn exit(&mut self, outcome: Outcome<'_, Typed>) -> io::Result<Suppress> {
        fs::remove_file(&self.path)?;
        let interrupted = |e: &io::Error| e.kind() == ErrorKind::Interrupted;
        if outcome.downcast_ref().is_some_and(interrupted) {
            println!("interrupted, which is fine");
            return Ok(Suppress::Yes);
        }
        if let Some(error) = outcome.error() {
            error!("while locked: {error}");
        }
        Ok(Suppress::No)
    }
}

/// Row 25: one run; `work` fails or does not.
fn locked(path: &Path, work: impl FnOnce() -> io::Result<u32>) -> io::Result<Option<u32>> {
    let path = path.to_owned();
    let done = with! { LockFile { path }? as path => {
        assert!(path.exists());
        work()?
    } };
    Ok(done)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut logger = env_logger::builder();
    logger
        .filter_level(LevelFilter::Info)
        .target(Target::Stdout);
    logger.format(|out, record| writeln!(out, "{}: {}", record.level(), record.args()));
    logger.init();

    with! { temp_dir("gallery-")? as dir => {
        println!("5: a file that forgives");
        handled_by_the_file(&dir.join("demo.txt"))?;

        println!("13: one kind handled, the others logged");
        let numbers = dir.join("numbers.txt");
        for text in ["1\n2", "1\ntwo"] {
            fs::write(&numbers, text)?;
            println!("caller has {:?}", sum_of_lines(&numbers)?);
        }
        let failed = sum_of_lines(&dir.join("missing.txt")).map_err(|e| e.to_string());
        println!("caller has {failed:?}");

        println!("16: a missing file");
        remove_if_there(&numbers)?;
        remove_if_there(&numbers)?;

        println!("25: always released");
        let lock = dir.join("gallery.lock");
        for end in [Ok(7), Err(ErrorKind::Interrupted), Err(ErrorKind::BrokenPipe)] {
            let done = locked(&lock, || Ok(end?)).map_err(|e| e.kind());
            println!("caller has {done:?}, lock file {}", lock.exists());
        }
    } }
    Ok(())
}
