//! Which failures are suppressed.

use std::cell::Cell;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::io;
use std::num::ParseIntError;
use std::thread;

use cm_runtime::contextlib::{suppress, suppress_any, suppress_if, suppress_kind};
use cm_runtime::{ContextManager, Manager, Outcome, Owned, Suppress, Typed, with};

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

/// Where the type is not known, a box of any error is seen into as well.
#[test]
fn boxes_in_generic_code() {
    fn with<E: 'static>(error: E) -> bool {
        with! { suppress::<fmt::Error>() => { Err::<(), _>(error) } }.is_none()
    }
    fn try_with<E: 'static>(error: E) -> bool {
        suppress::<fmt::Error>()
            .try_with(|()| Err::<(), _>(error))
            .is_none()
    }
    assert!(with(anyhow::Error::new(fmt::Error)) && try_with(anyhow::Error::new(fmt::Error)));
    assert!(with(Boxed::from(fmt::Error)) && try_with(Boxed::from(fmt::Error)));
    assert!(with(fmt::Error) && try_with(fmt::Error));
    let other = || anyhow::Error::new(io::Error::other("x"));
    assert!(!with(other()) && !try_with(other()));
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

/// Not `Sync`.
#[derive(Debug)]
struct Here(Cell<u8>);

impl fmt::Display for Here {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.get())
    }
}

impl Error for Here {}

/// An error of which the type alone is known: it is found by that.
#[test]
fn without_a_macro() {
    let not_found = || io::Error::from(io::ErrorKind::NotFound);
    let fails = || Err::<(), _>(not_found());
    assert!(suppress::<io::Error>().try_with(|()| fails()).is_none());
    assert!(suppress::<fmt::Error>().try_with(|()| fails()).is_some());
    let kind = suppress_kind(io::ErrorKind::NotFound);
    assert!(kind.try_with(|()| fails()).is_none());
    let kind = suppress_kind(io::ErrorKind::PermissionDenied);
    assert!(kind.try_with(|()| fails()).is_some());
    let predicate = suppress_if(|error: &io::Error| error.raw_os_error().is_none());
    assert!(predicate.try_with(|()| fails()).is_none());
    // It asks what is shown, and that is nothing.
    assert!(suppress_any(|_| true).try_with(|()| fails()).is_some());
}

/// A box is looked into without the macro as well, and what is in it has sources.
#[test]
fn boxes_without_a_macro() {
    #[derive(Debug, thiserror::Error)]
    #[error("not loaded")]
    struct Load(#[source] fmt::Error);

    macro_rules! boxed {
        ($($box:ty),*) => {$(
            let fails = || -> Result<(), $box> { Err(Box::new(Load(fmt::Error))) };
            assert!(suppress::<Load>().try_with(|()| fails()).is_none());
            assert!(suppress::<fmt::Error>().try_with(|()| fails()).is_none());
            assert!(suppress_any(|e| e.is::<fmt::Error>()).try_with(|()| fails()).is_none());
            assert!(suppress::<io::Error>().try_with(|()| fails()).is_some());
            assert!(generic(fails()).is_ok());
        )*};
    }
    fn generic<E: 'static>(result: Result<(), E>) -> Result<(), E> {
        with! { suppress::<fmt::Error>() => { result?; } };
        Ok(())
    }
    boxed!(Boxed, Box<dyn Error + Send>, Box<dyn Error + Send + Sync>);
}

/// An error that is not `Sync`, or not known to be.
#[test]
fn not_sync() {
    fn generic<E: Error + 'static>(error: E) -> Result<(), E> {
        with! { suppress::<Here>() => { Err(error)?; } };
        Ok(())
    }
    let here = || Here(Cell::new(1));
    assert!(generic(here()).is_ok());
    assert!(generic(fmt::Error).is_err());

    let block = with! { suppress_if(|here: &Here| here.0.get() == 1) => { Err::<(), _>(here()) } };
    assert!(block.is_none());
    let block = with! { suppress_if(|here: &Here| here.0.get() == 2) => { Err::<(), _>(here()) } };
    assert!(block.is_some());
    assert!(
        suppress::<Here>()
            .try_with(|()| Err::<(), _>(here()))
            .is_none()
    );
}

/// On another thread such an error is not suppressed, and one that is `Sync` is.
#[test]
fn elsewhere() {
    struct Elsewhere<M>(M);
    impl<M: ContextManager<Lends = Owned<()>, Exit = Suppress> + Send> ContextManager for Elsewhere<M> {
        type Lends = Owned<()>;
        type Exit = Suppress;
        fn enter(&mut self) -> Result<(), Infallible> {
            self.0.enter()
        }
        fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Suppress {
            let manager = &mut self.0;
            let exit = move || manager.exit(outcome);
            thread::scope(|scope| scope.spawn(exit).join().unwrap())
        }
    }
    let here = || Err::<(), _>(Here(Cell::new(1)));
    assert!(with! { Elsewhere(suppress::<Here>()) => { here() } }.is_some());
    assert!(with! { Elsewhere(suppress_any(|_| true)) => { here() } }.is_some());
    let fails = || Err::<(), _>(fmt::Error);
    assert!(with! { Elsewhere(suppress::<fmt::Error>()) => { fails() } }.is_none());
    assert!(with! { Elsewhere(suppress_any(|_| true)) => { fails() } }.is_none());
    assert!(
        Elsewhere(suppress::<fmt::Error>())
            .try_with(|()| fails())
            .is_some()
    );
}

/// The predicate is asked once of each error.
#[test]
fn asked_once() {
    let asked = Cell::new(0);
    let ask = |_: &io::Error| {
        asked.set(asked.get() + 1);
        false
    };
    let error = || io::Error::from(io::ErrorKind::NotFound);
    let _ = with! { suppress_if(ask) => { Err::<(), _>(error()) } };
    assert_eq!(asked.take(), 1);
    let _ = with! { suppress_if(ask) => { Err::<(), Boxed>(error().into()) } };
    assert_eq!(asked.take(), 1);
    let _ = suppress_if(ask).try_with(|()| Err::<(), _>(error()));
    assert_eq!(asked.take(), 1);
}
