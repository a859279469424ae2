//# unreachable_behind_return
pub fn f() -> u32 {
    /*with*/ {
        return work();
        done(1);
    } /*end*/
}

//# unreachable_behind_break
pub fn f(x: &[u32]) {
    for n in x {
        /*with*/ {
            if *n > 1 {
                break;
                done(1);
            }
            if *n > 2 {
                continue;
                done(2);
            }
            done(3);
        } /*end*/
    }
}

//# unreachable_behind_panic
pub fn f(x: u32) {
    /*with*/ {
        if x == 1 {
            panic!("one");
            done(1);
        }
        std::process::exit(1);
        done(2);
    } /*end*/
}

//# unreachable_behind_the_block
pub fn f() -> u32 {
    /*with*/ {
        return work();
    } /*end*/
    done(1);
    2
}

//# unreachable_behind_a_block_that_panics
pub fn f() -> u32 {
    /*with*/ {
        panic!("always");
    } /*end*/
    done(1);
    2
}

//# unreachable_behind_a_loop
pub fn f(x: u32) -> u32 {
    /*with*/ {
        loop {
            if x == 1 {
                return 2;
            }
        }
    } /*end*/
}

//# reachable_behind_some_returns
pub fn f(x: u32) -> u32 {
    /*with*/ {
        if x == 1 {
            return 2;
        }
        match x {
            2 => return 3,
            n => done(n),
        }
    } /*end*/
    4
}

//# unreachable_arms
pub fn f(x: u32) -> u32 {
    /*with*/ {
        match x {
            1 => 2,
            _ => 3,
            4 => 5,
        }
    } /*end*/
}

//# unreachable_expression
pub fn f() -> u32 {
    /*with*/ {
        done(return 1);
        2
    } /*end*/
}

//# needless_return
pub fn f(x: u32) -> u32 {
    if x == 1 {
        return 2;
    }
    /*with*/ {
        return x;
    } /*end*/
}

//# needless_return_unit
pub fn f(x: u32) {
    /*with*/ {
        done(x);
        return;
    } /*end*/
}

//# return_that_is_needed
pub fn f(x: u32) -> u32 {
    /*with*/ {
        if x > 1 {
            return x;
        }
        done(1);
    } /*end*/
    return 2;
}

//# let_and_return
pub fn f(x: u32) -> u32 {
    /*with*/ {
        let y = x + work();
        y
    } /*end*/
}

//# let_and_return_of_the_block
pub fn f(x: u32) -> u32 {
    let y = /*with*/ {
        done(x);
        work()
    } /*end*/;
    y
}

//# never_loop
pub fn f(x: &[u32]) -> u32 {
    for n in x {
        /*with*/ {
            done(n);
            return *n;
        } /*end*/
    }
    1
}

//# never_loop_inside
pub fn f(x: &[u32]) -> u32 {
    /*with*/ {
        for n in x {
            done(n);
            return *n;
        }
        loop {
            done(1);
            break;
        }
        while work() == 1 {
            break;
        }
        1
    } /*end*/
}

//# loop_that_loops
pub fn f(x: &[u32]) -> u32 {
    loop {
        /*with*/ {
            for n in x {
                if *n == 2 {
                    return *n;
                }
            }
            if work() == 3 {
                break;
            }
            if work() == 4 {
                continue;
            }
            done(5);
        } /*end*/
    }
    6
}

//# needless_continue
pub fn f(x: &[u32]) {
    for n in x {
        /*with*/ {
            done(n);
            if *n == 1 {
                continue;
            } else {
                done(2);
            }
        } /*end*/
    }
    for n in x {
        /*with*/ {
            done(n);
            continue;
        } /*end*/
    }
}

//# question_mark
pub fn f(x: Option<u32>, y: Result<u32, ()>) -> Option<u32> {
    /*with*/ {
        let Some(a) = x else { return None };
        let b = match x {
            Some(b) => b,
            None => return None,
        };
        if x.is_none() {
            return None;
        }
        let c = y.ok()?;
        Some(a + b + c)
    } /*end*/
}

//# question_mark_of_result
pub fn f(y: Result<u32, String>) -> Result<u32, String> {
    /*with*/ {
        let a = match y {
            Ok(a) => a,
            Err(e) => return Err(e),
        };
        done(a);
        Ok(y?)
    } /*end*/
}

//# try_err
pub fn f(x: u32) -> Result<u32, String> {
    /*with*/ {
        if x == 1 {
            Err(String::from("one"))?;
        }
        if x == 2 {
            Err("two")?
        }
        Ok(x)
    } /*end*/
}

//# needless_question_mark
pub fn f(x: Option<u32>) -> Option<u32> {
    /*with*/ {
        if work() == 1 {
            return Some(x?);
        }
        Some(x?)
    } /*end*/
}

//# leaves_with_a_block
pub fn f(x: u32) -> u32 {
    loop {
        /*with*/ {
            match x {
                1 => return { done(1); work() },
                2 => return loop { break work(); },
                3 => break { done(3); work() },
                4 => return if work() > 1 { 1 } else { 2 },
                _ => done(x),
            }
        } /*end*/
    }
}

//# returns_a_loop
pub fn f(x: u32) {
    /*with*/ {
        if x == 1 {
            return while work() == x {};
        }
        if x == 2 {
            return for n in 0..x { done(n) };
        }
        done(x);
    } /*end*/
}

//# blocks_of_a_macro
macro_rules! around {
    ($before:block $value:block) => {
        /*with*/ {
            $before
            done($value);
            let n = $value;
            match n {
                1 => $before
                _ => done(n),
            }
            if n == 2 { return $value; }
            $value
        } /*end*/
    };
}
pub fn f() -> u32 {
    around!({ done(1) } { work() })
}

//# break_with_a_value_that_diverges
pub fn f() {
    'outer: {
        /*with base*/ {
            #[allow(unreachable_code)]
            if base > 1 {
                break 'outer std::process::abort();
            }
            done(base);
        } /*end*/
    }
}

//# return_of_a_value_that_diverges
pub fn f() -> u32 {
    /*with base*/ {
        #[allow(unreachable_code)]
        if base > 1 {
            return std::process::abort();
        }
        base
    } /*end*/
}
