//! What a manager lends to the body: a family of types, one for each lifetime.

/// One member of a family of lent types: what is lent for the lifetime `'a`.
///
/// A family is a type that implements `Lend<'a>` for every `'a`. [`Owned`], [`Ref`] and [`Mut`]
/// cover most managers; a guard with a lifetime is spelled as a trait object type of this trait,
/// or as a type of one's own:
///
/// ```
/// use std::sync::MutexGuard;
/// use cm_runtime::{Lend, Lent};
///
/// type Guarded<T> = dyn for<'a> Lend<'a, Value = MutexGuard<'a, T>>;
///
/// struct Pair<T>(T);
/// impl<'a, T: 'a> Lend<'a> for Pair<T> {
///     type Value = (&'a T, &'a T);
/// }
///
/// fn first<'a, T>(lent: Lent<'a, Pair<T>>) -> &'a T {
///     lent.0
/// }
/// assert_eq!(*first::<u8>((&1, &2)), 1);
/// # fn named(_: Option<&Guarded<u8>>) {}
/// # named(None);
/// ```
///
/// The bound `T: 'a` above has a price. A manager can lend a `Pair<T>` only for a `T: 'static`; and if that has a
/// lifetime in it, as `&'static str` has, a future in which an `AsyncExitStack` enters such a manager cannot be
/// spawned. `dyn for<'a> Lend<'a, Value = (&'a T, &'a T)>` has neither of these limits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a family of lent types",
    label = "not a family",
    note = "`Lends` names a family: `Owned<T>` for a manager that lends a value, `Ref<T>` or `Mut<T>` for one that lends a reference"
)]
pub trait Lend<'a> {
    /// What the body gets.
    type Value;
}

/// A whole family of lent types: [`Lend<'a>`] for every `'a`. Never implemented by hand.
///
/// ```
/// fn family<L: ?Sized + cm_runtime::Lends>() {}
/// family::<cm_runtime::Owned<String>>();
/// family::<cm_runtime::Mut<[u8]>>();
/// ```
pub trait Lends: for<'a> Lend<'a> {}

impl<L: ?Sized + for<'a> Lend<'a>> Lends for L {}

/// The value that the family `L` lends for the lifetime `'a`.
///
/// ```
/// use cm_runtime::{Lent, Mut};
/// fn push(lent: Lent<'_, Mut<Vec<u8>>>) {
///     lent.push(1);
/// }
/// let mut bytes = Vec::new();
/// push(&mut bytes);
/// assert_eq!(bytes, [1]);
/// ```
pub type Lent<'a, L> = <L as Lend<'a>>::Value;

/// The family of managers that hand out a value with no borrow in it; `Owned<()>` lends nothing.
///
/// ```
/// use cm_runtime::{Lent, Owned};
/// let lent: Lent<'_, Owned<u8>> = 7;
/// assert_eq!(lent, 7);
/// ```
pub type Owned<T> = dyn for<'a> Lend<'a, Value = T>;

/// The family of managers that lend a `&T`.
///
/// ```
/// use cm_runtime::{Lent, Ref};
/// let lent: Lent<'_, Ref<str>> = "seven";
/// assert_eq!(lent.len(), 5);
/// ```
pub type Ref<T> = dyn for<'a> Lend<'a, Value = &'a T>;

/// The family of managers that lend a `&mut T`.
///
/// ```
/// use cm_runtime::{Lent, Mut};
/// let mut seven = 6;
/// let lent: Lent<'_, Mut<u8>> = &mut seven;
/// *lent += 1;
/// assert_eq!(seven, 7);
/// ```
pub type Mut<T> = dyn for<'a> Lend<'a, Value = &'a mut T>;
