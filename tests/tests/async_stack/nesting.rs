//! An async stack does what nested blocks do, over generated programs that are cut
//! after any number of polls.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::Mutex;
use std::task::Poll;

use cm_runtime::exit_stack::{BoxError, Boxed, StackError};
use cm_runtime::{
    AsyncContextManager, AsyncExitStack, ContextManager, Outcome, Owned, Suppress, Typed, lost,
    with,
};
use cm_tests::async_managers::{cut_after, pause, poll};
use cm_tests::managers::told;
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
enum End {
    Fine,
    Suppress,
    Fail,
    Panic,
}

#[derive(Clone, Debug)]
struct Program {
    /// For each manager, from the outermost: whether it awaits, whether its enter succeeds, and its
    /// exit.
    managers: Vec<(bool, bool, End)>,
    body: End,
    polls: usize,
}

type Journal = Mutex<Vec<String>>;

struct Recorded<'j> {
    number: usize,
    enters: bool,
    end: End,
    journal: &'j Journal,
}

impl Recorded<'_> {
    fn say(&self, what: &str) {
        let line = format!("{what} {}", self.number);
        self.journal.lock().unwrap().push(line);
    }

    fn entered(&self) -> Result<(), Failures> {
        if self.enters {
            Ok(())
        } else {
            Err(Failures(vec![1000 + self.number]))
        }
    }

    fn ended(&self) -> Result<Suppress, Failures> {
        self.say("exited");
        match self.end {
            End::Fine => Ok(Suppress::No),
            End::Suppress => Ok(Suppress::Yes),
            End::Fail => Err(Failures(vec![self.number])),
            End::Panic => resume_unwind(Box::new(self.number)),
        }
    }
}

impl ContextManager for Recorded<'_> {
    type Lends = Owned<()>;
    type Exit = Result<Suppress, Failures>;

    fn enter(&mut self) -> Result<(), Failures> {
        self.say("enter");
        self.entered()
    }

    fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Result<Suppress, Failures> {
        self.say(&format!("exit, {},", told(outcome)));
        self.ended()
    }
}

/// The same, with an await in enter and exit.
struct Awaiting<'j>(Recorded<'j>);

impl AsyncContextManager for Awaiting<'_> {
    type Lends = Owned<()>;
    type Exit = Result<Suppress, Failures>;

    async fn enter(&mut self) -> Result<(), Failures> {
        self.0.say("entering");
        pause().await;
        self.0.say("entered");
        self.0.entered()
    }

    async fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Result<Suppress, Failures> {
        self.0.say(&format!("exiting, {},", told(outcome)));
        pause().await;
        self.0.ended()
    }

    fn cancel(&mut self, outcome: Outcome<'_, Typed>) {
        self.0.say(&format!("cancel, {},", told(outcome)));
    }
}

impl Program {
    fn manager<'j>(&self, number: usize, journal: &'j Journal) -> Recorded<'j> {
        let (_, enters, end) = self.managers[number];
        Recorded {
            number,
            enters,
            end,
            journal,
        }
    }

    async fn body(&self, journal: &Journal) -> Result<(), Failures> {
        journal.lock().unwrap().push("body".into());
        pause().await;
        match self.body {
            End::Fine | End::Suppress => Ok(()),
            End::Fail => Err(Failures(vec![2000])),
            End::Panic => resume_unwind(Box::new(2000_usize)),
        }
    }

    fn nested<'p>(
        &'p self,
        from: usize,
        journal: &'p Journal,
    ) -> Pin<Box<dyn Future<Output = Result<(), Failures>> + 'p>> {
        Box::pin(async move {
            if from == self.managers.len() {
                return self.body(journal).await;
            }
            let manager = self.manager(from, journal);
            if self.managers[from].0 {
                let _suppressed = with! { async Awaiting(manager)? => {
                    self.nested(from + 1, journal).await?;
                } };
            } else {
                let _suppressed = with! { manager? => {
                    self.nested(from + 1, journal).await?;
                } };
            }
            Ok(())
        })
    }

    async fn stacked(&self, journal: &Journal) -> Result<(), Failures> {
        let stack = AsyncExitStack::<Result<Suppress, Failures>>::with_verdict();
        let _suppressed = with! { async stack? as stack => {
            for number in 0..self.managers.len() {
                let manager = self.manager(number, journal);
                if self.managers[number].0 {
                    stack.enter(Awaiting(manager)).await?;
                } else {
                    stack.enter_sync(manager).await?;
                }
            }
            self.body(journal).await?;
        } };
        Ok(())
    }
}

