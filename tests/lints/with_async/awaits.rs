//# needed_parens_and_braces_of_what_is_awaited
pub async fn f(x: u32) -> u32 {
    let mut first = Box::pin(later());
    let second = later();
    /*with*/ {
        let a = (&mut first).await;
        let b = { second }.await;
        let c = (if x > 1 { later() } else { later() }).await;
        a + b + c
    } /*end*/
}

//# await_holding_lock
pub async fn f(x: &std::sync::Mutex<u32>) {
    /*with*/ {
        let Ok(guard) = x.lock() else { return };
        done(later().await);
        done(*guard);
    } /*end*/
}

//# await_holding_lock_of_a_binding
pub async fn f(x: &std::sync::Mutex<u32>) {
    /*with base*/ {
        if let Ok(guard) = x.lock() {
            done(later().await + base);
            done(*guard);
        }
    } /*end*/
}

//# await_holding_lock_around_the_block
pub async fn f(x: &std::sync::Mutex<u32>) {
    if let Ok(guard) = x.lock() {
        /*with*/ {
            done(1);
        } /*end*/
        done(*guard);
    }
}

//# lock_that_is_gone
pub async fn f(x: &std::sync::Mutex<u32>) {
    /*with*/ {
        if let Ok(guard) = x.lock() {
            done(*guard);
        }
        done(later().await);
        done(x.lock().is_ok());
        done(later().await);
    } /*end*/
}

//# await_holding_refcell_ref
pub async fn f(x: &std::cell::RefCell<u32>) {
    /*with*/ {
        let borrowed = x.borrow_mut();
        done(later().await);
        done(*borrowed);
    } /*end*/
    let around = x.borrow();
    /*with*/ {
        done(*around);
    } /*end*/
    done(around);
}

//# async_yields_async
pub fn f() {
    done(async {
        /*with*/ {
            later()
        } /*end*/
    });
    done(async {
        done(1);
        later()
    });
}

//# async_yields_async_inside
pub async fn f() {
    /*with*/ {
        let nested = async { async { done(1) } };
        nested.await.await;
        let closure = || async { later() };
        done(closure().await.await);
    } /*end*/
}

//# let_underscore_future
pub async fn f() {
    /*with*/ {
        let _ = later();
        let _ = async { done(1) };
        _ = later();
    } /*end*/
}

//# unused_futures
pub async fn f() {
    /*with*/ {
        later();
        async { done(1) };
        async move { later().await };
    } /*end*/
}

//# unused_future_around_the_block
pub async fn f() {
    async {
        /*with*/ {
            done(later().await);
        } /*end*/
    };
}

//# unused_future_as_value
pub async fn f() {
    /*with*/ {
        done(1);
        later();
        async { done(2) }
    } /*end*/
    .await;
}

//# redundant_async_block
pub async fn f() {
    /*with*/ {
        let all = async { later().await };
        done(all.await);
    } /*end*/
}

//# large_futures
pub async fn f() {
    /*with*/ {
        let large = [1_u8; 40_000];
        done(later().await);
        done(large);
    } /*end*/
}

pub async fn g() {
    f().await;
    /*with*/ {
        f().await;
    } /*end*/
}

//# future_not_send
pub async fn f(x: std::rc::Rc<u32>) {
    /*with*/ {
        done(later().await);
        done(x);
    } /*end*/
}

//# future_not_send_by_a_local
pub async fn f() {
    /*with*/ {
        let x = std::rc::Rc::new(work());
        done(later().await);
        done(x);
    } /*end*/
}

//# future_not_send_of_a_generic
pub async fn f<T>(x: T) {
    /*with*/ {
        done(later().await);
        done(x);
    } /*end*/
}

//# future_that_is_send
pub async fn f(x: &str) -> Result<u32, std::num::ParseIntError> {
    /*with base*/ {
        let x = x.parse::<u32>()?;
        let cell = std::cell::Cell::new(x);
        done(later().await);
        Ok(cell.get() + base)
    } /*end*/
}

//# awaits_and_leaves
pub async fn f(x: &[u32]) -> Option<u32> {
    for n in x {
        /*with base*/ {
            if *n == later().await {
                continue;
            }
            if *n == 2 {
                return Some(later().await);
            }
            if *n == base {
                break;
            }
            let next = x.first()?;
            done(next);
        } /*end*/
    }
    Some(later().await)
}

//# async_closures_and_blocks
pub async fn f(x: u32) -> u32 {
    /*with*/ {
        let closure = async |y: u32| x + y;
        let block = async move {
            let unused = 1;
            x
        };
        closure(1).await + block.await
    } /*end*/
}

//# manual_async_fn
pub fn f(x: u32) -> impl Future<Output = u32> {
    async move {
        /*with base*/ {
            x + base
        } /*end*/
    }
}

//# awaits_in_chains
pub async fn f(x: u32) -> u32 {
    /*with*/ {
        let a = later_list().await.get(0).is_some();
        let b = later_list().await.iter().filter(|one| **one > x).next().is_some();
        let c = 1 + later().await as u64 as u32;
        let _ = entered().await;
        debug_assert!(later().await > 1);
        if later_list().await.len() == 0 || a && b == true {
            later_list().await;
            entered().await;
        }
        later_list().await.iter().map(|one| *one).for_each(drop);
        c
    } /*end*/
}

//# unreachable_behind_a_macro_that_awaits
macro_rules! run {
    ($($code:tt)*) => { $($code)* };
}
pub async fn statement() {
    /*with*/ {
        run! {
            done(later().await);
            std::process::abort();
        }
    } /*end*/
}
pub async fn statement_with_a_semicolon() {
    /*with*/ {
        run!(done(later().await); std::process::abort(););
    } /*end*/
}
pub async fn value() -> u32 {
    /*with*/ {
        run!({ done(later().await); std::process::abort() })
    } /*end*/
}
pub async fn value_in_braces() -> u32 {
    /*with*/ {
        run! {{ done(later().await); std::process::abort() }}
    } /*end*/
}
pub async fn in_front_of_a_value(x: u32) -> u32 {
    /*with*/ {
        run! { done(later().await + x); std::process::abort(); }
        x
    } /*end*/
}
pub async fn in_front_of_a_statement(x: u32) -> u32 {
    /*with*/ {
        run! { done(later().await + x); std::process::abort(); }
        let y =
            x + 1;
        y
    } /*end*/
}
