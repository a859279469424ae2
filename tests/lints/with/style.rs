//# unused_parens
pub fn f(x: u32) -> u32 {
    /*with*/ {
        let y = (x + 1);
        if (y > 2) {
            return (y);
        }
        while (y > 100) {
            done((y));
            break;
        }
        match (y) {
            _ => done(1),
        }
        (y + 1)
    } /*end*/
}

//# needed_parens_and_braces_of_operands
pub fn f(x: Option<u32>, y: &Option<u32>) -> Option<u32> {
    let v = /*with*/ {
        let a = (*y)?;
        let b = { x }?;
        let c = (if a > b { x } else { *y })?;
        a + b + c
    } /*end*/;
    Some(v)
}

//# unused_parens_at_leaves
pub fn f(x: Option<u32>) -> Option<u32> {
    let v = loop {
        /*with*/ {
            let y = (x?);
            if y > 1 {
                break (y + 1);
            }
        } /*end*/
    };
    Some(v)
}

//# unused_braces
pub fn f(x: u32) -> u32 {
    /*with*/ {
        let y = { x };
        done({ y });
        { y }
    } /*end*/
}

//# body_of_one_expression
pub fn f(x: u32) -> u32 {
    /*with*/ { x } /*end*/
}

//# body_of_one_call_as_a_value
pub fn f() -> u32 {
    let y = /*with*/ { work() } /*end*/;
    y + 1
}

//# empty_body
pub fn f() {
    /*with*/ {} /*end*/
}

//# path_statements
pub fn f(x: u32) {
    /*with*/ {
        x;
        let y = x;
        y;
    } /*end*/
}

//# no_effect
pub fn f(x: u32) {
    /*with*/ {
        x + 1;
        1;
        x == 2;
        -5;
        let _unused = x + 1;
        [x; 3];
    } /*end*/
}

//# redundant_semicolons
pub fn f(x: u32) {
    /*with*/ {
        done(x);;
        ;
        if x == 1 {};
    } /*end*/
}

//# deprecated
pub fn f() -> u32 {
    /*with*/ {
        old();
        old()
    } /*end*/
}

//# non_snake_case
pub fn f() -> u32 {
    /*with*/ {
        let camelCase = work();
        fn CamelFn() {}
        struct lower_struct;
        const lower: u32 = 1;
        CamelFn();
        let _ = lower_struct;
        camelCase + lower
    } /*end*/
}

//# non_snake_case_binding
pub fn f() -> u32 {
    /*with camelCase*/ {
        camelCase + 1
    } /*end*/
}

//# unused_unsafe_absent
pub fn f(x: u32) -> u32 {
    /*with*/ {
        let y = Some(x);
        y.unwrap_or_default()
    } /*end*/
}

//# numbers
pub fn f(x: u64) -> f64 {
    /*with*/ {
        let big = 1000000;
        let y = x as u32;
        let z = 0xFFu32 as i8;
        let f = 3.14;
        if f == 1.0 {
            done(y);
        }
        done(z);
        done(big);
        f
    } /*end*/
}

//# overflow_and_comparisons
pub fn f(x: u32) -> bool {
    /*with*/ {
        let y = 255_u8 + 1;
        done(y);
        if x >= 0 {
            done(1);
        }
        x == x
    } /*end*/
}

//# bool_style
pub fn f(x: bool, y: bool) -> bool {
    /*with*/ {
        if x == true {
            done(1);
        }
        if !x == false && !!y {
            done(2);
        }
        if x {
            if y {
                done(3);
            }
        }
        if x { true } else { false }
    } /*end*/
}

//# not_else
pub fn f(x: u32, y: bool) -> u32 {
    /*with*/ {
        if !y {
            done(1);
        } else {
            done(2);
        }
        if x != 1 { 2 } else { 3 }
    } /*end*/
}

//# single_match
pub fn f(x: Option<u32>) {
    /*with*/ {
        match x {
            Some(n) => done(n),
            _ => {}
        }
        match x {
            Some(_) => done(1),
            None => (),
        }
    } /*end*/
}

//# redundant_things
pub fn f(x: &str) -> String {
    /*with*/ {
        let y = x;
        let y = y;
        let s = String::from(y).clone();
        let t = format!("{}", s);
        done(&t.to_string());
        done(&&t);
        let v = vec![1, 2];
        for i in 0..v.len() {
            done(v[i]);
        }
        t.into()
    } /*end*/
}

