//! Who is drawn, who is not, and how an empty seat is filled.

use super::cast::{ABLE, ADA, Firm, GOOD, LEAD, MASTER, PRO, code};
use crate::setup::on_both_engines;
use laurel::{
    actions::panel::{
        conflict,
        draw::{dissolve, recuse, redraw},
    },
    domain::{
        actor::Role,
        panel::{Lacking, PanelState},
    },
    store::{Db, conflicts, panels},
};

fn all_able(seated: &[String]) -> bool {
    seated.iter().all(|who| ABLE.contains(&who.as_str()))
}

on_both_engines! {
    async fn a_panel_is_drawn_from_those_whom_nothing_keeps_from_judging(db: Db) {
        let firm = Firm::new(db).await;
        for level in [PRO, LEAD] {
            let panel = firm.hands_in(ADA, level).await;
            let seated = firm.seated(&panel).await;
            assert!(seated.len() == 3 && all_able(&seated), "{seated:?}");
            let engineers = seated.iter().filter(|who| ["Chiara", "Dev"].contains(&who.as_str())).count();
            assert!(engineers < 3, "two functions are represented: {seated:?}");
            assert_eq!((panel.short, panel.state), (None, PanelState::Scoring));
            assert_eq!(panel.due_at.to_string(), "2026-12-08T12:00:00Z");
            let drawn = &firm.events(&panel.id).await[0];
            assert_eq!((drawn.verb.as_str(), drawn.detail["seated"].as_array().unwrap().len()), ("panel.drawn", 3));
        }
    }

    async fn the_load_is_spread(db: Db) {
        let firm = Firm::new(db).await;
        let mut seats = 0;
        for who in [ADA, "Bao"] {
            for level in [PRO, LEAD] {
                let panel = firm.hands_in(who, level).await;
                seats += firm.seated(&panel).await.len();
            }
        }
        let loads = panels::open_seats(&mut firm.conn().await).await.unwrap();
        assert_eq!(loads.iter().map(|(_, load)| *load as usize).sum::<usize>(), seats);
        let of = |who: &str| loads.iter().find(|(id, _)| id == who).map_or(0, |(_, load)| *load);
        let able: Vec<i64> = ABLE.iter().map(|who| of(who)).collect();
        assert!(able.iter().max().unwrap() - able.iter().min().unwrap() <= 2, "{loads:?}");
    }

    async fn a_short_panel_says_what_it_lacks_and_is_filled_once_there_is_someone(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, MASTER).await;
        assert_eq!(firm.seated(&panel).await.len(), 4);
        assert_eq!(firm.panel(&panel.id).await.short, Some(Lacking { seats: 1, functions: 1 }));
        let olga = firm.actor("Olga").await;
        redraw(&firm.app, &olga, &panel.id, None, "").await.unwrap();
        assert_eq!(firm.panel(&panel.id).await.short, Some(Lacking { seats: 1, functions: 1 }));
        let mut conn = firm.write().await;
        firm.give_role(&mut conn, "Kim", Role::Assessor, "craft").await;
        conn.commit().await.unwrap();
        redraw(&firm.app, &olga, &panel.id, None, "").await.unwrap();
        assert_eq!(firm.panel(&panel.id).await.short, None);
        assert!(firm.seated(&panel).await.contains(&"Kim".to_owned()));
        let kim = firm.actor("Kim").await;
        assert_eq!(code(redraw(&firm.app, &kim, &panel.id, None, "").await), "your roles do not allow this; an administrator can change them");
    }

    async fn whoever_recuses_is_replaced_and_never_drawn_again(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        let first = firm.seated(&panel).await;
        let actor = firm.actor(&first[0]).await;
        assert_eq!(code(recuse(&firm.app, &actor, &panel.id, " ").await), "reason");
        recuse(&firm.app, &actor, &panel.id, "We are cousins.").await.unwrap();
        let second = firm.seated(&panel).await;
        assert!(second.len() == 3 && !second.contains(&first[0]) && all_able(&second), "{second:?}");
        assert_eq!(code(recuse(&firm.app, &actor, &panel.id, "Twice.").await), "no panel");
        let stranger = ABLE.iter().find(|who| !second.contains(&(**who).to_owned()) && **who != first[0]).unwrap();
        let stranger = firm.actor(stranger).await;
        assert_eq!(code(recuse(&firm.app, &stranger, &panel.id, "Not mine.").await), "no panel");
        let left = panels::seats(&mut firm.conn().await, &panel.id).await.unwrap();
        let left = left.into_iter().find(|one| !one.seat.is_taken()).unwrap();
        assert_eq!(left.seat.left_for.as_deref(), Some("We are cousins."));
    }

    async fn an_owner_has_someone_else_drawn_for_whoever_cannot_go_on(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        let first = firm.seated(&panel).await;
        let olga = firm.actor("Olga").await;
        assert_eq!(code(redraw(&firm.app, &olga, &panel.id, Some("Kim"), "Ill.").await), "no seat");
        assert_eq!(code(redraw(&firm.app, &olga, &panel.id, Some(&first[0]), "").await), "reason");
        redraw(&firm.app, &olga, &panel.id, Some(&first[0]), "Is ill.").await.unwrap();
        let second = firm.seated(&panel).await;
        assert!(second.len() == 3 && !second.contains(&first[0]), "{second:?}");
        assert_eq!(code(redraw(&firm.app, &olga, "none", None, "").await), "no panel");
    }

    async fn a_conflict_counts_both_ways_and_empties_a_seat_at_once(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        let seated = firm.seated(&panel).await;
        let address = |who: &str| format!("{}@acme.example", who.to_lowercase());
        let ada = firm.actor(ADA).await;
        assert_eq!(code(conflict::declare(&firm.app, &ada, "nobody", "").await), "other reason");
        assert_eq!(code(conflict::declare(&firm.app, &ada, "x@acme.example", "Why.").await), "other");
        assert_eq!(code(conflict::declare(&firm.app, &ada, &address(ADA), "Why.").await), "other");
        conflict::declare(&firm.app, &ada, &address(&seated[0]), "An old quarrel.").await.unwrap();
        let assessor = firm.actor(&seated[1]).await;
        conflict::declare(&firm.app, &assessor, &address(ADA), "We are friends.").await.unwrap();
        assert_eq!(code(conflict::declare(&firm.app, &assessor, &address(ADA), "Again.").await), "declared");
        let after = firm.seated(&panel).await;
        assert!(!after.contains(&seated[0]) && !after.contains(&seated[1]) && all_able(&after), "{after:?}");
        let with_ada = conflicts::of_person(&mut firm.conn().await, ADA).await.unwrap();
        assert_eq!(with_ada.len(), 3, "{with_ada:?}");
        assert_eq!(conflict::declared(&firm.app, &ada).await.unwrap(), [(seated[0].clone(), "An old quarrel.".to_owned())]);
        let told: String = firm.events(ADA).await.iter().map(|event| event.detail.to_string()).collect();
        assert!(!told.contains("quarrel"), "why is theirs: {told}");
    }

    async fn a_panel_whose_work_was_withdrawn_is_dissolved(db: Db) {
        let firm = Firm::new(db).await;
        let panel = firm.hands_in(ADA, PRO).await;
        let now = firm.app.clock.now();
        let mut conn = firm.write().await;
        dissolve(&mut conn, "person:Ada", &panel.submission_id, now).await.unwrap();
        conn.commit().await.unwrap();
        assert_eq!(firm.state(&panel).await, PanelState::Dissolved);
        assert_eq!(firm.verbs(&panel.id).await, ["panel.drawn", "panel.dissolved"]);
        let who = firm.seated(&panel).await.remove(0);
        assert_eq!(code(firm.scores(&who, &panel, &GOOD).await), "handed_in");
        assert!(panels::open_seats(&mut firm.conn().await).await.unwrap().is_empty());
        assert_eq!(code(redraw(&firm.app, &firm.actor("Olga").await, &panel.id, None, "").await), "decided");
    }
}
