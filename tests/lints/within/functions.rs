//# unused_variables
#[within(number() as x)]
pub fn f(used: u32, unused: u32) {
    let y = work();
    done(used + x);
}

//# unused_mut
#[within(number())]
pub fn f(mut x: u32, mut y: u32) -> u32 {
    let mut z = work();
    y += 1;
    x + y + z
}

//# needless_return
#[within(number())]
pub fn f(x: u32) -> u32 {
    if x == 1 {
        return 2;
    }
    return 3;
}

//# needless_return_unit
#[within(number())]
pub fn f(x: u32) {
    done(x);
    return;
}

//# let_and_return
#[within(number())]
pub fn f() -> u32 {
    let x = work();
    x
}

//# semicolon_if_nothing_returned
#[within(number())]
pub fn f(x: u32) {
    if x == 1 {
        done(1)
    }
    done(2)
}

//# unreachable_code
#[within(number())]
pub fn f(x: u32) -> u32 {
    if x == 1 {
        return 2;
        done(1);
    }
    panic!("no");
    done(2);
    3
}

//# ends_the_process
#[within(number())]
pub fn f(x: i32) {
    std::process::exit(x)
}

//# unused_must_use
#[within(number())]
pub fn f(x: &str) {
    x.parse::<u32>();
    must_use();
}

//# must_use_result_of_a_call
#[within(number())]
#[must_use]
pub fn f(x: u32) -> u32 {
    x
}

pub fn g() {
    f(1);
}

//# question_mark
#[within(number())]
pub fn f(x: Option<u32>) -> Option<u32> {
    let y = match x {
        Some(y) => y,
        None => return None,
    };
    done(y);
    Some(x?)
}

//# unwrapped_result
#[within(number())]
fn f(x: u32) -> Result<u32, String> {
    done(x);
    Ok(1)
}

pub fn g() {
    let _ = f(1);
}

//# dead_code
#[within(number())]
fn f() {
    fn never_called() {}
}

//# unused_labels_and_parens
#[within(number())]
pub fn f(x: &[u32]) -> u32 {
    'outer: for n in x {
        if (*n == 1) {
            return (*n);
        }
    }
    (1)
}

//# never_loop
#[within(number())]
pub fn f(x: &[u32]) -> u32 {
    for n in x {
        return *n;
    }
    1
}

//# by_value_arguments
#[within(number())]
pub fn f(a: String, b: &Vec<u32>, c: &mut u32) -> usize {
    done(&c);
    a.len() + b.len()
}

//# lifetimes
#[within(number())]
pub fn f<'a>(x: &'a u32) -> &'a u32 {
    x
}

//# const_and_must_use_candidates
#[within(number())]
pub fn f(x: u32) -> u32 {
    x + 1
}

//# doc_comments
/// Has no section on errors or panics.
#[within(number())]
pub fn f(x: Option<u32>) -> Result<u32, String> {
    Ok(x.unwrap())
}

//# unused_async
#[within(number())]
pub async fn f(x: u32) -> u32 {
    x + 1
}

//# async_with_awaits
#[within(number())]
pub async fn f(x: u32) -> u32 {
    let unused = later().await;
    if x == 1 {
        return later().await;
    }
    return later().await;
}

//# unused_self
pub struct S {
    n: u32,
}

impl S {
    #[within(number())]
    pub fn no_self(&self) {
        done(1);
    }

    #[within(number())]
    pub fn by_ref(&self) -> u32 {
        let unused = 1;
        self.n
    }

    #[within(number())]
    pub fn by_mut(&mut self) -> u32 {
        self.n
    }
}

//# names_of_generated_code
#[within(number())]
pub fn f(kind: u32, manager: u32, scope: u32) -> u32 {
    let error = 1;
    kind
}

//# shadowing
#[within(number() as _)]
pub fn f(x: u32) -> u32 {
    let x = x + 1;
    x
}

//# unconditional_recursion
#[within(number())]
pub fn f(x: u32) -> u32 {
    f(x + 1)
}

//# recursion
#[within(number())]
pub fn f(x: u32, unused: u32) -> u32 {
    if x == 0 { 1 } else { f(x - 1, unused) }
}

//# too_many_lines_is_not_counted
#[within(number())]
pub fn f(x: u32) {
    match x {
        1 => done(1),
        2 => done(2),
        _ => {}
    }
    if x > 1 {
        if x > 2 {
            done(3);
        }
    }
}

//# idiomatic
#[within(number() as base)]
pub fn f(x: &[&str]) -> Result<u32, std::num::ParseIntError> {
    let mut sum = base;
    for text in x {
        if text.is_empty() {
            continue;
        }
        sum += text.parse::<u32>()?;
    }
    Ok(sum)
}

//# unit_written
#[within(number())]
pub fn f(x: u32) -> () {
    done(x);
}

//# with_inside
pub mod imported {
    use cm_runtime::with;
    #[allow(unused_imports)]
    use {cm_runtime::within, crate::support::*};

    #[within(number())]
    pub fn f(x: u32) -> u32 {
        with! { number() as y => {
            #![allow(unused_variables)]
            let unused = 1;
            done(y);
            x + y
        } }
    }
}

//# block_at_the_end
#[within(number())]
pub fn f(mut x: u32) {
    x += 1;
    with! { number() as y => {
        done(x + y);
    } }
}
