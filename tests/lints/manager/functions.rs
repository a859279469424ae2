//# unused_variables
#[manager()]
pub fn f() {
    let x = work();
    let _y = work();
    yield_!();
    let z = work();
}

//# unused_outcome
#[manager()]
pub fn f() {
    let outcome = yield_!();
}

//# unused_argument
#[manager()]
pub fn f(used: u32, unused: u32, _ignored: u32, _: u32) {
    done(used);
    yield_!();
}

//# underscored_argument_used
#[manager()]
pub fn f(_x: u32) {
    done(_x);
    yield_!();
}

//# unused_mut_argument
#[manager()]
pub fn f(mut x: u32, mut y: u32) {
    y += 1;
    yield_!();
    done(x + y);
}

//# pattern_arguments
#[manager()]
pub fn f((a, b): (u32, u32), [c, _]: [u32; 2], mut d: u32) {
    done(a);
    yield_!();
}

//# unused_mut
#[manager()]
pub fn f() {
    let mut x = work();
    let mut y = work();
    y += 1;
    yield_!();
    y += 1;
    done(x + y);
}

//# unused_assignments
#[manager()]
pub fn f() {
    let mut x = work();
    x = 2;
    yield_!();
    x = 3;
    done(x);
    x = 4;
}

//# unused_must_use
#[manager()]
pub fn f(x: &str) {
    x.parse::<u32>();
    must_use();
    yield_!();
    must_use();
}

//# unreachable_behind_return
#[manager()]
pub fn f(x: u32) -> Result<(), String> {
    if x == 1 {
        return Err(String::new());
        done(1);
    }
    yield_!();
    return Ok(());
    done(2);
}

//# needless_return
#[manager()]
pub fn f() -> Result<(), String> {
    yield_!();
    return Ok(());
}

//# needless_return_unit
#[manager()]
pub fn f() {
    yield_!();
    return;
}

//# let_and_return
#[manager()]
pub fn f() -> Result<(), String> {
    yield_!();
    let x = fails();
    x
}

//# question_mark
#[manager()]
pub fn f(x: Result<u32, String>) -> Result<(), String> {
    let x = match x {
        Ok(x) => x,
        Err(e) => return Err(e),
    };
    yield_!();
    done(x);
    Ok(fails()?)
}

//# semicolon_if_nothing_returned
#[manager()]
pub fn f() {
    yield_!();
    done(1)
}

//# yield_without_a_semicolon
#[manager()]
pub fn f() {
    if work() == 1 {
        done(1)
    }
    yield_!();
}

//# dead_code
#[manager()]
pub fn f() {
    fn never_called() {}
    const NEVER: u32 = 1;
    yield_!();
}

//# dead_function
#[manager()]
fn f() {
    yield_!();
}

//# unused_labels_and_loops
#[manager()]
pub fn f(x: &[u32]) {
    'outer: for n in x {
        done(n);
    }
    yield_!();
    loop {
        break;
    }
    for n in x {
        done(n);
        return;
    }
}

//# unused_parens_and_braces
#[manager()]
pub fn f(x: u32) {
    let y = (x + 1);
    if (y > 1) {
        done({ y });
    }
    yield_!();
}

//# path_statements_and_semicolons
#[manager()]
pub fn f(x: u32) {
    x;
    x + 1;
    yield_!();;
    let _z = x + 2;
}

//# deprecated
#[manager()]
pub fn f() {
    old();
    yield_!();
    done(old());
}

//# deprecated_itself
#[deprecated]
#[manager()]
pub fn f() {
    yield_!();
}

pub fn g() {
    let _ = f();
}

//# non_snake_case
#[manager()]
pub fn camelCase(someArgument: u32) {
    let someLocal = someArgument;
    yield_!();
    done(someLocal);
}

//# one_expression
#[manager()]
pub fn f(x: bool) { if x { yield_!(); } else { done(1) } }

//# one_block
#[manager()]
pub fn f(x: bool) { { yield_!(); done(x) } }

//# lock_held
#[manager(yields = &mut u32)]
pub fn f(x: &std::sync::Mutex<u32>) {
    if let Ok(mut guard) = x.lock() {
        let outcome = yield_!(&mut guard);
        done(outcome);
        done(*guard);
    }
}

//# cell_held
#[manager(yields = &mut u32)]
pub fn f(x: &std::cell::RefCell<u32>) {
    let mut borrowed = x.borrow_mut();
    let outcome = yield_!(&mut borrowed);
    done(outcome);
    done(*borrowed);
}

//# with_around_the_yield
pub mod imported {
    use cm_runtime::with;
    #[allow(unused_imports)]
    use {cm_runtime::context_manager, crate::support::*};

    #[manager()]
    pub fn f(x: u32) {
        with! { number() as y => {
            yield_!();
            done(x + y);
        } }
    }
}

//# with_around_the_yield_by_a_macro
macro_rules! make {
    ($name:ident) => {
        #[manager()]
        pub fn $name(x: u32) {
            with! { number() as y => {
                yield_!();
                done(x + y);
            } }
            cm_runtime::with! { number() as y => { done(y); } }
        }
    };
}
make!(f);
