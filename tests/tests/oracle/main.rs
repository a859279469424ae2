//! The oracle: a model of the contract predicts the journal of a program, and the program itself is
//! held against it. For every way of leaving, every verdict, every answer of exit, every failure of
//! building and entering, one to three managers, with and without a `?` in the header; and for async
//! managers, alone and among sync ones.

mod cells;
mod managers;
mod model;
mod show;

use std::io::Write as _;
use std::panic::{catch_unwind, set_hook, take_hook};
use std::sync::Once;

use managers::Scripted;
use model::{Answer, Form, Leave, Script, Start, Verdict};

/// All that the managers of these forms can do.
fn scripts(forms: &[Form]) -> Vec<Vec<Script>> {
    let mut all = vec![Vec::new()];
    for form in forms {
        let choices = choices(*form);
        all = all
            .iter()
            .flat_map(|scripts| {
                choices.iter().map(|choice| {
                    let mut scripts = scripts.clone();
                    scripts.push(*choice);
                    scripts
                })
            })
            .collect();
    }
    all
}

fn choices(form: Form) -> Vec<Script> {
    let answers: &[Answer] = match form.verdict {
        Verdict::Unit => &[Answer::Fine, Answer::Panic],
        Verdict::Fail => &[Answer::Fine, Answer::Error, Answer::Panic],
        Verdict::Suppress => &[Answer::Fine, Answer::Suppress, Answer::Panic],
        Verdict::Both => &[Answer::Fine, Answer::Suppress, Answer::Error, Answer::Panic],
    };
    let script = |start, answer| Script { start, answer };
    let mut choices: Vec<Script> = answers
        .iter()
        .map(|answer| script(Start::Fine, *answer))
        .collect();
    if matches!(form.verdict, Verdict::Fail | Verdict::Both) {
        choices.push(script(Start::EnterFails, Answer::Fine));
    }
    if form.question {
        choices.push(script(Start::BuildFails, Answer::Fine));
    }
    choices
}

/// The scripted panics are not worth a message each.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |info| {
            if !info.payload().is::<Scripted>() {
                usual(info);
            }
        }));
    });
}

fn actual(run: fn() -> String, scripts: &[Script]) -> Vec<String> {
    managers::start(scripts);
    let caller = match catch_unwind(run) {
        Ok(value) => value,
        Err(payload) => match payload.downcast::<Scripted>() {
            Ok(scripted) => format!("panic {}", scripted.0),
            Err(other) => std::panic::resume_unwind(other),
        },
    };
    managers::note(format!("caller {caller}"));
    managers::take_journal()
}

/// Holds all programs that leave in this way against the model.
fn check(leave: Leave) {
    silence();
    let (mut count, mut awaited, mut mixed) = (0, 0, 0);
    for cell in cells::all().iter().filter(|cell| cell.leave == leave) {
        for scripts in scripts(cell.forms) {
            let expected = model::journal(leave, cell.forms, &scripts);
            let actual = actual(cell.run, &scripts);
            assert!(
                expected == actual,
                "{leave:?} under {:#?}\nwith {scripts:#?}\nexpected {expected:#?}\nactual {actual:#?}",
                cell.forms
            );
            count += 1;
            if cell.forms.iter().all(|form| form.awaited) {
                awaited += 1;
            } else if cell.forms.iter().any(|form| form.awaited) {
                mixed += 1;
            }
        }
    }
    assert!(awaited > 0 && mixed > 0, "there are programs for {leave:?}");
    // Past the capture of the test harness, so that the number is seen.
    let mut stdout = std::io::stdout().lock();
    writeln!(
        stdout,
        "oracle: {count} cells agree for {leave:?}, {awaited} of them async, {mixed} mixed"
    )
    .expect("stdout is open");
}

macro_rules! leaves {
    ($($name:ident $leave:ident;)*) => {$(
        #[test]
        fn $name() {
            check(Leave::$leave);
        }
    )*};
}

leaves! {
    end_with_unit EndUnit;
    end_with_a_value EndValue;
    end_with_ok EndOk;
    end_with_err EndErr;
    question_on_a_result QuestionResult;
    question_on_an_option QuestionOption;
    return_of_nothing ReturnNothing;
    return_of_a_plain_value ReturnPlain;
    return_of_ok ReturnOk;
    return_of_err ReturnErr;
    break_out_of_a_loop Break;
    break_to_a_label BreakLabelled;
    break_with_a_value BreakValue;
    break_out_of_a_block BreakBlock;
    continue_of_a_loop Continue;
    continue_of_a_label ContinueLabelled;
    panic_in_the_body Panic;
    return_in_the_arguments_of_a_macro ShownReturn;
    question_in_the_arguments_of_a_macro ShownQuestion;
    return_hidden_in_a_macro HiddenReturn;
}
