//! Scores: alone, blind, whole; one more assessor where they are too far apart; then settled together.

use super::cast::{ADA, Firm, GOOD, PRO, WEAK, code, sheet};
use crate::setup::on_both_engines;
use laurel::{
    actions::panel::{score, settle},
    domain::{panel::PanelState, scoring::Score},
    store::{
        Db, panels,
        scores::{self, Round},
    },
};

on_both_engines! {
    async fn a_draft_is_kept_and_seen_by_nobody_else(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        let who = firm.seated(&panel).await.remove(0);
        let actor = firm.actor(&who).await;
        let draft = |grade: Option<&str>, comment: &str| {
            [Score { criterion: "design".into(), grade: grade.map(str::to_owned), comment: comment.into() }]
        };
        score::save(&firm.app, &actor, &panel.id, &draft(None, "To be looked at")).await.unwrap();
        score::save(&firm.app, &actor, &panel.id, &draft(Some("Solid"), "")).await.unwrap();
        assert_eq!(code(score::save(&firm.app, &actor, &panel.id, &draft(Some("Great"), "")).await), "scores.design.grade");
        let mut conn = firm.conn().await;
        let own = scores::of_seat(&mut conn, &panel.id, &who).await.unwrap();
        assert_eq!((own.len(), own[0].score.grade.as_deref(), own[0].score.comment.as_str()), (1, Some("Solid"), ""));
        assert!(scores::of_panel(&mut conn, &panel.id).await.unwrap().is_empty(), "a draft is nobody else's");
        assert_eq!(firm.verbs(&panel.id).await, ["panel.drawn"]);
    }

    async fn what_is_handed_in_is_whole_and_stays(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        let who = firm.seated(&panel).await.remove(0);
        let actor = firm.actor(&who).await;
        let half = [Score { comment: " ".into(), ..sheet(&GOOD)[0].clone() }];
        let refused = code(score::hand_in(&firm.app, &actor, &panel.id, &half, false).await);
        assert_eq!(refused, "scores.design.comment scores.testing.grade scores.testing.comment");
        assert!(scores::of_seat(&mut firm.conn().await, &panel.id, &who).await.unwrap().is_empty());
        firm.scores(&who, &panel, &GOOD).await.unwrap();
        assert_eq!(code(firm.scores(&who, &panel, &WEAK).await), "handed_in");
        assert_eq!(code(score::save(&firm.app, &actor, &panel.id, &sheet(&WEAK)).await), "handed_in");
        assert_eq!(code(settle::settle(&firm.app, &actor, &panel.id, &[]).await), "scoring");
        for stranger in [ADA, "Bao", "Kim", "Olga"] {
            let refused = code(firm.scores(stranger, &panel, &GOOD).await);
            assert!(refused == "no panel" || refused.starts_with("your roles"), "{stranger}: {refused}");
        }
        let named = panels::seats(&mut firm.conn().await, &panel.id).await.unwrap();
        assert!(named.iter().all(|one| !one.seat.named), "this level names nobody");
    }

    async fn the_panel_settles_when_the_last_has_handed_in(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        let seated = firm.seated(&panel).await;
        for (n, who) in seated.iter().enumerate() {
            assert_eq!(firm.state(&panel).await, PanelState::Scoring);
            firm.scores(who, &panel, if n == 0 { &WEAK } else { &GOOD }).await.unwrap();
        }
        assert_eq!(firm.state(&panel).await, PanelState::Settling);
        let all = scores::of_panel(&mut firm.conn().await, &panel.id).await.unwrap();
        assert_eq!((all.len(), all.iter().all(|one| one.round == Round::Alone)), (6, true));
    }

    async fn those_who_are_too_far_apart_get_a_further_assessor_once(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        let seated = firm.seated(&panel).await;
        firm.scores(&seated[0], &panel, &[("design", "Exemplary"), ("testing", "Solid")]).await.unwrap();
        firm.scores(&seated[1], &panel, &GOOD).await.unwrap();
        firm.at("2026-12-01T12:00:00Z");
        firm.scores(&seated[2], &panel, &WEAK).await.unwrap();
        let four = firm.seated(&panel).await;
        let now = firm.panel(&panel.id).await;
        assert_eq!((four.len(), now.seats, now.state), (4, 4, PanelState::Scoring));
        assert_eq!(now.due_at.to_string(), "2026-12-15T12:00:00Z", "who comes new has all the days");
        let further = four.iter().find(|who| !seated.contains(who)).unwrap();
        firm.scores(further, &panel, &[("design", "None"), ("testing", "None")]).await.unwrap();
        assert_eq!(firm.state(&panel).await, PanelState::Settling);
        assert_eq!(firm.seated(&panel).await.len(), 4);
        assert!(firm.verbs(&panel.id).await.contains(&"panel.disagreed".to_owned()));
    }

    async fn whoever_changes_a_grade_says_why_and_opens_it_for_those_who_had_agreed(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        let seated = firm.seated(&panel).await;
        for who in &seated {
            firm.scores(who, &panel, &WEAK).await.unwrap();
        }
        let [first, second, third] = [&seated[0], &seated[1], &seated[2]];
        let settles = async |who: &String, changed: &[Score]| {
            settle::settle(&firm.app, &firm.actor(who).await, &panel.id, changed).await
        };
        settles(first, &[]).await.unwrap();
        let silent = [Score { comment: String::new(), ..sheet(&GOOD)[0].clone() }];
        assert_eq!(code(settles(second, &silent).await), "scores.design.comment");
        assert_eq!(code(settles(second, &[Score { grade: Some("Great".into()), ..sheet(&GOOD)[0].clone() }]).await), "scores.design.grade");
        settles(second, &sheet(&GOOD)).await.unwrap();
        let agreed = async || {
            let seats = panels::seats(&mut firm.conn().await, &panel.id).await.unwrap();
            seats.into_iter().filter(|one| one.seat.settled_at.is_some()).count()
        };
        assert_eq!(agreed().await, 1, "the first agreed to something else");
        assert_eq!(code(firm.proposes(&panel).await), "not_agreed");
        settles(first, &sheet(&GOOD)).await.unwrap();
        settles(second, &[]).await.unwrap();
        settles(third, &[]).await.unwrap();
        assert_eq!(agreed().await, 3);
        let decision = firm.proposes(&panel).await.unwrap();
        assert_eq!(decision.grades()["design"], "Solid", "two of three");
        let kept = scores::of_seat(&mut firm.conn().await, &panel.id, first).await.unwrap();
        let design: Vec<_> = kept.iter().filter(|one| one.score.criterion == "design").collect();
        assert_eq!(design.len(), 2, "what they found alone stays beside it");
    }
}
