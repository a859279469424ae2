//! `with! { async .. }`: awaited enters and exits, and what is told when they cannot be awaited.

mod attacks;
mod boxed;
mod cancelled;
mod flow;
mod functions;
mod generator;
mod send;

mod within;
