//! A badge that is taken back for a while, and good again with a newer version of its credential (decision 0069).

use crate::actions::{PROGRAM, new_issuer};
use crate::cast::deployment;
use crate::setup::{BASE_URL, on_both_engines};
use laurel::{
    actions::{
        ActionError, App, Conflict, audit,
        erase::{Asked, erase},
        import_program::import_program,
        init,
        issue::{Batch, issue},
        renew::{RenewRequest, renew},
        revoke::revoke,
        suspend::{resume, suspend},
        tokens, verify,
    },
    credential::verify::{CheckName, Verdict},
    domain::{
        actor::{Actor, Scope},
        award::Award,
        erasing::{Cause, TakenAlong},
        letter::Mail,
        program_file,
        recipient::{AwardRequest, RecipientRequest},
    },
    outside::random::Random,
    store::{Conn, Db, award_jwts, awards, events, mails, shown, suspensions},
};
use serde_json::Value;

const OPERATOR: Actor = Actor::Operator;

/// A company with the program of tests/actions.rs, on 3 May 2026 at noon; it has a key for JWT from the start.
struct Bench {
    app: App,
}

impl Bench {
    async fn new(db: Db) -> Self {
        let app = deployment(db, BASE_URL, "2026-05-03T12:00:00Z", Random::seeded(1));
        let issuer = init::check(&new_issuer(), BASE_URL).unwrap();
        init::init(&app, &OPERATOR, issuer, None).await.unwrap();
        let program = program_file::read(PROGRAM, false).unwrap();
        import_program(&app, &OPERATOR, program, Default::default()).await.unwrap();
        Bench { app }
    }

    async fn give(&self, email: &str, level: &str) -> Result<String, ActionError> {
        let recipient = RecipientRequest { name: "Ada Obi".into(), email: email.into(), ..Default::default() };
        let visibility = Some("public".to_owned());
        let request = AwardRequest { level: level.into(), recipient, visibility, ..Default::default() };
        let outcome = issue(&self.app, &OPERATOR, Batch::One(Box::new(request)), None).await?;
        Ok(outcome.body.awards[0].id.clone())
    }

    async fn conn(&self) -> Conn {
        self.app.db.read().await.unwrap()
    }

    async fn award(&self, id: &str) -> Award {
        awards::get(&mut self.conn().await, id).await.unwrap().unwrap()
    }

    async fn jwt(&self, id: &str) -> String {
        award_jwts::get(&mut self.conn().await, id).await.unwrap().unwrap()
    }

    /// What this service says of a badge: the verdict, and the code of its status.
    async fn says(&self, badge: &str) -> (Verdict, String) {
        let report = verify::verify(&self.app, badge.as_bytes(), None).await.unwrap().report;
        let status = report.checks.iter().find(|check| check.check == CheckName::Status).unwrap();
        (report.verdict, status.code.clone())
    }

    async fn letters(&self) -> Vec<Mail> {
        let unsent = mails::unsent(&mut self.conn().await, self.app.clock.now(), 99).await.unwrap();
        unsent.into_iter().map(|one| one.mail).collect()
    }

    async fn sound(&self) -> audit::Audit {
        let found = audit::audit(&self.app, &OPERATOR, |_| ()).await.unwrap();
        assert_eq!(found.faults, 0, "{:?}", found.told);
        found
    }

    fn at(&self, time: &str) {
        self.app.clock.set(time.parse().unwrap());
    }
}

fn said(credential: &str, member: &str) -> Option<String> {
    let document: Value = serde_json::from_str(credential).unwrap();
    document.pointer(member).and_then(Value::as_str).map(str::to_owned)
}

fn why(refused: Result<Award, ActionError>) -> Conflict {
    match refused {
        Err(ActionError::Conflict { why, .. }) => why,
        other => panic!("{other:?}"),
    }
}

