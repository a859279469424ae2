//! What exit is told in a block whose body ends with another block.
//!
//! Those are the blocks of all managers of a header but the last, and blocks whose body ends with a `with!`. An `Err`
//! as the value of the innermost body is a failure to all of them, as an exception is in Python. But an inner manager
//! that can fail or suppress wraps that value in the value of its block: in a `Some(Err(..))`, which by itself is a
//! success. So the managers further out look for the value inside.

use core::marker::PhantomData;

use crate::__private::kind::{Kind, Pinned, pinned};
use crate::__private::told::Ending;
use crate::outcome::{Leave, Outcome};
use crate::verdict::Verdict;

/// A body that ends with a block under a manager with the verdict `V`, over a body of type `T` that ends as `R` says. `K`
/// are the open types of the questions about the block's value: see [`classify`](super::classify).
pub struct EndsWith<V, T, K, R>(PhantomData<(V, T, K, R)>);

/// A body that ends with a value of its own.
pub struct Innermost<K>(PhantomData<K>);

#[inline]
pub fn innermost<K>(_: K) -> Pinned<Innermost<K>> {
    pinned()
}

/// Tells the compiler of which kind the block is that the first argument stands for, and how its body ends.
#[inline]
pub fn ends_with<V, B, T, R, K>(
    _: Pinned<EndsWith<V, T, K, R>>,
    _: Kind<V, B, T>,
    _: Pinned<R>,
    _: K,
) {
}

/// The same for a block under a `?` in the header.
#[inline]
pub fn ends_with_open<V: Verdict, B, T, R, K>(
    _: Pinned<EndsWith<V::Unfailing, T, K, R>>,
    _: Kind<V, B, T>,
    _: Pinned<R>,
    _: K,
) {
}

/// How a body ends whose value is a `T`.
pub trait EndsAs<'e, V: Verdict, T: ?Sized> {
    /// A failure if an `Err` is in the value.
    fn told<'a>(value: &'a T, leave: Leave) -> Outcome<'a, V::View>
    where
        'e: 'a,
        Self: 'a;
}

impl<'e, V, T: ?Sized, K3, K4, K5> EndsAs<'e, V, T> for Innermost<(K3, K4, K5)>
where
    V: Verdict,
    T: Ending<'e, V, K3, K4, K5>,
{
    #[inline]
    fn told<'a>(value: &'a T, leave: Leave) -> Outcome<'a, V::View>
    where
        'e: 'a,
        Self: 'a,
    {
        value.told(leave)
    }
}

impl<'e, V, W, T, R, K3, K4, K5> EndsAs<'e, V, W::Block<T>> for EndsWith<W, T, (K3, K4, K5), R>
where
    V: Verdict,
    W: Verdict,
    W::Block<T>: Ending<'e, V, K3, K4, K5>,
    R: EndsAs<'e, V, T>,
{
    #[inline]
    fn told<'a>(value: &'a W::Block<T>, leave: Leave) -> Outcome<'a, V::View>
    where
        'e: 'a,
        Self: 'a,
    {
        // A block without the value of its body has failed, or was suppressed.
        match W::body(value) {
            Some(body) => R::told(body, leave),
            None => value.told(leave),
        }
    }
}
