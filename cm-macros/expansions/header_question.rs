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
        match private::TryEnter::build(open())? {
            (manager, kind) => {
                let manager = cm_runtime::pin!(manager);
                let returned = private::pinned();
                'done3: {
                    let mut scope = kind.scope(manager, private::OnlyPanics, 0, 0);
                    let turn = 'turned4: {
                        let value = 'return1: {
                            let kind = kind;
                            break 'done3 private::open(
                                kind,
                                {
                                    let v = match (&mut scope).enter() {
                                        #[allow(unreachable_code)]
                                        private::Err(error) => {
                                            break 'turned4 private::Turn::Failed(error);
                                            return private::pin_of(returned);
                                            break 'return1 private::never_pin_of(returned, loop {});
                                            break 'done3 private::open_type(kind, loop {});
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
                                                        if x.is_empty() {
                                                            break 'return1 Ok(0);
                                                        }
                                                        x.len()
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
                        if let private::Err(turn) = scope.exit_return(&value, 0, 0, 0) {
                            break 'turned4 turn;
                        }
                        return value;
                    };
                    #[allow(unreachable_code)]
                    let () = if false {
                        loop {}
                    } else {
                        break 'done3 private::open_block(
                            kind,
                            private::open_suppressed(
                                kind,
                                private::open_turn(kind, turn)?,
                            ),
                        );
                    };
                }
            }
        }
    }
}
