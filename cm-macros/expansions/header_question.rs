// A `?` in the header, and a `return`.
//
// ```
// with! { open()? as x => {
//     if x.is_empty() {
//         return Ok(0);
//     }
//     x.len()
// } }
// ```

fn expansion() {
    {
        // A manager, or a `Result` of one.
        match private::Build::build(open()) {
            // It could not be built: the error leaves, as by a `?`.
            private::Err(error) => {
                #[allow(unreachable_code)]
                match private::Err::<private::Infallible, _>(error)? {}
            }
            private::Ok((manager, kind)) => {
                let manager = private::pin!(manager);
                // The type with which the function returns, for the `return` in the body: told by a `return` that
                // is never taken.
                let returned = private::pinned();
                #[allow(unreachable_code)]
                if false {
                    loop {}
                    return private::Pinned::get(returned);
                }
                'done3: {
                    #[allow(unreachable_code)]
                    if false {
                        break 'done3 private::Kind::open_type(kind, loop {});
                    }
                    let mut scope = private::Scope::new(
                        manager,
                        private::OnlyPanics,
                        private::Place.here(),
                        0,
                        0,
                    );
                    let turn = 'turned4: {
                        // The `return` of the body jumps here with its value.
                        let value = private::Pinned::same(
                            returned,
                            'return1: {
                                let kind = kind;
                                break 'done3 private::Kind::open(
                                    kind,
                                    {
                                        let v = match private::Scope::enter(&mut scope) {
                                            private::Ok(value) => {
                                                let x = value;
                                                'body2: {
                                                    #[allow(unreachable_code)]
                                                    if false {
                                                        break 'body2 private::Kind::body_type(kind, loop {});
                                                    }
                                                    match () {
                                                        () => {
                                                            if x.is_empty() {
                                                                break 'return1 Ok(0);
                                                            }
                                                            x.len()
                                                        }
                                                    }
                                                }
                                            }
                                            #[allow(unreachable_code)]
                                            private::Err(error) => {
                                                break 'turned4 private::Turn::Failed(error);
                                                private::Kind::body_type(kind, ())
                                            }
                                        };
                                        #[allow(unreachable_code)]
                                        // The body's end.
                                        if let private::Err(turn) = scope
                                            .exit_with(&v, private::Leave::End, 0, 0, 0)
                                        {
                                            break 'turned4 turn;
                                        }
                                        v
                                    },
                                );
                            },
                        );
                        #[allow(unreachable_code)]
                        // Exit, told of the `return`; it is a failure if the value is an `Err`.
                        if let private::Err(turn) = scope
                            .exit_with(&value, private::Leave::Return, 0, 0, 0)
                        {
                            break 'turned4 turn;
                        }
                        // The leave goes on.
                        #[allow(unreachable_code)] return value;
                    };
                    #[allow(unreachable_code)]
                    // Enter or exit has failed: under the `?` in the header the error leaves.
                    match turn {
                        private::Turn::Suppressed(token) => {
                            break 'done3 private::Kind::open_block(
                                kind,
                                private::Kind::open_suppressed(kind, token),
                            );
                        }
                        private::Turn::Failed(error) => {
                            let error = kind.raise(error);
                            #[allow(unreachable_code)]
                            match private::Err::<private::Infallible, _>(error)? {}
                        }
                    };
                }
            }
        }
    }
}
