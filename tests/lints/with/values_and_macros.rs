//# semicolon_if_nothing_returned
pub fn f(x: u32) {
    /*with*/ {
        if x == 1 {
            done(1)
        }
        done(2)
    } /*end*/
}

//# unit_values
pub fn f(x: u32) {
    let unit = /*with*/ {
        let y = done(x);
        done(y);
    } /*end*/;
    done(unit);
}

//# diverging_sub_expression
pub fn f(x: bool) -> bool {
    /*with*/ {
        let y = x || return false;
        let z = x && panic!("no");
        y == z
    } /*end*/
}

//# diverging_let
pub fn f(x: u32) -> u32 {
    /*with*/ {
        let y = if x == 1 {
            return 1;
        } else {
            2
        };
        let z: u32 = return y;
    } /*end*/
}

//# infinite_loop
pub fn f() {
    /*with*/ {
        loop {
            done(1);
        }
    } /*end*/
}

//# while_let_loop
pub fn f(x: &mut Vec<u32>) {
    /*with*/ {
        loop {
            let Some(n) = x.pop() else { break };
            done(n);
        }
        while let Some(n) = x.iter().next() {
            done(n);
            break;
        }
    } /*end*/
}

//# manual_let_else
pub fn f(x: Option<u32>) -> u32 {
    /*with*/ {
        let y = match x {
            Some(y) => y,
            None => return 1,
        };
        let z = if let Some(z) = x { z } else { return 2 };
        y + z
    } /*end*/
}

//# redundant_else
pub fn f(x: u32) -> u32 {
    /*with*/ {
        if x == 1 {
            return 1;
        } else {
            done(2);
        }
    } /*end*/
    3
}

//# labelled_leaves
pub fn f(x: &[u32]) -> u32 {
    'outer: for n in x {
        for m in x {
            /*with*/ {
                if n == m {
                    continue 'outer;
                }
                if *n == 1 {
                    break 'outer;
                }
                done(m);
            } /*end*/
        }
    }
    let v = 'block: {
        /*with*/ {
            if work() == 1 {
                break 'block 2;
            }
        } /*end*/
        3
    };
    v
}

//# break_with_value
pub fn f(x: &[u32]) -> u32 {
    loop {
        /*with*/ {
            if x.is_empty() {
                break 1;
            }
            done(1);
        } /*end*/
    }
}

//# match_result_ok
pub fn f(x: Result<u32, u32>) -> u32 {
    /*with*/ {
        if let Ok(n) = &x {
            return *n;
        }
        let y = x.ok().unwrap_or(1);
        x.map_or(y, |n| n)
    } /*end*/
}

//# macros_that_leave
pub fn f(x: u32) -> Result<u32, String> {
    macro_rules! fail {
        ($e:expr) => {
            return Err(String::from($e))
        };
    }
    /*with*/ {
        let unused = work();
        if x == 1 {
            fail!("one");
        }
        debug_assert!(x > 2, "{}", x);
        done(x);
    } /*end*/
    Ok(2)
}

//# question_inside_of_macros
pub fn f(x: &str) -> Result<u32, std::num::ParseIntError> {
    /*with*/ {
        let v = vec![x.parse::<u32>()?, 2];
        let unused = format!("{}", x.parse::<u32>()?);
        assert!(x.parse::<u32>()? > 1, "{}", 1);
        println!("{} {}", v[0], x.parse::<u32>()?);
    } /*end*/
    Ok(1)
}

//# awaits
pub async fn f(x: u32) -> u32 {
    /*with*/ {
        let unused = later().await;
        later();
        if x == 1 {
            return later().await;
        }
        later().await + 1
    } /*end*/
}

//# await_in_statement
pub async fn f(x: u32) {
    /*with*/ {
        later().await;
        let _y = later().await;
        done(later().await)
    } /*end*/
}

//# async_without_await
pub async fn f(x: u32) -> u32 {
    /*with*/ {
        done(x);
        1
    } /*end*/
}

