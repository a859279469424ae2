//! Any number of managers: `ExitStack`.
//!
//! ```console
//! $ cargo run --example stack
//! ```

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};

use cm_runtime::contextlib::temp_dir;
use cm_runtime::exit_stack::BoxError;
use cm_runtime::{ExitStack, context_manager, with};

/// A file to read, which tells when it is closed.
#[context_manager(yields = &mut BufReader<File>)]
fn open(path: impl AsRef<Path>) -> io::Result<()> {
    let path = path.as_ref();
    let mut file = BufReader::new(File::open(path)?);
    yield_!(&mut file);
    drop(file);
    println!("closed {:?}", path.file_name().unwrap_or_default());
    Ok(())
}

/// Row 18: a temporary directory, a callback and a list of files, exited in reverse. In Python:
/// `stack.enter_context(open(path))` and `stack.callback(print, ..)`.
fn merge(names: &[&str]) -> Result<(String, PathBuf), BoxError> {
    with! { ExitStack::new()? as stack => {
        let dir = stack.enter(temp_dir("gallery-"))?;
        let path = dir.to_owned();
        stack.callback(move || println!("callback; the directory exists: {}", path.exists()));

        let mut files = Vec::new();
        for name in names {
            fs::write(dir.join(name), format!("text of {name}\n"))?;
            files.push(stack.enter(open(dir.join(name)))?);
        }
        let mut merged = String::new();
        for file in files {
            file.read_to_string(&mut merged)?;
        }
        Ok((merged, dir.to_owned()))
    } }
}

/// Row 26: as many files as there are; one that is missing is skipped, any other error closes those
/// that are open and goes on.
fn longest_lines(paths: &[PathBuf]) -> Result<Vec<String>, BoxError> {
    let mut longest = Vec::new();
    with! { ExitStack::new()? as stack => {
        let mut files = Vec::new();
        for path in paths {
            match stack.enter(open(path)) {
                Ok(file) => files.push(file),
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    println!("skipped {}", path.display());
                }
                Err(error) => return Err(error.into()),
            }
        }
        for file in files {
            let lines: Vec<String> = file.lines().collect::<io::Result<_>>()?;
            longest.extend(lines.into_iter().max_by_key(String::len));
        }
    } }
    Ok(longest)
}

fn write_poems(dir: &Path) -> io::Result<()> {
    fs::write(dir.join("roses.txt"), "Roses are red\nViolets are blue\n")?;
    fs::write(dir.join("rain.txt"), "Rain, rain\ngo away\n")
}

fn main() -> Result<(), BoxError> {
    println!("18: a list of files, a callback, a directory");
    let (merged, dir) = merge(&["a.txt", "b.txt", "c.txt"])?;
    println!("merged {merged:?}; the directory exists: {}", dir.exists());

    println!("26: missing files are skipped");
    with! { temp_dir("gallery-")? as dir => {
        write_poems(dir)?;
        let paths = ["roses.txt", "missing.txt", "rain.txt"].map(|name| dir.join(name));
        println!("longest {:?}", longest_lines(&paths)?);
    } }
    Ok(())
}
