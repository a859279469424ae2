//! All that is wrong with one function.

use syn::Error;

#[derive(Default)]
pub(super) struct Errors {
    all: Option<Error>,
    spoil_the_body: bool,
    manager_is_unknown: bool,
    left_to_a_block: bool,
}

impl Errors {
    pub(super) fn add(&mut self, error: Error) {
        match &mut self.all {
            Some(errors) => errors.combine(error),
            None => self.all = Some(error),
        }
    }

    /// Adds an error because of which the compiler would find further errors in the body, for the same mistake.
    pub(super) fn add_spoiling(&mut self, error: Error) {
        self.spoil_the_body = true;
        self.add(error);
    }

    /// Adds an error because of which it is not known what is lent, or what the verdict is.
    pub(super) fn add_about_the_manager(&mut self, error: Error) {
        self.manager_is_unknown = true;
        self.add(error);
    }

    /// Notes that the yield is in a `with!` that cannot be read, which reports that itself.
    pub(super) fn leave_to_the_block(&mut self) {
        self.left_to_a_block = true;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_none()
    }

    /// Whether something is wrong, whoever reports it.
    pub(super) fn are_there(&self) -> bool {
        self.left_to_a_block || !self.is_empty()
    }

    /// Whether one of them was spoiling: then the compiler must not see the body.
    pub(super) fn spoil_the_body(&self) -> bool {
        self.spoil_the_body
    }

    /// Whether because of one of them it is not known what is lent, or what the verdict is.
    pub(super) fn manager_is_unknown(&self) -> bool {
        self.manager_is_unknown
    }

    /// Those that there are, in one.
    pub(super) fn into_error(self) -> Option<Error> {
        self.all
    }
}
