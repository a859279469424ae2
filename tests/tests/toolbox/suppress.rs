//! Which failures are suppressed.

use std::error::Error;
use std::fmt;
use std::io;
use std::num::ParseIntError;

use cm_runtime::contextlib::{suppress, suppress_any, suppress_if, suppress_kind};
use cm_runtime::with;

type Boxed = Box<dyn Error>;

/// Nothing is lent; no failure passes, a matching one ends there.
#[test]
fn matching() {
    let run = |text: &str| -> Result<Option<u8>, ParseIntError> {
        Ok(with! { suppress::<ParseIntError>() as () => { text.parse()? } })
    };
    assert_eq!((run("7"), run("x")), (Ok(Some(7)), Ok(None)));
}

/// Other errors pass.
#[test]
fn others() {
    let run = || -> Result<(), fmt::Error> {
        with! { suppress::<ParseIntError>() => { Err(fmt::Error)? } };
        Ok(())
    };
    assert!(run().is_err());
    let value = with! { suppress::<ParseIntError>() => { Err::<u8, _>(fmt::Error) } };
    assert_eq!(value, Some(Err(fmt::Error)));
}

/// What a base class is in Python is a box, a source, or a kind here.
#[test]
fn in_boxes_and_sources() {
    #[derive(Debug, thiserror::Error)]
    #[error("not loaded")]
    struct Load(#[source] io::Error);
    fn load(boxed: bool) -> Result<(), Boxed> {
        let error = io::Error::from(io::ErrorKind::NotFound);
        Err(if boxed {
            Box::new(error)
        } else {
            Box::new(Load(error))
        })
    }
    fn run(boxed: bool, kind: io::ErrorKind) -> Result<(), Boxed> {
        with! { suppress_if(move |e: &io::Error| e.kind() == kind) => { load(boxed)?; } };
        Ok(())
    }
    assert!(run(true, io::ErrorKind::NotFound).is_ok());
    assert!(run(false, io::ErrorKind::NotFound).is_ok());
    assert!(run(false, io::ErrorKind::PermissionDenied).is_err());
    let anyhow = || -> anyhow::Result<()> {
        with! { suppress::<Load>() => {
            Err(anyhow::Error::new(Load(io::Error::other("x"))).context("in a context"))?;
        } };
        Ok(())
    };
    assert!(anyhow().is_ok());
}

/// By the kind alone: also in a box and behind a source, and not of another kind or type.
#[test]
fn kinds() {
    let run = |error: Boxed| -> Result<(), Boxed> {
        with! { suppress_kind(io::ErrorKind::NotFound) => { Err(error)? } };
        Ok(())
    };
    let io = |kind: io::ErrorKind| io::Error::from(kind);
    assert!(run(io(io::ErrorKind::NotFound).into()).is_ok());
    assert!(run(io::Error::other(io(io::ErrorKind::NotFound)).into()).is_err());
    assert!(run(io(io::ErrorKind::PermissionDenied).into()).is_err());
    assert!(run(Box::new(fmt::Error)).is_err());
}

/// Of several types, of none.
#[test]
fn several_types() {
    let run = |error: Boxed| -> Result<(), Boxed> {
        with! { suppress_any(|e| e.is::<fmt::Error>() || e.is::<ParseIntError>()) => { Err(error)? } };
        Ok(())
    };
    assert!(run(Box::new(fmt::Error)).is_ok());
    assert!(run("x".parse::<u8>().unwrap_err().into()).is_ok());
    assert!(run("text".into()).is_err());
    let none = || -> Result<(), fmt::Error> {
        with! { suppress_any(|_| false) => { Err(fmt::Error)? } };
        Ok(())
    };
    assert!(none().is_err());
}

/// Reusable, and nestable in itself; after an inner suppression the outer body goes on.
#[test]
fn reused_and_nested() {
    let manager = suppress::<fmt::Error>();
    let mut reached = 0;
    let mut run = || -> Result<(), fmt::Error> {
        for _ in 0..2 {
            with! { manager => {
                with! { manager => { Err(fmt::Error)? } };
                reached += 1;
                Err(fmt::Error)?;
            } };
        }
        Ok(())
    };
    assert!(run().is_ok());
    assert_eq!(reached, 2);
}

/// What is suppressed is a failure: a panic is none, and goes on.
#[test]
fn panics_go_on() {
    let block = || with! { suppress_any(|_| true) => { std::panic::resume_unwind(Box::new(())) } };
    assert!(std::panic::catch_unwind(block).is_err());
}
