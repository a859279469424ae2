//! Managers that write to a trace: with an impl and as generators, sync and async.

use std::convert::Infallible;

use cm_runtime::{
    AsyncContextManager, AsyncGenerator, ContextManager, LostError, Mut, Outcome, Owned, Suppress,
    Typed, context_manager,
};
use cm_tests::managers::Refused;

use crate::trace::{Event, Id, Kind, Told, Trace};

/// An async manager that lends a number, and fails where it is told to.
pub(crate) struct Class {
    trace: Trace,
    id: Id,
    refuses: Refuses,
    number: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refuses {
    Nothing,
    Enter,
    Exit,
}

impl Refuses {
    fn at(self, here: Self) -> Result<(), Refused> {
        if self == here {
            return Err(Refused("scripted"));
        }
        Ok(())
    }
}

impl Trace {
    pub(crate) fn class(&self) -> Class {
        self.refusing(Refuses::Nothing)
    }

    pub(crate) fn refusing(&self, refuses: Refuses) -> Class {
        Class {
            trace: self.clone(),
            id: 0,
            refuses,
            number: 1,
        }
    }

    pub(crate) fn sync(&self) -> Sync {
        self.sync_refusing(Refuses::Nothing)
    }

    pub(crate) fn sync_refusing(&self, refuses: Refuses) -> Sync {
        Sync {
            trace: self.clone(),
            id: 0,
            refuses,
            number: 1,
        }
    }

    pub(crate) fn generated(&self) -> AsyncGenerator<Mut<u32>, impl Future<Output = Exit>> {
        generated(self, Refuses::Nothing)
    }

    pub(crate) fn suppressing(&self) -> Suppressing {
        Suppressing {
            trace: self.clone(),
            id: 0,
        }
    }
}

pub(crate) type Exit = Result<(), Refused>;

impl AsyncContextManager for Class {
    type Lends = Mut<u32>;
    type Exit = Exit;

    async fn enter(&mut self) -> Result<&mut u32, Refused> {
        self.id = self.trace.entering(Kind::Async);
        self.trace.pause_in(self.id).await;
        if let Err(refused) = self.refuses.at(Refuses::Enter) {
            self.trace.note(Event::Refused(self.id));
            return Err(refused);
        }
        self.trace.note(Event::Entered(self.id));
        Ok(&mut self.number)
    }

    async fn exit(&mut self, outcome: Outcome<'_>) -> Exit {
        self.trace.note(Event::Exiting(self.id, Told::of(outcome)));
        self.trace.pause_in(self.id).await;
        self.trace.note(Event::Exited(self.id));
        self.refuses.at(Refuses::Exit)
    }

    fn cancel(&mut self, outcome: Outcome<'_>) {
        self.trace.note(Event::Cancel(self.id, Told::of(outcome)));
    }

    /// Errors are part of the programs, and not worth a line each.
    fn lost(&mut self, _: &LostError<'_>) {}
}

/// Its sync twin.
pub(crate) struct Sync {
    trace: Trace,
    id: Id,
    refuses: Refuses,
    number: u32,
}

impl ContextManager for Sync {
    type Lends = Mut<u32>;
    type Exit = Exit;

    fn enter(&mut self) -> Result<&mut u32, Refused> {
        self.id = self.trace.entering(Kind::Sync);
        if let Err(refused) = self.refuses.at(Refuses::Enter) {
            self.trace.note(Event::Refused(self.id));
            return Err(refused);
        }
        self.trace.note(Event::Entered(self.id));
        Ok(&mut self.number)
    }

    fn exit(&mut self, outcome: Outcome<'_>) -> Exit {
        self.trace.note(Event::Exiting(self.id, Told::of(outcome)));
        self.trace.note(Event::Exited(self.id));
        self.refuses.at(Refuses::Exit)
    }

    fn lost(&mut self, _: &LostError<'_>) {}
}

/// Suppresses every failure, and every panic that is caught; sync and async.
pub(crate) struct Suppressing {
    trace: Trace,
    id: Id,
}

impl AsyncContextManager for Suppressing {
    type Lends = Owned<()>;
    type Exit = Suppress;

    async fn enter(&mut self) -> Result<(), Infallible> {
        self.id = self.trace.entering(Kind::Async);
        self.trace.pause_in(self.id).await;
        self.trace.note(Event::Entered(self.id));
        Ok(())
    }

    async fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Suppress {
        self.trace.note(Event::Exiting(self.id, Told::of(outcome)));
        self.trace.pause_in(self.id).await;
        self.trace.note(Event::Exited(self.id));
        Suppress::Yes
    }

    fn cancel(&mut self, outcome: Outcome<'_, Typed>) {
        self.trace.note(Event::Cancel(self.id, Told::of(outcome)));
    }
}

impl ContextManager for Suppressing {
    type Lends = Owned<()>;
    type Exit = Suppress;

    fn enter(&mut self) -> Result<(), Infallible> {
        self.id = self.trace.entering(Kind::Sync);
        self.trace.note(Event::Entered(self.id));
        Ok(())
    }

    fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Suppress {
        self.trace.note(Event::Exiting(self.id, Told::of(outcome)));
        self.trace.note(Event::Exited(self.id));
        Suppress::Yes
    }
}

/// What a generator writes down; its drop is that of the generator's frame.
pub(crate) struct Frame {
    trace: Trace,
    id: Id,
    has_ended: bool,
}

impl Frame {
    pub(crate) fn entering(trace: &Trace) -> Self {
        Self {
            trace: trace.clone(),
            id: trace.entering(Kind::Frame),
            has_ended: false,
        }
    }

    pub(crate) fn entered(&self) {
        self.trace.note(Event::Entered(self.id));
    }

    pub(crate) fn exiting(&self, told: Told) {
        self.trace.note(Event::Exiting(self.id, told));
    }

    pub(crate) fn exited(mut self) {
        self.has_ended = true;
        self.trace.note(Event::Exited(self.id));
    }

    fn refused(mut self) {
        self.has_ended = true;
        self.trace.note(Event::Refused(self.id));
    }

    pub(crate) async fn pause(&self) {
        self.trace.pause_in(self.id).await;
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        if !self.has_ended {
            self.trace.note(Event::Dropped(self.id));
        }
    }
}

#[context_manager(yields = &mut u32)]
pub(crate) async fn generated(trace: &Trace, refuses: Refuses) -> Exit {
    let frame = Frame::entering(trace);
    frame.pause().await;
    if let Err(refused) = refuses.at(Refuses::Enter) {
        frame.refused();
        return Err(refused);
    }
    let mut number = 1;
    frame.entered();
    let outcome = yield_!(&mut number);
    frame.exiting(Told::of(outcome));
    frame.pause().await;
    frame.exited();
    refuses.at(Refuses::Exit)
}

#[context_manager(yields = &mut u32)]
pub(crate) fn sync_generated(trace: &Trace) -> Exit {
    let frame = Frame::entering(trace);
    let mut number = 1;
    frame.entered();
    let outcome = yield_!(&mut number);
    frame.exiting(Told::of(outcome));
    frame.exited();
    Ok(())
}
