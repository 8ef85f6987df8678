//! Someone is erased who went the whole way to a badge: nothing of them is left in any table, and everything else stands as it did. On both engines.

use super::cast::{ADA, Firm, GOOD, PRO, WEAK, code, words};
use crate::setup::on_both_engines;
use laurel::{
    actions::{
        ActionError,
        endorse::endorse,
        erase::{self, Asked},
        panel::{appeal, decide},
        record, revoke,
    },
    domain::{
        actor::{Actor, Role},
        award::Award,
        certificate_look::Look,
        endorsement::EndorsementRequest,
        erasing::{Cause, NOBODY, TakenAlong},
        recipient::Person,
    },
    store::{Db, awards, certificate_looks, events, people},
};
use serde_json::json;
use sqlx::AssertSqlSafe;

const NAME: &str = "Ada Obi-\"Rex\" Wan";
const EMAIL: &str = "ada@acme.example";

/// Ada under a name that nobody else has, with a badge that a panel gave, an endorsement, and others who wrote of her.
async fn known(db: Db) -> (Firm, Award) {
    let firm = Firm::new(db).await;
    let mut conn = firm.write().await;
    let entry = people::entry(&mut conn, ADA).await.unwrap().unwrap();
    let person = Person { name: NAME.into(), name_public: true, ..entry.person.clone() };
    let entry = laurel::domain::directory::Entry { person, external_id: Some("hr-7".into()), ..entry };
    people::update(&mut conn, &entry).await.unwrap();
    let said = json!({"reason": format!("{NAME} asked for it")});
    events::append(&mut conn, firm.app.clock.now(), "operator", "thing.made", "elsewhere", &said).await.unwrap();
    let look = Look { signatory: NAME.into(), ..Look::default() };
    certificate_looks::put(&mut conn, "craft", &look, Some(b"a signature"), firm.app.clock.now()).await.unwrap();
    conn.commit().await.unwrap();
    let panel = firm.hands_in(ADA, PRO).await;
    firm.settles(&panel, &GOOD).await;
    let who = firm.seated(&panel).await.remove(0);
    let told = laurel::domain::decision::Words { reason: format!("{NAME} convinced all of us."), ..words() };
    let decision = decide::propose(&firm.app, &firm.actor(&who).await, &panel.id, &told).await.unwrap();
    let award = firm.award(decision.award_id.as_deref().unwrap()).await;
    let request = EndorsementRequest {
        subject: firm.app.urls().badge(&award.id),
        comment: format!("{NAME} is who to ask."),
        valid_from: None,
        valid_until: None,
    };
    endorse(&firm.app, &Actor::Operator, &request, None).await.unwrap();
    // Someone else's work names her, too.
    let other = firm.hands_in("Bao", PRO).await;
    firm.settles(&other, &WEAK).await;
    let who = firm.seated(&other).await.remove(0);
    let told = laurel::domain::decision::Words { reason: format!("Ask {NAME} <{EMAIL}>."), ..words() };
    let decided = decide::propose(&firm.app, &firm.actor(&who).await, &other.id, &told).await.unwrap();
    let bao = firm.actor("Bao").await;
    appeal::against_decision(&firm.app, &bao, &decided.id, &format!("{NAME} helped me.")).await.unwrap();
    (firm, award)
}

