//! The programs: each way of leaving, under each choice of managers, as real `with!` blocks.
//!
//! What depends on types has to be compiled, so every choice of verdicts and of `?` in the header is
//! a function of its own, written by these macros.

use cm_runtime::with;
use cm_tests::async_managers::run as polled;

use crate::managers::{App, BODY, Error, Noted, note, panic};
use crate::managers::{Both, Fail, Sup, Unit};
use crate::model::{Form, Leave, Verdict};
use crate::show::Show;

pub(crate) struct Cell {
    pub(crate) leave: Leave,
    pub(crate) forms: &'static [Form],
    /// Returns what reaches the caller.
    pub(crate) run: fn() -> String,
}

/// Every choice of managers for the levels that are named, with `plain` or `asked` or both in the
/// header: calls `cell!` with the items of the header and the forms. `(async 1)` is a level whose
/// manager is entered with `async`. `few`: of the choices, one that fails and one that suppresses.
macro_rules! each {
    ($cell:tt $asks:tt [] $header:tt $forms:tt) => { cell! { $cell $header $forms } };
    ($cell:tt few [$level:tt $($more:tt)*] $header:tt $forms:tt) => {
        each! { @push $cell few $level [$($more)*] $header $forms Fail Fail asked true ? }
        each! { @push $cell few $level [$($more)*] $header $forms Both Both plain false }
    };
    ($cell:tt $asks:tt [$level:tt $($more:tt)*] $header:tt $forms:tt) => {
        each! { @verdict $cell $asks $level [$($more)*] $header $forms Unit Unit }
        each! { @verdict $cell $asks $level [$($more)*] $header $forms Fail Fail }
        each! { @verdict $cell $asks $level [$($more)*] $header $forms Sup Suppress }
        each! { @verdict $cell $asks $level [$($more)*] $header $forms Both Both }
    };
    (@verdict $cell:tt both $level:tt $more:tt $header:tt $forms:tt $manager:ident $verdict:ident) => {
        each! { @push $cell both $level $more $header $forms $manager $verdict plain false }
        each! { @push $cell both $level $more $header $forms $manager $verdict asked true ? }
    };
    (@verdict $cell:tt plain $level:tt $more:tt $header:tt $forms:tt $manager:ident $verdict:ident) => {
        each! { @push $cell plain $level $more $header $forms $manager $verdict plain false }
    };
    (@verdict $cell:tt asked $level:tt $more:tt $header:tt $forms:tt $manager:ident $verdict:ident) => {
        each! { @push $cell asked $level $more $header $forms $manager $verdict asked true ? }
    };
    (@push $cell:tt $asks:ident $level:literal $more:tt [$($header:tt)*] [$($forms:tt)*]
        $manager:ident $verdict:ident $build:ident $question:literal $($mark:tt)?) => {
        each! { $cell $asks $more
            [$($header)* [$manager::<$level>::$build() $($mark)? as _value]]
            [$($forms)* Form { verdict: Verdict::$verdict, question: $question, awaited: false },] }
    };
    (@push $cell:tt $asks:ident (async $level:literal) $more:tt [$($header:tt)*] [$($forms:tt)*]
        $manager:ident $verdict:ident $build:ident $question:literal $($mark:tt)?) => {
        each! { $cell $asks $more
            [$($header)* [async $manager::<$level>::$build() $($mark)? as _value]]
            [$($forms)* Form { verdict: Verdict::$verdict, question: $question, awaited: true },] }
    };
}

/// One program: a function, and its entry in the list.
macro_rules! cell {
    ((sync $($cell:tt)*) [$($header:tt)*] $forms:tt) => {
        cell! { @push [fn] [|value| value] [$($header)*] $forms $($cell)* }
    };
    ((async $($cell:tt)*) [$($header:tt)*] $forms:tt) => {
        cell! { @push [async fn] [|future| polled(future)] [$($header)*] $forms $($cell)* }
    };
    (@push [$($function:tt)*] [|$returned:ident| $value:expr] $header:tt [$($forms:tt)*]
        $cells:ident $leave:ident $shape:ident $returns:tt $usual:tt $body:tt) => {{
        #[allow(clippy::unnecessary_wraps, reason = "its type is that of the leave")]
        $($function)* program() -> shape!(@type $returns) {
            shape! { @$shape $header $body }
            shape!(@value $usual)
        }
        fn run() -> String {
            let $returned = program();
            $value.show()
        }
        $cells.push(Cell {
            leave: Leave::$leave,
            forms: &[$($forms)*],
            run,
        });
    }};
}

