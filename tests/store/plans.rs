//! Reads stay quick however many rows there are: SQLite is asked how it would run every statement that stands in src/store.
//!
//! None goes through a whole table but those named here, and none that asks for a few rows sorts them all first.

use crate::setup;
use laurel::store::Db;
use sqlx::AssertSqlSafe;

/// Statements that are meant to read everything: lists of what there is little of, and what an operator asks for.
const READ_EVERYTHING: &[&str] = &[
    "FROM issuers ORDER BY created_at",
    "FROM programs ORDER BY position",
    "FROM committees ORDER BY program_id",
    "JOIN programs p ON p.id = l.program_id ORDER BY p.position",
    "p.active FROM people p WHERE p.erased_at IS NULL ORDER BY p.email",
    "p.updated_at FROM people p WHERE p.erased_at IS NULL ORDER BY p.email",
    "FROM teams t ORDER BY t.name",
    "FROM team_members ORDER BY team_id",
    "JOIN people p ON p.id = r.person_id ORDER BY r.role",
    // Only what is coming, and what is new: out of indexes of just those.
    "SELECT level_id, MAX(version) FROM level_versions WHERE NOT started",
    "SELECT COUNT(*) FROM level_versions WHERE NOT started",
    "SELECT COUNT(*) FROM level_versions WHERE told_at IS NULL",
    "SELECT level_id, version FROM level_versions WHERE told_at IS NULL",
    // Once a day.
    "WHERE e.state = 'active' AND e.level_version < l.version",
    // One reporting line: what is gone through is the line itself.
    "WITH RECURSIVE above",
    "WITH RECURSIVE below",
    "WITH RECURSIVE holders",
    "WITH RECURSIVE line",
    "WITH RECURSIVE counted",
    // The few verbs of one kind, each out of the index.
    "WITH RECURSIVE verbs",
    "WITH RECURSIVE walkers",
    // Someone is erased: wherever their name may stand is looked at.
    "SELECT seq FROM events WHERE REPLACE(detail",
    "UPDATE api_credentials SET credential = '' WHERE REPLACE",
    "UPDATE certificate_looks SET signature = NULL WHERE REPLACE",
    "DELETE FROM idempotency_keys WHERE REPLACE",
    "FROM tokens ORDER BY created_at",
    // What an operator imports by hand.
    "FROM frameworks f ORDER BY f.id",
    // What an operator keeps by hand.
    "FROM trusted_issuers ORDER BY added_at",
    // Fifty at most.
    "FROM webhooks w ORDER BY w.created_at",
    "SELECT COUNT(*) FROM awards",
    // Only what is suspended of a program, which is little, out of an index of just that.
    "ORDER BY a.suspended_at DESC",
    // Samples, which are marked by hand.
    "FROM samples a JOIN submissions",
    // Everything on the wall is counted, out of an index.
    "SELECT level_id, COUNT(*) AS count FROM awards",
    "SELECT person_id, COUNT(*) AS held FROM awards",
    // Only what waits, which is little.
    "SELECT COUNT(*) FROM jobs WHERE state = 'waiting'",
    // What was given up, asked for by the doctor.
    "SELECT COUNT(*) FROM jobs WHERE state = 'dead'",
    "SELECT kind, last_error FROM jobs WHERE state = 'dead'",
];

#[tokio::test]
async fn no_statement_goes_through_a_whole_table_or_sorts_more_than_it_gives() {
    let sandbox = setup::sqlite().await;
    let Db::Sqlite { read, .. } = &sandbox.db else { panic!("this is SQLite") };
    let statements = statements();
    for statement in &statements {
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}")))
                .fetch_all(read)
                .await
                .unwrap_or_else(|why| panic!("{statement}: {why}"));
        let plan: Vec<String> = plan.into_iter().map(|(.., line)| line).collect();
        if READ_EVERYTHING.iter().any(|part| statement.contains(part)) {
            continue;
        }
        let scans = plan.iter().any(|line| line.starts_with("SCAN "));
        assert!(!scans, "goes through a whole table: {statement}\n{plan:#?}");
        if statement.contains("LIMIT") {
            assert!(!plan.iter().any(|line| line.contains("TEMP B-TREE")), "sorts: {statement}\n{plan:#?}");
        }
    }
    for part in READ_EVERYTHING {
        let named = statements.iter().filter(|statement| statement.contains(part)).count();
        assert_eq!(named, 1, "{part} is to name one statement");
    }
    assert!(statements.len() > 50, "only {} statements were found", statements.len());
}

/// Every SQL text of src/store, as its macros put it together, on one line each.
fn statements() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/store");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.file_name().is_some_and(|name| name != "db.rs"));
    let sources: Vec<String> = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let macros = macros(&sources);
    let mut found = Vec::new();
    for source in &sources {
        for call in calls(source) {
            found.push(literals(&expanded(call, &macros)).split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    found
}

/// What is written for each `name!()` or `name!(` of the store's own macros: the SQL text of its body. One may name others.
fn macros(sources: &[String]) -> Vec<(String, String)> {
    let mut bodies = Vec::new();
    for source in sources {
        for (at, start) in source.match_indices("macro_rules! ") {
            let rest = &source[at + start.len()..];
            let name = &rest[..rest.find(' ').unwrap()];
            let body = &rest[name.len()..rest.find("\n}\n").unwrap()];
            let takes_more = body.contains("($rest:literal)");
            bodies.push((format!("{name}!({}", if takes_more { "" } else { ")" }), takes_more, body.to_owned()));
        }
    }
    let simple: Vec<(String, String)> =
        bodies.iter().map(|(call, _, body)| (call.clone(), format!("{:?}", literals(body)))).collect();
    let whole = |(call, takes_more, body): (String, bool, String)| {
        let text = literals(&expanded(&expanded(&body, &simple), &simple));
        (call, if takes_more { format!("({text:?},") } else { format!("{text:?}") })
    };
    bodies.into_iter().map(whole).collect()
}

fn expanded(text: &str, macros: &[(String, String)]) -> String {
    macros.iter().fold(text.to_owned(), |text, (call, written)| text.replace(call, written))
}

/// The insides of `row!(…)`, `rows!(…)` and `run!(…)`.
fn calls(source: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for name in ["row!(", "rows!(", "run!("] {
        for (at, _) in source.match_indices(name) {
            let inside = &source[at + name.len()..];
            let (mut depth, mut quoted) = (1, false);
            let end = inside.find(|letter| {
                match letter {
                    '"' => quoted = !quoted,
                    '(' if !quoted => depth += 1,
                    ')' if !quoted => depth -= 1,
                    _ => {}
                }
                depth == 0
            });
            found.push(&inside[..end.unwrap()]);
        }
    }
    found
}

/// All string literals of a piece of source, one after the other.
fn literals(source: &str) -> String {
    source.split('"').skip(1).step_by(2).collect::<String>().replace("\\n", " ")
}
