//! What is on the disk when something fails: errors at close, backups, archives.
//!
//! ```console
//! $ cargo run --example durable
//! ```

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::Path;

use cm_runtime::contextlib::{backed_up, create_file, finishing, temp_dir};
use cm_runtime::with;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Row 8: a plain `BufWriter` on a full disk. The text is written when it is dropped, and the error
/// of that is lost: the caller gets `Ok`.
fn write_plainly(path: &Path) -> io::Result<()> {
    let mut file = BufWriter::new(File::options().write(true).open(path)?);
    writeln!(file, "the only copy")?;
    Ok(())
}

/// Row 8: the same with a manager. The error at close leaves the block.
fn write_safely(path: &Path) -> io::Result<()> {
    with! { create_file(path)? as file => { writeln!(file, "the only copy")?; } }
    Ok(())
}

/// Row 37: the file is changed in place; if that fails half-way, the old one is put back.
fn renumber(path: &Path, lines: &[&str]) -> io::Result<()> {
    with! { backed_up(path)? as path => {
        let mut file = File::create(path)?;
        for line in lines {
            let number: u32 = line.parse().map_err(io::Error::other)?;
            writeln!(file, "{}", number + 1)?;
        }
    } }
    Ok(())
}

/// The content of an archive's second half, or no content, since something has failed.
fn second_half(fail: bool) -> io::Result<&'static [u8]> {
    if fail {
        Err(io::Error::other("the second half is missing"))
    } else {
        Ok(b"second half\n")
    }
}

/// Row 40: an encoder writes its end mark also when it is dropped, so that half an archive looks
/// like a whole one. `finishing` writes it after a success only.
fn write_gzip(out: impl Write, fail: bool) -> io::Result<()> {
    let gzip = |out| GzEncoder::new(out, Compression::default());
    with! { finishing(out, gzip, |gzip| gzip.finish().map(drop))? as gzip => {
        gzip.write_all(b"first half\n")?;
        gzip.flush()?;
        gzip.write_all(second_half(fail)?)?;
    } }
    Ok(())
}

/// Row 40: the same for a zip archive, which has its directory at the end.
fn write_zip(out: impl Write + Seek, fail: bool) -> io::Result<()> {
    let finish = |zip: ZipWriter<_>| zip.finish().map(drop).map_err(io::Error::from);
    with! { finishing(out, ZipWriter::new, finish)? as zip => {
        zip.start_file("1.txt", SimpleFileOptions::default())?;
        zip.write_all(b"first half\n")?;
        zip.start_file("2.txt", SimpleFileOptions::default())?;
        zip.write_all(second_half(fail)?)?;
    } }
    Ok(())
}

/// Row 40: and for a tar archive, which ends with two blocks of zeros.
fn write_tar(out: impl Write, fail: bool) -> io::Result<()> {
    let append = |tar: &mut tar::Builder<_>, name, content: &[u8]| {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        tar.append_data(&mut header, name, content)
    };
    with! { finishing(out, tar::Builder::new, |mut tar| tar.finish())? as tar => {
        append(tar, "1.txt", b"first half\n")?;
        append(tar, "2.txt", second_half(fail)?)?;
    } }
    Ok(())
}

fn main() -> io::Result<()> {
    println!("8: an error at close");
    let full = Path::new("/dev/full");
    println!("plainly {:?}", write_plainly(full).map_err(|e| e.kind()));
    println!("safely {:?}", write_safely(full).map_err(|e| e.kind()));

    with! { temp_dir("gallery-")? as dir => {
        println!("37: a backup");
        let numbers = dir.join("numbers.txt");
        fs::write(&numbers, "1\n2\n")?;
        for lines in [["1", "2"], ["2", "three"]] {
            let failed = renumber(&numbers, &lines).is_err();
            println!("failed {failed}, left {:?}", fs::read_to_string(&numbers)?);
        }
        println!("files {}", fs::read_dir(dir)?.count());

        println!("40: archives, finished or cut off");
        for fail in [false, true] {
            let (gz, zip, tar) = (dir.join("a.gz"), dir.join("a.zip"), dir.join("a.tar"));
            let failed = write_gzip(File::create(&gz)?, fail).is_err();
            let mut text = String::new();
            let read = GzDecoder::new(File::open(&gz)?).read_to_string(&mut text);
            println!("gzip failed {failed}, read {:?}", read.map_err(|e| e.kind()));

            let failed = write_zip(File::create(&zip)?, fail).is_err();
            let read = ZipArchive::new(File::open(&zip)?).map(|zip| zip.len());
            println!("zip failed {failed}, files {:?}", read.ok());

            let failed = write_tar(File::create(&tar)?, fail).is_err();
            println!("tar failed {failed}, whole {}", fs::read(&tar)?.ends_with(&[0; 1024]));
        }
    } }
    Ok(())
}
