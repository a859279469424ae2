//# await_holding_lock
#[within(number())]
pub async fn f(x: &std::sync::Mutex<u32>) {
    if let Ok(guard) = x.lock() {
        done(later().await);
        done(*guard);
    }
}

//# await_holding_refcell_ref
#[within(number())]
pub async fn f(x: &std::cell::RefCell<u32>) {
    let borrowed = x.borrow();
    done(later().await);
    done(*borrowed);
}

//# future_not_send
#[within(number() as base)]
pub async fn f(x: std::rc::Rc<u32>) {
    done(later().await + base);
    done(x);
}

//# future_that_is_send
#[within(number() as base)]
pub async fn f(x: &str) -> Result<u32, std::num::ParseIntError> {
    let cell = std::cell::Cell::new(x.parse::<u32>()?);
    done(later().await);
    Ok(cell.get() + base)
}

//# unused_futures
#[within(number())]
pub async fn f() {
    later();
    let _ = later();
    async { done(1) };
}

//# large_futures
#[within(number())]
pub async fn f() {
    let large = [1_u8; 40_000];
    done(later().await);
    done(large);
}

pub async fn g() {
    f().await;
}

//# dead_async_function
#[within(number())]
async fn f(x: u32) -> u32 {
    later().await + x
}
