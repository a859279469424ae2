#[path = "../async_managers.rs"]
mod async_managers;

use cm_runtime::context_manager;

#[context_manager(yields = &mut String)]
fn inside_of_it() {
    cm_runtime::with! { async async_managers::plain() as text => {
        yield_!(text);
    } }
}

fn main() {}
