// A `break` out of a loop around the block.
//
// ```
// with! { manager() as x => {
//     break;
// } }
// ```

fn expansion() {
    {
        // Of the type that the block has to be, which it is told below: its value stands in a `let` first.
        let block;
        let kind = private::kind();
        match private::Enter::manager(manager(), kind) {
            #[allow(unreachable_code)]
            _ if false => {
                loop {}
                block
            }
            manager => {
                let (manager,) = (cm_runtime::pin!(manager),);
                {
                    let out;
                    // An unlabelled `break` must not stand in a labelled block. So it leaves all of them as a value,
                    // and is carried out behind them.
                    match 'flow5: {
                        let done = 'done3: {
                            let (mut scope,) = (
                                kind.scope(manager, private::OnlyPanics, 0, 0),
                            );
                            let turn = 'turned4: {
                                'jump1: {
                                    let kind = kind;
                                    break 'done3 private::value(
                                        kind,
                                        {
                                            let _v = {
                                                let [value] = match (&mut scope).enter() {
                                                    #[allow(unreachable_code)]
                                                    private::Err(turn) => {
                                                        break 'turned4 turn;
                                                        break 'done3 block;
                                                        break 'done3 private::block_type(kind, loop {});
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
                                                            // The `break` of the body. What it carries is `()`, so that it ends with a
                                                            // token of the body.
                                                            break 'jump1 private::NOTHING;
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
                                }
                                #[allow(unreachable_code)]
                                // Exit, told of a `break`.
                                if let private::Err(turn) = scope
                                    .exit_jump(private::Leave::Break)
                                {
                                    break 'turned4 turn;
                                }
                                // The leave goes on.
                                break 'flow5 private::Flow::Break(());
                            };
                            match turn {
                                _ if false => loop {}
                                #[allow(unreachable_code)]
                                turn => {
                                    break 'done3 private::block(
                                        kind,
                                        private::turn(kind, turn),
                                    );
                                }
                            };
                        };
                        #[allow(unreachable_code)]
                        break 'flow5 private::Flow::<
                            _,
                            _,
                            private::Infallible,
                        >::Done(done);
                    } {
                        private::Flow::Done(done) => out = done,
                        // Here it does what it would have done in a plain block.
                        private::Flow::Break(()) => break,
                        private::Flow::Continue(never) => match never {}
                    }
                    out
                }
            }
        }
    }
}
