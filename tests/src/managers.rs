//! Managers for each verdict, which log their calls, and what tests need around them.

use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use cm_runtime::{ContextManager, Mut, Outcome, Owned, Suppress, Typed, View};

/// A list of lines that everything in one test writes to.
#[derive(Clone, Debug, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    /// An empty log.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a line.
    pub fn say(&self, line: impl Into<String>) {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.push(line.into());
    }

    /// Empties the log, and returns its lines.
    #[must_use]
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A manager that can neither fail nor suppress.
    #[must_use]
    pub fn plain(&self, name: &'static str) -> Plain {
        Plain {
            log: self.clone(),
            name,
            text: String::from(name),
        }
    }

    /// A manager whose enter and exit can fail.
    #[must_use]
    pub fn fallible(&self, name: &'static str) -> Fallible {
        Fallible {
            log: self.clone(),
            name,
            enter: Ok(()),
            exit: Ok(()),
        }
    }

    /// A manager that suppresses every failure.
    #[must_use]
    pub fn suppressing(&self, name: &'static str) -> Suppressing {
        Suppressing {
            log: self.clone(),
            name,
            answer: Suppress::Yes,
        }
    }

    /// A manager that can suppress, and can fail.
    #[must_use]
    pub fn both(&self, name: &'static str, answer: Result<Suppress, Refused>) -> Both {
        Both {
            log: self.clone(),
            name,
            answer,
        }
    }

    /// A value that logs when it is dropped.
    #[must_use]
    pub fn noisy(&self, name: &'static str) -> Noisy {
        Noisy {
            log: self.clone(),
            name,
        }
    }

    fn exit<V: View>(&self, name: &str, outcome: Outcome<'_, V>) {
        self.say(format!("exit {name}: {}", told(outcome)));
    }
}

/// An outcome as one line.
#[must_use]
pub fn told<V: View>(outcome: Outcome<'_, V>) -> String {
    match outcome {
        Outcome::Succeeded(leave) => format!("{leave:?}"),
        Outcome::Failed(failure) => match failure.error() {
            Some(error) => format!("Failed({error})"),
            None => "Failed".into(),
        },
        Outcome::Panicked(panic) => match panic.message() {
            Some(message) => format!("Panicked({message})"),
            None => "Panicked".into(),
        },
        Outcome::Cancelled => "Cancelled".into(),
        _ => "?".into(),
    }
}

/// The error of the managers here; it says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused(pub &'static str);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Error for Refused {}

/// Lends its text; exit returns `()`.
#[derive(Debug)]
pub struct Plain {
    log: Log,
    name: &'static str,
    /// What is lent; the name, at first.
    pub text: String,
}

impl ContextManager for Plain {
    type Lends = Mut<String>;
    type Exit = ();

    fn enter(&mut self) -> Result<&mut String, Infallible> {
        self.log.say(format!("enter {}", self.name));
        Ok(&mut self.text)
    }

    fn exit(&mut self, outcome: Outcome<'_>) {
        self.log.exit(self.name, outcome);
    }
}

/// Lends a value that logs when it is dropped; exit returns `Result<(), Refused>`.
#[derive(Debug)]
pub struct Fallible {
    log: Log,
    name: &'static str,
    enter: Result<(), Refused>,
    exit: Result<(), Refused>,
}

impl Fallible {
    /// Makes enter fail.
    #[must_use]
    pub fn refusing_enter(mut self, why: &'static str) -> Self {
        self.enter = Err(Refused(why));
        self
    }

    /// Makes exit fail.
    #[must_use]
    pub fn refusing_exit(mut self, why: &'static str) -> Self {
        self.exit = Err(Refused(why));
        self
    }
}

impl ContextManager for Fallible {
    type Lends = Owned<Noisy>;
    type Exit = Result<(), Refused>;

    fn enter(&mut self) -> Result<Noisy, Refused> {
        self.log.say(format!("enter {}", self.name));
        self.enter?;
        Ok(self.log.noisy("value"))
    }

    fn exit(&mut self, outcome: Outcome<'_>) -> Result<(), Refused> {
        self.log.exit(self.name, outcome);
        self.exit
    }
}

/// Lends nothing; exit returns `Suppress`.
#[derive(Debug)]
pub struct Suppressing {
    log: Log,
    name: &'static str,
    answer: Suppress,
}

impl Suppressing {
    /// Lets every failure through.
    #[must_use]
    pub fn letting_through(mut self) -> Self {
        self.answer = Suppress::No;
        self
    }
}

impl ContextManager for Suppressing {
    type Lends = Owned<()>;
    type Exit = Suppress;

    fn enter(&mut self) -> Result<(), Infallible> {
        self.log.say(format!("enter {}", self.name));
        Ok(())
    }

    fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Suppress {
        self.log.exit(self.name, outcome);
        self.answer
    }
}

/// Lends nothing; exit returns `Result<Suppress, Refused>`.
#[derive(Debug)]
pub struct Both {
    log: Log,
    name: &'static str,
    answer: Result<Suppress, Refused>,
}

impl ContextManager for Both {
    type Lends = Owned<()>;
    type Exit = Result<Suppress, Refused>;

    fn enter(&mut self) -> Result<(), Refused> {
        self.log.say(format!("enter {}", self.name));
        Ok(())
    }

    fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Result<Suppress, Refused> {
        self.log.exit(self.name, outcome);
        self.answer
    }
}

/// Logs when it is dropped.
#[derive(Debug)]
pub struct Noisy {
    log: Log,
    name: &'static str,
}

impl Noisy {
    /// The name's length: a use of the value that borrows nothing.
    #[must_use]
    pub fn len(&self) -> usize {
        self.name.len()
    }

    /// Whether the name is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.name.is_empty()
    }
}

impl Drop for Noisy {
    fn drop(&mut self) {
        self.log.say(format!("drop {}", self.name));
    }
}

/// A value whose drop panics, without a message.
pub struct Sour;

impl Drop for Sour {
    fn drop(&mut self) {
        std::panic::resume_unwind(Box::new(()));
    }
}
