//! What [`with!`](crate::with!) asks of what is written in it.
//!
//! These traits are neither called nor implemented by hand: they are here since the compiler names
//! them, when something is written in a header or a body that does not fit.
//!
//! | in | it has to be |
//! |---|---|
//! | `with! { X => .. }` | [`Enter`] |
//! | `with! { X? => .. }` | [`TryEnter`] |
//! | `with! { async X => .. }` | [`EnterAsync`] |
//! | `with! { async X? => .. }` | [`TryEnterAsync`] |
//! | `X.await` in a body | [`Await`] |
//! | `X?` in a body | [`Try`] |
//! | `X?` in a body after `=> try` | [`Try`], and what leaves [`Stop`] |

mod awaited;
mod header;
mod question;

pub use self::awaited::Await;
pub use self::header::{Enter, EnterAsync, TryEnter, TryEnterAsync};
pub use self::question::{Stop, Try};
