//! The verbs, on a real database in a folder of their own.

use crate::cast::deployment;
use crate::setup::{BASE_URL, on_both_engines};
use jiff::Timestamp;
use laurel::{
    actions::{
        ActionError, App, Conflict, audit, demo,
        documents::{self, About},
        init,
        issue::{Batch, IdempotencyKey, issue},
        issue_csv::{RowOutcome, issue_csv, issue_file},
        keys,
        renew::{RenewRequest, renew},
        revoke::revoke,
        tokens, verify,
    },
    credential::verify::{CheckName, Outcome, Verdict},
    domain::{
        actor::{Actor, Scope},
        award::Award,
        recipient::{AwardRequest, RecipientRequest},
    },
    outside::{
        random::Random,
        vault::{Purpose, Vault},
    },
    store::{Conn, Db, awards, events, idempotency, keys as key_rows, status_lists},
};
use std::sync::Arc;

const OPERATOR: Actor = Actor::Operator;
pub const PROGRAM: &str = r#"
id = "craft"
name = "Software craft"
description = "How we build."
[[levels]]
id = "pro"
name = "Professional"
description = "Builds well."
criteria = "* ships"
validity = "P2Y"
renewal_window = "P90D"
[[levels]]
id = "master"
name = "Master"
description = "Shapes how others build."
criteria = "* teaches"
"#;

/// A deployment with one issuer, the program above, and a clock that stands at noon on 3 May 2026.
struct Bench {
    app: App,
}

impl Bench {
    async fn new(db: Db) -> Self {
        let bench = Bench::bare(db);
        let issuer = init::check(&new_issuer(), &bench.app.config.base_url).unwrap();
        init::init(&bench.app, &OPERATOR, issuer, None).await.unwrap();
        bench.import(PROGRAM).await;
        bench
    }

    fn bare(db: Db) -> Self {
        Bench { app: deployment(db, BASE_URL, "2026-05-03T12:00:00Z", Random::seeded(1)) }
    }

    async fn import(&self, text: &str) -> laurel::actions::import_program::Imported {
        let program = laurel::domain::program_file::read(text, false).unwrap();
        laurel::actions::import_program::import_program(&self.app, &OPERATOR, program, Default::default())
            .await
            .unwrap()
    }

    async fn conn(&self) -> Conn {
        self.app.db.read().await.unwrap()
    }

    async fn give(&self, email: &str) -> String {
        let outcome = issue(&self.app, &OPERATOR, one(email, "craft.pro"), None).await.unwrap();
        outcome.body.awards[0].id.clone()
    }

    async fn award(&self, id: &str) -> Award {
        awards::get(&mut self.conn().await, id).await.unwrap().unwrap()
    }

    async fn verdict(&self, id: &str) -> Verdict {
        let award = self.award(id).await;
        verify::verify(&self.app, award.credential.as_bytes(), None).await.unwrap().report.verdict
    }

    async fn linked(&self, link: &str) -> verify::Verification {
        let badge = verify::linked(&self.app, link).await.unwrap();
        verify::verify(&self.app, &badge, None).await.unwrap()
    }

    /// Awards, events, and the places used: what a refused request must leave as it was.
    async fn written(&self) -> (i64, usize, u32) {
        let mut conn = self.conn().await;
        let used = status_lists::all(&mut conn, "acme").await.unwrap().iter().map(|list| list.used).sum();
        let events = events::page(&mut conn, 0, 10_000).await.unwrap().len();
        (awards::count(&mut conn).await.unwrap(), events, used)
    }

    fn at(&self, time: &str) {
        self.app.clock.set(time.parse().unwrap());
    }

    async fn token(&self, scopes: &[Scope]) -> Actor {
        let created = tokens::create(&self.app, &OPERATOR, "test", scopes).await.unwrap();
        tokens::authenticate(&self.app, &created.secret).await.unwrap()
    }
}

