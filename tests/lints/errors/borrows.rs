//# use_after_move
pub fn f(s: String) {
    /*with*/ {
        drop(s);
        done(s.len());
    } /*end*/
}

//# use_after_move_in_the_body
pub fn f(s: String) {
    /*with*/ {
        drop(s);
    } /*end*/
    done(s.len());
}

//# moved_in_a_loop
pub fn f(s: String) {
    for _ in 0..2 {
        /*with*/ {
            drop(s);
        } /*end*/
    }
}

//# two_mutable_borrows
pub fn f(mut s: String) {
    /*with*/ {
        let a = &mut s;
        let b = &mut s;
        a.push('a');
        b.push('b');
    } /*end*/
}

//# borrowed_and_changed
pub fn f(mut v: Vec<u32>) {
    /*with x*/ {
        let first = &v[0];
        v.push(x);
        done(first);
    } /*end*/
}

//# not_mutable
pub fn f() {
    /*with x*/ {
        x += 1;
        done(x);
    } /*end*/
}

//# not_mutable_outside
pub fn f() {
    let s = String::new();
    /*with*/ {
        s.push('a');
    } /*end*/
}

//# not_assigned
pub fn f(b: bool) {
    let n;
    /*with*/ {
        if b {
            n = 1;
        }
    } /*end*/
    done::<u32>(n);
}

//# assigned_twice
pub fn f() {
    let n;
    /*with*/ {
        n = 1;
        n = 2;
    } /*end*/
    done::<u32>(n);
}

//# local_escapes
pub fn f() {
    let kept;
    /*with*/ {
        let s = String::new();
        kept = &s;
    } /*end*/
    done(kept.len());
}

//# local_returned
pub fn f<'a>(b: bool) -> &'a str {
    /*with*/ {
        let s = String::new();
        if b {
            return &s;
        }
        ""
    } /*end*/
}

//# lifetime_too_short
pub fn f<'a, 'b>(a: &'a str, b: &'b str, first: bool) -> &'a str {
    /*with*/ {
        if first {
            return b;
        }
        a
    } /*end*/
}

//# moved_out_of_a_borrow
pub fn f(s: &String) -> String {
    /*with*/ {
        *s
    } /*end*/
}

//# lifetime_of_the_value
pub fn f<'a, 'b>(a: &'a str, b: &'b str) -> &'a str {
    done(a);
    /*with*/ {
        done(b);
        b
    } /*end*/
}

//# lifetime_of_a_call
pub fn f<'a, 'b>(a: &'a str, b: &'b str) -> &'a str {
    done(a);
    /*with*/ {
        done(b);
        b.trim_start().trim_end()
    } /*end*/
}

//# lifetime_of_a_match
pub fn f<'a, 'b>(a: &'a str, b: &'b str) -> &'a str {
    /*with x*/ {
        match x {
            0 => a,
            _ => b,
        }
    } /*end*/
}

//# lifetime_to_be_said
pub fn f<'a>(a: &'a str, b: &str) -> Option<&'a str> {
    done(a);
    /*with*/ {
        done(b);
        Some(b)
    } /*end*/
}

//# lifetime_under_a_break
pub fn f<'a, 'b>(a: &'a str, b: &'b str) -> &'a str {
    loop {
        /*with x*/ {
            if x > 0 {
                break a;
            }
            return b;
        } /*end*/
    }
}

//# local_in_the_value
pub fn f<'a>() -> Vec<&'a str> {
    /*with*/ {
        let s = String::new();
        vec![s.as_str()]
    } /*end*/
}

//# local_in_an_iterator
pub fn f() -> impl Iterator<Item = u32> {
    /*with*/ {
        let list = vec![1];
        list.iter().map(|n| n + 1)
    } /*end*/
}

//# lifetime_in_a_box
pub fn f(a: &u32) -> Box<dyn std::fmt::Debug> {
    /*with*/ {
        done(a);
        Box::new(a)
    } /*end*/
}

//# borrowed_by_a_closure
pub fn f(a: u32) -> impl Fn() -> u32 {
    /*with*/ {
        done(a);
        || a + 1
    } /*end*/
}
