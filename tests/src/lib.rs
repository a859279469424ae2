//! What the tests share: managers that write down what happens to them.

pub mod managers;
