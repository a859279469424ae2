//! `replace`: another value, for the length of a block.

use core::cell::Cell;
use core::convert::Infallible;
use core::marker::PhantomData;
use std::thread::LocalKey;

use super::global::OfThisThread;
use crate::lends::{Mut, Owned};
use crate::manager::ContextManager;
use crate::outcome::Outcome;

/// Replaces a value for the length of the block, and puts the old one back, as Python's
/// `decimal.localcontext` and `mock.patch` do.
///
/// The block gets a `&mut` to the place of the value.
///
/// ```
/// use cm_runtime::contextlib::replace;
/// use cm_runtime::with;
/// let mut precision = 42;
/// with! { replace(&mut precision, 28) as precision => { assert_eq!(*precision, 28); } }
/// assert_eq!(precision, 42);
/// ```
pub fn replace<T>(place: &mut T, value: T) -> Replace<'_, T> {
    Replace {
        place,
        other: value,
    }
}

/// The manager that [`replace`] makes.
///
/// ```
/// use cm_runtime::contextlib::{Replace, replace};
/// let mut n = 1;
/// let manager: Replace<'_, u8> = replace(&mut n, 2);
/// # let _ = manager;
/// ```
#[derive(Debug)]
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct Replace<'p, T> {
    place: &'p mut T,
    other: T,
}

impl<T> Unpin for Replace<'_, T> {}

impl<T> ContextManager for Replace<'_, T> {
    type Lends = Mut<T>;
    type Exit = ();

    #[inline]
    fn enter(&mut self) -> Result<&mut T, Infallible> {
        core::mem::swap(self.place, &mut self.other);
        Ok(self.place)
    }

    #[inline]
    fn exit(&mut self, _: Outcome<'_>) {
        core::mem::swap(self.place, &mut self.other);
    }
}

/// As [`replace`], for a [`Cell`], which others can read meanwhile.
///
/// ```
/// use std::cell::Cell;
/// use cm_runtime::contextlib::replace_cell;
/// use cm_runtime::with;
/// let depth = Cell::new(0);
/// let inside = || depth.get();
/// assert_eq!(with! { replace_cell(&depth, 1) => { inside() } }, 1);
/// assert_eq!(inside(), 0);
/// ```
pub fn replace_cell<T>(cell: &Cell<T>, value: T) -> ReplaceCell<'_, T> {
    ReplaceCell {
        cell,
        other: Some(value),
    }
}

/// The manager that [`replace_cell`] makes.
///
/// ```
/// use std::cell::Cell;
/// use cm_runtime::contextlib::{ReplaceCell, replace_cell};
/// let cell = Cell::new(1);
/// let manager: ReplaceCell<'_, u8> = replace_cell(&cell, 2);
/// # let _ = manager;
/// ```
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct ReplaceCell<'c, T> {
    cell: &'c Cell<T>,
    other: Option<T>,
}

impl<T> Unpin for ReplaceCell<'_, T> {}

impl<T: core::fmt::Debug> core::fmt::Debug for ReplaceCell<'_, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("ReplaceCell").field(&self.other).finish()
    }
}

impl<T> ReplaceCell<'_, T> {
    #[inline]
    fn swap(&mut self) {
        self.other = self.other.take().map(|other| self.cell.replace(other));
    }
}

impl<T> ContextManager for ReplaceCell<'_, T> {
    type Lends = Owned<()>;
    type Exit = ();

    #[inline]
    fn enter(&mut self) -> Result<(), Infallible> {
        self.swap();
        Ok(())
    }

    #[inline]
    fn exit(&mut self, _: Outcome<'_>) {
        self.swap();
    }
}

/// As [`replace`], for a thread-local `Cell`: a setting that holds for everything that the block calls on this
/// thread.
///
/// The manager is not [`Send`], since it would put the old value into the cell of another thread; nor
/// should its block await, as what else runs on this thread meanwhile would see the setting.
///
/// ```
/// use std::cell::Cell;
/// use cm_runtime::contextlib::replace_local;
/// use cm_runtime::with;
/// thread_local! {
///     static DIGITS: Cell<usize> = const { Cell::new(28) };
/// }
/// fn third() -> String {
///     format!("{:.*}", DIGITS.get(), 1.0 / 3.0)
/// }
/// assert_eq!(with! { replace_local(&DIGITS, 2) => { third() } }, "0.33");
/// assert_eq!(DIGITS.get(), 28);
/// ```
pub fn replace_local<T: 'static>(key: &'static LocalKey<Cell<T>>, value: T) -> ReplaceLocal<T> {
    ReplaceLocal {
        key,
        other: Some(value),
        thread: PhantomData,
    }
}

/// The manager that [`replace_local`] makes.
///
/// ```
/// use std::cell::Cell;
/// use cm_runtime::contextlib::{ReplaceLocal, replace_local};
/// thread_local!(static N: Cell<u8> = const { Cell::new(1) });
/// let manager: ReplaceLocal<u8> = replace_local(&N, 2);
/// # let _ = manager;
/// ```
#[derive(Debug)]
#[must_use = "a manager does nothing until it is entered: `with! { manager => { .. } }`"]
pub struct ReplaceLocal<T: 'static> {
    key: &'static LocalKey<Cell<T>>,
    other: Option<T>,
    thread: OfThisThread,
}

impl<T> Unpin for ReplaceLocal<T> {}

impl<T> ReplaceLocal<T> {
    fn swap(&mut self) {
        self.other = self.other.take().map(|other| self.key.replace(other));
    }
}

impl<T> ContextManager for ReplaceLocal<T> {
    type Lends = Owned<()>;
    type Exit = ();

    fn enter(&mut self) -> Result<(), Infallible> {
        self.swap();
        Ok(())
    }

    fn exit(&mut self, _: Outcome<'_>) {
        self.swap();
    }
}
