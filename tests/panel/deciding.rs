//! Decisions, second looks, and the badge that a pass gives.

use super::cast::{ADA, Firm, GOOD, LEAD, PRO, WEAK, code, words};
use crate::setup::on_both_engines;
use laurel::{
    actions::{
        keys,
        panel::{conflict, decide},
    },
    credential::verify::Verdict,
    domain::{
        actor::{Actor, Role},
        decision::{DecisionState, Outcome, Words},
        enrolment::{Aim, EnrolmentState},
        panel::PanelState,
        submission::SubmissionState,
    },
    outside::vault::{Purpose, Vault},
    store::{Db, awards, decisions},
};
use serde_json::Value;
use std::sync::Arc;

const YES: [(&str, &str); 1] = [("design", "Yes")];

on_both_engines! {
    async fn a_pass_gives_a_badge_that_says_what_was_found_and_by_what_kind_of_panel(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        let decision = firm.decides(&panel, &GOOD).await;
        assert_eq!((decision.outcome, decision.state), (Outcome::Pass, DecisionState::Final));
        let award = firm.award(decision.award_id.as_deref().unwrap()).await;
        assert_eq!((award.person_id.as_str(), award.level_version, award.results.clone()), (ADA, 1, Some(decision.grades())));
        assert_eq!(award.valid_until.unwrap().to_string(), "2028-11-24T12:00:00Z");

        let badge: Value = serde_json::from_str(&award.credential).unwrap();
        let achieved = badge["credentialSubject"]["result"][0]["achievedLevel"].as_str().unwrap();
        assert!(achieved.ends_with("/versions/1#design.2"), "{achieved}");
        assert_eq!(badge["evidence"][0]["name"], "A talk");
        assert_eq!(badge["evidence"][1].as_object().unwrap().len(), 2, "private: its digest alone, {}", badge["evidence"][1]);
        let said = badge["endorsement"][0]["credentialSubject"]["endorsementComment"].as_str().unwrap();
        assert!(said.starts_with("A panel of 3 assessors from "), "{said}");
        assert!(firm.seated(&panel).await.iter().all(|who| !said.contains(who.as_str())), "nobody is named: {said}");

        let report = firm.verified(&award).await;
        assert_eq!(report.endorsements.len(), 1);
        assert_eq!(report.endorsements[0].verdict, Verdict::Valid, "{:?}", report.endorsements[0].checks);
        let (badge_key, panel_key) = (&badge["proof"][0]["verificationMethod"], &badge["endorsement"][0]["proof"][0]["verificationMethod"]);
        assert!(badge_key.is_string() && panel_key.is_string() && badge_key != panel_key);

        assert_eq!(firm.state(&panel).await, PanelState::Decided);
        assert_eq!(firm.submission_state(&panel.submission_id).await, SubmissionState::Decided);
        assert_eq!(firm.enrolment(&panel).await.state, EnrolmentState::Passed);
        let kept = decisions::of_panel(&mut firm.conn().await, &panel.id).await.unwrap();
        assert_eq!(kept[0].award_id.as_deref(), Some(award.id.as_str()));
        assert_eq!(firm.verbs(&decision.id).await, ["decision.proposed", "decision.made"]);
        assert_eq!(code(firm.proposes(&panel).await), "decided");
        firm.stands().await;
    }

    async fn what_the_panel_says_cannot_be_changed_in_the_badge(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        let decision = firm.decides(&panel, &GOOD).await;
        let award = firm.award(decision.award_id.as_deref().unwrap()).await;
        let forged = award.credential.replace("A panel of 3 assessors", "A panel of 9 assessors");
        assert_ne!(forged, award.credential);
        let checked = laurel::actions::verify::verify(&firm.app, forged.as_bytes(), None).await.unwrap();
        assert_eq!(checked.report.verdict, Verdict::Invalid);
    }

    async fn without_the_panels_key_nothing_is_decided_and_nothing_written(db: Db) {
        let mut firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        firm.settles(&panel, &GOOD).await;
        let vault = std::mem::replace(&mut Arc::get_mut(&mut firm.app).unwrap().vault, Vault::memory());
        assert!(firm.proposes(&panel).await.is_err());
        assert_eq!(firm.state(&panel).await, PanelState::Settling);
        let mut conn = firm.conn().await;
        assert!(decisions::of_panel(&mut conn, &panel.id).await.unwrap().is_empty());
        assert_eq!(awards::count(&mut conn).await.unwrap(), 0);
        assert_eq!(firm.enrolment(&panel).await.state, EnrolmentState::Active);
        Arc::get_mut(&mut firm.app).unwrap().vault = vault;
        firm.proposes(&panel).await.unwrap();
    }

    async fn what_the_panel_says_stands_over_a_new_key_and_falls_with_a_compromised_one(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        firm.decides(&panel, &GOOD).await;
        keys::rotate(&firm.app, &Actor::Operator, Purpose::Panel, false).await.unwrap();
        let award = awards::newest(&mut firm.conn().await, ADA, PRO).await.unwrap().unwrap();
        assert_eq!(firm.verified(&award).await.endorsements[0].verdict, Verdict::Valid);
        firm.stands().await;
        let signed_by = award.endorsement.as_ref().unwrap()["proof"][0]["verificationMethod"].as_str().unwrap();
        let fragment = signed_by.split_once('#').unwrap().1;
        keys::retire(&firm.app, &Actor::Operator, fragment, true).await.unwrap();
        assert_eq!(firm.verified(&award).await.endorsements[0].verdict, Verdict::Invalid, "the badge itself stands");
        firm.stands().await;
    }

    async fn not_yet_says_what_is_missing_and_the_path_goes_on(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        firm.settles(&panel, &WEAK).await;
        let who = firm.actor(&firm.seated(&panel).await.remove(0)).await;
        let silent = decide::propose(&firm.app, &who, &panel.id, &Words::default()).await;
        assert_eq!(code(silent), "reason comments.design comments.testing missing missing_by");
        let decision = decide::propose(&firm.app, &who, &panel.id, &words()).await.unwrap();
        assert_eq!((decision.outcome, decision.state, decision.award_id), (Outcome::NotYet, DecisionState::Final, None));
        assert_eq!(decision.missing_by.unwrap().to_string(), "2027-06-30T21:59:59Z");
        let enrolment = firm.enrolment(&panel).await;
        assert_eq!((enrolment.state, firm.submission_state(&panel.submission_id).await), (EnrolmentState::Active, SubmissionState::Decided));
        assert_eq!(awards::count(&mut firm.conn().await).await.unwrap(), 0);
        let second = firm.hands_in_again(&enrolment.id).await;
        let passed = firm.decides(&second, &GOOD).await;
        assert!(passed.award_id.is_some());
    }

    async fn a_second_look_comes_from_an_owner_who_had_no_hand_in_it(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, LEAD).await;
        let seated = firm.seated(&panel).await;
        let mut conn = firm.write().await;
        firm.give_role(&mut conn, &seated[1], Role::Owner, "craft").await;
        firm.give_role(&mut conn, ADA, Role::Owner, "craft").await;
        firm.give_role(&mut conn, "Ivo", Role::Owner, "craft").await;
        firm.give_role(&mut conn, "Kim", Role::Owner, "data").await;
        conn.commit().await.unwrap();
        let decision = firm.decides(&panel, &YES).await;
        assert_eq!((decision.state, decision.award_id.as_deref()), (DecisionState::Proposed, None));
        assert_eq!(awards::count(&mut firm.conn().await).await.unwrap(), 0);
        assert_eq!(code(firm.proposes(&panel).await), "proposed");
        for (who, why) in [(seated[1].as_str(), "own_case"), (ADA, "own_case"), ("Ivo", "own_case"), ("Kim", "no decision")] {
            assert_eq!(code(decide::confirm(&firm.app, &firm.actor(who).await, &decision.id).await), why, "{who}");
        }
        let bao = firm.actor("Bao").await;
        assert!(code(decide::confirm(&firm.app, &bao, &decision.id).await).starts_with("your roles"));
        let confirmed = decide::confirm(&firm.app, &firm.actor("Olga").await, &decision.id).await.unwrap();
        let award = firm.award(confirmed.award_id.as_deref().unwrap()).await;
        let badge: Value = serde_json::from_str(&award.credential).unwrap();
        let said = badge["endorsement"][0]["credentialSubject"]["endorsementComment"].as_str().unwrap();
        assert!(said.contains("Someone who did not sit on the panel confirmed"), "{said}");
        assert!(said.contains("On the panel: ") && seated.iter().all(|who| said.contains(who.as_str())), "all agreed: {said}");
        assert_eq!(code(decide::confirm(&firm.app, &firm.actor("Pia").await, &decision.id).await), "decided");
        firm.stands().await;
    }

    async fn what_is_returned_is_settled_and_proposed_anew(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, LEAD).await;
        let decision = firm.decides(&panel, &YES).await;
        let olga = firm.actor("Olga").await;
        assert_eq!(code(decide::give_back(&firm.app, &olga, &decision.id, "").await), "reason");
        decide::give_back(&firm.app, &olga, &decision.id, "The plan was not looked at.").await.unwrap();
        assert_eq!(code(firm.proposes(&panel).await), "not_agreed");
        firm.all_agree(&panel).await;
        firm.at("2026-11-25T12:00:00Z");
        let again = firm.proposes(&panel).await.unwrap();
        decide::confirm(&firm.app, &firm.actor("Pia").await, &again.id).await.unwrap();
        let all = decisions::of_panel(&mut firm.conn().await, &panel.id).await.unwrap();
        let states: Vec<_> = all.iter().map(|decision| decision.state).collect();
        assert_eq!(states, [DecisionState::Returned, DecisionState::Final]);
        assert_eq!(all[0].returned_for.as_deref(), Some("The plan was not looked at."));
    }

    async fn a_conflict_declared_late_returns_what_was_proposed(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, LEAD).await;
        let decision = firm.decides(&panel, &YES).await;
        let who = firm.seated(&panel).await.remove(0);
        conflict::declare(&firm.app, &firm.actor(&who).await, "ada@acme.example", "I had forgotten.").await.unwrap();
        let returned = decisions::get(&mut firm.conn().await, &decision.id).await.unwrap().unwrap();
        assert_eq!(returned.state, DecisionState::Returned);
        assert_eq!((firm.state(&panel).await, firm.seated(&panel).await.contains(&who)), (PanelState::Scoring, false));
        assert_eq!(code(decide::confirm(&firm.app, &firm.actor("Olga").await, &decision.id).await), "decided");
    }

    async fn a_renewal_that_is_passed_renews_the_award(db: Db) {
        let firm = Firm::new(db).await;
        let first = firm.hands_in(ADA, PRO).await;
        let old = firm.decides(&first, &GOOD).await.award_id.unwrap();
        firm.at("2028-10-01T12:00:00Z");
        let enrolment = firm.enrolled(ADA, PRO, Aim::Renewal { award: old.clone() }).await;
        let panel = firm.hands_in_again(&enrolment).await;
        firm.settles(&panel, &GOOD).await;
        let new = firm.award(&firm.proposes(&panel).await.unwrap().award_id.unwrap()).await;
        assert_eq!(new.valid_until.unwrap().to_string(), "2030-11-24T12:00:00Z", "it extends from the old end");
        assert_eq!((new.renews.as_deref(), firm.award(&old).await.superseded_by), (Some(old.as_str()), Some(new.id.clone())));
        firm.stands().await;
    }

    async fn whoever_holds_the_level_already_is_not_given_it_twice(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        firm.decides(&panel, &GOOD).await;
        let second = firm.hands_in(ADA, PRO).await;
        firm.settles(&second, &GOOD).await;
        assert_eq!(code(firm.proposes(&second).await), "already_held");
        assert_eq!(firm.state(&second).await, PanelState::Settling);
    }
}
