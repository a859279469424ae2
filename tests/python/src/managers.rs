//! What the programs are made of: as `managers.py`.

use std::cell::{Cell, RefCell};
use std::convert::Infallible;
use std::error::Error;
use std::fmt;

use cm_runtime::exit_stack::StackError;
use cm_runtime::{ContextManager, Outcome, Owned, Suppress, Typed, View};

thread_local! {
    static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static DICE: Cell<u32> = const { Cell::new(0) };
    static ERRORS: Cell<u32> = const { Cell::new(0) };
}

/// A run begins.
pub fn start(dice: u32) {
    DICE.set(dice);
    ERRORS.set(0);
    take();
}

pub fn take() -> Vec<String> {
    LOG.take()
}

pub fn say(line: String) {
    LOG.with_borrow_mut(|log| log.push(line));
}

pub fn roll(sides: u32) -> bool {
    let dice = DICE.get().wrapping_mul(1_103_515_245).wrapping_add(12_345) % (1 << 31);
    DICE.set(dice);
    (dice >> 16) % sides == 0
}

/// An error, and those that came after it in a stack.
#[derive(Debug)]
pub struct E {
    pub name: String,
    pub later: Vec<E>,
}

impl fmt::Display for E {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        self.later
            .iter()
            .try_for_each(|later| write!(f, " {later}"))
    }
}

impl Error for E {}

impl StackError for E {
    fn as_error(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        Some(self)
    }
    fn followed_by(mut self, later: Self) -> Self {
        self.later.push(later);
        self
    }
}

pub fn error(name: &str) -> E {
    ERRORS.set(ERRORS.get() + 1);
    let name = format!("{name}.{}", ERRORS.get());
    E {
        name,
        later: vec![],
    }
}

pub fn fail(name: &str) -> Result<(), E> {
    if roll(6) { Err(error(name)) } else { Ok(()) }
}

pub fn attempt(name: &str) -> Result<i32, E> {
    fail(name).map(|()| 3)
}

pub fn told<V: View>(outcome: Outcome<'_, V>) -> String {
    match outcome {
        Outcome::Succeeded(_) => "ok".into(),
        Outcome::Failed(failure) => {
            let error = failure.error().map(ToString::to_string).unwrap_or_default();
            // Those that came after it are not what failed.
            format!("failed {}", error.split(' ').next().unwrap_or_default())
        }
        Outcome::Cancelled => "cancelled".into(),
        _ => "?".into(),
    }
}

/// What a block came to, whatever its managers can do.
pub trait Flat {
    fn flat(self) -> Result<Option<i32>, E>;
}

impl Flat for () {
    fn flat(self) -> Result<Option<i32>, E> {
        Ok(None)
    }
}

impl Flat for i32 {
    fn flat(self) -> Result<Option<i32>, E> {
        Ok(Some(self))
    }
}

impl<T: Flat> Flat for Option<T> {
    fn flat(self) -> Result<Option<i32>, E> {
        self.map_or(Ok(None), Flat::flat)
    }
}

impl<T: Flat> Flat for Result<T, E> {
    fn flat(self) -> Result<Option<i32>, E> {
        self?.flat()
    }
}

pub fn shown(value: Option<i32>) -> String {
    value.map_or("None".into(), |value| value.to_string())
}

pub fn number(name: &str) -> i32 {
    name[1..].parse().expect("a letter and a number")
}

pub fn verdict_plain(_: &str) {}

pub fn verdict_fails(name: &str) -> Result<(), E> {
    if roll(4) { Err(error(name)) } else { Ok(()) }
}

pub fn verdict_suppresses(_: &str) -> Suppress {
    Suppress::when(roll(2))
}

pub fn verdict_both(name: &str) -> Result<Suppress, E> {
    verdict_fails(name)?;
    Ok(Suppress::when(roll(2)))
}

macro_rules! pushed {
    ($($pushed:ident $verdict:ident $returns:ty;)*) => {$(
        pub fn $pushed(name: &str, told: String) -> $returns {
            say(format!("pushed {name} {told}"));
            $verdict(name)
        }
    )*};
}
pushed! {
    pushed_plain verdict_plain ();
    pushed_fails verdict_fails Result<(), E>;
    pushed_suppresses verdict_suppresses Suppress;
    pushed_both verdict_both Result<Suppress, E>;
}

pub fn called_plain(name: &str) {
    say(format!("callback {name}"));
}

pub fn called_fails(name: &str) -> Result<(), E> {
    called_plain(name);
    fail(name)
}

/// A manager for each verdict. Those that can fail may call functions.
macro_rules! classes {
    ($($class:ident $verdict:ident $returns:ty, $view:ty, $error:ty;)*) => {$(
        pub struct $class(&'static str);

        impl $class {
            pub fn new(name: &'static str) -> Self {
                Self(name)
            }
        }

        impl ContextManager for $class {
            type Lends = Owned<i32>;
            type Exit = $returns;

            fn enter(&mut self) -> Result<i32, $error> {
                say(format!("enter {}", self.0));
                Ok(number(self.0))
            }
            fn exit(&mut self, outcome: $view) -> $returns {
                say(format!("exit {} {}", self.0, told(outcome)));
                $verdict(self.0)
            }
        }
    )*};
}
classes! {
    Plain verdict_plain (), Outcome<'_>, Infallible;
    Suppresses verdict_suppresses Suppress, Outcome<'_, Typed>, Infallible;
}

type Call = fn() -> Result<i32, E>;

macro_rules! failing_classes {
    ($($class:ident $verdict:ident $returns:ty, $view:ty;)*) => {$(
        pub struct $class {
            name: &'static str,
            on_enter: Option<Call>,
            on_exit: Option<Call>,
        }

        impl $class {
            pub fn new(name: &'static str) -> Self {
                Self { name, on_enter: None, on_exit: None }
            }
            pub fn on_enter(self, call: Call) -> Self {
                Self { on_enter: Some(call), ..self }
            }
            pub fn on_exit(self, call: Call) -> Self {
                Self { on_exit: Some(call), ..self }
            }
        }

        impl ContextManager for $class {
            type Lends = Owned<i32>;
            type Exit = $returns;

            fn enter(&mut self) -> Result<i32, E> {
                say(format!("enter {}", self.name));
                if let Some(call) = self.on_enter {
                    say(format!("called {}", call()?));
                }
                fail(self.name)?;
                Ok(number(self.name))
            }
            fn exit(&mut self, outcome: $view) -> $returns {
                say(format!("exit {} {}", self.name, told(outcome)));
                if let Some(call) = self.on_exit {
                    say(format!("called {}", call()?));
                }
                $verdict(self.name)
            }
        }
    )*};
}
failing_classes! {
    Fails verdict_fails Result<(), E>, Outcome<'_>;
    Both verdict_both Result<Suppress, E>, Outcome<'_, Typed>;
}