/// The function around the block.
macro_rules! shape {
    (@type ($returns:ty)) => { $returns };
    (@value ($value:expr)) => { $value };
    (@once $header:tt $body:tt) => {
        let block = shape!(@with $header $body);
        note(format!("after {}", block.show()));
    };
    (@rounds $header:tt $body:tt) => {
        let mut ended = "loop left";
        for round in 0.. {
            if round == 2 {
                ended = "loop ended";
                break;
            }
            note(format!("round {round}"));
            let block = shape!(@with $header $body);
            note(format!("after {}", block.show()));
        }
        note(ended);
    };
    (@labelled $header:tt $body:tt) => {
        let mut ended = "loop left";
        'outer: for round in 0.. {
            if round == 2 {
                ended = "loop ended";
                break;
            }
            note(format!("round {round}"));
            #[allow(clippy::never_loop)]
            for _ in 0..1 {
                let block = shape!(@labelled_with 'outer $header $body);
                note(format!("after {}", block.show()));
            }
            note("inner loop ended");
        }
        note(ended);
    };
    (@valued $header:tt $body:tt) => {
        #[allow(clippy::never_loop)]
        let value = loop {
            let block = shape!(@with $header $body);
            note(format!("after {}", block.show()));
            break 0;
        };
        note(format!("jumped with {value}"));
    };
    (@block $header:tt $body:tt) => {
        let value = 'outer: {
            let block = shape!(@labelled_with 'outer $header $body);
            note(format!("after {}", block.show()));
            0
        };
        note(format!("jumped with {value}"));
    };
    (@with [$([$($item:tt)*])*] {$($body:tt)*}) => {
        with! { $($($item)*),* => {
            note("body");
            let _local = Noted::local();
            $($body)*
        } }
    };
    (@labelled_with $label:lifetime [$([$($item:tt)*])*] {$jump:ident}) => {
        with! { $($($item)*),* => {
            note("body");
            let _local = Noted::local();
            if leaves() {
                $jump $label;
            }
            5
        } }
    };
    (@labelled_with $label:lifetime [$([$($item:tt)*])*] {$jump:ident $value:literal}) => {
        with! { $($($item)*),* => {
            note("body");
            let _local = Noted::local();
            if leaves() {
                $jump $label $value;
            }
            5
        } }
    };
    // The same managers, as blocks inside of blocks.
    (@nested [[$($first:tt)*] [$($second:tt)*]] {$($body:tt)*}) => {
        let block = with! { $($first)* => {
            with! { $($second)* => {
                note("body");
                let _local = Noted::local();
                $($body)*
            } }
        } };
        note(format!("after {}", block.show()));
    };
    (@nested [[$($first:tt)*] [$($second:tt)*] [$($third:tt)*]] {$($body:tt)*}) => {
        let block = with! { $($first)* => {
            with! { $($second)* => {
                with! { $($third)* => {
                    note("body");
                    let _local = Noted::local();
                    $($body)*
                } }
            } }
        } };
        note(format!("after {}", block.show()));
    };
}

macro_rules! programs {
    ($($name:ident: $leave:ident, $shape:ident $returns:tt $usual:tt $asks:ident $body:tt)*) => {
        $(
            fn $name(cells: &mut Vec<Cell>) {
                programs! { @levels $asks (cells $leave $shape $returns $usual $body) }
                programs! { @awaited $asks (cells $leave $shape $returns $usual $body) }
            }
        )*

        /// All programs.
        pub(crate) fn all() -> Vec<Cell> {
            let mut cells = Vec::new();
            $($name(&mut cells);)*
            cells
        }
    };
    (@levels both ($($cell:tt)*)) => {
        each! { (sync $($cell)*) both [1] [] [] }
        each! { (sync $($cell)*) both [1 2] [] [] }
        each! { (sync $($cell)*) plain [1 2 3] [] [] }
        each! { (sync $($cell)*) asked [1 2 3] [] [] }
    };
    (@levels wide $cell:tt) => { programs! { @levels both $cell } };
    (@levels nested ($($cell:tt)*)) => {
        each! { (sync $($cell)*) both [1 2] [] [] }
        each! { (sync $($cell)*) plain [1 2 3] [] [] }
    };
    (@levels plain ($($cell:tt)*)) => {
        each! { (sync $($cell)*) plain [1] [] [] }
        each! { (sync $($cell)*) plain [1 2] [] [] }
        each! { (sync $($cell)*) plain [1 2 3] [] [] }
    };
    // Async functions take the compiler long: all choices of two levels only for some leaves.
    (@awaited wide ($($cell:tt)*)) => {
        each! { (async $($cell)*) both [(async 1)] [] [] }
        each! { (async $($cell)*) plain [(async 1) (async 2)] [] [] }
        each! { (async $($cell)*) few [(async 1) 2 (async 3)] [] [] }
    };
    (@awaited both ($($cell:tt)*)) => {
        each! { (async $($cell)*) both [(async 1)] [] [] }
        each! { (async $($cell)*) few [1 (async 2)] [] [] }
    };
    (@awaited nested ($($cell:tt)*)) => {
        each! { (async $($cell)*) few [(async 1) 2 (async 3)] [] [] }
    };
    (@awaited plain ($($cell:tt)*)) => {
        each! { (async $($cell)*) plain [(async 1)] [] [] }
        each! { (async $($cell)*) plain [1 (async 2)] [] [] }
    };
}

