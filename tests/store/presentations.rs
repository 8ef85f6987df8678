//! Requests for badges from wallets.

use crate::setup::{cast, on_both_engines};
use cast::day;
use laurel::store::{
    Db,
    presentations::{self, PresentationRequest},
};

fn asked(id: &str, days: i64) -> PresentationRequest {
    PresentationRequest {
        id: id.into(),
        page_hash: format!("page of {id}"),
        nonce: "n".into(),
        request: "a.b.c".into(),
        expires_at: day(days),
        answer: None,
    }
}

on_both_engines! {
    async fn a_request_is_known_to_wallets_and_to_its_page_until_it_ends(db: Db) {
        let mut conn = db.write().await.unwrap();
        presentations::insert(&mut conn, &asked("a", 1)).await.unwrap();
        assert_eq!(presentations::by_id(&mut conn, "a", day(0)).await.unwrap(), Some(asked("a", 1)));
        assert_eq!(presentations::by_page(&mut conn, "page of a", day(0)).await.unwrap(), Some(asked("a", 1)));
        assert_eq!(presentations::by_page(&mut conn, "a", day(0)).await.unwrap(), None);
        assert_eq!(presentations::by_id(&mut conn, "a", day(1)).await.unwrap(), None);
        assert_eq!(presentations::by_page(&mut conn, "page of a", day(1)).await.unwrap(), None);
    }

    async fn a_request_is_answered_once_and_in_time(db: Db) {
        let mut conn = db.write().await.unwrap();
        presentations::insert(&mut conn, &asked("a", 1)).await.unwrap();
        assert!(!presentations::answer(&mut conn, "a", "late", day(1)).await.unwrap());
        assert!(!presentations::answer(&mut conn, "b", "unknown", day(0)).await.unwrap());
        assert!(presentations::answer(&mut conn, "a", "first", day(0)).await.unwrap());
        assert!(!presentations::answer(&mut conn, "a", "second", day(0)).await.unwrap());
        let kept = presentations::by_id(&mut conn, "a", day(0)).await.unwrap().unwrap();
        assert_eq!(kept.answer.as_deref(), Some("first"));
    }

    async fn what_has_ended_is_forgotten_and_counts_no_more(db: Db) {
        let mut conn = db.write().await.unwrap();
        for (id, days) in [("a", 1), ("b", 2), ("c", 3)] {
            presentations::insert(&mut conn, &asked(id, days)).await.unwrap();
        }
        assert_eq!(presentations::count(&mut conn, day(0)).await.unwrap(), 3);
        assert_eq!(presentations::count(&mut conn, day(1)).await.unwrap(), 2);
        assert!(!presentations::any_ended(&mut conn, day(0)).await.unwrap());
        assert!(presentations::any_ended(&mut conn, day(1)).await.unwrap());
        presentations::sweep(&mut conn, day(2)).await.unwrap();
        assert!(!presentations::any_ended(&mut conn, day(2)).await.unwrap());
        assert_eq!(presentations::count(&mut conn, day(0)).await.unwrap(), 1);
    }
}
