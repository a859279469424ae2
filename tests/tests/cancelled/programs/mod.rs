//! The programs: they pause in bodies, and their managers in enter and exit.

mod blocks;
mod forms;
mod leaves;

use crate::trace::{Boxed, Trace};

pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) run: fn(Trace) -> Boxed,
}

macro_rules! programs {
    ($($module:ident: $($name:ident)*;)*) => {
        pub(crate) const ALL: &[Program] = &[$($(
            Program {
                name: stringify!($name),
                run: |trace| Box::pin($module::$name(trace)),
            },
        )*)*];
    };
}

programs! {
    blocks:
        one one_sync several_items nested_blocks in_a_row generators sync_generators
        loops labelled_loops condition_and_operand awaits_in_headers errors_in_headers
        reused optional boxed the_second_spelling patterns;
    leaves:
        returned question tried nested_tries caught suppressed_panics caught_twice suppressed
        failing_enters failing_generators failing_exits failing_twice shown_leaves hidden_awaits
        jumps_over_several;
    forms:
        closures nested_closures within generators_in_generators methods lent_and_entered
        joined selected selected_in_a_loop raced_enters inner_futures recursive
        generic in_an_async_closure;
}
