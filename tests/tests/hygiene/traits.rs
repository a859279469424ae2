//! Traits for all types have methods of the names that generated code calls.

/// Traits for all types, with one kind of receiver; and code that uses the macros among them.
macro_rules! among {
    ($module:ident $receiver:tt: $($method:ident)*) => {
        mod $module {
            use crate::{Counter, block_on};
            use cm_runtime::{Outcome, Suppress, context_manager, with, within};

            trait Everywhere: Sized {
                $(
                    fn $method $receiver -> &'static str {
                        "the user's"
                    }
                )*
            }
            impl<T> Everywhere for T {}

            #[context_manager(yields = &mut u32)]
            fn lends(mut number: u32) -> Result<(), String> {
                let outcome = yield_!(&mut number);
                if Outcome::is_success(&outcome) { Ok(()) } else { Err("exit".into()) }
            }

            #[context_manager]
            fn suppresses() -> Suppress {
                Suppress::when(!Outcome::is_success(&yield_!()))
            }

            #[within(lends(n)? as number)]
            fn decorated(n: u32, text: &str) -> Result<u32, String> {
                *number += text.parse::<u32>().map_err(|e| e.to_string())?;
                Ok(*number)
            }

            fn leaves(text: &str, numbers: &[u32]) -> Result<u32, String> {
                let mut counter = Counter::new(1);
                for n in numbers {
                    with! { &mut counter as number, suppresses() => {
                        if *n == 0 {
                            continue;
                        }
                        if *n == 1 {
                            break;
                        }
                        if *n == 2 {
                            return Ok(*number);
                        }
                        *number += text.parse::<u32>().map_err(|e| e.to_string())?;
                    } }?;
                }
                let tried = with! { &mut counter as number => try { *number + text.parse::<u32>()? } };
                let caught = with! { &mut counter as number => catch {
                    if *number == 100 {
                        return Err(format!("{}", text.parse::<u32>().map_err(|e| e.to_string())?));
                    }
                    *number
                } };
                Ok(tried?.unwrap_or(50) + caught?)
            }

            async fn later(text: &str) -> Result<u32, String> {
                let mut counter = Counter::new(1);
                with! { &mut counter as number => {
                    async {}.await;
                    *number += text.parse::<u32>().map_err(|e| e.to_string())?;
                    Ok(*number)
                } }?
            }

            #[test]
            fn methods() {
                assert_eq!(decorated(1, "2"), Ok(3));
                assert!(decorated(1, "x").is_err());
                assert_eq!(leaves("2", &[0, 3, 3, 2]), Ok(5));
                assert_eq!(leaves("2", &[0, 3, 1, 3]), Ok(8));
                assert_eq!(leaves("x", &[3]), Ok(51));
                assert_eq!(block_on(later("2")), Ok(3));
                assert!(block_on(later("x")).is_err());
            }
        }
    };
}

macro_rules! each {
    ($($module:ident $receiver:tt)*) => {
        $(
            among! { $module $receiver:
                enter exit lost poll lend branch drive_enter drive_exit drive_lost manager build
                kind end put value failed turn block block_type body_type raise open open_block
                open_suppressed here location same get stop over into_future from_residual as_mut
                as_ref deref deref_mut new verdict start finish exit_with exit_question exit_caught
                exit_end exit_return exit_jump exit_end_of_inner try_enter resume
                enter_macro leave_macro classify is_success run drive pinned building ended lent
                told report scope unseen watch take map_or then
            }
        )*
    };
}

each! {
    by_reference(&self)
    by_mutable_reference(&mut self)
    by_value(self)
    by_pin(self: std::pin::Pin<&mut Self>)
    without_a_receiver()
}

/// The library's own traits give a user's verdict type no method of a name that the user may have.
mod beside_a_verdict {
    use cm_runtime::{Suppress, Verdict};

    trait Asked {
        fn answer(self) -> &'static str;
    }

    impl<V: Verdict> Asked for V {
        fn answer(self) -> &'static str {
            "the user's"
        }
    }

    #[test]
    fn methods() {
        assert_eq!(Suppress::Yes.answer(), "the user's");
        assert_eq!(Ok::<(), String>(()).answer(), "the user's");
    }
}
