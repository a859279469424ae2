//! `with! { async .. }`: awaited enters and exits, and what is told when they cannot be awaited.

mod cancelled;
mod flow;
mod generator;
mod send;
