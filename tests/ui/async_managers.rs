//! Async managers that the cases share, and functions that make them.

#![allow(dead_code)]

use std::convert::Infallible;
use std::io;

use cm_runtime::{AsyncContextManager, Mut, Outcome, Owned};

/// Lends a `&mut String`; exit neither fails nor suppresses.
pub struct Plain(pub String);

impl AsyncContextManager for Plain {
    type Lends = Mut<String>;
    type Exit = ();
    async fn enter(&mut self) -> Result<&mut String, Infallible> {
        Ok(&mut self.0)
    }
    async fn exit(&mut self, _: Outcome<'_>) {}
}

pub fn plain() -> Plain {
    Plain(String::new())
}

/// Lends a number; exit can fail.
pub struct Fallible;

impl AsyncContextManager for Fallible {
    type Lends = Owned<u8>;
    type Exit = io::Result<()>;
    async fn enter(&mut self) -> io::Result<u8> {
        Ok(7)
    }
    async fn exit(&mut self, _: Outcome<'_>) -> io::Result<()> {
        Ok(())
    }
}

pub fn open() -> io::Result<Fallible> {
    Ok(Fallible)
}

pub async fn connect() -> Plain {
    plain()
}
