//! Endpoints and what they are told, on both engines.

use crate::setup::{cast::day, on_both_engines};
use jiff::SignedDuration;
use laurel::{
    domain::webhook::{Attempt, Audience, Delivery, Endpoint, EndpointKind, OffWhy, Topic},
    store::{Conn, Db, webhook_deliveries, webhooks},
};

fn endpoint(id: &str) -> Endpoint {
    Endpoint {
        id: id.into(),
        kind: EndpointKind::Standard,
        name: "HR".into(),
        address: "sealed".into(),
        shown_as: "https://hr.example/".into(),
        secret: Some("first".into()),
        old_secret: None,
        topics: vec![Topic::AwardIssued, Topic::AwardRevoked],
        awards: Audience::All,
        failing_since: None,
        off: None,
        created_at: day(1),
        created_by: "operator".into(),
    }
}

fn delivery(id: &str, days: i64) -> Delivery {
    Delivery {
        id: id.into(),
        webhook_id: "a".into(),
        person_id: None,
        topic: Topic::AwardIssued,
        body: "{}".into(),
        created_at: day(days),
        next_at: Some(day(days)),
        attempts: 0,
        delivered_at: None,
        last: None,
    }
}

fn attempt(status: Option<u16>) -> Attempt {
    Attempt { at: day(9), millis: 12, status, answer: "ok".into(), why: status.is_none().then(|| "it is down".into()) }
}

async fn set_up(conn: &mut Conn) {
    webhooks::insert(conn, &endpoint("a")).await.unwrap();
    webhooks::insert(conn, &endpoint("b")).await.unwrap();
    let all: Vec<Delivery> = (0..1_200).map(|n| delivery(&format!("d{n:04}"), n / 400)).collect();
    webhook_deliveries::insert(conn, &all).await.unwrap();
}

on_both_engines! {
    async fn an_endpoint_is_kept_rotated_switched_off_and_on_and_removed(db: Db) {
        let mut conn = db.write().await.unwrap();
        set_up(&mut conn).await;
        assert_eq!(webhooks::all(&mut conn).await.unwrap(), [endpoint("a"), endpoint("b")]);
        assert!(webhooks::rotate(&mut conn, "a", "second", day(2)).await.unwrap());
        let rotated = webhooks::get(&mut conn, "a").await.unwrap().unwrap();
        assert_eq!((rotated.secret.as_deref(), rotated.old_secret), (Some("second"), Some(("first".into(), day(2)))));
        assert_eq!(webhooks::failed(&mut conn, "a", day(3)).await.unwrap(), Some(day(3)));
        assert_eq!(webhooks::failed(&mut conn, "a", day(4)).await.unwrap(), Some(day(3)), "the first counts");
        webhooks::took(&mut conn, "a").await.unwrap();
        assert_eq!(webhooks::get(&mut conn, "a").await.unwrap().unwrap().failing_since, None);
        assert!(webhooks::switch_off(&mut conn, "a", day(5), OffWhy::Gone).await.unwrap());
        assert!(!webhooks::switch_off(&mut conn, "a", day(6), OffWhy::Asked).await.unwrap());
        assert_eq!(webhooks::get(&mut conn, "a").await.unwrap().unwrap().off, Some((day(5), OffWhy::Gone)));
        assert!(webhooks::switch_on(&mut conn, "a").await.unwrap());
        assert!(!webhooks::switch_on(&mut conn, "a").await.unwrap());
        assert!(webhooks::remove(&mut conn, "a").await.unwrap());
        assert!(!webhooks::remove(&mut conn, "a").await.unwrap());
        assert_eq!(webhook_deliveries::get(&mut conn, "d0000").await.unwrap(), None);
        assert_eq!(webhooks::failed(&mut conn, "a", day(7)).await.unwrap(), None);
    }

    async fn messages_are_claimed_one_by_one_what_is_due_longest_first(db: Db) {
        let mut conn = db.write().await.unwrap();
        set_up(&mut conn).await;
        let lease = SignedDuration::from_secs(30);
        let claimed = webhook_deliveries::claim(&mut conn, "a", day(1), lease).await.unwrap().unwrap();
        assert_eq!((claimed.id.as_str(), claimed.attempts, claimed.next_at), ("d0000", 1, Some(day(1) + lease)));
        let next = webhook_deliveries::claim(&mut conn, "a", day(1), lease).await.unwrap().unwrap();
        assert_eq!(next.id, "d0001");
        assert!(webhook_deliveries::claim(&mut conn, "b", day(9), lease).await.unwrap().is_none());
        assert!(webhook_deliveries::claim(&mut conn, "a", day(0) - lease, lease).await.unwrap().is_none());
        assert!(webhook_deliveries::is_due(&mut conn, "a", day(0)).await.unwrap());
        assert!(!webhook_deliveries::is_due(&mut conn, "b", day(9)).await.unwrap());
    }

    async fn what_came_of_a_message_is_noted_and_it_can_be_taken_up_again(db: Db) {
        let mut conn = db.write().await.unwrap();
        set_up(&mut conn).await;
        webhook_deliveries::attempted(&mut conn, "d0000", &attempt(Some(200)), None).await.unwrap();
        let arrived = webhook_deliveries::get(&mut conn, "d0000").await.unwrap().unwrap();
        assert_eq!((arrived.delivered_at, arrived.next_at, arrived.last), (Some(day(9)), None, Some(attempt(Some(200)))));
        webhook_deliveries::attempted(&mut conn, "d0001", &attempt(None), Some(day(10))).await.unwrap();
        let failed = webhook_deliveries::get(&mut conn, "d0001").await.unwrap().unwrap();
        assert_eq!((failed.delivered_at, failed.next_at, failed.last), (None, Some(day(10)), Some(attempt(None))));
        assert!(webhook_deliveries::replay(&mut conn, "d0000", day(11)).await.unwrap());
        let again = webhook_deliveries::get(&mut conn, "d0000").await.unwrap().unwrap();
        assert_eq!((again.delivered_at, again.next_at, again.attempts), (None, Some(day(11)), 0));
        webhook_deliveries::attempted(&mut conn, "d0000", &attempt(Some(204)), None).await.unwrap();
        webhook_deliveries::give_up(&mut conn, "a").await.unwrap();
        assert!(!webhook_deliveries::is_due(&mut conn, "a", day(20)).await.unwrap());
        assert_eq!(webhook_deliveries::take_up(&mut conn, "a", day(12)).await.unwrap(), 1_199);
    }

    async fn the_log_is_paged_newest_first_and_what_is_old_is_removed(db: Db) {
        let mut conn = db.write().await.unwrap();
        set_up(&mut conn).await;
        let first = webhook_deliveries::page(&mut conn, "a", None, 2).await.unwrap();
        let ids = |page: &[Delivery]| page.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&first), ["d1199", "d1198"]);
        let after = (first[1].created_at, first[1].id.as_str());
        let second = webhook_deliveries::page(&mut conn, "a", Some(after), 2).await.unwrap();
        assert_eq!(ids(&second), ["d1197", "d1196"]);
        assert!(!webhook_deliveries::has_older(&mut conn, day(0)).await.unwrap());
        assert!(webhook_deliveries::has_older(&mut conn, day(1)).await.unwrap());
        assert_eq!(webhook_deliveries::remove_older(&mut conn, day(1)).await.unwrap(), 400);
    }
}
