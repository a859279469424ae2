//! A stack does what nested blocks do, over generated programs.

use std::cell::RefCell;
use std::error::Error;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use cm_runtime::exit_stack::StackError;
use cm_runtime::{ContextManager, ExitStack, Outcome, Owned, Suppress, Typed, lost, with};
use proptest::prelude::*;

/// The errors of a program, the first one first.
#[derive(Clone, Debug, PartialEq)]
struct Failures(Vec<usize>);

impl fmt::Display for Failures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&all.join(","))
    }
}

impl Error for Failures {}

impl StackError for Failures {
    fn as_error(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
        Some(self)
    }
    fn followed_by(mut self, mut later: Self) -> Self {
        self.0.append(&mut later.0);
        self
    }
}

#[derive(Clone, Copy, Debug)]
enum Exit {
    Fine,
    Suppress,
    Fail,
    Panic,
}

#[derive(Clone, Copy, Debug)]
enum Body {
    Fine,
    Fail,
    Panic,
}

#[derive(Clone, Debug)]
struct Program {
    /// For each manager, from the outermost: whether its enter succeeds, and its exit.
    managers: Vec<(bool, Exit)>,
    body: Body,
}

type Journal = RefCell<Vec<String>>;

struct Recorded<'j> {
    number: usize,
    enters: bool,
    exit: Exit,
    journal: &'j Journal,
}

impl ContextManager for Recorded<'_> {
    type Lends = Owned<()>;
    type Exit = Result<Suppress, Failures>;

    fn enter(&mut self) -> Result<(), Failures> {
        self.journal
            .borrow_mut()
            .push(format!("enter {}", self.number));
        if self.enters {
            Ok(())
        } else {
            Err(Failures(vec![1000 + self.number]))
        }
    }

    fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Result<Suppress, Failures> {
        let told = match outcome {
            Outcome::Failed(failure) => format!("Failed({})", failure.error().unwrap()),
            other => format!("{other:?}"),
        };
        self.journal
            .borrow_mut()
            .push(format!("exit {}: {told}", self.number));
        match self.exit {
            Exit::Fine => Ok(Suppress::No),
            Exit::Suppress => Ok(Suppress::Yes),
            Exit::Fail => Err(Failures(vec![self.number])),
            Exit::Panic => resume_unwind(Box::new(self.number)),
        }
    }
}

fn body(how: Body, journal: &Journal) -> Result<(), Failures> {
    journal.borrow_mut().push("body".into());
    match how {
        Body::Fine => Ok(()),
        Body::Fail => Err(Failures(vec![2000])),
        Body::Panic => resume_unwind(Box::new(2000_usize)),
    }
}

fn manager<'j>(
    (number, &(enters, exit)): (usize, &(bool, Exit)),
    journal: &'j Journal,
) -> Recorded<'j> {
    Recorded {
        number,
        enters,
        exit,
        journal,
    }
}

fn nested(program: &Program, from: usize, journal: &Journal) -> Result<(), Failures> {
    let Some(spec) = program.managers.get(from) else {
        return body(program.body, journal);
    };
    let _suppressed = with! { manager((from, spec), journal)? => {
        nested(program, from + 1, journal)?;
    } };
    Ok(())
}

fn stacked(program: &Program, journal: &Journal) -> Result<(), Failures> {
    let stack = ExitStack::<Result<Suppress, Failures>>::with_verdict();
    let _suppressed = with! { stack? as stack => {
        for spec in program.managers.iter().enumerate() {
            stack.enter(manager(spec, journal))?;
        }
        body(program.body, journal)?;
    } };
    Ok(())
}

#[derive(Debug, PartialEq)]
struct Seen {
    journal: Vec<String>,
    /// What reaches the caller: nothing, the first error, or a panic.
    end: Result<Option<usize>, usize>,
    /// All errors and panics but that, whether the caller or the hook is told.
    others: Vec<String>,
}

fn seen(run: impl FnOnce(&Journal) -> Result<(), Failures>) -> Seen {
    let journal = Journal::default();
    let (result, lost) = lost::capture(|| catch_unwind(AssertUnwindSafe(|| run(&journal))));
    // The hook is told of the errors of a stack all at once.
    let lost = lost.iter().flat_map(|lost| lost.error.split(','));
    let mut others: Vec<String> = lost.map(str::to_owned).collect();
    let end = match result {
        Ok(Ok(())) => Ok(None),
        Ok(Err(Failures(all))) => {
            others.extend(all[1..].iter().map(ToString::to_string));
            Ok(Some(all[0]))
        }
        Err(payload) => Err(*payload.downcast::<usize>().unwrap()),
    };
    let journal = journal.into_inner();
    others.sort();
    Seen {
        journal,
        end,
        others,
    }
}

impl Seen {
    /// The error of an exit that was on its way when another exit panicked. Unwinding drops it, as
    /// any other value of a function; a stack has it in its hands, and reports it.
    fn dropped_error(&self) -> Option<String> {
        let exit = format!("exit {}: Failed(", self.end.err()?);
        let told = self
            .journal
            .iter()
            .find_map(|line| line.strip_prefix(&exit));
        let error = told?.strip_suffix(')').unwrap();
        // Not that of the body or of an enter.
        (error.parse::<usize>().unwrap() < 1000).then(|| error.to_owned())
    }
}

fn programs() -> impl Strategy<Value = Program> {
    let exit = prop_oneof![
        4 => Just(Exit::Fine),
        3 => Just(Exit::Suppress),
        3 => Just(Exit::Fail),
        1 => Just(Exit::Panic),
    ];
    let enters = prop_oneof![15 => Just(true), 1 => Just(false)];
    let body = prop_oneof![
        3 => Just(Body::Fine),
        3 => Just(Body::Fail),
        1 => Just(Body::Panic),
    ];
    (prop::collection::vec((enters, exit), 0..7), body)
        .prop_map(|(managers, body)| Program { managers, body })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    #[cfg_attr(miri, ignore = "it takes too long")]
    fn stack_does_what_nested_blocks_do(program in programs()) {
        let stack = seen(|journal| stacked(&program, journal));
        let mut blocks = seen(|journal| nested(&program, 0, journal));
        blocks.others.extend(blocks.dropped_error());
        blocks.others.sort();
        prop_assert_eq!(&stack.journal, &blocks.journal);
        prop_assert_eq!(&stack.end, &blocks.end);
        prop_assert_eq!(stack.others, blocks.others);
    }
}
