//! The house stands as it was drawn: imports go one way, the pure rooms are pure, SQL is in the store, files stay small.
//!
//! Every path of every source file is read, `use` trees spread out and `super` resolved; comments and texts are passed
//! over. It is a scan, not a compiler: a macro that builds paths would escape it, and there is none.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A room may use itself and the rooms of a lower rank.
const ROOMS: [(&str, u8); 9] = [
    ("credential", 0),
    ("domain", 1),
    ("store", 2),
    ("outside", 2),
    ("actions", 3),
    ("jobs", 4),
    ("web", 5),
    ("cli", 6),
    ("main", 7),
];

const PURE: [&str; 2] = ["credential", "domain"];

/// What the pure rooms must not name: IO, runtimes, and time or randomness that is not given to them.
const IMPURE: [&str; 24] = [
    "tokio",
    "axum",
    "hyper",
    "hyper_util",
    "tower",
    "tower_http",
    "reqwest",
    "sqlx",
    "moka",
    "tracing",
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::io::stdin",
    "std::io::stdout",
    "std::time::SystemTime",
    "std::time::Instant",
    "jiff::Timestamp::now",
    "jiff::ZonedDateTime::now",
    "rand::rng",
    "rand::random",
    "rand::rngs::SysRng",
];

/// The same, when named through a `use` of its parent.
const IMPURE_ENDS: [&str; 7] =
    ["SystemTime::now", "Instant::now", "Timestamp::now", "ZonedDateTime::now", "SysRng", "OsRng", "ThreadRng"];

const CEILING: usize = 800;

