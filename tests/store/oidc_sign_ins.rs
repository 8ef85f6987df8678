//! Sign-ins that were begun at the company's provider: good once, and in time.

use crate::setup::{cast, on_both_engines};
use cast::{day, person};
use laurel::{
    domain::session::Begun,
    store::{Db, StoreError, oidc_sign_ins, sign_in_links},
};

fn begun() -> Begun {
    Begun { expected: "the browser's".into(), next: "/me".into(), created_at: day(0), expires_at: day(1) }
}

on_both_engines! {
    async fn what_was_begun_is_good_once_and_in_time(db: Db) {
        let mut conn = db.write().await.unwrap();
        oidc_sign_ins::insert(&mut conn, "a", &begun()).await.unwrap();
        assert_eq!(oidc_sign_ins::take(&mut conn, "b", day(0)).await.unwrap(), None, "never begun");
        assert_eq!(oidc_sign_ins::take(&mut conn, "a", day(1)).await.unwrap(), None, "too late");
        assert_eq!(oidc_sign_ins::take(&mut conn, "a", day(0)).await.unwrap(), Some(begun()));
        assert_eq!(oidc_sign_ins::take(&mut conn, "a", day(0)).await.unwrap(), None, "used");
        let ada = person(&mut conn, "Ada", None).await;
        sign_in_links::insert(&mut conn, "c", &ada, "/me", (day(0), day(1))).await.unwrap();
        assert_eq!(oidc_sign_ins::take(&mut conn, "c", day(0)).await.unwrap(), None, "a link is something else");
    }

    async fn what_was_begun_is_forgotten_when_its_time_has_run_out(db: Db) {
        let mut conn = db.write().await.unwrap();
        oidc_sign_ins::insert(&mut conn, "a", &begun()).await.unwrap();
        oidc_sign_ins::sweep(&mut conn, day(1)).await.unwrap();
        oidc_sign_ins::insert(&mut conn, "a", &begun()).await.unwrap();
        oidc_sign_ins::sweep(&mut conn, day(0)).await.unwrap();
        let error = oidc_sign_ins::insert(&mut conn, "a", &begun()).await.unwrap_err();
        assert!(matches!(error, StoreError::Taken { .. }), "it is still there: {error:?}");
    }
}
