//! Where the yield can stand: once, and where it runs once.

use cm_runtime::{context_manager, with};

#[context_manager]
fn none() {}

#[context_manager(yields = u8)]
fn none_with_a_value() {}

#[context_manager]
fn two() {
    yield_!();
    yield_!();
}

#[context_manager(yields = u8)]
fn one_in_each_branch(condition: bool) {
    if condition {
        yield_!(1);
    } else {
        yield_!(2);
    }
}

#[context_manager]
fn in_a_loop() {
    for _ in 0..3 {
        yield_!();
    }
}

#[context_manager]
fn in_the_condition_of_a_loop() {
    while yield_!().is_success() {}
}

#[context_manager]
fn in_a_guard(pair: (u8, u8)) {
    match pair {
        (n, _) | (_, n) if { yield_!().is_success() && n == 2 } => {}
        _ => {}
    }
}

#[context_manager]
fn in_a_closure() {
    let f = || yield_!();
    f();
}

#[context_manager]
fn in_a_nested_function() {
    fn nested() {
        yield_!();
    }
    nested();
}

#[context_manager]
fn in_an_async_block() {
    let _ = async { yield_!() };
}

#[context_manager]
fn in_the_arguments_of_a_macro() {
    println!("{:?}", yield_!());
}

#[context_manager]
fn in_a_macro_of_its_own() {
    macro_rules! again {
        () => {
            yield_!()
        };
    }
    again!();
}

#[context_manager]
fn in_a_loop_inside_a_block() {
    let mutex = std::sync::Mutex::new(0);
    with! { &mutex => {
        loop {
            yield_!();
        }
    } }
}

#[context_manager(yields = u8)]
fn in_another_yield() {
    yield_!(u8::from(yield_!(1).is_success()));
}

#[context_manager]
fn awaits() {
    std::future::ready(()).await;
    yield_!();
}

fn main() {}
