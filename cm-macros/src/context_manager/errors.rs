//! All that is wrong with one function.

use syn::{Error, Result};

#[derive(Default)]
pub(super) struct Errors(Option<Error>);

impl Errors {
    pub(super) fn add(&mut self, error: Error) {
        match &mut self.0 {
            Some(errors) => errors.combine(error),
            None => self.0 = Some(error),
        }
    }

    /// What there is of a result.
    pub(super) fn take<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.add(error)).ok()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Those that there are, in one.
    pub(super) fn into_error(self) -> Option<Error> {
        self.0
    }
}
