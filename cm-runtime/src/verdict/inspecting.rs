//! `Inspecting`: a verdict whose manager can ask for the type of errors.

use super::{Verdict, wrapper};
use crate::outcome::Typed;

/// The verdict of a manager that asks for the type of the body's error although it cannot
/// suppress it: exit returns `Inspecting(verdict)` and is told an
/// [`Outcome<'_, Typed>`](crate::Outcome).
///
/// That restricts the bodies: their errors must be `'static`, as for [`Any`](core::any::Any).
///
/// ```
/// use std::{convert::Infallible, io};
/// use cm_runtime::{ContextManager, Inspecting, Outcome, Owned, Typed, with};
///
/// struct CountTimeouts<'a>(&'a mut u32);
///
/// impl ContextManager for CountTimeouts<'_> {
///     type Lends = Owned<()>;
///     type Exit = Inspecting<()>;
///     fn enter(&mut self) -> Result<(), Infallible> {
///         Ok(())
///     }
///     fn exit(&mut self, outcome: Outcome<'_, Typed>) -> Inspecting<()> {
///         let error = outcome.downcast_ref::<io::Error>();
///         if error.is_some_and(|e| e.kind() == io::ErrorKind::TimedOut) {
///             *self.0 += 1;
///         }
///         Inspecting(())
///     }
/// }
///
/// let mut timeouts = 0;
/// let answer = with! { CountTimeouts(&mut timeouts) => {
///     Err::<u8, _>(io::Error::from(io::ErrorKind::TimedOut))
/// } };
/// assert!(answer.is_err());
/// assert_eq!(timeouts, 1);
/// ```
#[must_use = "the verdict of `exit` counts only when it is returned"]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Inspecting<V>(pub V);

wrapper! {
    impl[V: Verdict] Inspecting<V> as V {
        type Error = V::Error;
        type View = Typed;
    }
}
