//! Status lists: no index twice, nothing backward, also with many writers at once.

use std::collections::HashSet;

use crate::setup::{cast, on_both_engines};
use cast::{ISSUER, LIST, bits, day, publication};
use laurel::store::{
    Db, StoreError, awards,
    status_lists::{self, HALF_FULL},
};
use rand::Rng;

/// Gives zeros for ever: the worst there is to choose a place by, but for the first.
struct Stuck(u64);

impl rand::TryRng for Stuck {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        Ok(self.next_u64() as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        // Repeats each number eight times.
        self.0 += 1;
        Ok((self.0 / 8).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        bytes.fill_with(|| self.next_u32() as u8);
        Ok(())
    }
}

on_both_engines! {
    async fn two_issuers_at_once_never_get_the_same_index(db: Db) {
        cast::company(&db).await;
        let mut issuing = Vec::new();
        for issuer in 0..8 {
            let db = db.clone();
            issuing.push(tokio::spawn(async move {
                let mut given = Vec::new();
                for round in 0..5 {
                    let mut conn = db.write().await.unwrap();
                    // The same numbers for everyone: they would all choose the same places.
                    let indexes = status_lists::allot(&mut conn, LIST, 3, &mut cast::rng(round)).await.unwrap();
                    let who = cast::person(&mut conn, &format!("P{issuer}x{round}"), None).await;
                    let id = format!("award{issuer}x{round}");
                    let award = cast::award(&mut conn, &id, &who, cast::FIRST).await;
                    let award = laurel::domain::award::Award { status_index: indexes[0], ..award };
                    awards::insert(&mut conn, &award).await.unwrap();
                    // Every fourth writer changes its mind: what it was given is free again.
                    if (issuer + round) % 4 == 0 {
                        drop(conn);
                    } else {
                        conn.commit().await.unwrap();
                        given.extend(indexes);
                    }
                }
                given
            }));
        }
        let mut given = Vec::new();
        for task in issuing {
            given.extend(task.await.unwrap());
        }
        assert_eq!(given.len(), 30 * 3);
        assert_eq!(given.iter().collect::<HashSet<_>>().len(), given.len(), "an index was given twice");
        let list = &status_lists::all(&mut db.read().await.unwrap(), ISSUER).await.unwrap()[0];
        // Three and the one of the award itself, in each committed round.
        assert_eq!(list.used, 30 * 4);
        assert_eq!(awards::count(&mut db.read().await.unwrap()).await.unwrap(), 30);
    }

    async fn a_list_closes_at_half_full_and_the_next_one_opens(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let first = status_lists::allot(&mut conn, LIST, HALF_FULL - 2, &mut cast::rng(1)).await.unwrap();
        assert!(!status_lists::open(&mut conn, ISSUER, "revocation").await.unwrap().unwrap().closed);
        let last = status_lists::allot(&mut conn, LIST, 5, &mut cast::rng(1)).await.unwrap();
        assert_eq!((first.len(), last.len()), (65_534, 2));
        assert_eq!(first.iter().chain(&last).collect::<HashSet<_>>().len(), 65_536);
        assert!(first.iter().chain(&last).all(|index| *index < 131_072));
        assert_eq!(status_lists::open(&mut conn, ISSUER, "revocation").await.unwrap(), None);
        assert!(status_lists::allot(&mut conn, LIST, 1, &mut cast::rng(2)).await.unwrap().is_empty());
        cast::open_list(&mut conn, "list2").await;
        assert_eq!(status_lists::open(&mut conn, ISSUER, "revocation").await.unwrap().unwrap().id, "list2");
        assert_eq!(status_lists::allot(&mut conn, "list2", 1, &mut cast::rng(2)).await.unwrap().len(), 1);
    }

    async fn a_poor_source_of_randomness_still_gives_each_index_once(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let mut given = status_lists::allot(&mut conn, LIST, 50, &mut Stuck(0)).await.unwrap();
        given.extend(status_lists::allot(&mut conn, LIST, 50, &mut Stuck(0)).await.unwrap());
        assert_eq!(given.iter().collect::<HashSet<_>>().len(), 100);
    }

    async fn one_list_is_open_at_a_time(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let zero = publication("zero", day(0));
        assert!(!status_lists::insert(&mut conn, "list2", ISSUER, "revocation", &zero).await.unwrap());
        assert!(status_lists::insert(&mut conn, "other", ISSUER, "suspension", &zero).await.unwrap());
        assert_eq!(status_lists::all(&mut conn, ISSUER).await.unwrap().len(), 2);
    }

    async fn a_new_list_is_published_before_its_first_index_is_given(db: Db) {
        cast::company(&db).await;
        let mut conn = db.read().await.unwrap();
        assert_eq!(status_lists::published(&mut conn, LIST).await.unwrap(), Some(publication("zero", day(0))));
        assert_eq!(status_lists::published(&mut conn, "none").await.unwrap(), None);
        let revoked = status_lists::revoked(&mut conn, LIST).await.unwrap().unwrap();
        assert_eq!((revoked.bits, revoked.version), (bits(&[]), 1));
    }

    async fn a_publication_shows_every_revocation_and_never_goes_backward(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let revoked = status_lists::set_bit(&mut conn, LIST, 131_071).await.unwrap().unwrap();
        assert_eq!((&revoked.bits, revoked.version), (&bits(&[131_071]), 1));
        assert!(status_lists::all(&mut conn, ISSUER).await.unwrap()[0].pending);
        let two = publication("two", day(1));
        status_lists::publish(&mut conn, LIST, &revoked.bits, 2, &two).await.unwrap();
        assert!(!status_lists::all(&mut conn, ISSUER).await.unwrap()[0].pending);
        assert_eq!(status_lists::published(&mut conn, LIST).await.unwrap(), Some(two.clone()));
        let revoked = status_lists::set_bit(&mut conn, LIST, 0).await.unwrap().unwrap();
        assert_eq!(status_lists::hold(&mut conn, LIST).await.unwrap().as_ref(), Some(&revoked));
        assert_eq!(status_lists::hold(&mut conn, "none").await.unwrap(), None);
        let three = publication("three", day(2));
        for (set, version) in [
            (vec![0, 131_071], 2), // not newer
            (vec![131_071], 3),    // the new one is missing
            (vec![0], 3),          // the published one is missing
            (vec![], 3),
        ] {
            let error = status_lists::publish(&mut conn, LIST, &bits(&set), version, &three).await.unwrap_err();
            assert!(matches!(error, StoreError::Backward { .. }), "{set:?} {version}: {error:?}");
        }
        assert_eq!(status_lists::published(&mut conn, LIST).await.unwrap(), Some(two));
        status_lists::publish(&mut conn, LIST, &revoked.bits, 3, &three).await.unwrap();
        assert_eq!(status_lists::published(&mut conn, LIST).await.unwrap(), Some(three));
        assert_eq!(status_lists::set_bit(&mut conn, "none", 0).await.unwrap(), None);
        assert!(status_lists::set_bit(&mut conn, LIST, 131_072).await.is_err());
    }

    async fn revocations_at_once_are_all_kept(db: Db) {
        cast::company(&db).await;
        let mut revoking = Vec::new();
        for index in 0..20 {
            let db = db.clone();
            revoking.push(tokio::spawn(async move {
                let mut conn = db.write().await.unwrap();
                let revoked = status_lists::set_bit(&mut conn, LIST, index).await.unwrap().unwrap();
                let bytes = publication(&index.to_string(), day(0));
                status_lists::publish(&mut conn, LIST, &revoked.bits, revoked.version + 1, &bytes).await.unwrap();
                conn.commit().await.unwrap();
            }));
        }
        for task in revoking {
            task.await.unwrap();
        }
        let revoked = status_lists::revoked(&mut db.read().await.unwrap(), LIST).await.unwrap().unwrap();
        assert_eq!((revoked.bits, revoked.version), (bits(&(0..20).collect::<Vec<_>>()), 21));
    }
}
