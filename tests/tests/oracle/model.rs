//! The contract of `with!`, as a small interpreter: what has to happen for a way of leaving the
//! body, under managers of given verdicts with given answers.
//!
//! It knows the contract only, and nothing of how the macro is built.

/// What exit returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Unit,
    Fail,
    Suppress,
    Both,
}

/// What exit does this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Fine,
    Suppress,
    Error,
    Panic,
}

/// What building and entering do this time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    Fine,
    BuildFails,
    EnterFails,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Script {
    pub(crate) start: Start,
    pub(crate) answer: Answer,
}

/// One manager of a program, outermost first; `question`: there is a `?` in the header; `awaited`: it
/// is entered with `async`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) verdict: Verdict,
    pub(crate) question: bool,
    pub(crate) awaited: bool,
}

/// How the body is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leave {
    EndUnit,
    EndValue,
    EndOk,
    EndErr,
    QuestionResult,
    QuestionOption,
    ReturnNothing,
    ReturnPlain,
    ReturnOk,
    ReturnErr,
    Break,
    BreakLabelled,
    BreakValue,
    BreakBlock,
    Continue,
    ContinueLabelled,
    Panic,
    /// A `return Err(..)` in the arguments of a foreign macro.
    ShownReturn,
    /// A `?` in the arguments of a foreign macro.
    ShownQuestion,
    /// A `return Err(..)` of which a foreign macro shows nothing.
    HiddenReturn,
}

/// A value, as far as the contract looks at it.
#[derive(Clone, Debug)]
enum Value {
    Plain(&'static str),
    Ok(Box<Value>),
    Err(String),
    Some(Box<Value>),
    None,
}

impl Value {
    fn show(&self) -> String {
        match self {
            Self::Plain(text) => (*text).to_owned(),
            Self::Ok(value) => format!("Ok({})", value.show()),
            Self::Err(error) => format!("Err({error})"),
            Self::Some(value) => format!("Some({})", value.show()),
            Self::None => "None".to_owned(),
        }
    }

    /// The error in it: blocks further in may have wrapped it.
    fn error(&self) -> Option<&str> {
        match self {
            Self::Err(error) => Some(error),
            Self::Ok(value) | Self::Some(value) => value.error(),
            Self::Plain(_) | Self::None => None,
        }
    }
}

/// What is on its way out.
#[derive(Clone, Debug)]
enum Flow {
    /// The value of a body or block.
    Value(Value),
    /// A `?`, with the error as it was raised; `None` is the one of `Option`.
    Question(Option<String>),
    Return(Value),
    Jump,
    Panic(String),
    /// A return that nobody sees.
    Hidden(Value),
}

struct Run<'a> {
    forms: &'a [Form],
    scripts: &'a [Script],
    leave: Leave,
    journal: Vec<String>,
}

/// The journal of a program.
pub(crate) fn journal(leave: Leave, forms: &[Form], scripts: &[Script]) -> Vec<String> {
    let mut run = Run {
        forms,
        scripts,
        leave,
        journal: Vec::new(),
    };
    run.program();
    run.journal
}

