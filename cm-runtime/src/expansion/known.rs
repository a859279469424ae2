//! Whether the compiler knows the type of a manager.

use crate::__private::never::Never;

/// The type of the manager is known.
pub struct Known;

pub(crate) const KNOWN: Known = Known;

impl Known {
    /// Where enter has failed, and nothing goes on; never called.
    ///
    /// Of an `M` that is no manager, or is not declared, the compiler does not know what [`KnownOf`] it is. When it needs
    /// that for a method call, it reports why, and takes what the call gives for an error. So what the block's manager
    /// lends is one too, and not an open type, which the body could make one without a size (`&text` of it, where a
    /// `&str` is wanted): that would be one more error at each place that has the type.
    pub fn never(self) -> Never {
        let Self = self;
        unreachable!()
    }
}

/// [`Known`], if the compiler knows `M`, and no error is in its verdict `V`.
pub(crate) type KnownOf<M, V> = <M as With<V>>::Known;

/// Any two types.
pub trait With<V> {
    type Known;
}

impl<M, V> With<V> for M {
    type Known = Known;
}
