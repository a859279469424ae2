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
                let manager = cm_runtime::pin!(manager);
                'done3: {
                    let mut scope = kind.scope(manager, private::OnlyPanics, 0, 0);
                    let turn = 'turned4: {
                        let residual = 'question1: {
                            let kind = kind;
                            break 'done3 private::value(
                                kind,
                                {
                                    let v = match (&mut scope).enter() {
                                        #[allow(unreachable_code)]
                                        private::Err(error) => {
                                            break 'turned4 private::Turn::Failed(error);
                                            break 'done3 private::block_type(kind, loop {});
                                        }
                                        private::Ok(value) => {
                                            let x = value;
                                            'body2: {
                                                #[allow(unreachable_code)]
                                                if false {
                                                    break 'body2 private::body_type(kind, loop {});
                                                }
                                                match () {
                                                    () => {
                                                        (match <_ as private::Try>::branch(x.parse()) {
                                                            private::Continue(value) => value,
                                                            private::Break(residual) => break 'question1 residual,
                                                        })
                                                    }
                                                }
                                            }
                                        }
                                    };
                                    #[allow(unreachable_code)]
                                    if let private::Err(turn) = scope.exit_end(&v, 0, 0, 0) {
                                        break 'turned4 turn;
                                    }
                                    v
                                },
                            );
                        };
                        #[allow(unreachable_code)]
                        break 'turned4 scope.exit_question(residual, 0, 0)?;
                    };
                    #[allow(unreachable_code)]
                    let () = if false {
                        loop {}
                    } else {
                        break 'done3 private::block(kind, private::turn(kind, turn));
                    };
                }
            }
        }
    }
}
// It stays where it is until the end of the block: a generator must not move.
// The block ends here with its value, whatever happened inside.
// Never taken. It says of what type the block is before the body is checked, so that the body's
// value is coerced as in a plain block.