on_both_engines! {
    async fn what_is_suspended_counts_nowhere_until_a_newer_version_of_its_credential_does(db: Db) {
        let bench = Bench::new(db).await;
        let id = bench.give("ada@example.com", "craft.pro").await.unwrap();
        let other = bench.give("bob@example.com", "craft.pro").await.unwrap();
        let (before, jwt_before) = (bench.award(&id).await, bench.jwt(&id).await);
        let on_wall = async || {
            let found = shown::wall(&mut bench.conn().await, bench.app.clock.now(), 9).await.unwrap();
            found.iter().any(|shown| shown.award.id == id)
        };
        let held = async || {
            let now = bench.app.clock.now();
            awards::levels_held(&mut bench.conn().await, &before.person_id, now).await.unwrap()
        };
        assert!(on_wall().await && held().await == ["craft.pro"]);

        bench.at("2026-06-01T08:00:00Z");
        suspend(&bench.app, &OPERATOR, &id, "Looked at again.").await.unwrap();
        let suspended = bench.award(&id).await;
        assert_eq!(suspended.suspension_reason.as_deref(), Some("Looked at again."));
        assert_eq!((&suspended.credential, suspended.status_index), (&before.credential, before.status_index));
        for badge in [&before.credential, &jwt_before] {
            assert_eq!(bench.says(badge).await, (Verdict::Invalid, "suspended".to_owned()));
        }
        assert_eq!(bench.says(&bench.award(&other).await.credential).await.0, Verdict::Valid);
        assert!(!on_wall().await && held().await.is_empty());
        assert_eq!(bench.sound().await.suspended, 1);

        bench.at("2026-07-01T08:00:00Z");
        resume(&bench.app, &OPERATOR, &id).await.unwrap();
        let (after, jwt_after) = (bench.award(&id).await, bench.jwt(&id).await);
        // Open Badges 3.0 tells versions of a credential apart by `validFrom`, and keeps the first day in `awardedDate`.
        for (member, was, is) in [
            ("/id", before.credential.as_str(), said(&before.credential, "/id")),
            ("/validUntil", &before.credential, said(&before.credential, "/validUntil")),
            ("/credentialSubject/id", &before.credential, said(&before.credential, "/credentialSubject/id")),
            ("/validFrom", "{}", Some("2026-07-01T08:00:00Z".to_owned())),
            ("/awardedDate", "{}", Some("2026-05-03T12:00:00Z".to_owned())),
        ] {
            assert_eq!(said(&after.credential, member), is, "{member} was {was}");
        }
        assert_eq!(said(&before.credential, "/awardedDate"), None);
        assert_eq!((after.valid_from, after.suspended_at), (before.valid_from, None));
        assert_ne!(after.status_index, before.status_index);
        for badge in [&after.credential, &jwt_after] {
            assert_eq!(bench.says(badge).await, (Verdict::Valid, "in_force".to_owned()));
        }
        for badge in [&before.credential, &jwt_before] {
            assert_eq!(bench.says(badge).await, (Verdict::Invalid, "revoked".to_owned()), "for good");
        }
        assert!(on_wall().await && held().await == ["craft.pro"]);
        let found = bench.sound().await;
        assert_eq!((found.suspended, found.revoked, found.verified, found.jwts_verified), (0, 0, 2, 2));
        let told = events::of_subject(&mut bench.conn().await, &id).await.unwrap();
        let verbs: Vec<&str> = told.iter().map(|event| event.verb.as_str()).collect();
        assert_eq!(verbs, ["award.issued", "award.suspended", "award.resumed"]);
    }

    async fn it_can_be_suspended_again_and_each_place_stays_taken_back(db: Db) {
        let bench = Bench::new(db).await;
        let id = bench.give("ada@example.com", "craft.pro").await.unwrap();
        let mut versions = Vec::new();
        for month in 6..9 {
            versions.push(bench.award(&id).await.credential);
            bench.at(&format!("2026-0{month}-01T08:00:00Z"));
            suspend(&bench.app, &OPERATOR, &id, "Again.").await.unwrap();
            resume(&bench.app, &OPERATOR, &id).await.unwrap();
        }
        for earlier in versions {
            assert_eq!(bench.says(&earlier).await.1, "revoked");
        }
        let former = suspensions::former(&mut bench.conn().await, None, 2).await.unwrap();
        let rest = suspensions::former(&mut bench.conn().await, former.last(), 2).await.unwrap();
        assert_eq!((former.len(), rest.len()), (2, 1));
        bench.sound().await;
        // Revoked in the end, it is revoked and nothing else.
        suspend(&bench.app, &OPERATOR, &id, "Once more.").await.unwrap();
        revoke(&bench.app, &OPERATOR, &id, "Not earned.").await.unwrap();
        assert_eq!(bench.says(&bench.award(&id).await.credential).await.1, "revoked");
        assert_eq!(why(resume(&bench.app, &OPERATOR, &id).await), Conflict::NotSuspended);
        let found = bench.sound().await;
        assert_eq!((found.revoked, found.suspended), (1, 0));
        // Then the level can be earned anew.
        bench.give("ada@example.com", "craft.pro").await.unwrap();
    }

    async fn a_suspended_badge_is_neither_renewed_nor_given_again_and_its_end_lifts_nothing(db: Db) {
        let bench = Bench::new(db).await;
        let id = bench.give("ada@example.com", "craft.pro").await.unwrap();
        bench.at("2028-04-01T00:00:00Z");
        suspend(&bench.app, &OPERATOR, &id, "Looked at again.").await.unwrap();
        for time in ["2028-04-02T00:00:00Z", "2028-06-01T00:00:00Z"] {
            bench.at(time);
            let refused = renew(&bench.app, &OPERATOR, &id, &RenewRequest::default()).await.unwrap_err();
            assert!(matches!(refused, ActionError::Conflict { why: Conflict::Suspended, .. }), "{refused}");
            let refused = bench.give("ada@example.com", "craft.pro").await.unwrap_err();
            assert!(matches!(refused, ActionError::Conflict { why: Conflict::AlreadyHeld, .. }), "{refused}");
        }
        // Lifted past its end it has ended as it would have, and begins no later than it did.
        resume(&bench.app, &OPERATOR, &id).await.unwrap();
        let ended = bench.award(&id).await;
        assert_eq!(said(&ended.credential, "/validFrom").as_deref(), Some("2026-05-03T12:00:00Z"));
        assert_eq!(said(&ended.credential, "/awardedDate"), None);
        assert_eq!(bench.says(&ended.credential).await.0, Verdict::Attention);
        let letters = bench.letters().await;
        assert!(letters.iter().any(|mail| mail.subject == "Your badge for Professional is not suspended any more"));
        assert!(!letters.iter().any(|mail| mail.subject.contains("good again")), "it has ended");
        renew(&bench.app, &OPERATOR, &id, &RenewRequest::default()).await.unwrap();
        bench.sound().await;
    }

    async fn what_it_renewed_and_has_time_left_goes_with_it(db: Db) {
        let bench = Bench::new(db).await;
        let old = bench.give("ada@example.com", "craft.pro").await.unwrap();
        bench.at("2028-04-01T00:00:00Z");
        let new = renew(&bench.app, &OPERATOR, &old, &RenewRequest::default()).await.unwrap().id;
        assert_eq!(why(suspend(&bench.app, &OPERATOR, &old, "x").await), Conflict::Superseded);
        let holder = bench.award(&new).await.person_id;
        let before = [bench.award(&old).await.credential, bench.award(&new).await.credential];
        suspend(&bench.app, &OPERATOR, &new, "Looked at again.").await.unwrap();
        for badge in &before {
            assert_eq!(bench.says(badge).await, (Verdict::Invalid, "suspended".to_owned()));
        }
        let now = bench.app.clock.now();
        assert!(awards::levels_held(&mut bench.conn().await, &holder, now).await.unwrap().is_empty());
        let listed = shown::suspended(&mut bench.conn().await, "craft", 9).await.unwrap();
        assert_eq!(listed.iter().map(|shown| shown.award.id.as_str()).collect::<Vec<_>>(), [new.as_str()]);
        bench.at("2028-04-20T00:00:00Z");
        resume(&bench.app, &OPERATOR, &new).await.unwrap();
        for id in [&old, &new] {
            assert_eq!(bench.says(&bench.award(id).await.credential).await, (Verdict::Valid, "in_force".to_owned()));
        }
        assert_eq!(bench.award(&old).await.superseded_by, Some(new.clone()));
        assert_eq!(bench.letters().await.iter().filter(|mail| mail.subject.contains("suspended")).count(), 1);
        assert_eq!(bench.sound().await.suspended, 0);
        // What has ended is left as it is.
        bench.at("2028-06-01T00:00:00Z");
        suspend(&bench.app, &OPERATOR, &new, "Once more.").await.unwrap();
        assert_eq!(bench.award(&old).await.suspended_at, None);
        bench.sound().await;
    }

    async fn whoever_is_erased_is_suspended_no_more_and_nothing_is_signed_of_them_again(db: Db) {
        let bench = Bench::new(db).await;
        let id = bench.give("ada@example.com", "craft.pro").await.unwrap();
        suspend(&bench.app, &OPERATOR, &id, "About Ada Obi.").await.unwrap();
        let read = bench.award(&id).await;
        let asked = Asked { cause: Cause::Wish, taken_along: TakenAlong::Leave };
        erase(&bench.app, &OPERATOR, "ada@example.com", asked).await.unwrap();
        assert!(matches!(resume(&bench.app, &OPERATOR, &id).await, Err(ActionError::NotFound { .. })));
        assert!(matches!(suspend(&bench.app, &OPERATOR, &id, "x").await, Err(ActionError::NotFound { .. })));
        assert!(shown::suspended(&mut bench.conn().await, "craft", 9).await.unwrap().is_empty());
        let left = bench.award(&id).await;
        assert!(left.is_erased() && left.suspension_reason.is_none() && left.suspended_at.is_some());
        // Whoever had read it before can't put it back.
        let mut conn = bench.app.db.write().await.unwrap();
        let anew = Award { resumed_at: Some(bench.app.clock.now()), suspended_at: None, ..read.clone() };
        assert!(!suspensions::resume(&mut conn, &read, &anew).await.unwrap());
        assert!(!suspensions::suspend(&mut conn, &id, bench.app.clock.now(), "x").await.unwrap());
        drop(conn);
        assert_eq!(bench.sound().await.suspended, 0);
    }

    async fn only_what_stands_is_suspended_and_by_whoever_may_revoke(db: Db) {
        let bench = Bench::new(db).await;
        let id = bench.give("ada@example.com", "craft.pro").await.unwrap();
        for scopes in [&[Scope::Read, Scope::Issue][..], &[Scope::Trust]] {
            let created = tokens::create(&bench.app, &OPERATOR, "x", scopes).await.unwrap();
            let token = tokens::authenticate(&bench.app, &created.secret).await.unwrap();
            assert!(suspend(&bench.app, &token, &id, "x").await.is_err());
            assert!(resume(&bench.app, &token, &id).await.is_err());
        }
        for bad in ["", " ", "\u{7}", &"x".repeat(1_001)] {
            assert!(matches!(suspend(&bench.app, &OPERATOR, &id, bad).await, Err(ActionError::Invalid(_))), "{bad}");
        }
        assert!(matches!(suspend(&bench.app, &OPERATOR, "none", "x").await, Err(ActionError::NotFound { .. })));
        assert_eq!(why(resume(&bench.app, &OPERATOR, &id).await), Conflict::NotSuspended);
        suspend(&bench.app, &OPERATOR, &id, "First.").await.unwrap();
        assert_eq!(why(suspend(&bench.app, &OPERATOR, &id, "Second.").await), Conflict::AlreadySuspended);
        assert_eq!(bench.award(&id).await.suspension_reason.as_deref(), Some("First."));
        resume(&bench.app, &OPERATOR, &id).await.unwrap();

        let gone = bench.give("bob@example.com", "craft.pro").await.unwrap();
        revoke(&bench.app, &OPERATOR, &gone, "By mistake.").await.unwrap();
        assert_eq!(why(suspend(&bench.app, &OPERATOR, &gone, "x").await), Conflict::AlreadyRevoked);
        bench.at("2028-04-01T00:00:00Z");
        let newer = renew(&bench.app, &OPERATOR, &id, &RenewRequest::default()).await.unwrap();
        assert_eq!(why(suspend(&bench.app, &OPERATOR, &id, "x").await), Conflict::Superseded);
        bench.at("2031-01-01T00:00:00Z");
        assert_eq!(why(suspend(&bench.app, &OPERATOR, &newer.id, "x").await), Conflict::BadgeOver);
        bench.sound().await;
    }

    async fn its_holder_gets_a_letter_that_leaves_the_reason_on_the_page(db: Db) {
        let bench = Bench::new(db).await;
        let id = bench.give("ada@example.com", "craft.pro").await.unwrap();
        suspend(&bench.app, &OPERATOR, &id, "A secret reason.").await.unwrap();
        resume(&bench.app, &OPERATOR, &id).await.unwrap();
        let letters = bench.letters().await;
        let subjects: Vec<&str> = letters.iter().map(|mail| mail.subject.as_str()).collect();
        assert!(subjects.contains(&"Your badge for Professional is suspended"), "{subjects:?}");
        assert!(subjects.contains(&"Your badge for Professional is good again"), "{subjects:?}");
        assert!(letters.iter().all(|mail| !mail.text.contains("secret")));
        let lineage = bench.award(&id).await.lineage_id;
        let again = letters.iter().find(|mail| mail.subject.contains("good again")).unwrap();
        assert!(again.text.contains(&format!("/certifications/{lineage}")), "{}", again.text);
    }
}
