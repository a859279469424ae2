//! Encoders that have to be finished, and must not look finished after a failure (tokio-tar#14):
//! proven by reading back what is left.

use std::io::{self, BufWriter, Cursor, Read, Seek, SeekFrom, Write};

use cm_runtime::contextlib::{closing, finishing};
use cm_runtime::with;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

/// Fails half-way if it is told to.
fn check(fail: bool) -> io::Result<()> {
    if fail {
        Err(io::Error::other("half-way"))
    } else {
        Ok(())
    }
}

fn gzip(out: &mut Vec<u8>, fail: bool) -> io::Result<()> {
    let wrap = |writer| GzEncoder::new(writer, Compression::default());
    with! { finishing(out, wrap, |encoder| encoder.finish().map(drop))? as encoder => {
        for line in 0..5000 {
            writeln!(encoder, "line {line} {}", line * 7919)?;
        }
        check(fail)?;
        writeln!(encoder, "the end")?;
    } }
    Ok(())
}

#[test]
fn gzip_is_whole_or_cut_off() {
    let mut out = vec![];
    gzip(&mut out, false).unwrap();
    let mut text = String::new();
    GzDecoder::new(&out[..]).read_to_string(&mut text).unwrap();
    assert!(text.ends_with("the end\n"));

    let mut out = vec![];
    assert_eq!(gzip(&mut out, true).unwrap_err().to_string(), "half-way");
    assert!(!out.is_empty(), "what was written stays");
    let error = GzDecoder::new(&out[..])
        .read_to_string(&mut text)
        .unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);

    // What it looks like without: the encoder's drop makes a valid file of half of the data.
    let mut out = vec![];
    let half: io::Result<()> = (|| {
        let mut encoder = GzEncoder::new(&mut out, Compression::default());
        encoder.write_all(b"half")?;
        check(true)
    })();
    assert!(half.is_err());
    assert_eq!(
        GzDecoder::new(&out[..]).read_to_end(&mut vec![]).unwrap(),
        4
    );
}

fn tar(out: &mut Vec<u8>, fail: bool) -> io::Result<()> {
    let finish = |mut builder: tar::Builder<_>| builder.finish();
    with! { finishing(out, tar::Builder::new, finish)? as builder => {
        for name in ["a.txt", "b.txt"] {
            let mut header = tar::Header::new_gnu();
            header.set_size(4);
            builder.append_data(&mut header, name, &b"text"[..])?;
            check(fail)?;
        }
    } }
    Ok(())
}

#[test]
fn tar_is_whole_or_cut_off() {
    let mut out = vec![];
    tar(&mut out, false).unwrap();
    assert_eq!(tar::Archive::new(&out[..]).entries().unwrap().count(), 2);
    assert!(
        out.ends_with(&[0; 1024]),
        "the terminator: two empty blocks"
    );
    let mut out = vec![];
    tar(&mut out, true).unwrap_err();
    assert_eq!(out.len(), 1024, "a header and its data");
    assert!(!out.ends_with(&[0; 1024]), "no terminator");
}

fn zip(out: &mut Cursor<Vec<u8>>, fail: bool) -> io::Result<()> {
    let finish = |writer: zip::ZipWriter<_>| writer.finish().map(drop).map_err(io::Error::from);
    with! { finishing(out, zip::ZipWriter::new, finish)? as archive => {
        for name in ["a.txt", "b.txt"] {
            archive.start_file(name, zip::write::SimpleFileOptions::default())?;
            archive.write_all(b"text")?;
        }
        check(fail)?;
    } }
    Ok(())
}

#[test]
fn zip_is_whole_or_cut_off() {
    let mut out = Cursor::new(vec![]);
    zip(&mut out, false).unwrap();
    assert_eq!(zip::ZipArchive::new(out).unwrap().len(), 2);
    let mut out = Cursor::new(vec![]);
    zip(&mut out, true).unwrap_err();
    assert!(!out.get_ref().is_empty());
    assert!(zip::ZipArchive::new(out).is_err(), "no central directory");
}

/// A CSV has no terminator: closing it flushes, on every path, and tells of the error.
#[test]
fn csv() {
    fn write<W: Write>(out: W, fail: bool) -> io::Result<()> {
        let close = |mut writer: csv::Writer<W>| writer.flush();
        with! { closing(csv::Writer::from_writer(out), close)? as writer => {
            writer.write_record(["name", "cents"])?;
            check(fail)?;
            writer.write_record(["a", "7"])?;
        } }
        Ok(())
    }
    let mut out = vec![];
    write(&mut out, false).unwrap();
    assert_eq!(out, b"name,cents\na,7\n");
    let mut out = vec![];
    write(&mut out, true).unwrap_err();
    assert_eq!(out, b"name,cents\n");
    assert!(write(&mut [0; 3][..], false).is_err(), "no room");
}

/// What a severed writer discards it also does not flush; up to then it does what the writer does.
#[test]
fn severed() {
    struct Flushes(Cursor<Vec<u8>>, usize);
    impl Write for Flushes {
        fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
            self.0.write(buffer)
        }
        fn flush(&mut self) -> io::Result<()> {
            self.1 += 1;
            Ok(())
        }
    }
    impl Seek for Flushes {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }
    /// Flushes and appends when it is dropped, as encoders do.
    struct Ends<W: Write>(W);
    impl<W: Write> Drop for Ends<W> {
        fn drop(&mut self) {
            self.0.write_all(b"the end").expect("it is discarded");
            self.0.flush().expect("nothing is flushed");
        }
    }
    let run = |out: &mut Flushes, fail: bool| -> io::Result<()> {
        with! { finishing(out, Ends, |ends| { drop(ends); io::Result::Ok(()) })? as ends => {
            ends.0.write_all(b"text")?;
            assert_eq!(ends.0.seek(SeekFrom::Current(-1))?, 3);
            ends.0.flush()?;
            check(fail)?;
        } }
        Ok(())
    };
    let mut out = Flushes(Cursor::default(), 0);
    assert!(run(&mut out, true).is_err());
    assert_eq!((&out.0.get_ref()[..], out.1), (&b"text"[..], 1));
    let mut out = Flushes(Cursor::default(), 0);
    assert!(run(&mut out, false).is_ok());
    assert_eq!((&out.0.get_ref()[..], out.1), (&b"texthe end"[..], 2));
}

/// `BufWriter::into_inner` tells of the error that its drop loses.
#[test]
fn buf_writer() {
    fn write(out: &mut [u8]) -> io::Result<()> {
        let close = |writer: BufWriter<_>| writer.into_inner().map(drop).map_err(io::Error::from);
        with! { closing(BufWriter::new(out), close)? as out => { out.write_all(b"text")?; } }
        Ok(())
    }
    assert!(write(&mut [0; 4]).is_ok());
    assert_eq!(
        write(&mut [0; 3]).unwrap_err().kind(),
        io::ErrorKind::WriteZero
    );
}
