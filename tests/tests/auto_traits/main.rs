//! Which public types, and which futures of blocks, are `Send`, `Sync`, `Unpin`, `UnwindSafe` and
//! `RefUnwindSafe`, and which are not. A change here is a breaking one, or unsound.

#[macro_use]
mod table;
mod futures;
mod types;