#[test]
fn imports_go_one_way_through_the_rooms() {
    let found: Vec<_> = sources("src").iter().flat_map(wrong_ways).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_pure_rooms_name_no_io_no_clock_and_no_chance() {
    let found: Vec<_> = sources("src").iter().flat_map(impurities).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn sql_is_only_in_the_store() {
    let found: Vec<_> = sources("src").iter().flat_map(sql_elsewhere).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn no_file_is_longer_than_the_ceiling() {
    let files = ["src", "tests", "benches"].iter().flat_map(|folder| sources(folder));
    let found: Vec<_> = files.filter_map(|file| too_long(&file)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_folder_of_the_source_is_a_room() {
    for file in sources("src") {
        let known = ["main", "lib"].contains(&file.room.as_str()) || rank(&file.room).is_some();
        assert!(known, "{} is in no room of the house", file.path);
    }
}

#[test]
fn the_checks_catch_what_they_are_for() {
    let file = |room: &str, depth, text: &str| Source {
        path: format!("{room}/x.rs"),
        room: room.into(),
        depth,
        text: text.into(),
    };
    for (room, text) in [
        ("domain", "use crate::store::db;"),
        ("store", "use crate::{domain::award::Award, outside::{clock::Clock}};"),
        ("outside", "fn a() { crate::store::db::open() }"),
        ("actions", "use super::super::web::{router};"),
        ("web", "mod tests { use super::super::super::cli::run; }"),
        ("jobs", "pub(in crate::jobs) use crate::{jobs::run, web};"),
    ] {
        assert_eq!(wrong_ways(&file(room, 2, text)).len(), 1, "{room}: {text}");
    }
    for (room, text) in [
        ("web", "use crate::{actions::App, domain::award::{Award, AwardState}};"),
        ("domain", "// use crate::store;\n/* crate::web /* crate::cli */ */ const A: &str = \"crate::web\";"),
        (
            "domain",
            "const A: &str = r#\"crate::web \"quoted\" crate::cli\"#; fn a<'crate_>(b: char) { b == '\"' || b == '\\''; }",
        ),
        ("web", "use super::super::store::db; mod tests { use super::super::router; }"),
    ] {
        assert_eq!(wrong_ways(&file(room, 2, text)), Vec::<String>::new(), "{room}: {text}");
    }
    for text in [
        "use std::{collections::BTreeMap, fs};",
        "use std::{net::{IpAddr}};",
        "fn a() { tokio::spawn(b) }",
        "fn a() { jiff::Timestamp::now() }",
        "use jiff::Timestamp; fn a() { Timestamp::now(); }",
        "use std::time::SystemTime;",
    ] {
        assert_eq!(impurities(&file("credential", 2, text)).len(), 1, "{text}");
        assert!(impurities(&file("web", 2, text)).is_empty(), "{text}");
    }
    assert!(impurities(&file("domain", 2, "#[cfg(test)] mod tests { use std::fs; }")).is_empty());
    assert_eq!(impurities(&file("domain", 2, "#[cfg(test)] mod tests { } use std::fs;")).len(), 1);
    assert_eq!(sql_elsewhere(&file("actions", 2, "fn a() { sqlx::query(b) }")).len(), 1);
    assert!(sql_elsewhere(&file("store", 2, "fn a() { sqlx::query(b) }")).is_empty());
    assert!(
        too_long(&file("web", 2, &"\n".repeat(801))).is_some()
            && too_long(&file("web", 2, &"\n".repeat(800))).is_none()
    );
}

struct Source {
    path: String,
    room: String,
    /// How many modules lie between the crate's root and the file's items: 2 for `web/router.rs`.
    depth: usize,
    text: String,
}

fn wrong_ways(file: &Source) -> Vec<String> {
    let own = rank(&file.room).unwrap_or(u8::MAX);
    let rooms = paths(&tokens(&file.text), file.depth);
    let wrong = rooms.iter().filter_map(|path| {
        let room = path.strip_prefix("crate::").or_else(|| path.strip_prefix("laurel::"))?.split("::").next()?;
        let other = rank(room)?;
        let allowed = room == file.room || other < own;
        (!allowed).then(|| format!("{} is in {} and must not use {path}", file.path, file.room))
    });
    wrong.collect()
}

fn impurities(file: &Source) -> Vec<String> {
    if !PURE.contains(&file.room.as_str()) {
        return Vec::new();
    }
    let within = |path: &str, banned: &str| path == banned || path.starts_with(&format!("{banned}::"));
    let found = paths(&without_tests(tokens(&file.text)), file.depth);
    let impure = found.into_iter().filter(|path| {
        IMPURE.iter().any(|banned| within(path, banned))
            || IMPURE_ENDS.iter().any(|banned| path == banned || path.ends_with(&format!("::{banned}")))
    });
    impure.map(|path| format!("{} is pure and must not name {path}", file.path)).collect()
}

fn sql_elsewhere(file: &Source) -> Vec<String> {
    let found = paths(&tokens(&file.text), file.depth);
    let sql = found.into_iter().filter(|path| file.room != "store" && path.split("::").next() == Some("sqlx"));
    sql.map(|path| format!("{} must leave {path} to the store", file.path)).collect()
}

fn too_long(file: &Source) -> Option<String> {
    let lines = file.text.lines().count();
    (lines > CEILING).then(|| format!("{} has {lines} lines; the ceiling is {CEILING}", file.path))
}

fn rank(room: &str) -> Option<u8> {
    ROOMS.iter().find(|(name, _)| *name == room).map(|(_, rank)| *rank)
}

/// Every Rust file under a top-level folder.
fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join(folder), &mut files);
    assert!(!files.is_empty(), "{folder} holds no source");
    files
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(root.join(folder)).expect("under the folder");
            let parts: Vec<_> =
                inside.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
            let own_module =
                usize::from(parts.last().is_none_or(|last| last != "mod" && last != "lib" && last != "main"));
            Source {
                path: format!("{folder}/{}", inside.display()),
                room: parts.first().cloned().unwrap_or_default(),
                depth: parts.len() - 1 + own_module,
                text: fs::read_to_string(&path).expect("source is text"),
            }
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            files.push(path);
        }
    }
}

/// Names, `::` and single marks; comments, texts, characters and lifetimes are left out.
fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let (mut found, mut i) = (Vec::new(), 0);
    while i < chars.len() {
        let c = at(i);
        if c == '/' && at(i + 1) == '/' {
            while i < chars.len() && at(i) != '\n' {
                i += 1;
            }
        } else if c == '/' && at(i + 1) == '*' {
            let mut open = 1;
            i += 2;
            while i < chars.len() && open > 0 {
                match (at(i), at(i + 1)) {
                    ('/', '*') => (open, i) = (open + 1, i + 2),
                    ('*', '/') => (open, i) = (open - 1, i + 2),
                    _ => i += 1,
                }
            }
        } else if let Some(end) = raw_text_end(&chars, i) {
            i = end;
        } else if c == '"' {
            i += 1;
            while i < chars.len() && at(i) != '"' {
                i += if at(i) == '\\' { 2 } else { 1 };
            }
            i += 1;
        } else if c == '\'' {
            // A character ends with a quote; a lifetime does not.
            if at(i + 1) == '\\' {
                i += 3;
                while i < chars.len() && at(i) != '\'' {
                    i += 1;
                }
                i += 1;
            } else {
                i += if at(i + 2) == '\'' { 3 } else { 1 };
            }
        } else if c.is_alphabetic() || c == '_' {
            let start = i;
            while at(i).is_alphanumeric() || at(i) == '_' {
                i += 1;
            }
            found.push(chars[start..i].iter().collect());
        } else if c == ':' && at(i + 1) == ':' {
            found.push("::".into());
            i += 2;
        } else {
            if !c.is_whitespace() {
                found.push(c.into());
            }
            i += 1;
        }
    }
    found
}

