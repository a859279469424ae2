//! Packages that a test makes, and what cargo says of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A package that depends on `cm-runtime`.
pub(crate) struct Package(PathBuf);

impl Package {
    /// Writes the manifest.
    pub(crate) fn new(root: &Path, name: &str) -> Self {
        Self::with(root, name, &[], "")
    }

    /// The same with features of `cm-runtime`, and with more that stands behind the dependency.
    pub(crate) fn with(root: &Path, name: &str, features: &[&str], more: &str) -> Self {
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("cm-runtime");
        let package = Self(root.join(name));
        package.put(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\ncm-runtime = {{ path = '{}', features = {features:?} }}\n{more}",
                runtime.display()
            ),
        );
        package
    }

    /// Writes a file. One that did not change keeps its time, and so is not compiled again.
    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("it is in the package")).expect("a folder");
        if fs::read_to_string(&path).ok().as_deref() != Some(text) {
            fs::write(&path, text).expect("a file");
        }
    }
}

/// What cargo said.
pub(crate) struct Said {
    pub(crate) events: Vec<Value>,
    pub(crate) errors: String,
    pub(crate) succeeded: bool,
}

/// Runs cargo on the workspace in `root`, which has these packages.
pub(crate) fn cargo(root: &Path, packages: &[String], arguments: &[&str]) -> Said {
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {packages:?}\n");
    fs::write(root.join("Cargo.toml"), manifest).expect("a file");
    // The versions are those of this workspace.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("Cargo.lock");
    fs::copy(lock, root.join("Cargo.lock")).expect("a lock file");
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--offline", "--workspace", "--message-format=json"])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stdout);
    let events = said.lines().map(serde_json::from_str);
    Said {
        events: events.collect::<Result<_, _>>().expect("cargo writes JSON"),
        errors: String::from_utf8_lossy(&output.stderr).into_owned(),
        succeeded: output.status.success(),
    }
}

/// Where the user has written what is at `span`: of the tokens of a macro, its call.
pub(crate) fn user(mut span: &Value) -> &Value {
    let is_of_a_crate = |span: &Value| {
        let file = span["file_name"].as_str().expect("a path");
        Path::new(file).is_absolute()
    };
    while is_of_a_crate(span) && span["expansion"].is_object() {
        span = &span["expansion"]["span"];
    }
    span
}

/// The place of a message: of its span that is no second label.
pub(crate) fn primary(message: &Value) -> Option<&Value> {
    let spans = message["spans"].as_array()?;
    let span = spans.iter().find(|span| span["is_primary"] == true)?;
    Some(user(span))
}
