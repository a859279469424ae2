//! More than one error.

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::io::{self, ErrorKind};

use anyhow::Context as _;
use cm_runtime::contextlib::{guard, suppress};
use cm_runtime::exit_stack::{BoxError, ExitErrors, StackError};
use cm_runtime::{
    ContextManager, ErrorOf, ExitStack, Lent, LostError, Manager, OutcomeOf, Suppress,
};
use cm_runtime::{lost, with};
use cm_tests::managers::Refused;

type Both = Result<Suppress, BoxError>;

fn fails(stack: &ExitStack<'_, Both>, why: &'static str) {
    stack.callback(move || Err(Refused(why)));
}

/// Each error once.
#[test]
fn all_are_kept() {
    let stack = ExitStack::new();
    for why in ["four", "three", "two", "one"] {
        stack.callback(move || Err(Refused(why)));
    }
    let error = stack.close().unwrap_err();
    assert_eq!(error.to_string(), "one; then two; then three; then four");
    assert!(error.source().is_none());
    let errors = error.downcast::<ExitErrors>().unwrap();
    assert_eq!(errors.first().to_string(), "one");
    let all: Vec<_> = errors.into_all().iter().map(ToString::to_string).collect();
    assert_eq!(all, ["one", "two", "three", "four"]);
}

/// A single error is that error, unwrapped.
#[test]
fn one_is_itself() {
    let stack = ExitStack::new();
    stack.callback(|| Err(Refused("one")));
    let error = stack.close().unwrap_err();
    assert_eq!(error.downcast_ref(), Some(&Refused("one")));
}

