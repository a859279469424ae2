//! `nullcontext`.

use core::convert::Infallible;

use crate::lends::Mut;
use crate::manager::ContextManager;
use crate::outcome::Outcome;

/// Lends a value, and does nothing else: Python's `nullcontext(enter_result)`.
///
/// Use it where a manager is required and there is only a value. (Where there may be no manager at all, use
/// an `Option<M>`, which is a manager.) It can also hold the guard of a lock that is no manager, such as an
/// `RwLock`, to the end of the block: `nullcontext(lock.write().unwrap())`.
///
/// It is no async manager, as Python's is. Where one is required, write an `async fn` with
/// [`#[context_manager]`](macro@crate::context_manager) that lends the value and does nothing else.
///
/// ```
/// use cm_runtime::contextlib::{guard, nullcontext};
/// use cm_runtime::{ContextManager, Mut, with};
///
/// type Text = dyn ContextManager<Lends = Mut<String>, Exit = ()> + Unpin;
///
/// fn text(is_shown: bool) -> Box<Text> {
///     let text = String::from("text");
///     if is_shown {
///         Box::new(guard(text, |text, _| println!("{text}")))
///     } else {
///         Box::new(nullcontext(text))
///     }
/// }
/// let length = with! { text(false) as text => { text.push('s'); text.len() } };
/// assert_eq!(length, 5);
/// ```
pub fn nullcontext<T>(value: T) -> NullContext<T> {
    NullContext { value }
}

/// The manager that [`nullcontext`] makes; it can be used again, as `&mut manager`.
///
/// ```
/// use cm_runtime::contextlib::{NullContext, nullcontext};
/// use cm_runtime::with;
/// let mut manager: NullContext<u8> = nullcontext(7);
/// with! { &mut manager as n => { *n += 1; } }
/// with! { manager as n => { assert_eq!(*n, 8); } }
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct NullContext<T> {
    value: T,
}

impl<T> Unpin for NullContext<T> {}

impl<T> ContextManager for NullContext<T> {
    type Lends = Mut<T>;
    type Exit = ();

    #[inline]
    fn enter(&mut self) -> Result<&mut T, Infallible> {
        Ok(&mut self.value)
    }

    #[inline]
    fn exit(&mut self, _: Outcome<'_>) {}
}
