//# await_holding_lock
#[manager()]
pub fn f(x: &std::sync::Mutex<u32>) {
    if let Ok(guard) = x.lock() {
        done(later().await);
        done(*guard);
    }
    let outcome = yield_!();
    done(outcome);
}

//# await_holding_refcell_ref
#[manager()]
pub fn f(x: &std::cell::RefCell<u32>) {
    let outcome = yield_!();
    let borrowed = x.borrow();
    done(later().await);
    done(*borrowed);
    done(outcome);
}

//# unused_futures
#[manager()]
pub fn f() {
    later();
    let outcome = yield_!();
    done(outcome);
    let _ = later();
    async { done(1) };
}

//# idiomatic_async
#[manager(yields = &mut Vec<u32>)]
pub fn f(x: &str) -> Result<(), std::num::ParseIntError> {
    let mut list = vec![x.parse()?];
    list.push(later().await);
    let outcome = yield_!(&mut list);
    if outcome.is_success() {
        done(later().await);
    }
    done(list);
    Ok(())
}
