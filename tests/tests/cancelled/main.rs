//! Cancel everywhere: programs whose futures are dropped, or panic, at each of their awaits.
//!
//! A program makes its managers from a [`Trace`](trace::Trace), which writes down what happens to
//! them. One checker holds for every program and every cut: it knows the contract and nothing of the
//! program. The programs run on a poll loop written by hand, on tokio and on another executor.

mod checker;
mod everywhere;
mod executors;
mod managers;
mod programs;
mod runtime;
mod trace;
