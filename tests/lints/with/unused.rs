//# unused_variables
pub fn f() {
    /*with*/ {
        let x = work();
        let _y = work();
        let (a, b) = (work(), work());
        done(b);
    } /*end*/
}

//# unused_binding
pub fn f() {
    /*with x*/ {
        done(1);
    } /*end*/
}

//# underscored_binding
pub fn f() {
    /*with _x*/ {
        done(1);
    } /*end*/
}

//# used_underscored_binding
pub fn f() {
    /*with _x*/ {
        done(_x);
    } /*end*/
}

//# wildcard_binding
pub fn f() {
    /*with _*/ {
        done(1);
    } /*end*/
}

//# used_binding
pub fn f() -> u32 {
    /*with x*/ {
        done(x);
        x + 1
    } /*end*/
}

//# unused_mut
pub fn f() -> u32 {
    /*with*/ {
        let mut x = work();
        let mut y = work();
        y += 1;
        x + y
    } /*end*/
}

//# unused_mut_binding
pub fn f() -> u32 {
    /*with mut x*/ {
        x + 1
    } /*end*/
}

//# used_mut_binding
pub fn f() -> u32 {
    /*with mut x*/ {
        x += 1;
        x
    } /*end*/
}

//# unused_assignments
pub fn f() -> u32 {
    let mut outer = 1;
    /*with*/ {
        let mut x = work();
        x = 2;
        outer = x;
        x = 3;
        outer
    } /*end*/
}

//# dead_store_to_outer
pub fn f() -> u32 {
    let mut outer = 1;
    /*with*/ {
        outer = work();
    } /*end*/
    outer = 2;
    outer
}

//# value_overwritten_in_body
pub fn f() -> u32 {
    let mut outer = work();
    /*with*/ {
        outer = 2;
    } /*end*/
    outer
}

//# store_in_front_of_a_return
pub fn f(x: &[u32]) -> u32 {
    let mut last = 0;
    /*with*/ {
        for n in x {
            last = *n;
            if last > 3 {
                last = 7;
                return work();
            }
        }
        last
    } /*end*/
}

//# store_in_front_of_a_question
pub fn f(x: &str) -> Result<u32, std::num::ParseIntError> {
    let mut last = 0;
    /*with*/ {
        last = x.len();
        let n = x.parse::<u32>()?;
        last = 9;
        done(n);
    } /*end*/
    done(last);
    Ok(1)
}

//# unused_must_use
pub fn f(x: &str) {
    /*with*/ {
        x.parse::<u32>();
        must_use();
        let _ = must_use();
        x.len();
        std::iter::once(1).map(|n| n + 1);
    } /*end*/
}

//# unused_must_use_value
pub fn f(x: &str) {
    /*with*/ {
        x.parse::<u32>()
    } /*end*/;
}

//# let_underscore_must_use
pub fn f(x: &str) {
    /*with*/ {
        let _ = x.parse::<u32>();
        _ = must_use();
    } /*end*/
}

//# unused_results
pub fn f(x: &str) {
    /*with*/ {
        x.to_owned().pop();
        work();
    } /*end*/
}

//# dead_code
pub fn f() {
    /*with*/ {
        fn never_called() {}
        fn called() {}
        const NEVER_USED: u32 = 1;
        struct NeverMade;
        enum Some2 {
            One,
            Two,
        }
        called();
        done(Some2::One as u32);
    } /*end*/
}

//# unused_imports
pub fn f() -> usize {
    /*with*/ {
        use std::collections::HashMap;
        use std::mem::size_of_val;
        size_of_val(&work())
    } /*end*/
}

//# unused_labels
pub fn f(x: &[u32]) {
    'outer: loop {
        /*with*/ {
            'inner: for n in x {
                done(*n);
            }
            'used: for n in x {
                if *n == 1 {
                    continue 'used;
                }
                done(*n);
            }
            'block: {
                done(1);
            }
            break 'outer;
        } /*end*/
    }
}

//# unused_outer_label
pub fn f(x: &[u32]) {
    'outer: for n in x {
        /*with*/ {
            if *n == 1 {
                break;
            }
            done(*n);
        } /*end*/
    }
}

//# unused_loop_variable
pub fn f(x: &[u32]) {
    for n in x {
        /*with*/ {
            for m in x {
                done(1);
            }
            for (i, m) in x.iter().enumerate() {
                done(m);
            }
        } /*end*/
    }
}

//# unused_closure_and_argument
pub fn f(x: &[u32], y: u32) {
    /*with*/ {
        let g = |n: u32| done(1);
        |n: u32| n + 1;
        g(1);
        done(x.iter().map(|n| 1).sum::<u32>());
    } /*end*/
}

//# unused_doc_comments
pub fn f() {
    /*with*/ {
        /// Not on an item.
        done(1);
        /// On an item.
        fn g() {}
        g();
    } /*end*/
}

//# unused_macro
pub fn f() {
    /*with*/ {
        macro_rules! never {
            () => {};
        }
        done(1);
    } /*end*/
}

//# unused_variable_in_pattern
pub fn f(x: Option<(u32, u32)>) -> u32 {
    /*with*/ {
        match x {
            Some((a, b)) => a,
            None => work(),
        };
        if let Some(both @ (a, _)) = x {
            return a;
        }
        let Some((a, b)) = x else { return 1 };
        b
    } /*end*/
}

//# unused_tuple_binding
pub fn f() -> u32 {
    /*with2 (a, b)*/ {
        b
    } /*end*/
}

//# variable_used_only_in_a_return
pub fn f(x: u32) -> u32 {
    let early = work();
    /*with*/ {
        let inner = work();
        if x == 1 {
            return early;
        }
        if x == 2 {
            return inner;
        }
        done(x);
    } /*end*/
    1
}

//# argument_used_only_in_the_body
pub fn f(used: u32, unused: u32) {
    /*with*/ {
        done(used);
    } /*end*/
}