#[derive(Debug, thiserror::Error)]
#[error("outer")]
struct Outer(#[source] Refused);

/// The causes of several errors are in their message: no error is in the chain twice.
#[test]
fn causes_of_several() {
    let stack = ExitStack::new();
    stack.callback(|| Err(Refused("later")));
    stack.callback(|| Err(Outer(Refused("inner"))));
    let error = stack.close().unwrap_err();
    assert!(error.source().is_none());
    let chain = format!("{:#}", anyhow::Error::from_boxed(error));
    assert_eq!(chain, "outer: inner; then later");
}

/// Who suppresses one by its type, or by that of its cause, does not pass over the others.
#[test]
fn several_are_not_suppressed_by_one() {
    fn run(fails_later: bool) -> Result<Option<()>, BoxError> {
        Ok(
            with! { suppress::<Refused>(), ExitStack::new()? as stack => {
                if fails_later {
                    stack.callback(|| Err(std::fmt::Error));
                }
                stack.callback(|| Err(Outer(Refused("inner"))));
            } },
        )
    }
    assert_eq!(run(false).unwrap(), None);
    let (several, text) = (
        run(true).unwrap_err(),
        "outer: inner; then an error occurred",
    );
    assert!(several.to_string().starts_with(text), "{several}");
}

/// An `io::Error` as the error of the stack: a single one is as it was, and several have no kind by which one of them
/// could be taken for all.
#[test]
fn io() {
    use ErrorKind::{NotFound, TimedOut};

    fn run(kinds: &[ErrorKind]) -> io::Result<()> {
        with! { ExitStack::<io::Result<()>>::with_verdict()? as stack => {
            for &kind in kinds {
                stack.callback(move || Err(io::Error::from(kind)));
            }
        } }
        Ok(())
    }
    assert!(run(&[]).is_ok());
    assert_eq!(run(&[NotFound]).unwrap_err().kind(), NotFound);

    let error = run(&[TimedOut, NotFound, NotFound]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Other);
    let text = "entity not found; then entity not found; then timed out";
    assert_eq!(error.to_string(), text);
    let errors = error.downcast::<ExitErrors<io::Error>>().unwrap();
    assert_eq!(errors.first().kind(), NotFound);
    let later = errors.later().iter().map(io::Error::kind);
    assert!(later.eq([NotFound, TimedOut]));
}

/// With `anyhow` as the error of the stack: each once, and each can be asked for its type.
#[test]
fn anyhow() {
    fn run(whys: &[&'static str]) -> anyhow::Result<()> {
        with! { ExitStack::<anyhow::Result<()>>::with_verdict()? as stack => {
            for &why in whys {
                stack.callback(move || Err(Refused(why)));
            }
        } }
        Ok(())
    }
    assert!(run(&[]).is_ok());
    let error = run(&["one"]).unwrap_err();
    assert_eq!(error.downcast_ref(), Some(&Refused("one")));

    let error = run(&["three", "two", "one"]).unwrap_err();
    assert_eq!(format!("{error:#}"), "one; then two; then three");
    let errors = error.downcast::<ExitErrors<anyhow::Error>>().unwrap();
    assert_eq!(errors.first().downcast_ref(), Some(&Refused("one")));
    let later = errors.later().iter().map(anyhow::Error::downcast_ref);
    assert!(later.eq([Some(&Refused("two")), Some(&Refused("three"))]));
}

/// A context stays with the errors that it was given to.
#[test]
fn anyhow_with_a_context() {
    fn inner() -> anyhow::Result<()> {
        let stack = ExitStack::<anyhow::Result<()>>::with_verdict();
        stack.callback(|| Err(Refused("two")));
        stack.callback(|| Err(Refused("one")));
        stack.close()
    }
    let stack = ExitStack::<anyhow::Result<()>>::with_verdict();
    stack.callback(|| Err(Refused("three")));
    stack.callback(|| inner().context("inside"));
    let error = stack.close().unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        "inside: one; then two; then three",
        "the message is that of all, each with its causes"
    );
    let errors = error.downcast::<ExitErrors<anyhow::Error>>().unwrap();
    assert_eq!(errors.first().to_string(), "inside");
}

/// What stands further out sees the error in the stack by its type.
#[test]
fn anyhow_is_shown() {
    let stack = ExitStack::<anyhow::Result<Suppress>>::with_verdict();
    stack.enter(suppress::<Refused>());
    stack.callback(|| Err(anyhow::Error::new(Refused("one")).context("outer")));
    assert!(stack.close().is_ok());
}

/// To suppress an earlier error does not swallow one that comes later.
#[test]
fn suppressing_an_earlier_one() {
    let stack = ExitStack::<Both>::with_verdict();
    fails(&stack, "later");
    stack.push(|_, _| Suppress::Yes);
    fails(&stack, "earlier");
    assert_eq!(stack.close().unwrap_err().to_string(), "later");
}

/// The same after a body that has failed: its failure is gone, and the later error
/// goes on in its place.
#[test]
fn suppressing_the_body_and_failing() {
    fn run() -> Result<Option<()>, BoxError> {
        let block = with! { ExitStack::<Both>::with_verdict()? as stack => {
            fails(&stack, "later");
            stack.push(|_, outcome| Suppress::when(outcome.is::<Refused>()));
            Err(Refused("body"))?;
        } };
        Ok(block)
    }
    let (result, lost) = lost::capture(run);
    assert_eq!(result.unwrap_err().to_string(), "later");
    assert!(lost.is_empty());
}

/// The same through whatever points to the stack, or holds it.
#[test]
fn suppressing_the_body_and_failing_in_a_stack_that_is_wrapped() {
    struct Around<M>(M);
    impl<M: ContextManager> ContextManager for Around<M> {
        type Lends = M::Lends;
        type Exit = M::Exit;
        fn enter(&mut self) -> Result<Lent<'_, M::Lends>, ErrorOf<M>> {
            self.0.enter()
        }
        fn exit(&mut self, outcome: OutcomeOf<'_, M>) -> M::Exit {
            self.0.exit(outcome)
        }
        fn exit_replaces(&mut self) -> bool {
            self.0.exit_replaces()
        }
    }
    fn filled() -> ExitStack<'static, Both> {
        let stack = ExitStack::<Both>::with_verdict();
        fails(&stack, "later");
        stack.push(|_, outcome| Suppress::when(outcome.is::<Refused>()));
        stack
    }
    fn run(manager: impl Manager<Exit = Both>) -> Result<Option<()>, BoxError> {
        let block = with! { manager? => {
            Err(Refused("body"))?;
        } };
        Ok(block)
    }
    let outer = ExitStack::<Both>::with_verdict();
    outer.enter(filled()).expect("a stack can be entered");
    let pushed = ExitStack::<Both>::with_verdict();
    pushed.push_exit(Box::pin(filled()));
    let mut borrowed = filled();
    let ends = [
        ("moved", lost::capture(|| run(filled()))),
        ("borrowed", lost::capture(|| run(&mut borrowed))),
        ("pinned", lost::capture(|| run(std::pin::pin!(filled())))),
        ("boxed", lost::capture(|| run(Box::new(filled())))),
        ("pinned in a box", lost::capture(|| run(Box::pin(filled())))),
        ("optional", lost::capture(|| run(Some(filled())))),
        (
            "with a listener",
            lost::capture(|| run(filled().on_lost(|lost| panic!("{lost}")))),
        ),
        ("in a stack", lost::capture(|| run(outer))),
        ("its exit in a stack", lost::capture(|| run(pushed))),
        (
            "in a manager of the user's",
            lost::capture(|| run(Around(Box::pin(filled())))),
        ),
    ];
    for (how, (result, lost)) in ends {
        assert_eq!(result.unwrap_err().to_string(), "later", "{how}");
        assert!(lost.is_empty(), "{how}: {lost:?}");
    }
}

