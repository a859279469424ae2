//# by_value_arguments
#[manager()]
pub fn f(a: String, b: &Vec<u32>, c: &String, d: Box<u32>, e: &mut u32) {
    done(a.len() + b.len() + c.len());
    yield_!();
    done(&d);
    done(&e);
}

//# many_arguments
#[manager()]
pub fn f(a: u32, b: u32, c: u32, d: u32, e: u32, f: u32, g: u32, h: u32) {
    done(a + b + c + d + e + f + g + h);
    yield_!();
}

//# lifetimes
#[manager()]
pub fn f<'a>(x: &'a u32) {
    done(x);
    yield_!();
}

//# unused_generics_bounds
#[manager()]
pub fn f<T: Copy>(x: T)
where
    T: Into<u32>,
{
    done(x.into());
    yield_!();
}

//# shadowing
#[manager(yields = u32)]
pub fn f(x: u32) {
    let x = x + 1;
    let x = x;
    yield_!(x);
}

//# bool_style_and_matches
#[manager()]
pub fn f(x: bool, y: Option<u32>) {
    if x == true {
        done(1);
    }
    yield_!();
    match y {
        Some(n) => done(n),
        None => {}
    }
}

//# allowed_on_the_function
#[allow(unused_variables)]
#[expect(clippy::let_unit_value)]
#[manager()]
pub fn f(y: u32) {
    let x = done(1);
    yield_!();
}

//# lends_a_local
#[manager(yields = &mut Vec<u32>)]
pub fn f(len: usize) -> Result<(), String> {
    let mut list = vec![0; len];
    let unused = 1;
    let outcome = yield_!(&mut list);
    if outcome.is_success() {
        fails()?;
    }
    Ok(())
}

//# idiomatic
#[manager(yields = &str)]
pub fn f(name: &str, log: &mut Vec<String>) -> Result<(), String> {
    if name.is_empty() {
        return Err(String::from("no name"));
    }
    let name = name.to_uppercase();
    log.push(format!("enter {name}"));
    let outcome = yield_!(&name);
    log.push(format!("exit {name}"));
    if outcome.is_success() { fails() } else { Ok(()) }
}

//# methods
pub struct S {
    n: u32,
}

impl S {
    #[manager(yields = &u32)]
    pub fn by_ref(&self, unused: u32) {
        yield_!(&self.n);
    }

    #[manager(yields = &mut u32)]
    pub fn by_mut(&mut self) {
        let n = &mut self.n;
        yield_!(&mut *n);
        done(self.n);
    }

    #[manager()]
    pub fn no_self(&self) {
        yield_!();
    }

    #[manager(yields = u32)]
    pub fn into_inner(self) {
        yield_!(self.n);
    }
}

//# in_a_trait
pub trait T {
    #[manager()]
    fn default_method(&self, unused: u32) {
        let x = 1;
        yield_!();
    }
}

//# private_types
struct Hidden;

#[manager()]
pub fn f(x: Hidden) {
    yield_!();
    let Hidden = x;
}

//# yield_in_an_if
#[manager()]
pub fn f(x: bool) {
    if x == true {
        done(1);
    }
    let outcome = { yield_!() };
    if !outcome.is_success() {
        done(1);
    } else {
        done(2);
    }
}

//# names_of_generated_code
#[manager()]
pub fn f(yielder: u32, value: u32, argument0: u32) {
    yield_!();
    done(yielder);
}

//# missing_docs_and_must_use
#[manager()]
#[must_use]
pub fn f() -> Result<(), String> {
    yield_!();
    Ok(())
}

//# panics
#[manager()]
pub fn f(x: Option<u32>) {
    done(x.unwrap());
    yield_!();
    assert!(x.is_some());
}

//# items_after_statements
#[manager()]
pub fn f() {
    yield_!();
    fn helper() {}
    helper();
}
