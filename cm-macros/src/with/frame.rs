//! The blocks that are being written, and the leaves that were found in each.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::{Attribute, Lifetime};

use super::place::Place;

/// One manager's block while its body is rewritten.
#[derive(Default)]
pub(super) struct Frame {
    pub(super) leaves: Vec<Found>,
    /// How many loops of the body are around the place that is being rewritten.
    pub(super) loops: usize,
    /// The labels of the body around that place.
    pub(super) labels: Vec<Ident>,
    /// Where a `?` goes in a `=> try` body.
    pub(super) stop: Option<Stop>,
    /// The body can be suspended.
    pub(super) awaits: bool,
    /// The first `.await` that the body shows.
    pub(super) first_await: Option<Span>,
    /// A foreign macro in the body may hide a leave.
    pub(super) hides: bool,
    /// Foreign macros in the body may await.
    pub(super) is_async: bool,
    /// The block is around the yield of a generator: see [`With::passing`](super::model::With::passing).
    pub(super) passing: Option<Ident>,
    pub(super) position: Position,
    /// As in [`Block`](super::block::Block).
    pub(super) inner: Option<Ident>,
    /// As in [`Block`](super::block::Block).
    pub(super) outer: Option<Ident>,
}

/// Where a manager's block stands in the body of the block around it, if there is one.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Position {
    #[default]
    Anywhere,
    /// At the end of that body.
    AtEnd,
    /// It is all of that body: the block around it is that of the manager before this one in the same header.
    FurtherIn,
}

#[derive(Clone)]
pub(super) struct Stop {
    pub(super) label: Lifetime,
    pub(super) pin: Ident,
}

/// A leave of a body: where it jumps to, and what happens there after exit.
pub(super) struct Found {
    pub(super) label: Lifetime,
    pub(super) leave: Leave,
    /// The `#[cfg(..)]` around it, or around the first of several that are one leave: configured away, nothing may jump to
    /// the label.
    pub(super) cfgs: Vec<Attribute>,
}

pub(super) enum Leave {
    /// A `?`, each with a label of its own, since each can have a type of its own.
    Question(Place),
    /// A `return` with a value. All of a body are one leave.
    Return(Place),
    /// A leave out of a macro call that is captured, with what the function returns: a `?`, or one that the macro
    /// hides. All of a body are one leave.
    OfMacro(Place),
    /// A `return` without one.
    BareReturn(Span),
    Jump(Jump),
    /// The panic that a `=> catch` caught.
    Panic,
}

/// A `break` or `continue` out of the body.
#[derive(Clone)]
pub(super) struct Jump {
    pub(super) kind: JumpKind,
    pub(super) target: Option<Lifetime>,
    pub(super) place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum JumpKind {
    Break,
    BreakWithValue,
    Continue,
}

impl Jump {
    pub(super) fn new(kind: JumpKind, target: Option<&Lifetime>, place: Place) -> Self {
        Self {
            kind,
            target: target.cloned(),
            place,
        }
    }

    /// Whether the two do the same, wherever they stand: then they share a label.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        (self.kind, &self.target) == (other.kind, &other.target)
    }

    /// The jump as the user wrote it. If it has a value, that is what `get` makes of `value`.
    ///
    /// Its span, from the keyword to the parenthesis, is the user's own. So if the compiler refuses the jump, it is one
    /// error, however often it is generated; and the compiler does not propose a label among generated code.
    pub(super) fn written(&self, get: &TokenStream, value: &Ident) -> TokenStream {
        let Place {
            mark: span,
            operand: (_, end),
        } = self.place;
        let target = &self.target;
        match self.kind {
            JumpKind::Break => quote_spanned!(span=> break #target),
            JumpKind::BreakWithValue => {
                let value = quote_spanned!(end=> (#value));
                quote_spanned!(span=> break #target #get #value)
            }
            JumpKind::Continue => quote_spanned!(span=> continue #target),
        }
    }
}

impl Found {
    /// Whether it leaves with what the function returns.
    pub(super) fn returns(&self) -> bool {
        matches!(self.leave, Leave::Return(_) | Leave::OfMacro(_))
    }

    /// Whether it does that, and may be configured away.
    pub(super) fn is_configured_return(&self) -> bool {
        self.returns() && !self.cfgs.is_empty()
    }
}

impl Frame {
    /// Whether a jump from here stays inside the body.
    pub(super) fn keeps(&self, target: Option<&Lifetime>) -> bool {
        match target {
            Some(target) => self.labels.contains(&target.ident),
            None => self.loops > 0,
        }
    }

    pub(super) fn find(&self, wanted: impl Fn(&Leave) -> bool) -> Option<&Found> {
        self.leaves.iter().find(|found| wanted(&found.leave))
    }
}
