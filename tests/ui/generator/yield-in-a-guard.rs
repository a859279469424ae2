use cm_runtime::context_manager;

#[context_manager]
fn in_a_guard(pair: (u8, u8)) {
    match pair {
        (n, _) | (_, n) if { yield_!().is_success() && n == 2 } => {}
        _ => {}
    }
}

fn main() {}
