//! Appeals: who may, how long, who looks again, and what comes of it.

use super::cast::{ADA, Firm, GOOD, PRO, WEAK, code};
use crate::setup::on_both_engines;
use laurel::{
    actions::{
        issue::{Batch, issue},
        panel::appeal,
        path::enrol,
        revoke::revoke,
    },
    domain::{
        actor::{Actor, Role},
        decision::AppealState,
        enrolment::EnrolmentState,
        panel::{PanelPurpose, PanelState},
        recipient::{AwardRequest, RecipientRequest},
        submission::SubmissionState,
    },
    store::{Db, appeals, awards},
};

const WHY: &str = "The second change was in the plan.";

on_both_engines! {
    async fn an_appeal_against_not_yet_is_looked_at_by_a_new_panel(db: Db) {
        let firm = Firm::new(db).await;
        let first = firm.hands_in(ADA, PRO).await;
        let decision = firm.decides(&first, &WEAK).await;
        let ada = firm.actor(ADA).await;
        assert_eq!(code(appeal::against_decision(&firm.app, &ada, &decision.id, " ").await), "reason");
        assert_eq!(code(appeal::against_decision(&firm.app, &firm.actor("Bao").await, &decision.id, WHY).await), "no decision");
        let mut conn = firm.write().await;
        for who in ["Kim", "Olga"] {
            firm.give_role(&mut conn, who, Role::Assessor, "craft").await;
        }
        conn.commit().await.unwrap();
        let filed = appeal::against_decision(&firm.app, &ada, &decision.id, WHY).await.unwrap();
        let panel = firm.panel(filed.panel_id.as_deref().unwrap()).await;
        assert_eq!((panel.purpose, panel.short), (PanelPurpose::Appeal, None));
        let (before, now) = (firm.seated(&first).await, firm.seated(&panel).await);
        assert!(now.iter().all(|who| !before.contains(who)), "{before:?} and {now:?}");
        assert_eq!(code(appeal::against_decision(&firm.app, &ada, &decision.id, WHY).await), "appealed");

        let upheld = firm.decides(&panel, &GOOD).await;
        let award = firm.award(upheld.award_id.as_deref().unwrap()).await;
        let report = firm.verified(&award).await;
        assert!(report.endorsements[0].comment.as_deref().unwrap().contains(", on an appeal,"));
        let appeal = appeals::get(&mut firm.conn().await, &filed.id).await.unwrap().unwrap();
        assert_eq!((appeal.state, appeal.outcome.as_deref()), (AppealState::Upheld, Some("We looked at all of it.")));
        assert_eq!(firm.enrolment(&panel).await.state, EnrolmentState::Passed);
        assert_eq!(firm.verbs(&filed.id).await, ["appeal.filed", "appeal.upheld"]);
        firm.stands().await;
    }

    async fn a_rejected_appeal_is_final(db: Db) {
        let firm = Firm::new(db).await;
        let first = firm.hands_in(ADA, PRO).await;
        let decision = firm.decides(&first, &WEAK).await;
        let mut conn = firm.write().await;
        firm.give_role(&mut conn, "Kim", Role::Assessor, "craft").await;
        conn.commit().await.unwrap();
        let ada = firm.actor(ADA).await;
        let filed = appeal::against_decision(&firm.app, &ada, &decision.id, WHY).await.unwrap();
        let panel = firm.panel(filed.panel_id.as_deref().unwrap()).await;
        let answer = firm.decides(&panel, &WEAK).await;
        let appeal = appeals::get(&mut firm.conn().await, &filed.id).await.unwrap().unwrap();
        assert_eq!(appeal.state, AppealState::Rejected);
        assert_eq!(code(appeal::against_decision(&firm.app, &ada, &answer.id, WHY).await), "appealed");
        assert_eq!(firm.enrolment(&panel).await.state, EnrolmentState::Active, "she may hand in again");
    }

    async fn one_may_appeal_within_the_levels_days(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        let decision = firm.decides(&panel, &WEAK).await;
        let ada = firm.actor(ADA).await;
        firm.at("2026-12-24T12:00:01Z");
        assert_eq!(code(appeal::against_decision(&firm.app, &ada, &decision.id, WHY).await), "too_late");
        firm.at("2026-12-24T12:00:00Z");
        appeal::against_decision(&firm.app, &ada, &decision.id, WHY).await.unwrap();
    }

    async fn what_else_was_under_way_ends_with_an_appeal_that_is_upheld_and_an_appeal_ends_with_a_pass(db: Db) {
        let firm = Firm::new(db).await;
        let mut conn = firm.write().await;
        for who in ["Kim", "Olga", "Pia"] {
            firm.give_role(&mut conn, who, Role::Assessor, "craft").await;
        }
        conn.commit().await.unwrap();
        let first = firm.hands_in(ADA, PRO).await;
        let decision = firm.decides(&first, &WEAK).await;
        let ada = firm.actor(ADA).await;
        let filed = appeal::against_decision(&firm.app, &ada, &decision.id, WHY).await.unwrap();
        let second = firm.hands_in_again(&firm.enrolment(&first).await.id).await;
        let panel = firm.panel(filed.panel_id.as_deref().unwrap()).await;
        firm.decides(&panel, &GOOD).await;
        assert_eq!(firm.submission_state(&second.submission_id).await, SubmissionState::Withdrawn);
        assert_eq!(firm.state(&second).await, PanelState::Dissolved);

        let first = firm.hands_in("Bao", PRO).await;
        let decision = firm.decides(&first, &WEAK).await;
        let bao = firm.actor("Bao").await;
        let filed = appeal::against_decision(&firm.app, &bao, &decision.id, WHY).await.unwrap();
        let second = firm.hands_in_again(&firm.enrolment(&first).await.id).await;
        firm.decides(&second, &GOOD).await;
        let appeal = appeals::get(&mut firm.conn().await, &filed.id).await.unwrap().unwrap();
        assert_eq!(appeal.state, AppealState::Withdrawn);
        assert_eq!(firm.panel(filed.panel_id.as_deref().unwrap()).await.state, PanelState::Dissolved);
        assert_eq!(code(appeal::withdraw(&firm.app, &bao, &filed.id).await), "decided");
    }

    async fn a_path_that_is_left_takes_its_panels_and_appeals_with_it(db: Db) {
        let firm = Firm::new(db).await;
        let first = firm.hands_in(ADA, PRO).await;
        let decision = firm.decides(&first, &WEAK).await;
        let ada = firm.actor(ADA).await;
        let filed = appeal::against_decision(&firm.app, &ada, &decision.id, WHY).await.unwrap();
        let enrolment = firm.enrolment(&first).await;
        let second = firm.hands_in_again(&enrolment.id).await;
        enrol::withdraw(&firm.app, &ada, &enrolment.id).await.unwrap();
        assert_eq!(firm.state(&second).await, PanelState::Dissolved);
        assert_eq!(firm.panel(filed.panel_id.as_deref().unwrap()).await.state, PanelState::Dissolved);
        let appeal = appeals::get(&mut firm.conn().await, &filed.id).await.unwrap().unwrap();
        assert_eq!((appeal.state, firm.state(&first).await), (AppealState::Withdrawn, PanelState::Decided));
    }

    async fn an_appeal_is_taken_back_by_whoever_filed_it(db: Db) {
        let firm = Firm::new(db).await;
        let first = firm.hands_in(ADA, PRO).await;
        let decision = firm.decides(&first, &WEAK).await;
        let ada = firm.actor(ADA).await;
        let filed = appeal::against_decision(&firm.app, &ada, &decision.id, WHY).await.unwrap();
        assert_eq!(code(appeal::withdraw(&firm.app, &firm.actor("Bao").await, &filed.id).await), "no appeal");
        appeal::withdraw(&firm.app, &ada, &filed.id).await.unwrap();
        assert_eq!(firm.panel(filed.panel_id.as_deref().unwrap()).await.state, PanelState::Dissolved);
    }

    async fn an_upheld_appeal_against_a_revocation_gives_the_badge_again_for_the_same_time(db: Db) {
        let firm = Firm::new(db).await;
        let mut conn = firm.write().await;
        firm.give_role(&mut conn, "Kim", Role::Assessor, "craft").await;
        conn.commit().await.unwrap();
        let first = firm.hands_in(ADA, PRO).await;
        let old = firm.decides(&first, &GOOD).await.award_id.unwrap();
        let ada = firm.actor(ADA).await;
        assert_eq!(code(appeal::against_revocation(&firm.app, &ada, &old, WHY).await), "not_revoked");
        firm.at("2027-01-10T12:00:00Z");
        revoke(&firm.app, &Actor::Operator, &old, "It was copied.").await.unwrap();
        assert_eq!(code(appeal::against_revocation(&firm.app, &firm.actor("Bao").await, &old, WHY).await), "no badge");
        let filed = appeal::against_revocation(&firm.app, &ada, &old, WHY).await.unwrap();
        assert_eq!(code(appeal::against_revocation(&firm.app, &ada, &old, WHY).await), "appealed");
        let panel = firm.panel(filed.panel_id.as_deref().unwrap()).await;
        let olga = firm.actor("Olga").await;
        assert_eq!(code(appeal::answer(&firm.app, &olga, &filed.id, true, "Yes.").await), "no appeal", "its panel answers");
        let upheld = firm.decides(&panel, &GOOD).await;
        let (old, new) = (firm.award(&old).await, firm.award(upheld.award_id.as_deref().unwrap()).await);
        assert_eq!((new.valid_from, new.valid_until, &new.lineage_id), (old.valid_from, old.valid_until, &old.lineage_id));
        assert!(old.revoked_at.is_some(), "a revocation is never taken back");
        assert_ne!(new.status_index, old.status_index);
        firm.verified(&new).await;
        firm.stands().await;
    }

    async fn where_no_panel_gave_the_badge_an_owner_who_had_no_part_answers(db: Db) {
        let firm = Firm::new(db).await;
        let recipient = RecipientRequest { name: ADA.into(), email: "ada@acme.example".into(), ..Default::default() };
        let request = AwardRequest { level: PRO.into(), recipient, ..Default::default() };
        let given = issue(&firm.app, &Actor::Operator, Batch::One(Box::new(request)), None).await.unwrap();
        let old = given.body.awards[0].id.clone();
        revoke(&firm.app, &Actor::Operator, &old, "By mistake.").await.unwrap();
        let filed = appeal::against_revocation(&firm.app, &firm.actor(ADA).await, &old, WHY).await.unwrap();
        assert_eq!(filed.panel_id, None);
        let mut conn = firm.write().await;
        firm.give_role(&mut conn, ADA, Role::Owner, "craft").await;
        firm.give_role(&mut conn, "Kim", Role::Owner, "data").await;
        conn.commit().await.unwrap();
        let answers = async |who: &str| appeal::answer(&firm.app, &firm.actor(who).await, &filed.id, true, "It was ours.").await;
        assert_eq!(code(answers(ADA).await), "own_case");
        assert_eq!(code(answers("Kim").await), "no appeal");
        let new = answers("Olga").await.unwrap().unwrap();
        assert_eq!(code(answers("Pia").await), "decided");
        let appeal = appeals::get(&mut firm.conn().await, &filed.id).await.unwrap().unwrap();
        assert_eq!((appeal.state, appeal.decided_by.as_deref()), (AppealState::Upheld, Some("Olga")));
        let newest = awards::newest(&mut firm.conn().await, ADA, PRO).await.unwrap().unwrap();
        assert_eq!(newest.id, new);
        firm.verified(&newest).await;
    }
}
