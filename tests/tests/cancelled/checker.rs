//! What holds for every run of every program, however it was cut.
//!
//! Every manager whose enter began ends once: refused by its own enter, exited, or cancelled, an exit
//! that was dropped half-way being followed by its cancel; those further in end first; none is left;
//! and what an end is told is what happened.

use std::collections::BTreeMap;

use crate::trace::{Event, Id, Kind, Told};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Entering,
    Entered,
    Exiting,
    /// Its own enter or exit has panicked: a frame is still to be dropped.
    Panicked,
}

#[derive(Clone, Copy)]
struct Live {
    strand: usize,
    kind: Kind,
    inside: bool,
    state: State,
}

/// A branch: those that run beside each other have an order only among themselves.
#[derive(Default)]
struct Strand {
    /// The branch it was forked from, and how many managers were entered there.
    parent: Option<(usize, usize)>,
    stack: Vec<Id>,
}

#[derive(Default)]
struct Checker {
    live: BTreeMap<Id, Live>,
    strands: BTreeMap<usize, Strand>,
    catches: bool,
    is_cut: bool,
    /// The branch that has panicked.
    panicked: Option<usize>,
    finished: bool,
}

/// What is wrong with a run.
pub(crate) fn check(events: &[Event]) -> Result<(), String> {
    let mut run = Checker::default();
    run.strands.entry(0).or_default();
    for (at, event) in events.iter().enumerate() {
        run.event(*event)
            .map_err(|wrong| format!("event {at}, {event:?}: {wrong}"))?;
    }
    if let Some(id) = run.live.keys().next() {
        return Err(format!("{id} was entered and got neither exit nor cancel"));
    }
    let ended = usize::from(run.finished)
        + usize::from(run.is_cut)
        + usize::from(run.panicked.is_some() && !run.catches);
    if ended > 1 || (ended == 0 && run.panicked.is_none()) {
        return Err("a run finishes, panics or is cut".into());
    }
    Ok(())
}

impl Checker {
    fn event(&mut self, event: Event) -> Result<(), String> {
        match event {
            Event::Forked { parent, strand } => {
                let depth = self.strands[&parent].stack.len();
                let parent = Some((parent, depth));
                let stack = Vec::new();
                self.strands.insert(strand, Strand { parent, stack });
            }
            Event::Entering {
                id,
                strand,
                kind,
                inside,
            } => {
                self.goes_on()?;
                let state = State::Entering;
                let live = Live {
                    strand,
                    kind,
                    inside,
                    state,
                };
                self.live.insert(id, live);
                self.strands.entry(strand).or_default().stack.push(id);
            }
            Event::Entered(id) => {
                self.goes_on()?;
                self.turns(id, State::Entering, State::Entered)?;
            }
            Event::Refused(id) => {
                self.goes_on()?;
                self.ends(id, &[State::Entering])?;
            }
            Event::Exiting(id, told) => {
                self.is_innermost(id)?;
                self.told(id, told)?;
                self.turns(id, State::Entered, State::Exiting)?;
            }
            Event::Exited(id) => self.ends(id, &[State::Exiting])?,
            Event::Cancel(id, told) => {
                let state = self.get(id)?.state;
                if state != State::Entered && told != Told::Cancelled {
                    return Err("an enter or exit is cut, and told that".into());
                }
                if matches!(told, Told::Succeeded | Told::Failed) {
                    return Err("that is no reason for a cancel".into());
                }
                self.told(id, told)?;
                self.ends(id, &[State::Entering, State::Entered, State::Exiting])?;
            }
            Event::Dropped(id) => {
                self.ends(id, &[State::Entering, State::Exiting, State::Panicked])?;
            }
            Event::Did(_) | Event::Finished => {
                self.goes_on()?;
                self.finished |= event == Event::Finished;
            }
            Event::Catches => self.catches = true,
            Event::Cut => self.is_cut = true,
            Event::Panics { at, strand } => {
                self.panicked = Some(strand);
                if let Some(id) = at {
                    self.own_panic(id)?;
                }
            }
        }
        Ok(())
    }

    fn get(&mut self, id: Id) -> Result<&mut Live, String> {
        let live = self.live.get_mut(&id);
        live.ok_or_else(|| "it is not entered, or not any more".into())
    }

    /// Nothing begins after the end.
    fn goes_on(&self) -> Result<(), String> {
        if self.is_cut || (self.panicked.is_some() && !self.catches) {
            return Err("the run is over".into());
        }
        Ok(())
    }

