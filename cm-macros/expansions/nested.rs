// Two managers, and a `?` that leaves both.
//
// ```
// with! { outer() as x, inner() as y => {
//     work(x, y)?;
// } }
// ```

fn expansion() {
    {
        let kind = private::kind();
        match private::Enter::manager(outer(), kind) {
            #[allow(unreachable_code)]
            _ if false => {
                let block;
                loop {}
                block
            }
            manager => {
                let (manager,) = (cm_runtime::pin!(manager),);
                // Stands for the inner block ...
                let inner2 = private::pinned();
                'done8: {
                    let (mut scope,) = (kind.scope(manager, private::OnlyPanics, 0, 0),);
                    let turn = 'turned9: {
                        let residual = 'question6: {
                            let kind = kind;
                            break 'done8 private::value(
                                kind,
                                {
                                    let _v = {
                                        let [value] = match (&mut scope).enter() {
                                            #[allow(unreachable_code)]
                                            private::Err(turn) => {
                                                break 'turned9 turn;
                                                break 'done8 private::block_type(kind, loop {});
                                                scope.known().never()
                                            }
                                            private::Ok(value) => [value],
                                        };
                                        let x = value;
                                        // The body of the outer block is the inner one, whole.
                                        'body7: {
                                            #[allow(unreachable_code)]
                                            if false {
                                                break 'body7 private::body_type(kind, loop {});
                                            }
                                            match () {
                                                () => {
                                                    let kind = private::kind();
                                                    match private::Enter::manager(inner(), kind) {
                                                        #[allow(unreachable_code)]
                                                        _ if false => {
                                                            let block;
                                                            loop {}
                                                            block
                                                        }
                                                        manager => {
                                                            let (manager,) = (cm_runtime::pin!(manager),);
                                                            // ... of which it is said here what kind it is ...
                                                            private::ends_with(
                                                                inner2,
                                                                kind,
                                                                private::innermost((0, 0, 0)),
                                                                (0, 0, 0),
                                                            );
                                                            'done4: {
                                                                let (mut scope,) = (
                                                                    kind.scope(manager, private::OnlyPanics, 0, 0),
                                                                );
                                                                let turn = 'turned5: {
                                                                    let residual = 'question1: {
                                                                        let kind = kind;
                                                                        break 'done4 private::value(
                                                                            kind,
                                                                            {
                                                                                let _v = {
                                                                                    let [value] = match (&mut scope).enter() {
                                                                                        #[allow(unreachable_code)]
                                                                                        private::Err(turn) => {
                                                                                            break 'turned5 turn;
                                                                                            break 'done4 private::block_type(kind, loop {});
                                                                                            scope.known().never()
                                                                                        }
                                                                                        private::Ok(value) => [value],
                                                                                    };
                                                                                    let y = value;
                                                                                    'body3: {
                                                                                        #[allow(unreachable_code)]
                                                                                        if false {
                                                                                            break 'body3 private::body_type(kind, loop {});
                                                                                        }
                                                                                        match () {
                                                                                            () => {
                                                                                                (match <_ as private::Try>::branch((work(x, y))) {
                                                                                                    private::Continue(value) => (value,).0,
                                                                                                    // First to the inner block ...
                                                                                                    private::Break(residual) => break 'question1 residual,
                                                                                                });
                                                                                            }
                                                                                        }
                                                                                    }
                                                                                };
                                                                                #[allow(unreachable_code)]
                                                                                if let private::Err(turn) = scope.exit_end(&_v, 0, 0, 0) {
                                                                                    break 'turned5 turn;
                                                                                }
                                                                                _v
                                                                            },
                                                                        );
                                                                    };
                                                                    #[allow(unreachable_code)]
                                                                    break 'turned5 match <_ as private::Try>::branch(
                                                                        scope.exit_question(residual, 0, 0),
                                                                    ) {
                                                                        private::Continue(value) => value,
                                                                        // ... and from there, after its exit, to the outer one, whose exit is told of the same failure.
                                                                        private::Break(residual) => break 'question6 residual,
                                                                    };
                                                                };
                                                                match turn {
                                                                    _ if false => loop {}
                                                                    // ... so that an `Err` in its value, were that `Some(Err(..))`, is a failure here, too.
                                                                    #[allow(unreachable_code)]
                                                                    turn => {
                                                                        break 'done4 private::block(
                                                                            kind,
                                                                            private::turn(kind, turn),
                                                                        );
                                                                    }
                                                                };
                                                            }
                                                        }
                                                    }
                                                }
                                            }
                                        }
                                    };
                                    #[allow(unreachable_code)]
                                    if let private::Err(turn) = scope
                                        .exit_end_of_inner(&_v, inner2)
                                    {
                                        break 'turned9 turn;
                                    }
                                    _v
                                },
                            );
                        };
                        #[allow(unreachable_code)]
                        // Behind the outermost the leave goes on.
                        break 'turned9 scope.exit_question(residual, 0, 0)?;
                    };
                    match turn {
                        _ if false => loop {}
                        #[allow(unreachable_code)]
                        turn => {
                            break 'done8 private::block(kind, private::turn(kind, turn));
                        }
                    };
                }
            }
        }
    }
}
