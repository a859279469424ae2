// A function as a manager.
//
// ```
// #[context_manager(yields = &mut Vec<u8>)]
// fn buffer(size: usize) -> Result<(), Error> {
//     let mut buffer = Vec::with_capacity(size);
//     let outcome = yield_!(&mut buffer);
//     finish(buffer, outcome)
// }
// ```

// What it holds at its yield is what a manager is for. There is no executor that could move it away.
#[allow(
    clippy::await_holding_invalid_type,
    clippy::await_holding_lock,
    clippy::await_holding_refcell_ref
)]
fn buffer(
    size: usize,
) -> ::cm_runtime::Generator<
    dyn for<'lent> ::cm_runtime::Lend<'lent, Value = &'lent mut Vec<u8>>,
    impl ::core::future::Future<Output = Result<(), Error>>,
> {
    // It holds the function's body as a future, which stands still at the yield while the body of the
    // block runs: no thread, no allocation.
    private::Generator::<
        dyn for<'lent> ::cm_runtime::Lend<'lent, Value = &'lent mut Vec<u8>>,
        _,
    >::new::<
        Result<(), Error>,
    >(
        // SAFETY: what a `Promise` says has been checked of the function's yield.
        unsafe { <private::Promise>::new() },
        |value, _| value,
        move |mut yields| async move {
            if false {
                return private::Yielder::verdict(&yields);
            }
            let _ = &size;
            match () {
                () => {
                    let mut buffer = Vec::with_capacity(size);
                    let outcome = (&mut yields)
                        .lend(private::Yielded {
                            value: &mut buffer,
                        })
                        .await;
                    finish(buffer, outcome)
                }
            }
        },
    )
}
