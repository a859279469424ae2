//! `in_span`.

use core::convert::Infallible;

use tracing::Span;

use crate::lends::Ref;
use crate::manager::ContextManager;
use crate::outcome::Outcome;

/// Enters a span of the `tracing` crate for the length of the block, which may await.
///
/// The guard of `Span::enter` must not be held across an await: while the function is suspended, the span would
/// stay entered on the thread, for whatever runs there. Here the block exits the span when one of its awaits
/// suspends the function, and enters it again when the function is resumed, as `Instrument` does.
///
/// For that the block has to see its awaits, and the manager has to be in the header of the block itself:
/// - In a macro that awaits (`select!`, `join!`) the span is not entered. A macro that hides an await needs
///   `=> async`.
/// - Under a manager of your own [around this one](crate::Manager#a-manager-around-another-one), and in an
///   [`ExitStack`](crate::ExitStack), the span stays entered while the block is suspended.
/// - A function with [`#[context_manager]`](macro@crate::context_manager) that enters the span around its yield exits
///   it there, so that the block is not in the span.
/// - In an [`AsyncExitStack`](crate::AsyncExitStack) neither the block nor the other exits are in the span.
///
/// If a subscriber panics while the function is being suspended, the panic comes out of that await when the function
/// is resumed.
///
/// ```
/// use cm_runtime::contextlib::in_span;
/// use cm_runtime::with;
///
/// async fn load(user: u32) -> String {
///     with! { in_span(tracing::info_span!("load", user)) => {
///         std::future::ready(()).await;
///         tracing::info!("loaded"); // in the span
///         format!("user {user}")
///     } }
/// }
/// # let _ = load(7);
/// ```
pub fn in_span(span: Span) -> InSpan {
    InSpan { span }
}

/// The manager that [`in_span`] makes; it can be used again, as `&mut manager`.
///
/// ```
/// use cm_runtime::contextlib::{InSpan, in_span};
/// let manager: InSpan = in_span(tracing::info_span!("load"));
/// # let _ = manager;
/// ```
#[derive(Debug)]
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct InSpan {
    span: Span,
}

impl ContextManager for InSpan {
    type Lends = Ref<Span>;
    type Exit = ();

    fn enter(&mut self) -> Result<&Span, Infallible> {
        enter(&self.span);
        Ok(&self.span)
    }

    fn exit(&mut self, _: Outcome<'_>) {
        exit(&self.span);
    }

    fn entered_span(&mut self) -> Option<&Span> {
        Some(&self.span)
    }
}

/// Without a guard, which could not be kept in a future that is `Send`.
pub(crate) fn enter(span: &Span) {
    span.with_subscriber(|(id, dispatch)| dispatch.enter(id));
}

pub(crate) fn exit(span: &Span) {
    span.with_subscriber(|(id, dispatch)| dispatch.exit(id));
}
