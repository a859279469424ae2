//# mismatched_value
pub fn f() -> u32 {
    /*with*/ {
        "one"
    } /*end*/
}

//# mismatched_let
pub fn f() {
    /*with x*/ {
        let y: String = x;
        done(y);
    } /*end*/
}

//# mismatched_argument
pub fn f() {
    /*with x*/ {
        takes_text(x);
    } /*end*/
}
fn takes_text(_: &str) {}

//# mismatched_return
pub fn f(b: bool) -> u32 {
    /*with x*/ {
        if b {
            return "early";
        }
        x
    } /*end*/
}

//# mismatched_branches
pub fn f(b: bool) {
    /*with x*/ {
        let y = if b { x } else { "no" };
        done(y);
    } /*end*/
}

//# missing_ok
pub fn f() -> Result<u32, String> {
    /*with x*/ {
        fails()?;
        x
    } /*end*/
}

//# ok_too_much
pub fn f() -> u32 {
    /*with x*/ {
        Ok(x)
    } /*end*/
}

//# missing_value
pub fn f() -> u32 {
    /*with x*/ {
        done(x);
    } /*end*/
}

//# semicolon_too_much
pub fn f() -> u32 {
    /*with x*/ {
        x + 1;
    } /*end*/
}

//# missing_impl
pub fn f() {
    /*with x*/ {
        let y = x + "1";
        done(y);
    } /*end*/
}

//# missing_impl_of_argument
pub fn f() {
    /*with x*/ {
        let mut set = std::collections::BTreeSet::new();
        set.insert(f64::from(x));
    } /*end*/
}

//# not_displayed
pub fn f() {
    /*with*/ {
        let s = format!("{}", Vec::<u8>::new());
        done(s);
    } /*end*/
}

//# ambiguous
pub fn f() {
    /*with*/ {
        let v = Vec::new();
        done(v.len());
    } /*end*/
}

//# ambiguous_parse
pub fn f() {
    /*with*/ {
        let n = "1".parse().unwrap();
        done(n);
    } /*end*/
}

//# unsized_local
pub fn f(s: &str) {
    /*with*/ {
        let t = *s;
        done(&t);
    } /*end*/
}

//# not_all_cases
pub fn f(o: Option<u32>) -> u32 {
    /*with*/ {
        match o {
            Some(n) => n,
        }
    } /*end*/
}

//# refutable_pattern
pub fn f(o: Option<u32>) {
    /*with*/ {
        let Some(n) = o;
        done(n);
    } /*end*/
}

//# no_number
pub fn f() -> bool {
    /*with x*/ {
        !x == "a"
    } /*end*/
}

//# too_many_arguments
pub fn f() {
    /*with x*/ {
        done(x, x);
    } /*end*/
}

//# missing_field
pub struct P {
    pub a: u32,
    pub b: u32,
}
pub fn f() -> P {
    /*with x*/ {
        P { a: x }
    } /*end*/
}

//# cast_of_text
pub fn f() {
    /*with*/ {
        let n = "1" as u32;
        done(n);
    } /*end*/
}

//# await_in_a_function
pub fn f() {
    /*with*/ {
        done(later().await);
    } /*end*/
}

//# await_of_a_number
pub async fn f() {
    /*with x*/ {
        x.await;
    } /*end*/
}

//# return_without_a_size
pub trait Named {
    fn name(&self) -> String;
}
pub fn f(named: Box<dyn Named>) -> dyn Named {
    /*with*/ {
        *named
    } /*end*/
}

//# question_of_another_type
pub fn f(text: &str) -> Result<usize, std::num::ParseIntError> {
    /*with*/ {
        let number: String = text.trim().parse::<u8>()?;
        Ok(number.len())
    } /*end*/
}

//# mismatched_handler
macro_rules! select {
    ($pattern:pat = $value:expr => $handler:expr, else => $other:expr) => {
        if let $pattern = $value { $handler } else { $other }
    };
}
pub fn f(z: Option<u32>) -> u32 {
    /*with x*/ {
        let text: String = select! { Some(y) = z => y, else => String::new() };
        done(text);
        x
    } /*end*/
}

//# empty_handler
macro_rules! select {
    ($pattern:pat = $value:expr => $handler:block else => $other:expr) => {
        if let $pattern = $value $handler else { $other }
    };
}
pub fn f(z: Option<u32>) -> u32 {
    /*with x*/ {
        done(x);
        select! { Some(_) = z => {} else => 1 }
    } /*end*/
}

//# operator_on_a_question
pub struct Size(pub u32);
pub fn f(limit: &Size, size: fn() -> Option<Size>) -> Option<bool> {
    /*with*/ {
        let limit = Size(limit.0);
        Some(limit < size()?)
    } /*end*/
}
