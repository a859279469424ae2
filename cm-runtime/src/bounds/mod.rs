//! Traits that [`with!`](crate::with!), `#[within]`, outcomes and some managers ask of what they are given.
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
//! | `outcome.is::<E>()` | of the outcome's view, [`KnowsTypes`] |
//! | `guard(value, closure)` and its kin | what the closure returns [`Release`] |
//! | `transaction(begun, commit, rollback)` | what rolling back returns [`RolledBack`] |
//! | `aclosing(value, closure)`, `atransaction(..)` | what the closures return [`AwaitedAtExit`] |
//! | `suppress::<E>()` | the type of the error [`Suppressible`] |
//! | `#[within(X)]`, on a function that returns nothing | what it ends with [`WithoutValue`] |

mod awaited;
mod header;
mod question;
mod release;
mod suppress;
mod transaction;
mod within;

pub use self::awaited::{Await, AwaitedAtExit};
pub use self::header::{Enter, EnterAsync, TryEnter, TryEnterAsync};
pub use self::question::{Stop, Try};
pub use self::release::Release;
pub use self::suppress::Suppressible;
pub use self::transaction::RolledBack;
pub use self::within::WithoutValue;
pub use crate::outcome::KnowsTypes;