//# nested_plain_block
pub fn f(x: u32) -> u32 {
    /*with*/ {
        let y = {
            let unused = 1;
            x
        };
        /*with z*/ {
            let unused = 2;
            if z == 1 {
                return y;
            }
            done(3);
        } /*end*/
        y
    } /*end*/
}

//# closures_inside
pub fn f(x: &[u32]) -> Option<u32> {
    /*with*/ {
        let g = |n: u32| -> Option<u32> {
            let unused = 1;
            return Some(n);
        };
        let h = |n| g(n);
        h(*x.first()?)
    } /*end*/
}

//# configured_leaves
pub fn f(x: u32) -> u32 {
    /*with*/ {
        #[cfg(any())]
        return 1;
        #[cfg(all())]
        if x == 2 {
            return 3;
        }
        done(x);
    } /*end*/
    4
}

//# question_in_chains
pub fn f(x: &str) -> Result<u32, Box<dyn std::error::Error + Send + Sync>> {
    /*with*/ {
        let a = listed()?.iter().filter(|one| **one > 1).next().is_some();
        let b = listed()?.get(0).is_some();
        let c = 1 + x.parse::<u32>()? as u64 as u32;
        listed()?.iter().map(|one| *one).for_each(drop);
        if listed()?.len() == 0 || a && b == true {
            listed()?;
            x.parse::<u32>()?;
            fails()?;
        }
        let 1 = x.parse::<u32>()? else { return Ok(1) };
        let 2 = 1 + x.parse::<u32>()? else { return Ok(1) };
        Ok(listed()?[0] + c)
    } /*end*/
}

//# question_of_unit
pub fn f() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    /*with*/ {
        let all = vec![Some(fails()?)];
        done(all.len());
        Ok(fails()?)
    } /*end*/
}

//# leaves_as_operands
pub fn f(x: &[bool]) -> u32 {
    let mut n = 0;
    for y in x {
        /*with*/ {
            let a = *y || return work();
            let b = *y || continue;
            let c = *y || { break };
            n += u32::from(a && b && c);
        } /*end*/
    }
    n
}

//# bare_leaves_as_operands
pub fn f(x: &[bool]) {
    for y in x {
        /*with*/ {
            let a = *y || return;
            done(a);
            return;
            return;
        } /*end*/
    }
}

//# amount_of_io
pub fn f(x: &mut Vec<u8>) -> std::io::Result<()> {
    use std::io::Write as _;
    /*with*/ {
        x.write(b"one")?;
        x.write(b"two").unwrap();
        Ok(())
    } /*end*/
}

//# some_or_none_with_a_question
pub fn f(x: Option<u32>, y: bool) -> Option<u32> {
    /*with*/ {
        let z = if y {
            done(x?);
            Some(1)
        } else {
            None
        };
        z
    } /*end*/
}

//# identical_blocks
pub fn f(x: u32) -> Option<u32> {
    for y in 0..x {
        /*with*/ {
            if y == 1 {
                done(1);
                return None;
            } else if y == 2 {
                done(1);
                return None;
            }
            if y == 3 {
                done(1);
                continue;
            } else if y == 4 {
                done(1);
                continue;
            }
            if y == 5 {
                done(Some(y)?);
            } else if y == 6 {
                done(Some(y)?);
            }
        } /*end*/
    }
    None
}

//# documented_statement
pub fn f(x: u32) {
    /*with*/ {
        /// One line.
        /// Another one.
        done(x);
    } /*end*/
}

//# mutable_key
pub type Keys = std::collections::HashSet<std::sync::Arc<std::sync::Mutex<u32>>>;

pub fn f(x: &Keys) -> Keys {
    /*with*/ {
        x.clone()
    } /*end*/
}

//# mutable_from_a_reference
pub fn f(x: &()) -> &mut u32 {
    /*with*/ {
        done(x);
        Box::leak(Box::new(1))
    } /*end*/
}

//# left_loop_in_a_loop
pub fn f(x: u32) {
    /*with*/ {
        loop {
            loop {
                if must_use() > x {
                    return;
                }
            }
        }
    } /*end*/
}