/// Whatever stands in any column of any table, as text.
async fn everything(db: &Db) -> Vec<(String, String)> {
    let columns: Vec<(String, String)> = match db {
        Db::Sqlite { read, .. } => {
            let sql = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'";
            sqlx::query_as(sql).fetch_all(read).await.unwrap()
        }
        Db::Postgres(pool) => {
            let sql = "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'";
            sqlx::query_as(sql).fetch_all(pool).await.unwrap()
        }
    };
    let mut found = Vec::new();
    for (table, column) in columns {
        let texts: Vec<String> = match db {
            Db::Sqlite { read, .. } => {
                let sql = format!("SELECT CAST(\"{column}\" AS TEXT) FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(read).await.unwrap_or_default()
            }
            Db::Postgres(pool) => {
                let sql = format!("SELECT \"{column}\"::text FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(pool).await.unwrap()
            }
        };
        found.extend(texts.into_iter().map(|text| (format!("{table}.{column}"), text)));
    }
    found
}

/// Where something of Ada's stands: name, address, and what she wrote.
async fn traces(db: &Db) -> Vec<String> {
    let words = [NAME, "Obi-\\\"Rex\\\"", "Wan", EMAIL, "hr-7", "How we moved.", "What we feared.", "We share a flat."];
    let all = everything(db).await;
    assert!(all.len() > 500);
    let held = all.into_iter().filter(|(_, text)| words.iter().any(|word| text.contains(word)));
    let mut places: Vec<String> = held.map(|(place, _)| place).collect();
    places.sort();
    places.dedup();
    places
}

const LEAVE: Asked = Asked { taken_along: TakenAlong::Leave, cause: Cause::Wish };
const REVOKE: Asked = Asked { taken_along: TakenAlong::Revoke, cause: Cause::Retention };

on_both_engines! {
    async fn nothing_of_whoever_was_erased_is_left_in_any_table(db: Db) {
        let (firm, award) = known(db.clone()).await;
        let before = traces(&db).await;
        for place in ["people.name", "mails.text", "events.detail", "decisions.reason", "appeals.reason", "endorsements.comment", "certificate_looks.look"] {
            assert!(before.iter().any(|held| held == place), "{place} is not among {before:?}");
        }
        let erased = erase::erase(&firm.app, &Actor::Operator, EMAIL, LEAVE).await.unwrap();
        assert_eq!((erased.id.as_str(), erased.badges, erased.revoked), (ADA, 1, 0));
        // Others who handed in wrote the same, so theirs is what is left of it.
        let left: Vec<String> = traces(&db).await.into_iter().filter(|place| place != "evidence.text").collect();
        assert_eq!(left, Vec::<String>::new());
        erase::scrub(&firm.app).await.unwrap();
        firm.stands().await;
        let chain = record::check(&firm.app, &Actor::Operator, None).await.unwrap();
        assert_eq!(chain.faults, Vec::<String>::new());
        let kept = firm.award(&award.id).await;
        assert!(kept.is_erased());
        assert_eq!((kept.status_index, kept.valid_from, kept.revoked_at), (award.status_index, award.valid_from, None));
        let (person, gone) = {
            let mut conn = firm.conn().await;
            let (look, signature) = certificate_looks::get(&mut conn, "craft").await.unwrap().unwrap();
            assert_eq!((look.signatory.as_str(), signature), (NOBODY, None), "nor does she sign certificates");
            let person = people::get(&mut conn, ADA).await.unwrap().unwrap();
            (person, erase::look(&firm.app, &Actor::Operator, ADA).await)
        };
        assert_eq!((person.name.as_str(), person.active, person.manager_id), (NOBODY, false, None));
        assert!(matches!(gone, Err(ActionError::NotFound { .. })), "{gone:?}");
        // What others keep of the badge still proves it.
        firm.verified(&award).await;
        // Someone who comes under the same address is someone new.
        let mut conn = firm.write().await;
        let said = people::Said { email: EMAIL, name: "Ada", team: None, name_public: None };
        let again = people::upsert(&mut conn, "new", &said, firm.app.clock.now()).await.unwrap();
        assert_eq!(again.id, "new");
    }

    async fn what_was_taken_along_is_revoked_where_that_is_chosen(db: Db) {
        let (firm, award) = known(db.clone()).await;
        let erased = erase::erase(&firm.app, &Actor::Operator, ADA, REVOKE).await.unwrap();
        assert_eq!((erased.badges, erased.revoked), (1, 1));
        firm.stands().await;
        let checked = laurel::actions::verify::verify(&firm.app, award.credential.as_bytes(), None).await.unwrap();
        let why: Vec<&str> = checked.report.checks.iter().map(|check| check.code.as_str()).collect();
        assert!(why.contains(&"revoked"), "{why:?}");
        assert!(firm.award(&award.id).await.revoked_at.is_some());
        let told = firm.events(ADA).await.pop().unwrap();
        assert_eq!((told.verb.as_str(), told.detail["because"].as_str(), told.detail["badges"].as_str()),
            ("person.erased", Some("retention"), Some("revoke")));
        // Nor can it be gone on with.
        let renewed = laurel::actions::renew::renew(&firm.app, &Actor::Operator, &award.id, &Default::default()).await;
        assert!(matches!(renewed, Err(ActionError::NotFound { .. })), "{renewed:?}");
    }

    async fn a_badge_that_was_left_to_run_can_still_be_revoked(db: Db) {
        let (firm, award) = known(db.clone()).await;
        erase::erase(&firm.app, &Actor::Operator, ADA, LEAVE).await.unwrap();
        revoke::revoke(&firm.app, &Actor::Operator, &award.id, "It was a mistake.").await.unwrap();
        let awards = awards::of_lineage(&mut firm.conn().await, &award.lineage_id).await.unwrap();
        assert!(awards[0].revoked_at.is_some());
        firm.stands().await;
    }

    async fn nobody_erases_themselves_and_only_administrators_erase_anyone(db: Db) {
        let (firm, _) = known(db.clone()).await;
        let mut conn = firm.write().await;
        let grant = laurel::domain::actor::Grant { role: Role::Administrator, program: None };
        let granted = laurel::store::roles::Granted { person_id: "Mona".into(), grant, at: firm.app.clock.now(), by: "operator".into() };
        assert!(laurel::store::roles::grant(&mut conn, &granted).await.unwrap());
        conn.commit().await.unwrap();
        let mona = firm.actor("Mona").await;
        assert_eq!(code(erase::erase(&firm.app, &mona, "Mona", LEAVE).await), "own_erasing");
        let refused = erase::erase(&firm.app, &firm.actor("Olga").await, ADA, LEAVE).await;
        assert!(matches!(refused, Err(ActionError::Forbidden { .. })), "{refused:?}");
        let none = erase::erase(&firm.app, &mona, "nobody@acme.example", LEAVE).await;
        assert!(matches!(none, Err(ActionError::NotFound { .. })), "{none:?}");
        erase::erase(&firm.app, &mona, ADA, LEAVE).await.unwrap();
        let again = erase::erase(&firm.app, &mona, ADA, LEAVE).await;
        assert!(matches!(again, Err(ActionError::NotFound { .. })), "{again:?}");
    }

    async fn an_event_is_emptied_by_an_erasing_alone_and_by_nothing_else(db: Db) {
        let (firm, _) = known(db.clone()).await;
        let past_laurel = async |sql: &'static str| match &db {
            Db::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.map(|done| done.rows_affected()),
            Db::Postgres(pool) => sqlx::query(sql).execute(pool).await.map(|done| done.rows_affected()),
        };
        assert!(past_laurel("UPDATE events SET detail = '{}' WHERE seq = 3").await.is_err());
        assert!(past_laurel("UPDATE events SET detail = '{\"erased\":true}', actor = 'x' WHERE seq = 3").await.is_err());
        assert!(past_laurel("UPDATE events SET detail = '{\"erased\":true}', hash = 'x' WHERE seq = 3").await.is_err());
        assert_eq!(past_laurel("UPDATE events SET detail = '{\"erased\":true}' WHERE seq = 3").await.unwrap(), 1);
        let faults = record::check(&firm.app, &Actor::Operator, None).await.unwrap().faults;
        assert_eq!(faults, ["event 3 was emptied, and no erasing of a person names it"]);
        // Nor does an erasing that comes later make it right: it names what it emptied itself.
        erase::erase(&firm.app, &Actor::Operator, ADA, LEAVE).await.unwrap();
        let faults = record::check(&firm.app, &Actor::Operator, None).await.unwrap().faults;
        assert_eq!(faults, ["event 3 was emptied, and no erasing of a person names it"]);
    }
}
