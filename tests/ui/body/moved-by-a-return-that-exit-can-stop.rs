use cm_runtime::{context_manager, with};

#[context_manager]
fn checked() -> Result<(), String> {
    yield_!();
    Err("full".into())
}

/// If exit fails after the `return`, its error is the value of the block, and what follows the block runs.
fn first(list: Vec<u8>) -> Vec<u8> {
    let ended = with! { checked() => {
        if list.len() > 1 {
            return list;
        }
    } };
    assert!(ended.is_err());
    list
}

/// Here the error leaves in its place.
fn second(list: Vec<u8>) -> Result<Vec<u8>, String> {
    with! { checked()? => {
        if list.len() > 1 {
            return Ok(list);
        }
    } }
    Ok(list)
}

fn main() {
    assert!(first(vec![]).is_empty());
    assert!(second(vec![]).is_err());
}
