//! The differences that stay, each with its reason.

use crate::lints::Warning;
use crate::spellings::Kind;

/// A difference that stays.
pub(crate) struct Accepted {
    /// The kind, or the first of its folders, and maybe one spelling.
    pub(crate) place: &'static str,
    /// Whether the lint fires with the macro only, or without it only.
    pub(crate) what: What,
    pub(crate) lint: &'static str,
    /// Space between them; or any.
    pub(crate) snippets: &'static str,
    pub(crate) reason: &'static str,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum What {
    More,
    Less,
}
use What::{Less, More};

const LEAVES: &str = "a leave is a jump to a label: clippy cannot know that it was a `return`";
const COMMENTS: &str = "a macro gets each line of a comment as an attribute of its own";
const CONST: &str = "entering a manager is not const";
const CAPTURED: &str = "the body captures, as a closure does";
const ENTERS: &str = "what stands for entering is a statement of the plain block";
const DIVERGES: &str = "it is the block as a whole that what follows is unreachable behind";
const NO_RESULT: &str = "the function returns a manager; what enter and exit return is documented";

#[rustfmt::skip]
pub(crate) const ACCEPTED: &[Accepted] = &[
    accepted("with", Less, "clippy::needless_return", "needless_return needless_return_unit", LEAVES),
    accepted("with", Less, "clippy::needless_continue", "needless_continue", LEAVES),
    accepted("with", Less, "clippy::question_mark", "question_mark question_mark_of_result", LEAVES),
    accepted("with", Less, "clippy::needless_question_mark", "needless_question_mark question_mark_of_result", LEAVES),
    accepted("with", Less, "clippy::try_err", "try_err", LEAVES),
    accepted("with", Less, "clippy::unused_io_amount", "amount_of_io", LEAVES),
    accepted("with", Less, "clippy::if_same_then_else", "identical_blocks",
        "each `?` jumps to a label of its own"),
    accepted("with", More, "clippy::if_then_some_else_none", "some_or_none_with_a_question", LEAVES),
    accepted("with call", More, "clippy::semicolon_if_nothing_returned", "any",
        "a macro call in parentheses has a semicolon behind it, as other calls do"),
    accepted("with", More, "clippy::infinite_loop", "left_loop_in_a_loop", LEAVES),
    accepted("with", Less, "clippy::missing_const_for_fn", "any", CONST),
    accepted("with", More, "clippy::mut_from_ref", "mutable_from_a_reference",
        "std's `pin!`, which the manager is entered in, is unsafe code"),
    accepted("with", More, "clippy::mutable_key_type", "mutable_key",
        "the macro has a variable of the type; the function's own one is reported as well"),
    accepted("with", Less, "unused_doc_comments", "documented_statement", COMMENTS),
    accepted("with", More, "unused_doc_comments", "documented_statement", COMMENTS),
    accepted("with", Less, "clippy::let_and_return", "let_and_return_of_the_block",
        "the block is a macro's"),
    accepted("with", Less, "unused_braces", "body_of_one_expression", "the braces are the body's"),
    accepted("with", Less, "clippy::non_minimal_cfg", "configured_leaves",
        "clippy looks before macros are expanded"),
    accepted("with", Less, "unreachable_code", "unreachable_behind_a_block_that_panics",
        "exit stands behind a body that panics"),
    accepted("with", Less, "unreachable_code", "unreachable_behind_the_block", DIVERGES),
    accepted("with", More, "unreachable_code",
        "unreachable_behind_the_block unreachable_behind_a_block_that_panics", DIVERGES),
    // The same warning at another line.
    accepted("with", More, "unused_must_use", "unused_must_use_value",
        "what is unused is the block's value, not the body's: an exit can change it"),
    accepted("with", Less, "unused_must_use", "unused_must_use_value", "it is at the block"),
    accepted("with", Less, "clippy::unnecessary_operation", "unused_must_use_value",
        "the block is a macro's"),

    accepted("with catch", Less, "unused_assignments", "any", CAPTURED),
    accepted("with catch", Less, "arithmetic_overflow", "overflow_and_comparisons", CAPTURED),
    accepted("with catch", Less, "clippy::infinite_loop", "infinite_loop", CAPTURED),
    accepted("with catch", Less, "clippy::never_loop", "never_loop unused_labels bare_leaves_as_operands", CAPTURED),

    accepted("with_async", Less, "clippy::items_after_statements", "dead_code unused_imports", ENTERS),

    accepted("manager", Less, "unused_results", "any", "an outcome may go unused"),
    accepted("manager", Less, "clippy::missing_errors_doc", "any", NO_RESULT),
    accepted("manager", Less, "clippy::question_mark", "question_mark",
        "clippy does not look for it in a future"),
    accepted("manager", Less, "clippy::needless_question_mark", "question_mark",
        "clippy does not look for it in an arm"),
    accepted("manager", Less, "clippy::needless_pass_by_value", "by_value_arguments private_types",
        "a generator owns its arguments"),
    accepted("manager", Less, "clippy::ptr_arg", "by_value_arguments",
        "the arguments are captured, not used"),
    // The call of the manager is not that of the function.
    accepted("manager", More, "let_underscore_drop", "deprecated_itself", NO_RESULT),
    accepted("manager", More, "clippy::let_underscore_must_use", "deprecated_itself", NO_RESULT),
    accepted("manager", Less, "clippy::ignored_unit_patterns", "deprecated_itself", NO_RESULT),
    accepted("manager", Less, "clippy::let_unit_value", "deprecated_itself", NO_RESULT),
    accepted("manager", Less, "unit_bindings", "deprecated_itself", NO_RESULT),
    // A manager must be used anyway; at another line, since the return type is the macro's.
    accepted("manager", More, "clippy::double_must_use", "missing_docs_and_must_use", NO_RESULT),
    accepted("manager", Less, "clippy::double_must_use", "missing_docs_and_must_use", NO_RESULT),
    accepted("manager_async", Less, "clippy::let_underscore_future", "deprecated_itself", NO_RESULT),
    accepted("manager_async", Less, "clippy::future_not_send",
        "await_holding_lock await_holding_refcell_ref lock_held cell_held",
        "a manager is no future; the one of its block is reported"),
    accepted("manager_async", Less, "async_fn_in_trait", "in_a_trait", NO_RESULT),

    accepted("within_async", Less, "clippy::items_after_statements", "dead_code", ENTERS),
    accepted("within", Less, "clippy::needless_return",
        "needless_return needless_return_unit async_with_awaits", LEAVES),
    accepted("within", Less, "clippy::question_mark", "question_mark", LEAVES),
    accepted("within", Less, "clippy::needless_question_mark", "question_mark", LEAVES),
    accepted("within", Less, "clippy::missing_const_for_fn", "any", CONST),
    accepted("within", Less, "clippy::unnecessary_wraps", "unwrapped_result", "the block is a macro's"),
    accepted("within", Less, "unconditional_recursion", "unconditional_recursion",
        "enter can panic, and does not have to come back"),
];

const fn accepted(
    place: &'static str,
    what: What,
    lint: &'static str,
    snippets: &'static str,
    reason: &'static str,
) -> Accepted {
    Accepted {
        place,
        what,
        lint,
        snippets,
        reason,
    }
}

impl Accepted {
    pub(crate) fn covers(
        &self,
        kind: &Kind,
        spelling: &str,
        what: What,
        warning: &Warning,
    ) -> bool {
        let (snippet, _, lint) = warning;
        let mut place = self.place.split(' ');
        let is_kind = |place| place == kind.name || place == kind.folders[0];
        place.next().is_some_and(is_kind)
            && place.next().is_none_or(|only| only == spelling)
            && self.what == what
            && self.lint == lint
            && (self.snippets == "any" || self.snippets.split(' ').any(|one| one == snippet))
    }
}
