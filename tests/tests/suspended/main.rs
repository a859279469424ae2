//! Sync managers in async functions: a future that is dropped while its body is suspended, panics
//! across awaits, and awaits that macros hide.

mod blocks;
mod hidden;
mod macros;
mod select;
mod streams;

/// What two managers log of a body that is cut.
const CANCELLED: [&str; 4] = [
    "enter a",
    "enter b",
    "exit b: Cancelled",
    "exit a: Cancelled",
];

/// What they log of a body that ends.
const ENDED: [&str; 4] = ["enter a", "enter b", "exit b: End", "exit a: End"];
