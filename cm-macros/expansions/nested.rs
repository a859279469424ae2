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
                let manager = private::pin!(manager);
                'done7: {
                    #[allow(unreachable_code)]
                    if false {
                        break 'done7 private::Kind::block_type(kind, loop {});
                    }
                    let mut scope = private::Scope::new(
                        manager,
                        private::OnlyPanics,
                        private::Place.here(),
                        0,
                        0,
                    );
                    let turn = 'turned8: {
                        let residual = 'question5: {
                            let kind = kind;
                            break 'done7 private::Kind::value(
                                kind,
                                {
                                    let v = match private::Scope::enter(&mut scope) {
                                        private::Ok(value) => {
                                            let x = value;
                                            // The body of the outer block is the inner one, whole.
                                            'body6: {
                                                #[allow(unreachable_code)]
                                                if false {
                                                    break 'body6 private::Kind::body_type(kind, loop {});
                                                }
                                                match () {
                                                    () => {
                                                        match private::Enter::manager(inner()) {
                                                            (manager, kind) => {
                                                                let manager = private::pin!(manager);
                                                                'done3: {
                                                                    #[allow(unreachable_code)]
                                                                    if false {
                                                                        break 'done3 private::Kind::block_type(kind, loop {});
                                                                    }
                                                                    let mut scope = private::Scope::new(
                                                                        manager,
                                                                        private::OnlyPanics,
                                                                        private::Place.here(),
                                                                        0,
                                                                        0,
                                                                    );
                                                                    let turn = 'turned4: {
                                                                        let residual = 'question1: {
                                                                            let kind = kind;
                                                                            break 'done3 private::Kind::value(
                                                                                kind,
                                                                                {
                                                                                    let v = match private::Scope::enter(&mut scope) {
                                                                                        private::Ok(value) => {
                                                                                            let y = value;
                                                                                            'body2: {
                                                                                                #[allow(unreachable_code)]
                                                                                                if false {
                                                                                                    break 'body2 private::Kind::body_type(kind, loop {});
                                                                                                }
                                                                                                match () {
                                                                                                    () => {
                                                                                                        (match work(x, y) {
                                                                                                            value => {
                                                                                                                match <_ as private::Branch>::branch(value) {
                                                                                                                    private::ControlFlow::Continue(value) => value,
                                                                                                                    private::ControlFlow::Break(residual) => {
                                                                                                                        // First to the inner block ...
                                                                                                                        break 'question1 residual;
                                                                                                                    }
                                                                                                                }
                                                                                                            }
                                                                                                        });
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
                                                                        if let private::Err(turn) = scope
                                                                            .exit_question(&residual, 0, 0, 0)
                                                                        {
                                                                            break 'turned4 turn;
                                                                        }
                                                                        // ... and from there, after its exit, to the outer one, whose exit is told of the same failure.
                                                                        break 'question5 residual;
                                                                    };
                                                                    #[allow(unreachable_code)]
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
                                            }
                                        }
                                        #[allow(unreachable_code)]
                                        private::Err(error) => {
                                            break 'turned8 private::Turn::Failed(error);
                                            private::Kind::body_type(kind, ())
                                        }
                                    };
                                    #[allow(unreachable_code)]
                                    if let private::Err(turn) = scope
                                        .exit_with(&v, private::Leave::End, 0, 0, 0)
                                    {
                                        break 'turned8 turn;
                                    }
                                    v
                                },
                            );
                        };
                        #[allow(unreachable_code)]
                        if let private::Err(turn) = scope
                            .exit_question(&residual, 0, 0, 0)
                        {
                            break 'turned8 turn;
                        }
                        // Behind the outermost the leave goes on.
                        #[allow(unreachable_code)] match residual? {}
                    };
                    #[allow(unreachable_code)]
                    if false {
                        loop {}
                    } else {
                        break 'done7 private::Kind::block(
                            kind,
                            private::Kind::turn(kind, turn),
                        );
                    };
                }
            }
        }
    }
}
