//! Managers that do what a script says, and write down what happens to them.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt;
use std::panic::panic_any;

use cm_runtime::{
    AsyncContextManager, ContextManager, LostCause, LostError, Outcome, Owned, Suppress, Typed,
    View,
};
use cm_tests::async_managers::pause;

use crate::model::{Answer, Script, Start};

thread_local! {
    static JOURNAL: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static SCRIPTS: RefCell<Vec<Script>> = const { RefCell::new(Vec::new()) };
}

pub(crate) fn note(event: impl Into<String>) {
    JOURNAL.with_borrow_mut(|journal| journal.push(event.into()));
}

pub(crate) fn start(scripts: &[Script]) {
    SCRIPTS.set(scripts.to_vec());
    JOURNAL.take();
}

pub(crate) fn take_journal() -> Vec<String> {
    JOURNAL.take()
}

fn script(level: usize) -> Script {
    SCRIPTS.with_borrow(|scripts| scripts[level - 1])
}

/// The payload of a panic that a script asks for.
pub(crate) struct Scripted(pub(crate) String);

pub(crate) fn panic(name: impl Into<String>) -> ! {
    panic_any(Scripted(name.into()))
}

/// Writes down that it is dropped.
pub(crate) struct Noted(pub(crate) String);

impl Noted {
    pub(crate) fn local() -> Self {
        Self("local".to_owned())
    }
}

impl Drop for Noted {
    fn drop(&mut self) {
        note(format!("drop {}", self.0));
    }
}

/// The error of the manager at a level: a type for each, as exit sees errors before `From`.
#[derive(Clone, Debug)]
pub(crate) struct Error<const LEVEL: usize>(pub(crate) &'static str);

impl<const LEVEL: usize> fmt::Display for Error<LEVEL> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match LEVEL {
            BODY => f.write_str(self.0),
            _ => write!(f, "{} {LEVEL}", self.0),
        }
    }
}

impl<const LEVEL: usize> std::error::Error for Error<LEVEL> {}

/// The level of the body's own errors.
pub(crate) const BODY: usize = 0;

/// The error of the function around the block.
#[derive(Clone, Debug)]
pub(crate) struct App(pub(crate) String);

impl fmt::Display for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "app {}", self.0)
    }
}

impl std::error::Error for App {}

impl<const LEVEL: usize> From<Error<LEVEL>> for App {
    fn from(error: Error<LEVEL>) -> Self {
        Self(error.to_string())
    }
}

fn told<V: View>(call: &str, level: usize, outcome: Outcome<'_, V>) {
    let text = match outcome {
        Outcome::Failed(failure) => match failure.error() {
            Some(error) => format!("Failed({error})"),
            None => "Failed(opaque)".to_owned(),
        },
        Outcome::Panicked(_) => "Panicked".to_owned(),
        other => format!("{other:?}"),
    };
    note(format!("{call} {level} {text}"));
}

fn lost(level: usize, lost: &LostError<'_>) {
    let text = match lost.cause() {
        LostCause::Failed {
            error: Some(error), ..
        } => error.to_string(),
        LostCause::Panicked { .. } => "panic".to_owned(),
        other => format!("{other:?}"),
    };
    note(format!("lost {level} {text}"));
}

/// What can be entered with `async` and without.
macro_rules! managers {
    ($($name:ident, $exit:ty, $error:ty, $view:ident: $($answer:ident => $verdict:expr),*;)*) => {$(
        pub(crate) struct $name<const LEVEL: usize>;

        impl<const LEVEL: usize> $name<LEVEL> {
            pub(crate) fn plain() -> Self {
                Self
            }

            /// With a build that can fail.
            pub(crate) fn asked() -> Result<Self, Error<LEVEL>> {
                match script(LEVEL).start {
                    Start::BuildFails => Err(Error("build")),
                    _ => Ok(Self),
                }
            }

            fn answer() -> $exit {
                match script(LEVEL).answer {
                    $(Answer::$answer => $verdict,)*
                    Answer::Panic => panic(format!("exit {LEVEL}")),
                    #[allow(unreachable_patterns)]
                    other => unreachable!("{other:?} is not for this verdict"),
                }
            }
        }

        impl<const LEVEL: usize> ContextManager for $name<LEVEL> {
            type Lends = Owned<Noted>;
            type Exit = $exit;

            fn enter(&mut self) -> Result<Noted, $error> {
                managers!(@enter $view LEVEL);
                note(format!("enter {LEVEL}"));
                Ok(Noted(format!("value {LEVEL}")))
            }

            fn exit(&mut self, outcome: managers!(@outcome $view)) -> $exit {
                told("exit", LEVEL, outcome);
                Self::answer()
            }

            fn lost(&mut self, error: &LostError<'_>) {
                lost(LEVEL, error);
            }
        }

        impl<const LEVEL: usize> AsyncContextManager for $name<LEVEL> {
            type Lends = Owned<Noted>;
            type Exit = $exit;

            async fn enter(&mut self) -> Result<Noted, $error> {
                pause().await;
                ContextManager::enter(self)
            }

            async fn exit(&mut self, outcome: managers!(@outcome $view)) -> $exit {
                told("exit", LEVEL, outcome);
                pause().await;
                Self::answer()
            }

            fn cancel(&mut self, outcome: managers!(@outcome $view)) {
                told("cancel", LEVEL, outcome);
            }

            fn lost(&mut self, error: &LostError<'_>) {
                lost(LEVEL, error);
            }
        }
    )*};
    (@outcome shown) => { Outcome<'_> };
    (@outcome shown_fallible) => { Outcome<'_> };
    (@outcome typed) => { Outcome<'_, Typed> };
    (@outcome typed_fallible) => { Outcome<'_, Typed> };
    (@enter shown $level:ident) => {};
    (@enter typed $level:ident) => {};
    (@enter $fallible:ident $level:ident) => {
        if script($level).start == Start::EnterFails {
            note(format!("enter {} fails", $level));
            return Err(Error("enter"));
        }
    };
}

managers! {
    Unit, (), Infallible, shown: Fine => ();
    Fail, Result<(), Error<LEVEL>>, Error<LEVEL>, shown_fallible:
        Fine => Ok(()), Error => Err(Error("exit"));
    Sup, Suppress, Infallible, typed: Fine => Suppress::No, Suppress => Suppress::Yes;
    Both, Result<Suppress, Error<LEVEL>>, Error<LEVEL>, typed_fallible:
        Fine => Ok(Suppress::No), Suppress => Ok(Suppress::Yes), Error => Err(Error("exit"));
}
