//! Runs the programs in the file that `PROGRAMS` names, and prints what each run did.

#![allow(dead_code, reason = "random programs may not need all of it")]

mod async_managers;
mod managers;

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use managers::{E, start, take};

/// What the programs use, and they themselves.
#[allow(warnings)]
mod programs {
    use cm_runtime::{AsyncExitStack, ExitStack, Suppress, context_manager, with, within};

    use crate::async_managers::*;
    use crate::managers::*;

    include!(env!("PROGRAMS"));
}

type Running = Pin<Box<dyn Future<Output = Result<i32, E>>>>;

enum Program {
    Sync(fn() -> Result<i32, E>),
    Async(fn() -> Running),
}

fn main() {
    let runs: u32 = std::env::args()
        .nth(1)
        .map_or(1, |runs| runs.parse().expect("a number"));
    for (name, program) in programs::PROGRAMS {
        for dice in 1..=runs {
            match program {
                Program::Sync(run) => {
                    ran(&format!("{name} {dice}"), || Some(run()));
                }
                Program::Async(run) => {
                    let mut polls = 1;
                    while !ran(&format!("{name} {dice} {polls}"), || {
                        cut_after(polls, run())
                    }) {
                        polls += 1 + polls / 8;
                    }
                }
            }
        }
    }
}

/// Whether it came to an end.
fn ran(run: &str, program: impl FnOnce() -> Option<Result<i32, E>>) -> bool {
    println!("== {run}");
    start(
        run.split(' ')
            .nth(1)
            .map_or(0, |dice| dice.parse().expect("a number")),
    );
    let (ended, lost) = cm_runtime::lost::capture(program);
    let mut lost: Vec<String> = lost.iter().flat_map(|lost| names(&lost.error)).collect();
    for line in take() {
        println!("{line}");
    }
    match &ended {
        None => println!("cancelled"),
        Some(Ok(value)) => println!("ended {value}"),
        Some(Err(error)) => {
            println!("failed {}", error.name);
            lost.extend(
                error
                    .later
                    .iter()
                    .map(ToString::to_string)
                    .flat_map(|later| names(&later)),
            );
        }
    }
    // An error on its way when the future is dropped is dropped with it.
    if ended.is_some() {
        lost.sort();
        println!("lost {}", lost.join(" "));
    }
    ended.is_some()
}

fn names(errors: &str) -> Vec<String> {
    errors.split(' ').map(String::from).collect()
}

/// Polls so many times, then drops what is not ready.
fn cut_after(polls: u32, mut future: Running) -> Option<Result<i32, E>> {
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        if let Poll::Ready(ended) = future.as_mut().poll(&mut context) {
            return Some(ended);
        }
    }
    None
}
