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
        let kind = private::kind();
        // A manager, or a `Result` of one. If it could not be built, the error leaves, by this `?`.
        match private::TryEnter::build(open(), kind)? {
            #[allow(unreachable_code)]
            _ if false => {
                let block;
                loop {}
                block
            }
            manager => {
                let (manager,) = (cm_runtime::pin!(manager),);
                'done3: {
                    {
                        let (mut scope,) = (
                            kind.scope(manager, private::OnlyPanics, 0, 0),
                        );
                        let turn = 'turned4: {
                            // The `return` of the body jumps here with its value.
                            let value = 'return1: {
                                let kind = kind;
                                break 'done3 private::open(
                                    kind,
                                    {
                                        let _v = {
                                            let [value] = match (&mut scope).enter() {
                                                #[allow(unreachable_code)]
                                                private::Err(turn) => {
                                                    break 'turned4 turn;
                                                    // Never reached: the types of what is returned, which is that with which the function
                                                    // returns, and of the block.
                                                    let value;
                                                    return value;
                                                    break 'return1 ({
                                                        loop {}
                                                        value
                                                    });
                                                    break 'done3 private::open_type(kind, loop {});
                                                    scope.known().never()
                                                }
                                                private::Ok(value) => [value],
                                            };
                                            let x = value;
                                            'body2: {
                                                #[allow(unreachable_code)]
                                                if false {
                                                    break 'body2 private::body_type(kind, loop {});
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
                                        };
                                        #[allow(unreachable_code)]
                                        // The body's end.
                                        if let private::Err(turn) = scope.exit_end(&_v, 0, 0, 0) {
                                            break 'turned4 turn;
                                        }
                                        _v
                                    },
                                );
                            };
                            #[allow(unreachable_code)]
                            // Exit, told of the `return`; it is a failure if the value is an `Err`.
                            if let private::Err(turn) = scope
                                .exit_return(&value, 0, 0, 0)
                            {
                                break 'turned4 turn;
                            }
                            // The leave goes on.
                            return value;
                        };
                        match turn {
                            _ if false => loop {}
                            #[allow(unreachable_code)]
                            turn => {
                                // Enter or exit has failed: under the `?` in the header the error leaves, by the `?` behind
                                // `open_turn`. Or exit has suppressed a failure, if it can.
                                break 'done3 private::open_block(
                                    kind,
                                    private::open_suppressed(
                                        kind,
                                        private::open_turn(kind, turn)?,
                                    ),
                                );
                            }
                        };
                    };
                }
            }
        }
    }
}
