//! The main reads use an index, however many rows there are: what SQLite says of its plans.
//!
//! The statements are those of src/store by their conditions and order; a read that would go through a whole table is named.

use crate::setup;
use laurel::store::Db;
use sqlx::AssertSqlSafe;

/// (what it is, its FROM … part, what must be in its plan)
const READS: [(&str, &str, &str); 10] = [
    ("an award", "awards WHERE id = $1", "sqlite_autoindex_awards"),
    ("a lineage's awards", "awards WHERE lineage_id = $1", "awards_of_lineage"),
    (
        "the record in pages",
        "awards WHERE (issued_at, id) < ($1, $2) ORDER BY issued_at DESC, id DESC LIMIT $3",
        "awards_by_issue",
    ),
    (
        "the wall",
        "awards WHERE visibility = 'public' AND revoked_at IS NULL AND superseded_by IS NULL AND valid_from <= $1
         ORDER BY valid_from DESC, id DESC LIMIT $2",
        "awards_on_wall",
    ),
    ("a person by address", "people WHERE email = $1", "sqlite_autoindex_people"),
    ("a token", "tokens WHERE hash = $1 AND revoked_at IS NULL", "sqlite_autoindex_tokens"),
    ("the active key", "issuer_keys WHERE issuer_id = $1 AND purpose = $2 AND state = 'active'", "issuer_keys_"),
    ("the open list", "status_lists WHERE issuer_id = $1 AND purpose = $2 AND NOT closed", "status_lists_"),
    ("the history of a thing", "events WHERE subject = $1 ORDER BY seq", "events_of_subject"),
    ("due jobs", "jobs WHERE state = 'waiting' AND run_at <= $1 ORDER BY run_at, id LIMIT $2", "jobs_due"),
];

#[tokio::test]
async fn the_main_reads_use_an_index_and_sort_nothing() {
    let sandbox = setup::sqlite().await;
    let Db::Sqlite { read, .. } = &sandbox.db else { panic!("this is SQLite") };
    for (what, from, index) in READS {
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(AssertSqlSafe(format!("EXPLAIN QUERY PLAN SELECT * FROM {from}")))
                .fetch_all(read)
                .await
                .unwrap();
        let plan: Vec<String> = plan.into_iter().map(|(.., line)| line).collect();
        assert!(plan.iter().all(|line| line.contains(index)), "{what}: {plan:?}");
        assert!(!plan.iter().any(|line| line.starts_with("SCAN")), "{what} goes through the whole table: {plan:?}");
    }
}
