// An async manager: enter and exit are awaited where they stand, in the user's own function. `Watch`
// notes whether the function is left suspended there, so that a scope that is dropped knows whether
// it was cancelled.
//
// ```
// with! { async connect() as line => {
//     line.send().await;
// } }
// ```

fn expansion() {
    {
        let kind = private::kind();
        match private::EnterAsync::manager(connect(), kind) {
            #[allow(unreachable_code)]
            _ if false => {
                let block;
                loop {}
                block
            }
            manager => {
                let (manager,) = (cm_runtime::pin!(manager),);
                // Where all awaits below note whether the function is suspended; one for all blocks of a nest.
                let watch = private::Watch::new();
                'done2: {
                    // It cancels when it is dropped, from the first poll of enter to the last one of exit.
                    let (mut scope,) = (
                        kind
                            .async_scope(
                                manager,
                                private::Awaits::new(&watch, private::OnlyPanics),
                                0,
                                0,
                            ),
                    );
                    let turn = 'turned3: {
                        let kind = kind;
                        break 'done2 private::value(
                            kind,
                            {
                                let _v = {
                                    // Enter. Its future is gone when the body begins. If it fails, the watch knows that, and the
                                    // scope is not owed anything.
                                    let [value] = match private::Watch::over_enter(
                                            &watch,
                                            (&mut scope).entering(),
                                        )
                                        .await
                                    {
                                        #[allow(unreachable_code)]
                                        private::Err(error) => {
                                            break 'turned3 kind.failed(error);
                                            break 'done2 private::block_type(kind, loop {});
                                            scope.known().never()
                                        }
                                        private::Ok(value) => [value],
                                    };
                                    let line = value;
                                    'body1: {
                                        #[allow(unreachable_code)]
                                        if false {
                                            break 'body1 private::body_type(kind, loop {});
                                        }
                                        match () {
                                            () => {
                                                // The body's own awaits note it as well.
                                                (<_ as private::Await<_>>::under)((line.send()), &watch)
                                                    .await;
                                            }
                                        }
                                    }
                                };
                                #[allow(unreachable_code)]
                                // Exit. What it is told is made again behind it, so that it need not be kept while exit is
                                // awaited: the future stays small.
                                if let private::Err(turn) = private::AsyncScope::exited(
                                    private::Watch::over_exit(
                                            &watch,
                                            private::AsyncScope::exiting(
                                                &mut scope,
                                                kind.told_end(&_v, 0, 0, 0),
                                            ),
                                        )
                                        .await,
                                    scope,
                                    kind.told_end(&_v, 0, 0, 0),
                                ) {
                                    break 'turned3 turn;
                                }
                                _v
                            },
                        );
                    };
                    match turn {
                        _ if false => loop {}
                        #[allow(unreachable_code)]
                        turn => {
                            break 'done2 private::block(kind, private::turn(kind, turn));
                        }
                    };
                }
            }
        }
    }
}