pub fn new_issuer() -> init::NewIssuer {
    init::NewIssuer {
        id: "acme".into(),
        name: "Acme".into(),
        url: None,
        email: None,
        linkedin_id: None,
        time_zone: "Europe/Berlin".into(),
        show_revocation_reason: false,
    }
}

fn request(email: &str, level: &str) -> AwardRequest {
    let recipient = RecipientRequest { name: "Ada Obi".into(), email: email.into(), ..Default::default() };
    AwardRequest { level: level.into(), recipient, ..Default::default() }
}

fn one(email: &str, level: &str) -> Batch {
    Batch::One(Box::new(request(email, level)))
}

fn many(emails: &[&str]) -> Batch {
    Batch::Many(emails.iter().map(|email| request(email, "craft.pro")).collect())
}

fn key(key: &str, body: &str) -> Option<IdempotencyKey> {
    Some(IdempotencyKey { key: key.into(), body_hash: body.into() })
}

on_both_engines! {
    async fn an_issued_badge_verifies_and_only_for_its_recipient(db: Db) {
        let bench = Bench::new(db).await;
        let award = bench.award(&bench.give("ada@example.com").await).await;
        let report = |email| verify::verify(&bench.app, award.credential.as_bytes(), email);
        assert_eq!(report(None).await.unwrap().report.verdict, Verdict::Valid);
        assert_eq!(report(Some("ADA@example.com")).await.unwrap().report.verdict, Verdict::Valid);
        assert_eq!(report(Some("bob@example.com")).await.unwrap().report.verdict, Verdict::Invalid);
        assert_eq!(award.valid_until.unwrap().to_string(), "2028-05-03T12:00:00Z");
    }

    async fn signing_the_stored_award_again_gives_the_same_bytes(db: Db) {
        let bench = Bench::new(db).await;
        let id = bench.give("ada@example.com").await;
        let shown = awards::shown(&mut bench.conn().await, &id).await.unwrap().unwrap();
        let fragment = shown.award.verification_method.split_once('#').unwrap().1;
        let key = bench.app.vault.signer(fragment, Purpose::Credential).unwrap();
        let about = About {
            urls: bench.app.urls(),
            issuer: &shown.issuer,
            email: &shown.person.email,
            content: &shown.level.content,
        };
        assert_eq!(documents::sign_award(about, &shown.award, &key).unwrap(), shown.award.credential);
    }

    async fn the_person_who_holds_a_level_is_not_given_it_again_until_it_has_ended(db: Db) {
        let bench = Bench::new(db).await;
        let first = bench.give("ada@example.com").await;
        let before = bench.written().await;
        let refused = issue(&bench.app, &OPERATOR, one("Ada@Example.com", "craft.pro"), None).await.unwrap_err();
        assert!(matches!(&refused, ActionError::Conflict { why: Conflict::AlreadyHeld, .. }), "{refused}");
        assert!(refused.to_string().contains(&first), "{refused}");
        assert_eq!(bench.written().await, before);

        bench.at("2028-06-01T00:00:00Z");
        let second = bench.give("ada@example.com").await;
        assert_eq!(bench.award(&second).await.renews.as_deref(), Some(first.as_str()));
        assert_eq!(bench.award(&first).await.superseded_by.as_deref(), Some(second.as_str()));
    }

    async fn many_awards_are_given_all_or_none(db: Db) {
        let bench = Bench::new(db).await;
        bench.give("held@example.com").await;
        let before = bench.written().await;
        for (batch, field) in [
            (many(&["a@example.com", "nobody", "c@example.com"]), "awards[1].recipient.email"),
            (many(&["a@example.com", "b@example.com", "a@example.com"]), "awards[2].recipient"),
            (many(&["a@example.com", "held@example.com"]), "awards[1].recipient"),
            (many(&[]), "awards"),
            (
                Batch::Many(vec![request("a@example.com", "craft.pro"), request("a@example.com", "craft.none")]),
                "awards[1].level",
            ),
        ] {
            let refused = issue(&bench.app, &OPERATOR, batch, None).await.unwrap_err().to_string();
            assert!(refused.starts_with(&format!("{field}: ")), "{refused}");
            assert_eq!(bench.written().await, before, "{field}");
        }
        let outcome = issue(&bench.app, &OPERATOR, many(&["a@example.com", "b@example.com"]), None).await.unwrap();
        let emails: Vec<_> = outcome.body.awards.iter().map(|award| award.recipient.email.as_str()).collect();
        assert_eq!(emails, ["a@example.com", "b@example.com"]);
    }

    async fn a_key_that_is_gone_stops_the_issue_and_leaves_nothing(db: Db) {
        let mut bench = Bench::new(db).await;
        let before = bench.written().await;
        bench.app.vault = Vault::memory();
        let refused = issue(&bench.app, &OPERATOR, one("ada@example.com", "craft.pro"), None).await.unwrap_err();
        assert!(matches!(&refused, ActionError::Refused { .. }), "{refused}");
        assert_eq!(bench.written().await, before);
    }

    async fn a_badge_that_does_not_stand_before_our_own_verifier_is_not_issued(db: Db) {
        let bench = Bench::new(db).await;
        // The clock goes back behind the day the status list was published on: then the list is not valid yet.
        bench.at("2026-05-01T12:00:00Z");
        let before = bench.written().await;
        let refused = issue(&bench.app, &OPERATOR, one("ada@example.com", "craft.pro"), None).await.unwrap_err();
        assert!(refused.to_string().contains("own verifier"), "{refused}");
        assert_eq!(bench.written().await, before);
    }

    async fn the_same_key_and_body_gets_the_same_answer_and_another_body_is_refused(db: Db) {
        let bench = Bench::new(db).await;
        let token = bench.token(&[Scope::Issue]).await;
        let first = issue(&bench.app, &token, one("ada@example.com", "craft.pro"), key("k1", "h1")).await.unwrap();
        let written = bench.written().await;
        bench.at("2026-05-04T12:00:00Z");
        let again = issue(&bench.app, &token, one("ada@example.com", "craft.pro"), key("k1", "h1")).await.unwrap();
        assert!(again.replayed && !first.replayed);
        assert_eq!(again.response, first.response);
        assert_eq!(bench.written().await, written);
        let other = issue(&bench.app, &token, one("bob@example.com", "craft.pro"), key("k1", "h2")).await;
        assert!(matches!(other, Err(ActionError::IdempotencyMismatch)));
        let refused = issue(&bench.app, &token, one("bob@example.com", "craft.pro"), key("no spaces", "h")).await;
        assert!(matches!(refused, Err(ActionError::Invalid(_))));
        // A refusal is not kept: the same key may be used once the request is right.
        issue(&bench.app, &token, one("bob@example.com", "craft.none"), key("k2", "h1")).await.unwrap_err();
        issue(&bench.app, &token, one("bob@example.com", "craft.pro"), key("k2", "h2")).await.unwrap();
    }

    async fn two_requests_with_one_key_at_once_give_one_award(db: Db) {
        let bench = Arc::new(Bench::new(db).await);
        let token = bench.token(&[Scope::Issue]).await;
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (bench, token) = (Arc::clone(&bench), token.clone());
                tokio::spawn(async move {
                    issue(&bench.app, &token, one("ada@example.com", "craft.pro"), key("k", "h")).await.unwrap().response
                })
            })
            .collect();
        let mut answers = Vec::new();
        for task in tasks {
            answers.push(task.await.unwrap());
        }
        answers.dedup();
        assert_eq!(answers.len(), 1);
        assert_eq!(bench.written().await.0, 1);
        let Actor::Token { id, .. } = &token else { panic!() };
        assert!(idempotency::find(&mut bench.conn().await, id, "k").await.unwrap().is_some());
    }

    async fn many_callers_at_once_all_get_their_awards_and_never_share_a_place(db: Db) {
        let bench = Arc::new(Bench::new(db).await);
        let tasks: Vec<_> = (0..6)
            .map(|task| {
                let bench = Arc::clone(&bench);
                tokio::spawn(async move {
                    for round in 0..5 {
                        let emails: Vec<_> = (0..4).map(|n| format!("p{task}-{round}-{n}@example.com")).collect();
                        let emails: Vec<_> = emails.iter().map(String::as_str).collect();
                        issue(&bench.app, &OPERATOR, many(&emails), None).await.unwrap();
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let audit = audit::audit(&bench.app, &OPERATOR, |_| {}).await.unwrap();
        assert_eq!((audit.awards, audit.verified, audit.faults), (120, 120, 0), "{:?}", audit.told);
    }

    async fn two_callers_at_once_give_one_person_one_award(db: Db) {
        let bench = Arc::new(Bench::new(db).await);
        let tasks: Vec<_> = (0..6)
            .map(|_| {
                let bench = Arc::clone(&bench);
                tokio::spawn(async move { issue(&bench.app, &OPERATOR, one("ada@example.com", "craft.pro"), None).await })
            })
            .collect();
        let mut given = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => given += 1,
                Err(ActionError::Conflict { why: Conflict::AlreadyHeld, .. }) => {}
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!((given, bench.written().await.0), (1, 1));
    }

    async fn nobody_does_what_the_table_of_rights_does_not_allow(db: Db) {
        let bench = Bench::new(db).await;
        let id = bench.give("ada@example.com").await;
        let before = bench.written().await;
        let reader = bench.token(&[Scope::Read]).await;
        for actor in [&Actor::Anyone, &reader] {
            let refused =
                |error: ActionError| matches!(error, ActionError::Unauthenticated | ActionError::Forbidden { .. });
            assert!(refused(issue(&bench.app, actor, one("b@example.com", "craft.pro"), None).await.unwrap_err()));
            assert!(refused(renew(&bench.app, actor, &id, &RenewRequest::default()).await.unwrap_err()));
            assert!(refused(revoke(&bench.app, actor, &id, "because").await.unwrap_err()));
            assert!(refused(issue_csv(&bench.app, actor, b"", false, None).await.unwrap_err()));
            assert!(refused(keys::generate(&bench.app, actor, Purpose::Panel).await.unwrap_err()));
            assert!(refused(tokens::create(&bench.app, actor, "x", &Scope::ALL).await.unwrap_err()));
        }
        // Only the token itself was added since.
        assert_eq!(bench.written().await, (before.0, before.1 + 1, before.2));
    }

    async fn a_revocation_is_in_the_published_list_at_once_and_is_final(db: Db) {
        let bench = Bench::new(db).await;
        let (id, other) = (bench.give("ada@example.com").await, bench.give("bob@example.com").await);
        let list = bench.award(&id).await.status_list_id;
        let before = status_lists::published(&mut bench.conn().await, &list).await.unwrap().unwrap();
        for bad in ["", "  ", "\u{7}", &"x".repeat(1_001)] {
            assert!(matches!(revoke(&bench.app, &OPERATOR, &id, bad).await, Err(ActionError::Invalid(_))), "{bad}");
        }
        revoke(&bench.app, &OPERATOR, &id, "Given by mistake.").await.unwrap();
        let after = status_lists::published(&mut bench.conn().await, &list).await.unwrap().unwrap();
        assert_ne!(before.etag, after.etag);
        assert_eq!(bench.verdict(&id).await, Verdict::Invalid);
        assert_eq!(bench.verdict(&other).await, Verdict::Valid);
        let twice = revoke(&bench.app, &OPERATOR, &id, "Another reason.").await.unwrap_err();
        assert!(matches!(twice, ActionError::Conflict { why: Conflict::AlreadyRevoked, .. }));
        assert_eq!(bench.award(&id).await.revocation_reason.as_deref(), Some("Given by mistake."));
        assert!(matches!(revoke(&bench.app, &OPERATOR, "none", "x").await, Err(ActionError::NotFound { .. })));
        // After a revocation the level can be earned anew; the old one is not renewed by it.
        let anew = bench.give("ada@example.com").await;
        assert_eq!(bench.award(&anew).await.renews, None);
    }

    async fn a_renewal_is_a_new_badge_of_the_lineage_and_the_old_one_still_verifies(db: Db) {
        let bench = Bench::new(db).await;
        let old = bench.give("ada@example.com").await;
        let said = RenewRequest { narrative: Some("Showed it again.".into()), ..Default::default() };
        let early = renew(&bench.app, &OPERATOR, &old, &said).await.unwrap_err();
        assert!(matches!(early, ActionError::Conflict { why: Conflict::TooEarly, .. }), "{early}");
        bench.at("2028-03-01T12:00:00Z");
        let new = renew(&bench.app, &OPERATOR, &old, &said).await.unwrap();
        assert_eq!(new.valid_until.unwrap().to_string(), "2030-05-03T12:00:00Z");
        assert_eq!(new.renews.as_deref(), Some(old.as_str()));
        let (old_row, new_row) = (bench.award(&old).await, bench.award(&new.id).await);
        assert_eq!(old_row.lineage_id, new_row.lineage_id);
        assert_eq!(old_row.superseded_by.as_deref(), Some(new.id.as_str()));
        assert_eq!((bench.verdict(&old).await, bench.verdict(&new.id).await), (Verdict::Valid, Verdict::Valid));
        let twice = renew(&bench.app, &OPERATOR, &old, &said).await.unwrap_err();
        assert!(matches!(twice, ActionError::Conflict { why: Conflict::Superseded, .. }));
        let link = new.certification_url;
        assert_eq!(
            bench.linked(&link).await.report.claims.unwrap().credential_id,
            new.badge_url
        );
    }

    async fn after_a_rotation_old_badges_verify_and_new_ones_are_signed_by_the_new_key(db: Db) {
        let bench = Bench::new(db).await;
        let old = bench.give("ada@example.com").await;
        let rotated = keys::rotate(&bench.app, &OPERATOR, Purpose::Credential, false).await.unwrap();
        let new = bench.give("bob@example.com").await;
        assert!(bench.award(&old).await.verification_method.ends_with(&rotated.old.fragment));
        assert!(bench.award(&new).await.verification_method.ends_with(&rotated.new.fragment));
        assert_eq!((bench.verdict(&old).await, bench.verdict(&new).await), (Verdict::Valid, Verdict::Valid));
        let list = status_lists::published(&mut bench.conn().await, &bench.award(&old).await.status_list_id).await.unwrap();
        assert!(String::from_utf8(list.unwrap().json).unwrap().contains(&rotated.new.fragment), "the list is signed anew");
        let audit = audit::audit(&bench.app, &OPERATOR, |_| {}).await.unwrap();
        assert_eq!((audit.awards, audit.verified, audit.told), (2, 2, vec![]));
    }

    async fn a_compromised_key_leaves_the_did_document_and_what_it_signed_no_longer_verifies(db: Db) {
        let bench = Bench::new(db).await;
        let old = bench.give("ada@example.com").await;
        let rotated = keys::rotate(&bench.app, &OPERATOR, Purpose::Credential, true).await.unwrap();
        let mut conn = bench.conn().await;
        let issuer = laurel::actions::issuer(&mut conn).await.unwrap();
        let document = documents::did_document(bench.app.urls(), &mut conn, &issuer).await.unwrap().to_string();
        assert!(document.contains(&rotated.new.fragment) && !document.contains(&rotated.old.fragment));
        assert_eq!(bench.verdict(&old).await, Verdict::Invalid);
        let audit = audit::audit(&bench.app, &OPERATOR, |_| {}).await.unwrap();
        assert_eq!((audit.verified, audit.by_compromised_key, audit.faults), (0, 1, 0));
        assert_eq!(key_rows::list(&mut conn, "acme").await.unwrap().len(), 4);
    }

    async fn a_csv_gives_what_it_can_and_reports_the_rest_by_line(db: Db) {
        let bench = Bench::new(db).await;
        bench.give("held@example.com").await;
        let csv = b"name,email,level\nA,a@example.com,craft.pro\nB,nobody,craft.pro\nC,c@example.com,craft.none\n\
            D,held@example.com,craft.pro\nE,a@example.com,craft.pro\nF,f@example.com,craft.master\n";
        let dry = issue_csv(&bench.app, &OPERATOR, csv, true, None).await.unwrap().body;
        assert_eq!((dry.issued, dry.already_held, dry.refused, dry.dry_run), (2, 1, 3, true));
        assert_eq!(bench.written().await.0, 1);
        let report = issue_csv(&bench.app, &OPERATOR, csv, false, None).await.unwrap().body;
        assert_eq!((report.issued, report.already_held, report.refused), (2, 1, 3));
        let refused: Vec<_> = report
            .rows
            .iter()
            .filter(|row| row.outcome == RowOutcome::Refused)
            .map(|row| (row.line, row.reasons[0].as_str()))
            .collect();
        assert_eq!(refused[0], (3, "email: “nobody” is not an e-mail address"));
        assert!(refused[1].1.starts_with("level: there is no level “craft.none”"));
        assert_eq!(refused[2].0, 6);
        // The same file again gives nothing twice.
        let again = issue_file(&bench.app, &OPERATOR, csv, false, |_, _| Ok(())).await.unwrap();
        assert_eq!((again.issued, again.already_held), (0, 3));
    }

    async fn a_level_gets_a_new_version_only_when_its_content_changed_and_is_never_left_out(db: Db) {
        let bench = Bench::new(db).await;
        let id = bench.give("ada@example.com").await;
        assert_eq!(bench.import(PROGRAM).await.changed, 0);
        let changed = bench.import(&PROGRAM.replace("* ships", "* ships often")).await;
        assert_eq!(changed.levels, [("craft.pro".to_owned(), 2), ("craft.master".to_owned(), 1)]);
        assert_eq!((bench.award(&id).await.level_version, bench.verdict(&id).await), (1, Verdict::Valid));
        let short = &PROGRAM[..PROGRAM.rfind("[[levels]]").unwrap()];
        let program = laurel::domain::program_file::read(short, false).unwrap();
        let refused =
            laurel::actions::import_program::import_program(&bench.app, &OPERATOR, program, Default::default()).await;
        assert!(refused.unwrap_err().to_string().contains("craft.master"));
        assert_eq!(audit::audit(&bench.app, &OPERATOR, |_| {}).await.unwrap().faults, 0);
    }

    async fn a_token_opens_what_it_was_made_for_until_it_is_revoked(db: Db) {
        let bench = Bench::new(db).await;
        let created = tokens::create(&bench.app, &OPERATOR, "ci", &[Scope::Issue, Scope::Issue]).await.unwrap();
        assert!(created.secret.starts_with("lrl_") && created.secret.len() == 56);
        let actor = tokens::authenticate(&bench.app, &created.secret).await.unwrap();
        assert_eq!(actor, Actor::Token { id: created.token.id.clone(), scopes: vec![Scope::Issue] });
        for wrong in ["", "lrl_", "lrl_0000000000000000000000000000000000000000000000000000", &created.secret[4..]] {
            assert!(tokens::authenticate(&bench.app, wrong).await.is_err(), "{wrong}");
        }
        tokens::revoke(&bench.app, &OPERATOR, &created.token.id).await.unwrap();
        assert!(tokens::authenticate(&bench.app, &created.secret).await.is_err());
    }

    async fn an_old_status_list_is_signed_anew_by_a_job(db: Db) {
        let bench = Bench::new(db).await;
        let id = bench.give("ada@example.com").await;
        bench.at("2026-05-05T12:00:00Z");
        let stale = laurel::actions::status::stale(&bench.app).await.unwrap();
        assert_eq!(stale, [bench.award(&id).await.status_list_id]);
        let mut conn = bench.app.db.write().await.unwrap();
        for _ in 0..2 {
            let job = laurel::jobs::Job::RefreshStatusList { list: stale[0].clone() };
            job.enqueue(&mut conn, bench.app.clock.now()).await.unwrap();
        }
        let lost = laurel::jobs::Job::RefreshStatusList { list: "none".into() };
        lost.enqueue(&mut conn, bench.app.clock.now()).await.unwrap();
        conn.commit().await.unwrap();
        assert_eq!(laurel::jobs::run_due(&bench.app).await.unwrap(), 1, "the same job is put down once");
        assert!(laurel::actions::status::stale(&bench.app).await.unwrap().is_empty());
        assert_eq!(bench.verdict(&id).await, Verdict::Valid);
    }

    async fn the_demo_has_a_badge_in_every_state_and_all_of_it_audits(db: Db) {
        let mut bench = Bench::bare(db);
        bench.app.config.demo = true;
        let now: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
        let facts = demo::build(&bench.app, now).await.unwrap();
        assert_eq!(demo::facts(&bench.app).await.unwrap().as_ref(), Some(&facts));
        for (url, wanted) in [
            (&facts.badges.current, "current"),
            (&facts.badges.expiring, "expiring"),
            (&facts.badges.expired, "expired"),
            (&facts.badges.renewed, "current"),
            (&facts.badges.suspended, "suspended"),
            (&facts.badges.revoked, "revoked"),
        ] {
            let id = bench.app.urls().id_in(url, "badges").unwrap();
            let shown = awards::shown(&mut bench.conn().await, id).await.unwrap().unwrap();
            let state = shown.award.state(now, shown.level.content.renewal_window, &shown.issuer.zone());
            assert_eq!(laurel::actions::award_view::state_word(state), wanted, "{url}");
        }
        let expired = bench.linked(&facts.badges.expired).await;
        assert_eq!(expired.report.verdict, Verdict::Attention);
        assert_eq!(expired.report.check(CheckName::Dates).unwrap().outcome, Outcome::Failed);
        let audit = audit::audit(&bench.app, &OPERATOR, |_| {}).await.unwrap();
        assert_eq!((audit.faults, audit.verified), (0, audit.awards), "{:?}", audit.told);
        let token = tokens::authenticate(&bench.app, &facts.token).await.unwrap();
        let report = issue_csv(&bench.app, &token, demo::recipients_csv().as_bytes(), true, None).await.unwrap().body;
        assert_eq!((report.issued, report.already_held, report.refused), (3, 1, 2), "{:?}", report.rows);
    }
}

#[tokio::test]
async fn the_audit_names_what_was_tampered_with() {
    let sandbox = crate::setup::sqlite().await;
    let bench = Bench::new(sandbox.db.clone()).await;
    let id = bench.give("ada@example.com").await;
    bench.give("bob@example.com").await;
    let raw = sqlx::SqlitePool::connect(&sandbox.url).await.unwrap();
    sqlx::query("UPDATE awards SET narrative = 'better' WHERE id = $1").bind(&id).execute(&raw).await.unwrap();
    let audit = audit::audit(&bench.app, &OPERATOR, |_| {}).await.unwrap();
    assert_eq!((audit.awards, audit.verified, audit.faults), (2, 1, 1));
    assert!(audit.told[0].contains(&id), "{:?}", audit.told);
    sqlx::query("UPDATE awards SET narrative = NULL, revoked_at = 1 WHERE id = $1")
        .bind(&id)
        .execute(&raw)
        .await
        .unwrap();
    let audit = audit::audit(&bench.app, &OPERATOR, |_| {}).await.unwrap();
    assert_eq!(audit.faults, 3, "the award in its two forms and its list disagree: {:?}", audit.told);
}
