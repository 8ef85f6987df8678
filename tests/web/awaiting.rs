//! `/run`: what waits for an owner, program by program.

use crate::{
    cast::Site,
    panel::cast::{ADA, Firm, LEAD, MASTER, PRO, staff},
    setup::{Sandbox, on_both_engines, sqlite},
};
use laurel::{
    actions::{
        awaiting,
        issue::{Batch, issue},
        panel::appeal,
        path::mentor,
        revoke::revoke,
    },
    domain::{
        actor::{Actor, Role},
        enrolment::Aim,
        recipient::{AwardRequest, RecipientRequest},
    },
    store::Db,
};
use reqwest::StatusCode;
use std::sync::Arc;

/// One of each waits: an appeal for words, a second look, a short panel, an overdue one, and someone for a mentor.
async fn busy(firm: &Firm) {
    let recipient = RecipientRequest { name: "Gus".into(), email: "gus@acme.example".into(), ..Default::default() };
    let request = AwardRequest { level: PRO.into(), recipient, ..Default::default() };
    let given = issue(&firm.app, &Actor::Operator, Batch::One(Box::new(request)), None).await.unwrap();
    revoke(&firm.app, &Actor::Operator, &given.body.awards[0].id, "Copied.").await.unwrap();
    appeal::against_revocation(&firm.app, &firm.actor("Gus").await, &given.body.awards[0].id, "Mine.").await.unwrap();
    let lead = firm.hands_in(ADA, LEAD).await;
    firm.decides(&lead, &[("design", "Yes")]).await;
    firm.hands_in(ADA, MASTER).await;
    firm.hands_in(ADA, PRO).await;
    let waiting = firm.enrolled("Kim", PRO, Aim::First).await;
    mentor::ask(&firm.app, &firm.actor("Kim").await, &waiting, true).await.unwrap();
    firm.at("2026-12-20T12:00:00Z");
}

on_both_engines! {
    async fn what_waits_is_counted_once_and_for_whoever_owns_the_program(db: Db) {
        let firm = Firm::new(db).await;
        let quiet = awaiting::of_owner(&firm.app, &firm.actor("Olga").await, None).await.unwrap().0;
        assert_eq!((quiet.len(), quiet[0].panels.open, quiet[0].on_the_way, quiet[0].renewals), (1, 0, 0, 0));
        busy(&firm).await;
        let (own, next) = awaiting::of_owner(&firm.app, &firm.actor("Olga").await, None).await.unwrap();
        let craft = &own[0];
        assert_eq!((own.len(), next, craft.program.id.as_str()), (1, None, "craft"));
        let panels = &craft.panels;
        assert_eq!((panels.second_looks, panels.short, panels.overdue, panels.open), (1, 1, 1, 3));
        assert_eq!((craft.appeals, craft.on_the_way, craft.waiting_for_mentor), (1, 4, 1));
        let mut conn = firm.write().await;
        firm.give_role(&mut conn, "Kim", Role::Owner, "data").await;
        conn.commit().await.unwrap();
        let data = awaiting::of_owner(&firm.app, &firm.actor("Kim").await, None).await.unwrap().0;
        assert_eq!((data.len(), data[0].program.id.as_str(), data[0].panels.open, data[0].appeals), (1, "data", 0, 0));
        assert!(awaiting::of_owner(&firm.app, &firm.actor("Bao").await, None).await.is_err());
    }

    async fn what_can_be_renewed_now_is_counted(db: Db) {
        let firm = Firm::new(db).await;
        for name in ["Ada", "Bao"] {
            let email = format!("{}@acme.example", name.to_lowercase());
            let recipient = RecipientRequest { name: name.into(), email, ..Default::default() };
            let request = AwardRequest { level: PRO.into(), recipient, ..Default::default() };
            issue(&firm.app, &Actor::Operator, Batch::One(Box::new(request)), None).await.unwrap();
        }
        let olga = firm.actor("Olga").await;
        // The window opens 90 days before the end, which is at one o’clock in Berlin on 24 November 2028.
        for (day, count) in [("2028-08-26T10:59:59Z", 0), ("2028-08-26T11:00:00Z", 2), ("2028-11-24T12:00:00Z", 0)] {
            firm.at(day);
            let own = awaiting::of_owner(&firm.app, &olga, None).await.unwrap().0;
            assert_eq!(own[0].renewals, count, "{day}");
        }
    }
}

async fn served() -> (Firm, Site, Sandbox) {
    let sandbox = sqlite().await;
    let firm = Firm::new(sandbox.db.clone()).await;
    let site = Site::of(Arc::clone(&firm.app)).await;
    (firm, site, sandbox)
}

#[tokio::test]
async fn the_page_says_what_waits_and_leads_there() {
    let (firm, site, _sandbox) = served().await;
    let quiet = site.signed_in(staff("Olga")).await.page("/run").await;
    assert!(quiet.contains("Nothing waits for you") && quiet.contains("Nobody on the way"), "{quiet}");
    busy(&firm).await;
    let olga = site.signed_in(staff("Olga")).await;
    let page = olga.page("/run").await;
    for (words, path) in [
        ("One appeal waits for your answer", "/run/craft/queue#appeals"),
        ("One decision waits for a second look", "/run/craft/queue#second-looks"),
        ("One panel lacks assessors", "/run/craft/queue#short"),
        ("One panel is past its day", "/run/craft/queue#overdue"),
        ("One learner waits for a mentor", "/me/learners?program=craft&#38;waiting=1"),
        ("4 people on the way", "/me/learners?program=craft"),
        ("3 panels at work", "/run/craft/queue"),
        ("Nothing to be renewed now", "/run/craft/renewals"),
    ] {
        assert!(page.contains(&format!("<a href=\"{path}\">{words}</a>")), "{words}: {page}");
    }
    let queue = olga.page("/run/craft/queue").await;
    for anchor in ["appeals", "second-looks", "short", "overdue"] {
        assert!(queue.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
    assert_eq!(site.signed_in(staff("Bao")).await.get("/run").await.status(), StatusCode::FORBIDDEN);
}