impl Run<'_> {
    fn note(&mut self, event: impl Into<String>) {
        self.journal.push(event.into());
    }

    /// The function around the block. Loops run twice, unless they are left.
    fn program(&mut self) {
        use Leave::{Break, BreakBlock, BreakLabelled, BreakValue, Continue, ContinueLabelled};
        let rounds = match self.leave {
            Break | BreakLabelled | Continue | ContinueLabelled => 2,
            _ => 1,
        };
        let mut left_loop = false;
        for round in 0..rounds {
            if rounds > 1 {
                self.note(format!("round {round}"));
            }
            match self.level(0) {
                Flow::Value(value) => {
                    self.note(format!("after {}", value.show()));
                    match self.leave {
                        BreakLabelled | ContinueLabelled => self.note("inner loop ended"),
                        BreakValue | BreakBlock => self.note("jumped with 0"),
                        _ => {}
                    }
                }
                Flow::Jump => match self.leave {
                    Break | BreakLabelled => {
                        left_loop = true;
                        break;
                    }
                    BreakValue | BreakBlock => self.note("jumped with 7"),
                    _ => {}
                },
                Flow::Question(Some(error)) => {
                    return self.note(format!("caller Err(app {error})"));
                }
                Flow::Question(None) => return self.note("caller None"),
                Flow::Return(value) | Flow::Hidden(value) => {
                    return self.note(format!("caller {}", value.show()));
                }
                Flow::Panic(payload) => return self.note(format!("caller panic {payload}")),
            }
        }
        if rounds > 1 {
            self.note(if left_loop { "loop left" } else { "loop ended" });
        }
        let usual = match self.leave {
            Leave::QuestionOption => "Some(1)",
            Leave::ReturnNothing => "()",
            Leave::ReturnPlain => "1",
            _ => "Ok(1)",
        };
        self.note(format!("caller {usual}"));
    }

    /// The block of the manager at `depth`, with all that is inside.
    fn level(&mut self, depth: usize) -> Flow {
        let Some((&form, &script)) = self.forms.get(depth).zip(self.scripts.get(depth)) else {
            return self.body();
        };
        let name = depth + 1;
        if script.start == Start::BuildFails {
            return Flow::Question(Some(format!("build {name}")));
        }
        if script.start == Start::EnterFails {
            self.note(format!("enter {name} fails"));
            return failed(form, format!("enter {name}"));
        }
        self.note(format!("enter {name}"));
        let flow = self.level(depth + 1);
        self.note(format!("drop value {name}"));
        self.exit(name, form, script.answer, flow)
    }

    fn body(&mut self) -> Flow {
        self.note("body");
        let flow = match self.leave {
            Leave::EndUnit => Flow::Value(Value::Plain("()")),
            Leave::EndValue => Flow::Value(Value::Plain("5")),
            Leave::EndOk => Flow::Value(Value::Ok(Box::new(Value::Plain("5")))),
            Leave::EndErr => Flow::Value(Value::Err("body".to_owned())),
            Leave::QuestionResult => Flow::Question(Some("body".to_owned())),
            Leave::QuestionOption => Flow::Question(None),
            Leave::ReturnNothing => Flow::Return(Value::Plain("()")),
            Leave::ReturnPlain => Flow::Return(Value::Plain("7")),
            Leave::ReturnOk => Flow::Return(Value::Ok(Box::new(Value::Plain("7")))),
            // What a foreign macro returns is converted already.
            Leave::ReturnErr | Leave::ShownReturn | Leave::ShownQuestion => {
                Flow::Return(Value::Err("app body".to_owned()))
            }
            Leave::HiddenReturn => Flow::Hidden(Value::Err("app body".to_owned())),
            Leave::Panic => Flow::Panic("body".to_owned()),
            Leave::Break
            | Leave::BreakLabelled
            | Leave::BreakValue
            | Leave::BreakBlock
            | Leave::Continue
            | Leave::ContinueLabelled => Flow::Jump,
        };
        self.note("drop local");
        flow
    }

    /// Exit is told how the body was left, and may put something in the place of the leave.
    fn exit(&mut self, name: usize, form: Form, answer: Answer, flow: Flow) -> Flow {
        let (outcome, succeeded) = self.outcome(&flow);
        let unseen = matches!(flow, Flow::Panic(_) | Flow::Hidden(_));
        if unseen && form.awaited {
            // Nothing can be awaited then, and a cancel has no answer.
            self.note(format!("cancel {name} {outcome}"));
            return flow;
        }
        self.note(format!("exit {name} {outcome}"));
        match answer {
            Answer::Suppress if !succeeded && !unseen => {
                let nothing = Value::None;
                Flow::Value(match form {
                    Form {
                        verdict: Verdict::Both,
                        question: false,
                        ..
                    } => Value::Ok(Box::new(nothing)),
                    _ => nothing,
                })
            }
            Answer::Error if succeeded => failed(form, format!("exit {name}")),
            Answer::Error => {
                self.note(format!("lost {name} exit {name}"));
                handed_on(form, flow)
            }
            Answer::Panic if matches!(flow, Flow::Panic(_)) => {
                self.note(format!("lost {name} panic"));
                flow
            }
            Answer::Panic => Flow::Panic(format!("exit {name}")),
            Answer::Fine | Answer::Suppress => handed_on(form, flow),
        }
    }

    fn outcome(&self, flow: &Flow) -> (String, bool) {
        if let Flow::Value(value) | Flow::Return(value) = flow {
            if let Some(error) = value.error() {
                return (format!("Failed({error})"), false);
            }
        }
        match flow {
            Flow::Question(Some(error)) => (format!("Failed({error})"), false),
            Flow::Question(None) | Flow::Hidden(_) => ("Failed(opaque)".to_owned(), false),
            Flow::Value(_) => ("Succeeded(End)".to_owned(), true),
            Flow::Return(_) => ("Succeeded(Return)".to_owned(), true),
            Flow::Jump => match self.leave {
                Leave::Continue | Leave::ContinueLabelled => {
                    ("Succeeded(Continue)".to_owned(), true)
                }
                _ => ("Succeeded(Break)".to_owned(), true),
            },
            Flow::Panic(_) => ("Panicked".to_owned(), false),
        }
    }
}

/// Enter or exit fails: with a `?` in the header the error leaves, else it is the block's value.
fn failed(form: Form, error: String) -> Flow {
    if form.question {
        Flow::Question(Some(error))
    } else {
        Flow::Value(Value::Err(error))
    }
}

/// The leave goes on; a value is handed on in the type that the verdict gives the block.
fn handed_on(form: Form, flow: Flow) -> Flow {
    let Flow::Value(value) = flow else {
        return flow;
    };
    let some = |value| Value::Some(Box::new(value));
    let ok = |value| Value::Ok(Box::new(value));
    Flow::Value(match (form.verdict, form.question) {
        (Verdict::Unit, _) | (Verdict::Fail, true) => value,
        (Verdict::Fail, false) => ok(value),
        (Verdict::Suppress, _) | (Verdict::Both, true) => some(value),
        (Verdict::Both, false) => ok(some(value)),
    })
}
