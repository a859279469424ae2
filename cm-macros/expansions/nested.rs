// Two managers, and a `?` that leaves both.
//
// ```
// with! { outer() as x, inner() as y => {
//     work(x, y)?;
// } }
// ```

fn expansion() {
    {
        match private::Enter::manager(outer()) {
            (manager, kind) => {
                let manager = cm_runtime::pin!(manager);
                'done7: {
                    let mut scope = kind.scope(manager, private::OnlyPanics, 0, 0);
                    let turn = 'turned8: {
                        let residual = 'question5: {
                            let kind = kind;
                            break 'done7 private::value(
                                kind,
                                {
                                    let _v = {
                                        let value = match (&mut scope).enter() {
                                            #[allow(unreachable_code)]
                                            private::Err(error) => {
                                                break 'turned8 private::Turn::Failed(error);
                                                break 'done7 private::block_type(kind, loop {});
                                            }
                                            private::Ok(value) => value,
                                        };
                                        let x = value;
                                        // The body of the outer block is the inner one, whole.
                                        'body6: {
                                            #[allow(unreachable_code)]
                                            if false {
                                                break 'body6 private::body_type(kind, loop {});
                                            }
                                            match () {
                                                () => {
                                                    match private::Enter::manager(inner()) {
                                                        (manager, kind) => {
                                                            let manager = cm_runtime::pin!(manager);
                                                            'done3: {
                                                                let mut scope = kind
                                                                    .scope(manager, private::OnlyPanics, 0, 0);
                                                                let turn = 'turned4: {
                                                                    let residual = 'question1: {
                                                                        let kind = kind;
                                                                        break 'done3 private::value(
                                                                            kind,
                                                                            {
                                                                                let _v = {
                                                                                    let value = match (&mut scope).enter() {
                                                                                        #[allow(unreachable_code)]
                                                                                        private::Err(error) => {
                                                                                            break 'turned4 private::Turn::Failed(error);
                                                                                            break 'done3 private::block_type(kind, loop {});
                                                                                        }
                                                                                        private::Ok(value) => value,
                                                                                    };
                                                                                    let y = value;
                                                                                    'body2: {
                                                                                        #[allow(unreachable_code)]
                                                                                        if false {
                                                                                            break 'body2 private::body_type(kind, loop {});
                                                                                        }
                                                                                        match () {
                                                                                            () => {
                                                                                                (match <_ as private::Try>::branch((work(x, y))) {
                                                                                                    private::Continue(value) => value,
                                                                                                    // First to the inner block ...
                                                                                                    private::Break(residual) => break 'question1 residual,
                                                                                                });
                                                                                            }
                                                                                        }
                                                                                    }
                                                                                };
                                                                                #[allow(unreachable_code)]
                                                                                if let private::Err(turn) = scope.exit_end(&_v, 0, 0, 0) {
                                                                                    break 'turned4 turn;
                                                                                }
                                                                                _v
                                                                            },
                                                                        );
                                                                    };
                                                                    #[allow(unreachable_code)]
                                                                    break 'turned4 match <_ as private::Try>::branch(
                                                                        scope.exit_question(residual, 0, 0),
                                                                    ) {
                                                                        private::Continue(value) => value,
                                                                        // ... and from there, after its exit, to the outer one, whose exit is told of the same failure.
                                                                        private::Break(residual) => break 'question5 residual,
                                                                    };
                                                                };
                                                                match turn {
                                                                    _ if false => loop {}
                                                                    #[allow(unreachable_code)]
                                                                    turn => {
                                                                        break 'done3 private::block(kind, private::turn(kind, turn));
                                                                    }
                                                                }
                                                            }
                                                        }
                                                    }
                                                }
                                            }
                                        }
                                    };
                                    #[allow(unreachable_code)]
                                    if let private::Err(turn) = scope.exit_end(&_v, 0, 0, 0) {
                                        break 'turned8 turn;
                                    }
                                    _v
                                },
                            );
                        };
                        #[allow(unreachable_code)]
                        // Behind the outermost the leave goes on.
                        break 'turned8 scope.exit_question(residual, 0, 0)?;
                    };
                    match turn {
                        _ if false => loop {}
                        #[allow(unreachable_code)]
                        turn => {
                            break 'done7 private::block(kind, private::turn(kind, turn));
                        }
                    }
                }
            }
        }
    }
}
