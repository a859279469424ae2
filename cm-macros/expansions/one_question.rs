// A body with one leave.
//
// ```
// with! { manager() as x => {
//     x.parse()?
// } }
// ```
//
// `private` is `cm_runtime::__private`. All names and labels have the hygiene of a macro: the body
// does not see them.

fn expansion() {
    {
        // The `Kind` of the block is its type, by the type of exit: open until the manager is there.
        let kind = private::kind();
        // The manager, which must be one. The temporaries of the expression live as long as this `match`.
        match private::Enter::manager(manager(), kind) {
            // Never taken: of whatever type the block has to be.
            #[allow(unreachable_code)]
            _ if false => {
                let block;
                loop {}
                block
            }
            manager => {
                // It stays where it is until the end of the block: a generator must not move. (A pattern: of a
                // `let` with a name clippy may say that what has that name could be dropped earlier.)
                let (manager,) = (cm_runtime::pin!(manager),);
                // The block ends here with its value, whatever happened inside.
                'done3: {
                    {
                        // It runs exit when it is dropped: while a panic unwinds. All other ways out of the body are below,
                        // and hand it over. The zeros are types that are left open: in them the compiler notes what an
                        // error can show.
                        let (mut scope,) = (
                            kind.scope(manager, private::OnlyPanics, 0, 0),
                        );
                        // Exit jumps here when it does not let the leave go on: by an error, or by suppressing a failure.
                        let turn = 'turned4: {
                            // The `?` of the body jumps here with what it was applied to.
                            let residual = 'question1: {
                                let kind = kind;
                                // The body's end. All of it is the operand of the `break`, so that the block diverges where the
                                // body does.
                                break 'done3 private::value(
                                    kind,
                                    {
                                        let _v = {
                                            // Enter; the value borrows from the scope.
                                            let [value] = match (&mut scope).enter() {
                                                #[allow(unreachable_code)]
                                                private::Err(turn) => {
                                                    // Enter has failed: exit is not called.
                                                    break 'turned4 turn;
                                                    // Never reached. It says of what type the block is before the body is checked, so that the body's
                                                    // value is coerced as in a plain block.
                                                    break 'done3 private::block_type(kind, loop {});
                                                    // A type that is only known if that of the manager is: an error in the header is told once.
                                                    scope.known().never()
                                                }
                                                private::Ok(value) => [value],
                                            };
                                            // What the user has named: all that the body sees of this.
                                            let x = value;
                                            // It stands in a `let`, so that what the body has to be reaches into all of its value.
                                            'body2: {
                                                #[allow(unreachable_code)]
                                                // Never taken; says of what type that is, as above.
                                                if false {
                                                    break 'body2 private::body_type(kind, loop {});
                                                }
                                                match () {
                                                    () => {
                                                        // `x.parse()?`, taken apart as the compiler does it.
                                                        match <_ as private::Try>::branch((x.parse())) {
                                                            private::Continue(value) => (value,).0,
                                                            // The body's locals and the value are dropped on the way.
                                                            private::Break(residual) => break 'question1 residual,
                                                        }
                                                    }
                                                }
                                            }
                                        };
                                        #[allow(unreachable_code)]
                                        // Exit, told of the body's end: a failure if `_v` is an `Err`, as one of the zeros tells.
                                        if let private::Err(turn) = scope.exit_end(&_v, 0, 0, 0) {
                                            break 'turned4 turn;
                                        }
                                        _v
                                    },
                                );
                            };
                            #[allow(unreachable_code)]
                            // Exit, told of the failure. Then the leave goes on, out of the function, by this `?`, which
                            // converts the error; or exit puts something in its place, and that is what the `?` gives.
                            break 'turned4 scope.exit_question(residual, 0, 0)?;
                        };
                        match turn {
                            _ if false => loop {}
                            #[allow(unreachable_code)]
                            turn => {
                                // The value that exit has put in the place of the leave. This manager's exit may be unable to do
                                // so: then `turn` is a function that returns `!`, and nothing behind it is reachable. The other
                                // arm, which is never taken, holds back a warning of that: it would be about generated code.
                                break 'done3 private::block(
                                    kind,
                                    private::turn(kind, turn),
                                );
                            }
                        };
                    };
                }
            }
        }
    }
}