/// An entry further out may suppress what those further in failed with; the second error is
/// not lost in silence.
#[test]
fn suppressing_two() {
    let ((), lost) = lost::capture(|| {
        let stack = ExitStack::<Both>::with_verdict();
        stack.push(|_, outcome| Suppress::when(!outcome.is_success()));
        fails(&stack, "second");
        fails(&stack, "first");
        assert_eq!(stack.close().unwrap(), Some(()));
    });
    let lost: Vec<_> = lost.iter().map(|lost| lost.error.as_str()).collect();
    assert_eq!(lost, ["second"]);
}

/// After a body that has failed, all errors of the exits are reported, and the body's goes on.
#[test]
fn body_fails_first() {
    let run = || {
        with! { ExitStack::new() as stack => {
            stack.callback(|| Err(Refused("b")));
            stack.callback(|| Err(Refused("a")));
            Err::<(), _>(Refused("body"))
        } }
    };
    let (block, lost) = lost::capture(run);
    assert_eq!(block.unwrap(), Err(Refused("body")));
    assert_eq!(lost[0].error, "a; then b");
}

/// What nobody can be given each entry reports by itself: with its place, and to its own listener.
#[test]
fn of_a_stack_that_is_dropped() {
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

    for unwinds in [false, true] {
        let told = RefCell::new(vec![]);
        let line = Cell::new(0);
        let drops = || {
            let stack = ExitStack::new();
            let sour = guard((), |(), _| Err::<(), _>(Refused("listened")));
            let listener = |lost: &LostError<'_>| told.borrow_mut().push(lost.to_string());
            drop(stack.enter(sour.on_lost(listener)));
            line.set(line!() + 1);
            stack.callback(|| Err(Refused("full")));
            if unwinds {
                resume_unwind(Box::new(()));
            }
        };
        let (ended, lost) = lost::capture(|| catch_unwind(AssertUnwindSafe(drops)));
        assert_eq!(ended.is_err(), unwinds);
        let [lost] = &lost[..] else {
            panic!("{lost:?}")
        };
        assert_eq!(lost.error, "full");
        assert!(lost.manager.contains("errors::of_a_stack"), "{lost:?}");
        assert!(!lost.manager.contains("Callback"), "{lost:?}");
        let place = lost.place;
        assert_eq!((place.file(), place.line()), (file!(), line.get()));
        assert!(told.borrow()[0].contains("listened"), "{told:?}");
        assert_eq!(told.borrow().len(), 1);
    }
}

