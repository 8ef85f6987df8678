//! Whoever is erased leaves every table: each is known here with what becomes of it, and each column that is searched is there.

use crate::setup::sqlite;
use laurel::store::{
    Db,
    erasing::WRITTEN,
    takeout::{self, HELD, LEFT_OUT},
};
use std::collections::BTreeSet;

/// Rows about a person, which go with them.
const REMOVED: &[&str] = &[
    "appeals",
    "award_jwts",
    "backpack_badges",
    "check_ins",
    "conflicts",
    "decisions",
    "declined_letters",
    "endorsement_asks",
    "enrolments",
    "evidence",
    "evidence_parts",
    "fulfilments",
    "idempotency_keys",
    "jobs",
    "letter_links",
    "mails",
    "oauth_codes",
    "oauth_grants",
    "oauth_tokens",
    "panels",
    "passkey_questions",
    "passkeys",
    "profile_additions",
    "reminders",
    "roles",
    "sample_scores",
    "sample_sheets",
    "samples",
    "scores",
    "seat_reminders",
    "sessions",
    "sign_ins",
    "submissions",
    "wallet_credentials",
    "wallet_offers",
    "webhook_deliveries",
];

/// Rows that others depend on: they stay with ids and times, and what they said of the person is taken out.
const EMPTIED: &[&str] = &[
    "api_credentials",
    "awards",
    "endorsements",
    "endorsers",
    "events",
    "people",
    "personal_endorsements",
    "proposal_seats",
    "proposals",
    "seats",
];

/// Ids and times alone, what the organisation says of itself, or what is gone after minutes.
const WITHOUT_ANYONE: &[&str] = &[
    "_sqlx_migrations",
    "certificate_looks",
    "committee_terms",
    "committees",
    "former_places",
    "framework_items",
    "frameworks",
    "images",
    "issuer_keys",
    "issuers",
    "level_versions",
    "levels",
    "lineages",
    "oauth_clients",
    "presentation_requests",
    "program_drafts",
    "programs",
    "record_head",
    "settings",
    "sqlite_sequence",
    "status_lists",
    "stray_objects",
    "team_members",
    "teams",
    "tokens",
    "trusted_issuers",
    "wallet_nonces",
    "webhooks",
];

#[tokio::test]
async fn every_table_is_known_with_what_becomes_of_it_when_a_person_is_erased() {
    let sandbox = sqlite().await;
    let Db::Sqlite { read, .. } = &sandbox.db else { panic!("this is SQLite") };
    let found: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%'")
            .fetch_all(read)
            .await
            .unwrap();
    let known: BTreeSet<&str> = REMOVED.iter().chain(EMPTIED).chain(WITHOUT_ANYONE).copied().collect();
    let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(found, known, "say in store/erasing.rs and here what becomes of a new table");
}

#[tokio::test]
async fn whatever_points_at_a_person_is_of_a_table_that_they_leave_or_holds_their_id_alone() {
    let sandbox = sqlite().await;
    let Db::Sqlite { read, .. } = &sandbox.db else { panic!("this is SQLite") };
    let pointing = pointing_at_people(read).await;
    let ids_alone = ["committee_terms", "lineages", "program_drafts", "team_members"];
    for table in &pointing {
        let known = REMOVED.iter().chain(EMPTIED).chain(&ids_alone).any(|known| known == table);
        assert!(known, "{table} points at people");
    }
    assert!(pointing.len() > 15);
    for (table, column) in WRITTEN {
        let there: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM pragma_table_info($1) WHERE name = $2 AND type = 'TEXT'")
                .bind(table)
                .bind(column)
                .fetch_one(read)
                .await
                .unwrap();
        assert_eq!(there, 1, "{table}.{column}");
    }
}

#[tokio::test]
async fn whoever_takes_everything_along_gets_something_of_each_table_that_points_at_them() {
    let sandbox = sqlite().await;
    let Db::Sqlite { read, .. } = &sandbox.db else { panic!("this is SQLite") };
    let pointing = pointing_at_people(read).await;
    let told: Vec<&str> = HELD.iter().flat_map(|held| held.tables()).collect();
    for table in &pointing {
        let left_out = LEFT_OUT.contains(&table.as_str());
        assert!(told.contains(&table.as_str()) || left_out, "say in store/takeout.rs what is told of {table}");
    }
    let mut conn = sandbox.db.read().await.unwrap();
    for held in HELD {
        assert!(takeout::rows(&mut conn, held, "nobody").await.unwrap().is_empty(), "{}", held.name);
    }
}

/// The tables that name a person by a key.
async fn pointing_at_people(pool: &sqlx::SqlitePool) -> Vec<String> {
    sqlx::query_scalar(
        "SELECT DISTINCT m.name FROM sqlite_master m, pragma_foreign_key_list(m.name) k WHERE m.type = 'table' AND k.\"table\" = 'people'",
    )
    .fetch_all(pool)
    .await
    .unwrap()
}