    fn turns(&mut self, id: Id, from: State, to: State) -> Result<(), String> {
        let live = self.get(id)?;
        if live.state != from {
            return Err(format!("it is {:?}", live.state));
        }
        live.state = to;
        Ok(())
    }

    fn own_panic(&mut self, id: Id) -> Result<(), String> {
        let live = self.get(id)?;
        if !matches!(live.state, State::Entering | State::Exiting) {
            return Err(format!("it is {:?}", live.state));
        }
        live.state = State::Panicked;
        if live.kind == Kind::Frame {
            return Ok(());
        }
        self.ends(id, &[State::Panicked])
    }

    fn ends(&mut self, id: Id, from: &[State]) -> Result<(), String> {
        self.is_innermost(id)?;
        let Live { strand, state, .. } = *self.get(id)?;
        if !from.contains(&state) {
            return Err(format!("it is {state:?}"));
        }
        self.live.remove(&id);
        let strand = self.strands.get_mut(&strand);
        strand.expect("it was entered there").stack.pop();
        Ok(())
    }

    /// What was entered further in has ended, also in branches. When the code of a generator begins
    /// to exit, what it has entered itself is still there.
    fn is_innermost(&mut self, id: Id) -> Result<(), String> {
        let Live {
            strand,
            kind,
            state,
            ..
        } = *self.get(id)?;
        let keeps_its_own = kind == Kind::Frame && state == State::Entered;
        let stack = &self.strands[&strand].stack;
        let at = stack.iter().rposition(|other| *other == id);
        let depth = at.expect("it is entered there") + 1;
        let is_in_the_way = |id: &&Id| !(keeps_its_own && self.live[id].inside);
        if let Some(other) = stack[depth..].iter().find(is_in_the_way) {
            return Err(format!("{other} is further in"));
        }
        for (name, branch) in &self.strands {
            if !branch.stack.is_empty() && self.is_further_in(*name, strand, depth) {
                return Err(format!("{:?} is further in", branch.stack));
            }
        }
        Ok(())
    }

    fn is_further_in(&self, mut strand: usize, of: usize, depth: usize) -> bool {
        while let Some((parent, entered)) = self.strands[&strand].parent {
            if parent == of {
                return entered >= depth;
            }
            strand = parent;
        }
        false
    }

    /// Whether that is what happened. Code of generators makes outcomes of its own.
    fn told(&mut self, id: Id, told: Told) -> Result<(), String> {
        let Live { strand, inside, .. } = *self.get(id)?;
        if inside {
            return Ok(());
        }
        let is_right = if self.is_cut {
            told == Told::Cancelled
        } else {
            match self.panicked {
                Some(_) if self.catches => true,
                Some(of) if of == strand || self.is_further_in(of, strand, 0) => {
                    told == Told::Panicked
                }
                Some(_) => told == Told::Cancelled,
                // A branch can be dropped by the one that it runs in.
                None => told != Told::Panicked && (told != Told::Cancelled || strand != 0),
            }
        };
        if is_right {
            return Ok(());
        }
        Err("that is not what happened".into())
    }
}

#[test]
fn the_checker_sees_mistakes() {
    let entering = |id| Event::Entering {
        id,
        strand: 0,
        kind: Kind::Async,
        inside: false,
    };
    let two = [
        entering(1),
        Event::Entered(1),
        entering(2),
        Event::Entered(2),
        Event::Cut,
    ];
    let ends = |ends: &[Event]| check(&[&two, ends].concat());
    let cancel = |id| Event::Cancel(id, Told::Cancelled);
    assert_eq!(ends(&[cancel(2), cancel(1)]), Ok(()));
    assert!(ends(&[cancel(1), cancel(2)]).is_err(), "the wrong order");
    assert!(ends(&[cancel(2)]).is_err(), "one is missing");
    assert!(ends(&[cancel(2), cancel(2), cancel(1)]).is_err(), "twice");
    assert!(ends(&[cancel(3), cancel(2), cancel(1)]).is_err(), "a stray");
    let exited = [Event::Exiting(2, Told::Cancelled), Event::Exited(2)];
    let both = [exited[0], exited[1], cancel(2), cancel(1)];
    assert!(ends(&both).is_err(), "exit and cancel");
    let untrue = Event::Cancel(2, Told::Panicked);
    assert!(ends(&[untrue, cancel(1)]).is_err(), "a wrong outcome");
    assert!(ends(&[Event::Did("more"), cancel(2), cancel(1)]).is_err());
    assert!(check(&[entering(1), Event::Refused(1), Event::Finished, cancel(1)]).is_err());
    assert!(check(&[cancel(1), Event::Finished]).is_err(), "not entered");
}
