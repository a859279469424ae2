//! Files: opened by a type, by a function and by the toolbox; written, read back, and closed
//! whatever happens.
//!
//! ```console
//! $ cargo run --example files
//! ```

use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use cm_runtime::contextlib::{create_file, nullcontext, temp_dir};
use cm_runtime::{ContextManager, Mut, Outcome, context_manager, with};

/// Row 1: Python's first example, a class with `__enter__` and `__exit__`.
struct FileManager {
    path: PathBuf,
    mode: OpenOptions,
    file: Option<File>,
}

impl FileManager {
    fn new(path: &Path, mode: &OpenOptions) -> Self {
        Self {
            path: path.to_owned(),
            mode: mode.clone(),
            file: None,
        }
    }

    fn is_closed(&self) -> bool {
        self.file.is_none()
    }
}

impl ContextManager for FileManager {
    type Lends = Mut<File>;
    type Exit = io::Result<()>;

    fn enter(&mut self) -> io::Result<&mut File> {
        let file = self.mode.open(&self.path)?;
        Ok(self.file.insert(file))
    }

    fn exit(&mut self, _: Outcome<'_>) -> io::Result<()> {
        self.file.take().map_or(Ok(()), |file| file.sync_all())
    }
}

/// Row 1: `&mut manager` is entered twice, and closed twice, the second time after an error.
fn as_a_type(path: &Path) -> io::Result<()> {
    let mut manager = FileManager::new(path, File::options().write(true).create(true));
    with! { &mut manager? as file => { file.write_all(b"Test")?; } }
    println!("written {:?}", fs::read_to_string(path)?);
    println!("closed {}", manager.is_closed());

    let failed: io::Result<usize> = with! { &mut manager? as file => try {
        file.write_all(b"Rest")?;
        file.read(&mut [0])? // it is open for writing
    } };
    println!("failed {}", failed.is_err());
    println!("closed {}", manager.is_closed());
    Ok(())
}

/// Row 2: the same as a function. In Python the close must stand in a `finally`, or an error in the
/// block skips it; here what is behind the yield always runs.
#[context_manager(yields = &mut File)]
fn open(path: &Path, mode: &OpenOptions) -> io::Result<()> {
    let mut file = mode.open(path)?;
    yield_!(&mut file);
    println!("closing");
    file.sync_all()
}

/// Row 2: "closing" is printed on both paths.
fn as_a_function(path: &Path) -> io::Result<()> {
    let mode = File::options().write(true).create(true).to_owned();
    with! { open(path, &mode)? as file => { file.write_all(b"Test")?; } }
    println!("written {:?}", fs::read_to_string(path)?);

    let failed: io::Result<usize> = with! { open(path, &mode)? as file => try {
        file.write_all(b"Rest")?;
        file.read(&mut [0])?
    } };
    println!("failed {}", failed.is_err());
    Ok(())
}

/// Row 3: `create_file` is Python's `open(path, "w")`. What the block has written is on disk
/// although it fails afterwards.
fn write_then_fail(path: &Path) -> Result<u32, Box<dyn Error>> {
    with! { create_file(path)? as file => {
        writeln!(file, "Hello, World!")?;
        let answer = "forty-two".parse()?; // leaves the function, once the file is closed
        writeln!(file, "{answer}")?;
        Ok(answer)
    } }
}

/// Row 12: `tempfile.TemporaryDirectory`. Its removal can fail, and then says so.
fn temporary_directory() -> io::Result<()> {
    let path = with! { temp_dir("gallery-")? as dir => {
        fs::write(dir.join("hello.txt"), "Hello, World!")?;
        println!("inside {:?}", fs::read_to_string(dir.join("hello.txt"))?);
        dir.to_owned()
    } };
    println!("afterwards it exists: {}", path.exists());
    Ok(())
}

/// Row 20: `with open(a) as source, open(b, "w") as target`. Both are managers of one header; a file
/// that is only read has nothing to do at exit.
fn copy_in_capitals(from: &Path, to: &Path) -> io::Result<()> {
    with! { nullcontext(File::open(from)?) as source, create_file(to)? as target => {
        for line in BufReader::new(source).lines() {
            writeln!(target, "{}", line?.to_uppercase())?;
        }
    } }
    Ok(())
}

/// Row 20: three levels; the inner ones use what the outer ones lend.
fn three_levels() -> io::Result<()> {
    with! { temp_dir("gallery-")? as dir => {
        let index_path = dir.join("index.txt");
        with! { create_file(&index_path)? as index => {
            for name in ["one", "two"] {
                with! { create_file(dir.join(name))? as page => {
                    writeln!(page, "page {name}")?;
                    writeln!(index, "{name}")?;
                } }
            }
        } }
        println!("index {:?}", fs::read_to_string(&index_path)?);
        println!("page {:?}", fs::read_to_string(dir.join("two"))?);
    } }
    Ok(())
}

/// Row 39: writing, appending, reading, and bytes. Reading needs no manager in Rust: a file that is
/// only read has nothing to lose when it is dropped.
fn reading_and_writing(dir: &Path) -> io::Result<()> {
    let text = dir.join("poem.txt");
    with! { create_file(&text)? as file => { writeln!(file, "Roses are red")?; } }
    with! { open(&text, File::options().append(true))? as file => {
        writeln!(file, "Violets are blue")?;
    } }
    for line in BufReader::new(File::open(&text)?).lines() {
        println!("line {:?}", line?);
    }

    let binary = dir.join("bytes.bin");
    with! { create_file(&binary)? as file => { file.write_all(&[0xCA, 0xFE, 0xBA, 0xBE])?; } }
    let mut half = [0; 2];
    let mut file = File::open(&binary)?;
    file.seek(SeekFrom::Start(2))?;
    file.read_exact(&mut half)?;
    println!(
        "bytes {:x?}, from the third on {half:x?}",
        fs::read(&binary)?
    );
    Ok(())
}

fn main() -> io::Result<()> {
    with! { temp_dir("gallery-")? as dir => {
        println!("1: a file manager as a type");
        as_a_type(&dir.join("1.txt"))?;
        println!("2: the same as a function");
        as_a_function(&dir.join("2.txt"))?;

        println!("3: on disk although the body fails");
        let failed = write_then_fail(&dir.join("3.txt"));
        println!("error {:?}", failed.map_err(|e| e.to_string()));
        println!("on disk {:?}", fs::read_to_string(dir.join("3.txt"))?);

        println!("12: a temporary directory");
        temporary_directory()?;

        println!("20: several files");
        copy_in_capitals(&dir.join("3.txt"), &dir.join("20.txt"))?;
        println!("copy {:?}", fs::read_to_string(dir.join("20.txt"))?);
        three_levels()?;

        println!("39: reading and writing");
        reading_and_writing(dir)?;
    } }
    Ok(())
}
