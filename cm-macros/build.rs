//! Tells a nightly compiler, on which unstable syntax can be enabled, from a stable one.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(nightly)");
    println!("cargo::rerun-if-env-changed=RUSTC");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = std::process::Command::new(rustc).arg("--version").output();
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    if version.is_ok_and(|version| version.contains("nightly") || version.contains("dev")) {
        println!("cargo::rustc-cfg=nightly");
    }
}
