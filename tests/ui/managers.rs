//! Managers that the cases share, one for each kind of exit.

#![allow(dead_code)]

use std::convert::Infallible;
use std::io;

use cm_runtime::{ContextManager, Mut, Outcome, Owned, Suppress, Typed};

/// Lends a `&mut String`; exit neither fails nor suppresses.
pub struct Plain(pub String);

impl ContextManager for Plain {
    type Lends = Mut<String>;
    type Exit = ();
    fn enter(&mut self) -> Result<&mut String, Infallible> {
        Ok(&mut self.0)
    }
    fn exit(&mut self, _: Outcome<'_>) {}
}

pub fn plain() -> Plain {
    Plain(String::new())
}

/// Lends a number; exit can fail.
pub struct Fallible;

impl ContextManager for Fallible {
    type Lends = Owned<u8>;
    type Exit = io::Result<()>;
    fn enter(&mut self) -> io::Result<u8> {
        Ok(7)
    }
    fn exit(&mut self, _: Outcome<'_>) -> io::Result<()> {
        Ok(())
    }
}

pub fn open() -> io::Result<Fallible> {
    Ok(Fallible)
}

/// Lends nothing; exit can suppress.
pub struct Suppressing;

impl ContextManager for Suppressing {
    type Lends = Owned<()>;
    type Exit = Suppress;
    fn enter(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
    fn exit(&mut self, _: Outcome<'_, Typed>) -> Suppress {
        Suppress::Yes
    }
}