/// The same when an entry further out suppresses them: once is enough.
#[test]
fn suppressed_in_a_stack_that_is_dropped() {
    let ((), lost) = lost::capture(|| {
        let stack = ExitStack::<Both>::with_verdict();
        stack.push(|_, outcome| Suppress::when(!outcome.is_success()));
        fails(&stack, "second");
        fails(&stack, "first");
    });
    let lost: Vec<_> = lost.iter().map(|lost| lost.error.as_str()).collect();
    assert_eq!(lost, ["first", "second"]);
}

/// In a block it is the stack that fails, and its listener that is told.
#[test]
fn of_a_block() {
    let mut told = vec![];
    let mut run = |fails: fn() -> Result<(), Refused>| {
        let stack = ExitStack::new();
        stack.callback(|| Err(Refused("full")));
        let stack = stack.on_lost(|lost| told.push(lost.to_string()));
        with! { stack as stack => {
            let sour = guard((), |(), _| Err::<(), _>(Refused("sour")));
            drop(stack.enter(sour.on_lost(|lost| panic!("{lost}"))));
            fails()
        } }
    };
    let (block, lost) = lost::capture(|| run(|| Err(Refused("body"))));
    assert_eq!(block.unwrap(), Err(Refused("body")));
    assert!(lost.is_empty(), "{lost:?}");
    assert!(told[0].contains("sour; then full"), "{told:?}");
}

/// The error that was to be answered, when an entry further out panics.
#[test]
fn before_a_panic() {
    let (ended, lost) = lost::capture(|| {
        std::panic::catch_unwind(|| {
            let stack = ExitStack::new();
            stack.callback(|| -> () { std::panic::resume_unwind(Box::new(())) });
            stack.callback(|| Err(Refused("second")));
            stack.callback(|| Err(Refused("first")));
            stack.close()
        })
    });
    assert!(ended.is_err());
    let lost: Vec<_> = lost.iter().map(|lost| lost.error.as_str()).collect();
    assert_eq!(lost, ["first", "second"]);
}

/// An error that cannot take in another one, in a stack that is dropped by a panic.
#[test]
fn that_panics_while_one_unwinds() {
    #[derive(Debug)]
    struct Bad;
    impl StackError for Bad {
        fn as_error(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
            panic!("as_error")
        }
        fn followed_by(self, _: Self) -> Self {
            panic!("followed_by")
        }
    }
    type Bads = Result<(), Bad>;
    let unwinds: [fn(); 3] = [
        || {
            let stack = ExitStack::<Bads>::with_verdict();
            stack.callback(|| Err(Bad));
            stack.callback(|| Err(Bad));
            panic!("body");
        },
        || {
            let stack = cm_runtime::AsyncExitStack::<Bads>::with_verdict();
            stack.callback_sync(|| Err(Bad));
            stack.callback_sync(|| Err(Bad));
            panic!("body");
        },
        || {
            let stack = ExitStack::<Bads>::with_verdict();
            stack.callback(|| -> () { panic!("body") });
            stack.callback(|| Err(Bad));
            let _ = stack.close();
        },
    ];
    for unwinds in unwinds {
        let (ended, _) = lost::capture(|| std::panic::catch_unwind(unwinds));
        assert_eq!(ended.unwrap_err().downcast_ref(), Some(&"body"));
    }
}

/// A stack with an error type of one's own.
#[test]
fn own_error() {
    #[derive(Debug, PartialEq)]
    struct Failures(Vec<&'static str>);
    impl From<Refused> for Failures {
        fn from(refused: Refused) -> Self {
            Self(vec![refused.0])
        }
    }
    impl StackError for Failures {
        fn as_error(&self) -> Option<&(dyn Error + Send + Sync + 'static)> {
            None
        }
        fn followed_by(mut self, mut later: Self) -> Self {
            self.0.append(&mut later.0);
            self
        }
    }
    let stack = ExitStack::<Result<(), Failures>>::with_verdict();
    stack.callback(|| Err(Refused("b")));
    stack.callback(|| Err(Failures(vec!["a"])));
    assert_eq!(stack.close(), Err(Failures(vec!["a", "b"])));
}
