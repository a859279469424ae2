//! The same for async managers: variables, methods, and names of the prelude.

use super::{AsyncCounter, Counter, block_on};

/// Each name is a variable around the block, is read and written in it, and is bound by it.
macro_rules! variables {
    ($($name:ident)*) => {
        mod variables {
            use super::*;
            use cm_runtime::{context_manager, with, within};

            $(
                #[test]
                fn $name() {
                    async fn run(text: &str) -> Result<u32, String> {
                        let mut $name = 5;
                        let mut counter = AsyncCounter::new(1);
                        for _ in 0..3 {
                            with! { async &mut counter as number => {
                                async {}.await;
                                $name += *number;
                                if $name == 7 {
                                    continue;
                                }
                                if $name == 8 {
                                    break;
                                }
                            } }?;
                        }
                        assert_eq!($name, 8);
                        with! { async &mut counter as $name => {
                            *$name += text.parse::<u32>().map_err(|_| String::from("no number"))?;
                            async { *$name += 0 }.await;
                            if *$name == 3 {
                                return Ok(*$name);
                            }
                        } }?;
                        with!($name = async { AsyncCounter::new($name)? }, { *$name += 1; });
                        with! { async AsyncCounter::new($name)? as other, Counter::new(1) as n => {
                            $name += *other + *n;
                        } }?;
                        with! { async AsyncCounter::new($name)? as other => catch { $name += *other; } }
                        Ok($name)
                    }
                    assert_eq!(block_on(run("2")), Ok(3));
                    assert_eq!(block_on(run("3")), Ok(34));
                    assert!(block_on(run("x")).is_err());

                    #[context_manager(yields = &mut u32)]
                    async fn generator($name: u32, mut other: u32) {
                        other += $name;
                        with! { async AsyncCounter::new(0) as zero, Counter::new(0) => {
                            yield_!(&mut other);
                            other += *zero;
                        } }
                        .unwrap()
                        .unwrap();
                        async {}.await;
                        assert_eq!((other, $name), (4, 1));
                    }
                    #[within(async generator($name, 2) as number)]
                    async fn decorated($name: u32) -> u32 {
                        *number += $name;
                        *number
                    }
                    assert_eq!(block_on(decorated(1)), 4);
                }
            )*
        }
    };
}

variables! {
    manager kind known scope value _value _v error residual slot watch future turn out done left code
    payload returned ended caught never block told passing is_around yields inner1 inner2 jump1 jump2
    argument0 argument1
}

/// Traits for all types, with one kind of receiver; and code that uses the macros among them.
macro_rules! among {
    ($module:ident $receiver:tt: $($method:ident)*) => {
        mod $module {
            use super::{AsyncCounter, Counter, block_on};
            use cm_runtime::{Outcome, context_manager, with, within};

            trait Everywhere: Sized {
                $(
                    fn $method $receiver -> &'static str {
                        "the user's"
                    }
                )*
            }
            impl<T> Everywhere for T {}

            #[context_manager(yields = &mut u32)]
            async fn lends(mut number: u32) -> Result<(), String> {
                async {}.await;
                let outcome = yield_!(&mut number);
                if Outcome::is_success(&outcome) { Ok(()) } else { Err("exit".into()) }
            }

            #[within(async lends(n)? as number)]
            async fn decorated(n: u32, text: &str) -> Result<u32, String> {
                *number += text.parse::<u32>().map_err(|e| e.to_string())?;
                Ok(*number)
            }

            async fn leaves(text: &str, numbers: &[u32]) -> Result<u32, String> {
                let mut counter = AsyncCounter::new(1);
                for n in numbers {
                    with! { Counter::new(1)? as _one, async &mut counter as number => {
                        if *n == 0 {
                            continue;
                        }
                        if *n == 1 {
                            break;
                        }
                        if *n == 2 {
                            return Ok(*number);
                        }
                        async {}.await;
                        *number += text.parse::<u32>().map_err(|e| e.to_string())?;
                    } }?;
                }
                let tried = with! { async &mut counter as number => try {
                    *number + text.parse::<u32>()?
                } };
                let caught = with! { async &mut counter as number => catch { *number } };
                Ok(tried?.unwrap_or(50) + caught?)
            }

            #[test]
            fn methods() {
                assert_eq!(block_on(decorated(1, "2")), Ok(3));
                assert!(block_on(decorated(1, "x")).is_err());
                assert_eq!(block_on(leaves("2", &[0, 3, 3, 2])), Ok(5));
                assert_eq!(block_on(leaves("2", &[0, 3, 1, 3])), Ok(8));
                assert_eq!(block_on(leaves("x", &[])), Ok(51));
            }
        }
    };
}

macro_rules! each {
    ($($module:ident $receiver:tt)*) => {
        $(
            among! { $module $receiver:
                enter exit cancel cancelled lost poll lend drive_enter drive_exit drive_cancel
                drive_lost drive_replaces entering exiting exited failed over over_enter
                told_end told_return told_question told_jump told_caught told_end_of_inner
                over_exit into_future await_ manager build async_kind kind pinned building told unseen
                verdict start finish new as_mut get_mut scope watch outcome is_the_managers_own
                enter_macro leave_macro then
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

/// Names of the prelude and of crates mean something else.
mod shadowed {
    use super::{AsyncCounter, block_on};
    use ::cm_runtime::{context_manager, with, within};

    mod core {}
    mod std {}
    mod cm_runtime {}
    mod __private {}

    type Fine<T> = ::std::result::Result<T, ::std::string::String>;

    struct Result;
    struct Option;
    struct Pin;
    struct Context;
    struct Poll;
    struct AsyncGenerator;
    struct AsyncYielder;
    struct Handshake;
    struct AsyncScope;
    struct Watch;
    trait Future {}
    trait IntoFuture {}
    trait AsyncManager {}
    trait AsyncContextManager {}

    #[context_manager(yields = &mut u32)]
    async fn lends(mut number: u32) -> Fine<()> {
        async {}.await;
        with! { async AsyncCounter::new(1)? as one => {
            number += *one;
            yield_!(&mut number);
        } }
        Fine::Ok(())
    }

    #[within(async lends(n)? as number)]
    async fn decorated(n: u32) -> Fine<u32> {
        async {}.await;
        Fine::Ok(*number)
    }

    #[test]
    fn everywhere() {
        let both = async {
            let n = with! { async lends(1)? as number => { *number } };
            Fine::Ok(n + decorated(2).await?)
        };
        assert_eq!(block_on(both), Fine::Ok(5));
    }
}