//# format_arguments
pub fn f(x: u32) -> Result<u32, std::num::ParseIntError> {
    /*with*/ {
        println!("{}", x);
        println!("");
        println!("{}", "1".parse::<u32>()?);
        let s = format!("literal");
        assert!(true);
        assert_eq!(s.is_empty(), false);
    } /*end*/
    Ok(1)
}

//# shadowing
pub fn f(x: u32) -> u32 {
    let y = x;
    /*with*/ {
        let x = x + 1;
        let x = x;
        let y = work();
        x + y
    } /*end*/
}

//# shadowing_binding
pub fn f(x: u32) -> u32 {
    /*with x*/ {
        x + 1
    } /*end*/
}

//# names_of_generated_code
pub fn f() -> u32 {
    let (manager, kind, scope, value) = (1, 2, 3, 4);
    /*with*/ {
        let error = work();
        let turn = work();
        let v = manager + kind + scope;
        let residual = 2;
        v + turn + value
    } /*end*/
}

//# redundant_clone_and_borrow
pub fn f(x: &mut Vec<u32>) -> usize {
    /*with*/ {
        let v = x.clone();
        let r = &mut *x;
        r.push(1);
        let w = Box::new(vec![1]);
        v.len() + w.len() + (&v).len()
    } /*end*/
}

//# items_after_statements
pub fn f() -> u32 {
    /*with*/ {
        done(1);
        fn helper() -> u32 {
            1
        }
        use std::mem::take;
        done(take(&mut 1));
        helper()
    } /*end*/
}

//# idiomatic
pub fn f(x: &[&str]) -> Result<u32, std::num::ParseIntError> {
    let mut sum = 0;
    /*with base*/ {
        sum += base;
        for text in x {
            if text.is_empty() {
                continue;
            }
            if *text == "end" {
                return Ok(sum);
            }
            sum += text.parse::<u32>()?;
        }
    } /*end*/
    Ok(sum)
}

//# unused_qualifications
pub fn f() -> u32 {
    use std::mem;
    /*with*/ {
        let x = std::mem::take(&mut 1);
        mem::take(&mut 2) + x
    } /*end*/
}

//# casts_and_lifetimes
pub fn f<'a>(x: &'a u32) -> &'a u32 {
    /*with*/ {
        let y = *x as u32;
        let z = &y as &u32;
        done(z);
        x
    } /*end*/
}

//# allowed_inside
pub fn f() {
    /*with*/ {
        #[allow(unused_variables)]
        let x = work();
        #[expect(unused_variables)]
        let y = work();
        #[expect(unused_mut)]
        let z = work();
        done(z);
    } /*end*/
}

//# unfulfilled_function_expectations
#[expect(unused_variables)]
#[expect(clippy::needless_return, reason = "it is on the function")]
pub fn f() -> u32 {
    /*with*/ {
        let x = work();
        done(1);
    } /*end*/
    return 1;
}

//# else_behind_a_block
pub fn f(x: u32) -> u32 {
    let mut y = x;
    if x > 2 {
        /*with*/ {
            y += 1;
        } /*end*/
    } else {
        /*with*/ {
            if y > 1 {
                return 7;
            }
            y += 2;
        } /*end*/
    }
    if y > 9 {
        /*with*/ {
            y += 3;
            if y > 20 {
                return 8;
            }
        } /*end*/
    } else {
        done(y);
    }
    y
}

//# bind_instead_of_map
pub fn f(o: Option<u32>, r: Result<u32, String>) {
    done(o.and_then(|n| /*with*/ { n.checked_sub(1) } /*end*/));
    done(r.and_then(|n| /*with x*/ { if n > x { Ok(n) } else { Err(String::new()) } } /*end*/));
}

//# lock_held
pub fn f() -> usize {
    /*with_lock held*/ {
        held.len()
    } /*end*/
}

//# lock_changed
pub fn f(n: u32) -> Option<u32> {
    let last = /*with_lock mut held*/ {
        held.push(n);
        held.pop()
    } /*end*/;
    done(work());
    last
}

//# block_at_the_end
pub fn f(mut x: u32) {
    /*with base*/ {
        x += base;
        /*with inner*/ {
            done(x + inner);
        } /*end*/
    } /*end*/
}
