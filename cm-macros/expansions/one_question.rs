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
        // The manager, which must be one, and the `Kind` of the block: its type, by the type of exit.
        // The temporaries of the expression live as long as this `match`.
        match private::Enter::manager(manager()) {
            (manager, kind) => {
                // It stays where it is until the end of the block: a generator must not move.
                let manager = private::pin!(manager);
                // The block ends here with its value, whatever happened inside.
                'done3: {
                    #[allow(unreachable_code)]
                    // Never taken. It says of what type the block is before the body is checked, so that the body's
                    // value is coerced as in a plain block.
                    if false {
                        break 'done3 private::Kind::block_type(kind, loop {});
                    }
                    // It runs exit when it is dropped: while a panic unwinds. All other ways out of the body are below,
                    // and hand it over.
                    let mut scope = private::Scope::new(
                        manager,
                        private::OnlyPanics,
                        private::Place.here(),
                        0,
                        0,
                    );
                    // Exit jumps here when it does not let the leave go on: by an error, or by suppressing a failure.
                    let turn = 'turned4: {
                        // The `?` of the body jumps here with what it was applied to.
                        let residual = 'question1: {
                            let kind = kind;
                            // The body's end. All of it is the operand of the `break`, so that the block diverges where the
                            // body does.
                            break 'done3 private::Kind::value(
                                kind,
                                {
                                    // Enter; the value borrows from the scope.
                                    let v = match private::Scope::enter(&mut scope) {
                                        private::Ok(value) => {
                                            // What the user has named: all that the body sees of this.
                                            let x = value;
                                            'body2: {
                                                #[allow(unreachable_code)]
                                                // Never taken; for the body's type, as above.
                                                if false {
                                                    break 'body2 private::Kind::body_type(kind, loop {});
                                                }
                                                match () {
                                                    () => {
                                                        // `x.parse()?`, taken apart as the compiler does it.
                                                        (match x.parse() {
                                                            value => {
                                                                match <_ as private::Branch>::branch(value) {
                                                                    private::ControlFlow::Continue(value) => value,
                                                                    private::ControlFlow::Break(residual) => {
                                                                        // The body's locals and the value are dropped on the way.
                                                                        break 'question1 residual;
                                                                    }
                                                                }
                                                            }
                                                        })
                                                    }
                                                }
                                            }
                                        }
                                        #[allow(unreachable_code)]
                                        // Enter has failed: exit is not called.
                                        private::Err(error) => {
                                            break 'turned4 private::Turn::Failed(error);
                                            private::Kind::body_type(kind, ())
                                        }
                                    };
                                    #[allow(unreachable_code)]
                                    // Exit, told of the body's end. The zeros are types that are left open: in them the compiler
                                    // notes whether `v` is an `Err`, and what its error can show.
                                    if let private::Err(turn) = scope
                                        .exit_with(&v, private::Leave::End, 0, 0, 0)
                                    {
                                        break 'turned4 turn;
                                    }
                                    v
                                },
                            );
                        };
                        #[allow(unreachable_code)]
                        // Exit, told of the failure.
                        if let private::Err(turn) = scope
                            .exit_question(&residual, 0, 0, 0)
                        {
                            break 'turned4 turn;
                        }
                        // The leave goes on, out of the function, which converts the error.
                        #[allow(unreachable_code)] match residual? {}
                    };
                    #[allow(unreachable_code)]
                    // The value that exit has put in the place of the leave. This manager's exit may be unable to do
                    // so: then `turn` is a function that returns `!`, and nothing below it is reachable.
                    if false {
                        loop {}
                    } else {
                        break 'done3 private::Kind::block(
                            kind,
                            private::Kind::turn(kind, turn),
                        );
                    };
                }
            }
        }
    }
}