/// Whether the body leaves: always, but the compiler does not know.
fn leaves() -> bool {
    std::hint::black_box(true)
}

fn fails() -> Result<i32, Error<BODY>> {
    if leaves() { Err(Error("body")) } else { Ok(5) }
}

fn nothing() -> Option<i32> {
    (!leaves()).then_some(5)
}

/// A foreign macro that shows what it does.
macro_rules! run {
    ($($code:tt)*) => { $($code)* };
}

/// A foreign macro that hides a `return`.
macro_rules! leave {
    () => {
        if leaves() {
            return Err(App("body".to_owned()));
        }
    };
}

programs! {
    end_unit: EndUnit, once (Result<i32, App>) (Ok(1)) both {}
    end_value: EndValue, once (Result<i32, App>) (Ok(1)) both { 5 }
    end_ok: EndOk, once (Result<i32, App>) (Ok(1)) both { Ok::<i32, Error<BODY>>(5) }
    end_err: EndErr, once (Result<i32, App>) (Ok(1)) both { fails() }
    question_result: QuestionResult, once (Result<i32, App>) (Ok(1)) wide { fails()? }
    question_nested: QuestionResult, nested (Result<i32, App>) (Ok(1)) nested { fails()? }
    question_option: QuestionOption, once (Option<i32>) (Some(1)) plain { nothing()? }
    return_nothing: ReturnNothing, once (()) (()) plain { if leaves() { return; } 5 }
    return_plain: ReturnPlain, once (i32) (1) plain { if leaves() { return 7; } 5 }
    return_ok: ReturnOk, once (Result<i32, App>) (Ok(1)) both { if leaves() { return Ok(7); } 5 }
    return_err: ReturnErr, once (Result<i32, App>) (Ok(1)) both {
        if leaves() { return Err(App("body".to_owned())); }
        5
    }
    return_nested: ReturnErr, nested (Result<i32, App>) (Ok(1)) nested {
        if leaves() { return Err(App("body".to_owned())); }
        5
    }
    breaks: Break, rounds (Result<i32, App>) (Ok(1)) wide { if leaves() { break; } 5 }
    break_labelled: BreakLabelled, labelled (Result<i32, App>) (Ok(1)) both { break }
    break_value: BreakValue, valued (Result<i32, App>) (Ok(1)) both {
        if leaves() { break 7; }
        5
    }
    break_block: BreakBlock, block (Result<i32, App>) (Ok(1)) both { break 7 }
    continues: Continue, rounds (Result<i32, App>) (Ok(1)) both { if leaves() { continue; } 5 }
    continue_labelled: ContinueLabelled, labelled (Result<i32, App>) (Ok(1)) both { continue }
    panics: Panic, once (Result<i32, App>) (Ok(1)) wide { if leaves() { panic("body"); } 5 }
    shown_return: ShownReturn, once (Result<i32, App>) (Ok(1)) both {
        run! { if leaves() { return Err(App("body".to_owned())); } }
        5
    }
    shown_question: ShownQuestion, once (Result<i32, App>) (Ok(1)) both { run!(fails()?) }
    hidden_return: HiddenReturn, once (Result<i32, App>) (Ok(1)) both { leave!(); 5 }
}