/// Where a raw text that begins at `i` ends: `r"…"`, `r#"…"#`, `br#"…"#`.
fn raw_text_end(chars: &[char], i: usize) -> Option<usize> {
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let inside_a_name = i > 0 && (at(i - 1).is_alphanumeric() || at(i - 1) == '_');
    let r = if at(i) == 'b' { i + 1 } else { i };
    if inside_a_name || at(r) != 'r' {
        return None;
    }
    let hashes = (r + 1..).take_while(|&j| at(j) == '#').count();
    if at(r + 1 + hashes) != '"' {
        return None;
    }
    let mut j = r + 2 + hashes;
    while j < chars.len() {
        if at(j) == '"' && (1..=hashes).all(|n| at(j + n) == '#') {
            return Some(j + 1 + hashes);
        }
        j += 1;
    }
    Some(j)
}

/// The tokens without `#[cfg(test)] mod … { … }`.
fn without_tests(tokens: Vec<String>) -> Vec<String> {
    const MARK: [&str; 8] = ["#", "[", "cfg", "(", "test", ")", "]", "mod"];
    let (mut kept, mut i) = (Vec::new(), 0);
    while i < tokens.len() {
        if tokens[i..].iter().take(MARK.len()).eq(MARK.iter()) {
            let open = (i..tokens.len()).find(|&j| tokens[j] == "{").unwrap_or(tokens.len());
            i = end_of_braces(&tokens, open);
        } else {
            kept.push(tokens[i].clone());
            i += 1;
        }
    }
    kept
}

/// The place after the brace that closes the one at `open`.
fn end_of_braces(tokens: &[String], open: usize) -> usize {
    let mut depth = 0usize;
    for (i, token) in tokens.iter().enumerate().skip(open) {
        match token.as_str() {
            "{" => depth += 1,
            "}" if depth == 1 => return i + 1,
            "}" => depth -= 1,
            _ => {}
        }
    }
    tokens.len()
}

/// Every path that is named, `use` trees spread out, `super` from the file's own depth resolved to `crate`.
fn paths(tokens: &[String], depth: usize) -> Vec<String> {
    let mut found = Vec::new();
    // The depths of braces at which an inner module began.
    let (mut modules, mut braces) = (Vec::new(), 0usize);
    let mut i = 0;
    while i < tokens.len() {
        match tokens[i].as_str() {
            "{" => {
                braces += 1;
                if i >= 2 && tokens[i - 2] == "mod" {
                    modules.push(braces);
                }
                i += 1;
            }
            "}" => {
                if modules.last() == Some(&braces) {
                    modules.pop();
                }
                braces = braces.saturating_sub(1);
                i += 1;
            }
            token if is_name(token) => {
                let mut spread = Vec::new();
                i = read_path(tokens, i, "", &mut spread);
                found.extend(spread.iter().map(|path| absolute(path, depth + modules.len())));
            }
            _ => i += 1,
        }
    }
    found
}

/// Reads one path or `use` tree from `i`; the place after it.
fn read_path(tokens: &[String], mut i: usize, before: &str, found: &mut Vec<String>) -> usize {
    let is = |i: usize, mark: &str| tokens.get(i).is_some_and(|token| token == mark);
    let mut path = before.to_owned();
    while let Some(name) = tokens.get(i).filter(|token| is_name(token)) {
        if !path.is_empty() {
            path.push_str("::");
        }
        path.push_str(name);
        i += 1;
        if !is(i, "::") {
            break;
        }
        i += 1;
        if is(i, "{") {
            i += 1;
            while i < tokens.len() && !is(i, "}") {
                i = if is_name(&tokens[i]) { read_path(tokens, i, &path, found) } else { i + 1 };
                // What a tree renames is no path.
                if is(i, "as") {
                    i += 2;
                }
            }
            return i + 1;
        }
    }
    found.push(path);
    i
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// `super::super::store` two modules deep is `crate::store`.
fn absolute(path: &str, depth: usize) -> String {
    let (mut rest, mut ups) = (path, 0);
    while let Some(after) = rest.strip_prefix("super::") {
        (rest, ups) = (after, ups + 1);
    }
    if ups >= depth && ups > 0 { format!("crate::{rest}") } else { path.to_owned() }
}
