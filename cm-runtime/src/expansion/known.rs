//! Whether the compiler knows the type of a manager.

use crate::__private::never::Never;

/// The type of the manager is known.
pub struct Known;

impl Known {
    /// Where enter has failed, and nothing goes on; never called.
    ///
    /// It keeps a mistake in the header from being reported again in the body.
    ///
    /// If `M` is no manager, or is not declared, the compiler cannot find out the type [`KnownOf`], which a scope's `known`
    /// returns. It needs that type for this method call. So it reports the mistake here, and from then on silently accepts everything about what
    /// the call returns, and so about the value that the block's manager lends. Without the call the type of that value
    /// would be open, and a use of it in the body could fix it to a type without a size (`&text`, where a `&str` is
    /// wanted). Then there would be one more error at each place that has this type.
    pub fn never(self) -> Never {
        let Self = self;
        unreachable!()
    }
}

/// The type [`Known`]. But the compiler finds that out only where it knows `M` and its verdict `V`.
pub(crate) type KnownOf<M, V> = <M as IfKnown<V>>::Known;

/// Every type implements it, with every `V`.
pub trait IfKnown<V> {
    type Known;
}

impl<M, V> IfKnown<V> for M {
    type Known = Known;
}
