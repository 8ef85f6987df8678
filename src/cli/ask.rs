//! Questions at the terminal. Where there is no terminal nothing is asked, and the answer is none.

use std::io::{IsTerminal, Write, stdin};

/// One line; an empty one is `default`.
pub(super) fn line(question: &str, default: Option<&str>) -> Option<String> {
    if !stdin().is_terminal() {
        return None;
    }
    let hint = default.map(|default| format!(" [{default}]")).unwrap_or_default();
    let mut out = std::io::stderr();
    write!(out, "{question}{hint}: ").and_then(|()| out.flush()).ok()?;
    let mut answer = String::new();
    stdin().read_line(&mut answer).ok()?;
    let answer = answer.trim();
    if answer.is_empty() { default.map(str::to_owned) } else { Some(answer.to_owned()) }
}

/// A secret, not shown while it is typed.
pub(super) fn secret(question: &str) -> Option<String> {
    if !stdin().is_terminal() {
        return None;
    }
    rpassword::prompt_password(question).ok().filter(|answer| !answer.is_empty())
}
