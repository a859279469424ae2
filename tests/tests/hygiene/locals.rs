//! Variables, labels, lifetimes and items of the names that generated code gives to its own.

use cm_runtime::{context_manager, with, within};

use super::Counter;

/// Each name is a variable around the block, is read and written in it, and is bound by it.
macro_rules! variables {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                fn run(text: &str) -> Result<u32, String> {
                    let mut $name = 5;
                    let mut counter = Counter::new(1);
                    for _ in 0..3 {
                        with! { &mut counter as number => {
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
                    with! { &mut counter as $name => {
                        *$name += text.parse::<u32>().map_err(|_| String::from("no number"))?;
                        let $name = *$name;
                        if $name == 3 {
                            return Ok($name);
                        }
                    } }?;
                    let tried = with! { Counter::new(0)? as zero, Counter::new($name)? as other => try {
                        text.parse::<u32>()? * *zero + *other - $name
                    } };
                    $name += tried.map_err(|_| String::from("no number"))?;
                    with! { Counter::new($name)? as other => { $name += *other; } }
                    with! { Counter::new($name)? as other => catch { $name += *other; } }
                    Ok($name)
                }
                assert_eq!(run("2"), Ok(3));
                assert_eq!(run("3"), Ok(32));
                assert!(run("x").is_err());

                #[context_manager(yields = &mut u32)]
                fn generator($name: u32, mut other: u32) {
                    other += $name;
                    with! { Counter::new(0) as zero => {
                        yield_!(&mut other);
                        other += *zero;
                    } }
                    .unwrap();
                    assert_eq!((other, $name), (4, 1));
                }
                #[within(generator($name, 2) as number)]
                fn decorated($name: u32) -> u32 {
                    *number += $name;
                    *number
                }
                assert_eq!(decorated(1), 4);
            }
        )*
    };
}

mod variables {
    use super::*;

    variables! {
        manager kind known scope value _value _v error residual slot watch turn out done left code
        payload future returned ended caught never block told passing is_around yields inner1 inner2
        stop1 stop2 stop3 jump1 jump2 argument0 argument1
    }
}

/// Labels around the block and in it.
macro_rules! labels {
    ($($name:ident $label:lifetime)*) => {
        $(
            #[test]
            #[allow(unused_labels)]
            fn $name() {
                fn run(until: u32) -> Result<u32, String> {
                    let mut counter = Counter::new(1);
                    let found = $label: loop {
                        loop {
                            with! { &mut counter as number => {
                                *number += 1;
                                if *number == until {
                                    break $label *number;
                                }
                                if *number == 3 {
                                    continue $label;
                                }
                                if *number == 9 {
                                    return Ok(0);
                                }
                            } }?;
                        }
                    };
                    Ok(found)
                }
                fn inside(leave: bool) -> Result<u32, String> {
                    with! { Counter::new(1)? as number => {
                        let found = $label: {
                            if leave {
                                break $label 1;
                            }
                            if *number == 2 {
                                return Ok(0);
                            }
                            2
                        };
                        Ok(found + *number)
                    } }
                }
                assert_eq!((run(2), run(3), run(4), run(90)), (Ok(2), Ok(3), Ok(4), Ok(0)));
                assert_eq!((inside(true), inside(false)), (Ok(2), Ok(3)));
            }
        )*
    };
}

mod labels {
    use super::*;

    labels! {
        body 'body  body2 'body2  body4 'body4  done 'done  done3 'done3  done5 'done5
        turned 'turned  turned4 'turned4  turned6 'turned6  flow 'flow  question1 'question1
        return1 'return1  return3 'return3  jump1 'jump1  jump2 'jump2  stop1 'stop1  end 'end
        caught 'caught  panic1 'panic1  lent 'lent
    }
}

/// Lifetimes of the names that the signature of a manager has.
mod lifetimes {
    use super::*;

    struct Holder<'lent>(&'lent str);

    impl<'lent> Holder<'lent> {
        #[context_manager(yields = &'lent str)]
        fn of_the_impl(&self) {
            yield_!(self.0);
        }

        /// The other name must be there to be seen.
        #[context_manager(yields = &str)]
        fn elided(self: &Holder<'lent>) {
            yield_!(self.0);
        }
    }

    #[context_manager(yields = (&'lent str, &str))]
    fn of_the_function<'lent, 'lent_, 'l>(a: &'lent str, b: &'lent_ str, c: &'l str) {
        let text = format!("{b}{c}");
        yield_!((a, &text));
    }

    #[context_manager(yields = &'a mut Vec<&'b T>)]
    fn generic<'a, 'b, T, L, F, X>(list: &'a mut Vec<&'b T>, more: &'b T, _l: (L, F, X)) {
        list.push(more);
        yield_!(&mut *list);
    }

    #[within(of_the_function(a, a, a) as (lent, text))]
    fn decorated<'lent>(a: &'lent str) -> &'lent str {
        assert_eq!(text.len(), 2 * lent.len());
        lent
    }

    #[test]
    fn lifetimes() {
        let text = String::from("a");
        let holder = Holder(&text);
        let outlives = with! { holder.of_the_impl() as text => { text } };
        assert_eq!(outlives, "a");
        assert_eq!(with! { holder.elided() as text => { text.len() } }, 1);
        assert_eq!(decorated("b"), "b");
        let (mut list, n) = (vec![], 1);
        with! { generic(&mut list, &n, (1, 2, 3)) as list => { assert_eq!(list, &[&1]); } }
        assert_eq!(list, [&1]);
    }
}

/// Type parameters and functions of such names.
mod items {
    use super::*;

    fn manager() -> u32 {
        1
    }
    fn kind() -> u32 {
        2
    }
    fn value() -> u32 {
        3
    }
    fn error() -> u32 {
        4
    }
    fn scope<Manager, Kind, Value, Error>() -> u32 {
        5
    }

    #[test]
    fn items() {
        fn run() -> Result<u32, String> {
            let n = with! { Counter::new(value()) as n => {
                if *n == 1 {
                    return Err("one".into());
                }
                *n + manager() + kind() + value() + error() + scope::<(), (), (), ()>()
            } }?;
            Ok(n + value())
        }
        assert_eq!(run(), Ok(21));
    }
}