#[derive(Debug, PartialEq)]
struct Panicked(usize);

#[derive(Debug, PartialEq)]
struct Seen {
    journal: Vec<String>,
    /// What reaches the caller, if it is not cut: nothing, the first error, or a panic.
    end: Option<Result<Result<(), usize>, Panicked>>,
    /// All errors and panics but that, whether the caller or the hook is told.
    others: Vec<String>,
}

fn seen<'j, F: Future<Output = Result<(), Failures>> + 'j>(
    polls: usize,
    journal: &'j Journal,
    run: impl FnOnce(&'j Journal) -> F,
) -> Seen {
    let (result, lost) =
        lost::capture(|| catch_unwind(AssertUnwindSafe(|| cut_after(polls, run(journal)))));
    // The hook is told of the errors of a stack all at once.
    let lost = lost.iter().flat_map(|lost| lost.error.split(','));
    let mut others: Vec<String> = lost.map(str::to_owned).collect();
    let end = match result {
        Ok(None) => None,
        Ok(Some(Ok(()))) => Some(Ok(Ok(()))),
        Ok(Some(Err(Failures(all)))) => {
            others.extend(all[1..].iter().map(ToString::to_string));
            Some(Ok(Err(all[0])))
        }
        Err(payload) => Some(Err(Panicked(*payload.downcast::<usize>().unwrap()))),
    };
    others.sort();
    let journal = journal.lock().unwrap().clone();
    Seen {
        journal,
        end,
        others,
    }
}

impl Seen {
    /// The error of an exit that was on its way when another exit panicked, or was cut. Blocks drop it, as
    /// any other value of a function; a stack has it in its hands, and reports it.
    fn dropped_error(&self) -> Option<String> {
        let mut lines = self.journal.iter();
        let told = loop {
            let line = lines.next()?;
            let Some(exit) = line.strip_prefix("exit") else {
                continue;
            };
            let Some((told, number)) = exit.rsplit_once(", ") else {
                continue;
            };
            let panics = matches!(&self.end, Some(Err(Panicked(p))) if p.to_string() == number);
            let ends = lines
                .clone()
                .any(|line| *line == format!("exited {number}"));
            if panics || !ends {
                break told;
            }
        };
        let error = told.split_once("Failed(")?.1.strip_suffix(')').unwrap();
        // Not that of the body or of an enter.
        (error.parse::<usize>().unwrap() < 1000).then(|| error.to_owned())
    }
}

fn programs() -> impl Strategy<Value = Program> {
    let end = || {
        prop_oneof![
            4 => Just(End::Fine),
            3 => Just(End::Suppress),
            3 => Just(End::Fail),
            1 => Just(End::Panic),
        ]
    };
    let enters = prop_oneof![15 => Just(true), 1 => Just(false)];
    let managers = prop::collection::vec((any::<bool>(), enters, end()), 0..6);
    (managers, end(), 0_usize..16).prop_map(|(managers, body, polls)| Program {
        managers,
        body,
        polls,
    })
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
        let (journal, other) = (Journal::default(), Journal::default());
        let stack = seen(program.polls, &journal, |journal| program.stacked(journal));
        let mut blocks = seen(program.polls, &other, |journal| program.nested(0, journal));
        blocks.others.extend(blocks.dropped_error());
        blocks.others.sort();
        prop_assert_eq!(&stack.journal, &blocks.journal);
        prop_assert_eq!(&stack.end, &blocks.end);
        prop_assert_eq!(stack.others, blocks.others);
    }
}

/// A panic that was caught is suppressed on whatever thread the exit ends.
#[test]
fn a_caught_panic_is_suppressed_on_another_thread() {
    let mut future = Box::pin(async {
        let block = with! { async AsyncExitStack::<Boxed<Suppress>>::with_verdict()? as stack => catch {
            stack.push(|_, _| async {
                pause().await;
                Suppress::Yes
            });
            resume_unwind(Box::new(()));
        } };
        Ok::<Option<()>, BoxError>(block)
    });
    assert!(poll(future.as_mut()).is_pending());
    let ended = std::thread::scope(|scope| scope.spawn(|| poll(future.as_mut())).join());
    assert!(matches!(ended, Ok(Poll::Ready(Ok(None)))));
}
