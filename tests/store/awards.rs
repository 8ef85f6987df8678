//! The record of awards, and what pages read of it.

use crate::setup::{cast, on_both_engines};
use cast::day;
use laurel::{
    domain::award::{Award, Visibility},
    store::{
        Conn, Db, StoreError,
        awards::{self, Cursor},
        levels, people, shown,
    },
};

fn ids(awards: &[Award]) -> Vec<&str> {
    awards.iter().map(|award| award.id.as_str()).collect()
}

async fn newest_ids(conn: &mut Conn, today: i64, each: u32) -> Vec<String> {
    let found = awards::newest_of_program(conn, cast::PROGRAM, day(today), each).await.unwrap();
    let mut ids: Vec<String> = found.into_iter().map(|shown| shown.award.id).collect();
    ids.sort();
    ids
}

async fn wall_ids(conn: &mut Conn, at: i64) -> Vec<String> {
    awards::wall(conn, day(at), 10).await.unwrap().into_iter().map(|shown| shown.award.id).collect()
}

on_both_engines! {
    async fn an_award_comes_back_as_it_was_kept(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = cast::person(&mut conn, "Ada", Some("Bridges")).await;
        let full = Award {
            narrative: Some("Built “the” bridge — twice.".into()),
            evidence_url: Some("https://acme.example/bridge".into()),
            visibility: Visibility::Private,
            ..cast::award(&mut conn, "full", &ada, cast::FIRST).await
        };
        let bare = Award { valid_until: None, ..cast::award(&mut conn, "bare", &ada, cast::SECOND).await };
        awards::insert(&mut conn, &full).await.unwrap();
        awards::insert(&mut conn, &bare).await.unwrap();
        assert_eq!(awards::get(&mut conn, "full").await.unwrap(), Some(full));
        assert_eq!(awards::get(&mut conn, "bare").await.unwrap(), Some(bare));
        assert_eq!(awards::get(&mut conn, "none").await.unwrap(), None);
        assert_eq!(awards::count(&mut conn).await.unwrap(), 2);
    }

    async fn no_two_awards_have_one_index(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = cast::person(&mut conn, "Ada", None).await;
        let first = cast::awarded(&mut conn, "first", &ada, cast::FIRST).await;
        let second = Award { status_index: first.status_index, ..cast::award(&mut conn, "second", &ada, cast::SECOND).await };
        let error = awards::insert(&mut conn, &second).await.unwrap_err();
        let StoreError::Taken { constraint } = error else { panic!("{error:?}") };
        assert_eq!(constraint, "awards_status_list_id_status_index_key");
    }

    async fn an_award_is_of_its_lineages_person_and_level(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = cast::person(&mut conn, "Ada", None).await;
        let bob = cast::person(&mut conn, "Bob", None).await;
        let mixed = Award { person_id: bob.id, ..cast::award(&mut conn, "mixed", &ada, cast::FIRST).await };
        let error = awards::insert(&mut conn, &mixed).await.unwrap_err();
        assert!(matches!(error, StoreError::Dangling), "{error:?}");
    }

    async fn a_renewal_takes_the_place_of_the_old_once(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = cast::person(&mut conn, "Ada", None).await;
        let old = cast::awarded(&mut conn, "old", &ada, cast::FIRST).await;
        let new = Award { renews: Some("old".into()), ..cast::award(&mut conn, "new", &ada, cast::FIRST).await };
        awards::insert(&mut conn, &new).await.unwrap();
        assert!(awards::supersede(&mut conn, "old", "new").await.unwrap());
        assert!(!awards::supersede(&mut conn, "old", "new").await.unwrap());
        assert_eq!(new.lineage_id, old.lineage_id);
        // Both were signed in the same second, and still the renewal is the newer.
        let lineage = awards::of_lineage(&mut conn, &old.lineage_id).await.unwrap();
        assert_eq!(ids(&lineage), ["new", "old"]);
        assert_eq!(awards::latest_of_lineage(&mut conn, &old.lineage_id).await.unwrap().unwrap().id, "new");
        let shown = awards::shown_lineage(&mut conn, &old.lineage_id).await.unwrap();
        assert_eq!(shown.into_iter().map(|shown| shown.award).collect::<Vec<_>>(), lineage);
        let twice = Award { renews: Some("old".into()), ..cast::award(&mut conn, "twice", &ada, cast::FIRST).await };
        let error = awards::insert(&mut conn, &twice).await.unwrap_err();
        assert!(matches!(&error, StoreError::Taken { constraint } if constraint == "awards_renews_key"), "{error:?}");
    }

    async fn a_revocation_is_final_and_keeps_its_first_reason(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = cast::person(&mut conn, "Ada", None).await;
        cast::awarded(&mut conn, "award", &ada, cast::FIRST).await;
        assert!(awards::revoke(&mut conn, "award", day(2), Some("given by mistake")).await.unwrap());
        assert!(!awards::revoke(&mut conn, "award", day(3), None).await.unwrap());
        assert!(!awards::revoke(&mut conn, "none", day(3), None).await.unwrap());
        assert!(!awards::supersede(&mut conn, "award", "award").await.unwrap());
        let award = awards::get(&mut conn, "award").await.unwrap().unwrap();
        assert_eq!(award.revoked_at, Some(day(2)));
        assert_eq!(award.revocation_reason.as_deref(), Some("given by mistake"));
    }

    async fn the_record_is_paged_newest_first_without_a_gap(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = cast::person(&mut conn, "Ada", None).await;
        for (id, issued) in [("a", 1), ("b", 2), ("c", 2), ("d", 3), ("e", 2)] {
            let award = Award { issued_at: day(issued), ..cast::award(&mut conn, id, &ada, cast::FIRST).await };
            awards::insert(&mut conn, &award).await.unwrap();
        }
        let mut seen = Vec::new();
        let mut cursor = None;
        loop {
            let page = awards::page(&mut conn, cursor.as_ref(), 2).await.unwrap();
            let shown = awards::shown_page(&mut conn, cursor.as_ref(), 2).await.unwrap();
            assert_eq!(shown.into_iter().map(|shown| shown.award).collect::<Vec<_>>(), page);
            let Some(last) = page.last() else { break };
            cursor = Cursor::parse(&Cursor::of(last).to_string());
            assert!(cursor.is_some());
            seen.extend(page.into_iter().map(|award| award.id));
        }
        assert_eq!(seen, ["d", "e", "c", "b", "a"]);
        assert_eq!(ids(&awards::after_id(&mut conn, "", 3).await.unwrap()), ["a", "b", "c"]);
        assert_eq!(ids(&awards::after_id(&mut conn, "c", 3).await.unwrap()), ["d", "e"]);
    }

    async fn a_shown_award_has_its_surroundings_as_they_were_when_given(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = cast::person(&mut conn, "Ada", Some("Bridges")).await;
        let award = cast::awarded(&mut conn, "award", &ada, cast::SECOND).await;
        let renamed = cast::content("Grand Master");
        assert_eq!(levels::upsert_version(&mut conn, cast::PROGRAM, cast::SECOND, 2, &renamed, &cast::release(day(9))).await.unwrap(), 2);
        let shown = awards::shown(&mut conn, "award").await.unwrap().unwrap();
        assert_eq!(shown.level.content, cast::content("Master"));
        assert_eq!((shown.level.version, shown.level.position), (1, 2));
        assert_eq!((shown.award, shown.person), (award, ada));
        assert_eq!((shown.program, shown.issuer), (cast::program(), cast::issuer()));
        assert_eq!(awards::shown(&mut conn, "none").await.unwrap(), None);
    }

    async fn the_wall_shows_only_what_is_public_and_stands(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        for (name, from, visibility) in [
            ("Ada", 1, Visibility::Public),
            ("Bob", 2, Visibility::Public),
            ("Cy", 3, Visibility::Link),
            ("Di", 3, Visibility::Private),
            ("Eve", 4, Visibility::Public),
            ("Flo", 50, Visibility::Public),
        ] {
            let person = cast::person(&mut conn, name, Some("Bridges")).await;
            let award = cast::award(&mut conn, name, &person, cast::FIRST).await;
            awards::insert(&mut conn, &Award { valid_from: day(from), visibility, ..award }).await.unwrap();
        }
        assert_eq!(wall_ids(&mut conn, 10).await, ["Eve", "Bob", "Ada"]);
        awards::revoke(&mut conn, "Bob", day(10), None).await.unwrap();
        awards::set_visibility(&mut conn, "Eve", Visibility::Link).await.unwrap();
        awards::set_visibility(&mut conn, "Cy", Visibility::Public).await.unwrap();
        assert_eq!(wall_ids(&mut conn, 10).await, ["Cy", "Ada"]);
        assert_eq!(awards::wall(&mut conn, day(10), 1).await.unwrap().len(), 1);
        let ada = cast::person(&mut conn, "Ada", None).await;
        cast::awarded(&mut conn, "higher", &ada, cast::SECOND).await;
        assert_eq!(newest_ids(&mut conn, 10, 9).await, ["Ada", "Cy", "higher"]);
        assert_eq!(newest_ids(&mut conn, 10, 1).await, ["Cy", "higher"], "of each level the newest");
        assert_eq!(newest_ids(&mut conn, 400, 9).await, Vec::<String>::new());
        assert_eq!(awards::newest_of_program(&mut conn, "other", day(10), 9).await.unwrap(), []);
    }

    async fn what_a_level_gave_comes_in_order_page_by_page_without_what_is_shown_to_nobody(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        for (name, from, visibility) in [
            ("Ada", 2, Visibility::Public),
            ("Bob", 1, Visibility::Link),
            ("Cy", 2, Visibility::Private),
            ("Di", 2, Visibility::Public),
            ("Eve", 3, Visibility::Public),
            ("Flo", 4, Visibility::Public),
        ] {
            let person = cast::person(&mut conn, name, None).await;
            let award = cast::award(&mut conn, name, &person, cast::FIRST).await;
            awards::insert(&mut conn, &Award { valid_from: day(from), visibility, ..award }).await.unwrap();
        }
        awards::revoke(&mut conn, "Eve", day(10), None).await.unwrap();
        let (mut after, mut seen) = ((day(0), "~".to_owned()), Vec::new());
        loop {
            let page = shown::given(&mut conn, cast::FIRST, (after.0, &after.1), day(4), 2).await.unwrap();
            let Some(last) = page.last() else { break };
            after = (last.award.valid_from, last.award.id.clone());
            seen.extend(page.into_iter().map(|shown| shown.award.id));
        }
        assert_eq!(seen, ["Bob", "Ada", "Di"]);
        assert_eq!(shown::given(&mut conn, cast::SECOND, (day(0), ""), day(99), 9).await.unwrap(), []);
    }

    async fn counts_are_of_public_awards_that_stand_now(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        for (name, team, level) in [
            ("Ada", Some("Bridges"), cast::SECOND),
            ("Bob", Some("Bridges"), cast::FIRST),
            ("Cy", Some("Roads"), cast::FIRST),
            ("Di", None, cast::FIRST),
            ("Eve", Some("Roads"), cast::FIRST),
        ] {
            let person = cast::person(&mut conn, name, team).await;
            cast::awarded(&mut conn, name, &person, level).await;
        }
        awards::revoke(&mut conn, "Eve", day(1), None).await.unwrap();
        let by_level = awards::counts_by_level(&mut conn, day(2)).await.unwrap();
        let by_level: Vec<_> = by_level.iter().map(|c| (c.level_id.as_str(), c.count)).collect();
        let mut expected = [(cast::FIRST, 3), (cast::SECOND, 1)];
        expected.sort_unstable();
        assert_eq!(by_level, expected);
        let program = cast::FIRST.split_once('.').unwrap().0;
        let of_program = awards::counts_of_program(&mut conn, program, day(2)).await.unwrap();
        let of_program: Vec<_> = of_program.iter().map(|c| (c.level_id.as_str(), c.count)).collect();
        assert_eq!(of_program, expected.into_iter().filter(|(level, _)| level.starts_with(program)).collect::<Vec<_>>());
        assert_eq!(awards::counts_of_program(&mut conn, "none", day(2)).await.unwrap(), []);
        let by_team = awards::counts_by_team(&mut conn, day(2)).await.unwrap();
        let by_team: Vec<_> = by_team.iter().map(|c| (c.team.as_str(), c.count)).collect();
        assert_eq!(by_team, [("Bridges", 2), ("Roads", 1)]);
        // All of them have ended by then.
        assert_eq!(awards::counts_by_level(&mut conn, day(365)).await.unwrap(), []);
        assert_eq!(awards::counts_by_team(&mut conn, day(365)).await.unwrap(), []);
    }

    async fn a_person_keeps_what_they_chose_and_is_one_by_address(db: Db) {
        let mut conn = db.write().await.unwrap();
        let said = |name, team, name_public| people::Said { email: "ada@acme.example", name, team, name_public };
        let first = people::upsert(&mut conn, "p1", &said("Ada", Some("Bridges"), None), day(0)).await.unwrap();
        assert_eq!((first.id.as_str(), first.name_public), ("p1", false));
        people::upsert(&mut conn, "p2", &said("Ada Obi", None, Some(true)), day(1)).await.unwrap();
        let last = people::upsert(&mut conn, "p3", &said("Ada Obi", None, None), day(2)).await.unwrap();
        assert_eq!((last.id.as_str(), last.name.as_str()), ("p1", "Ada Obi"));
        assert_eq!((last.team.as_deref(), last.name_public), (Some("Bridges"), true));
        assert_eq!(people::get(&mut conn, "p1").await.unwrap(), Some(last.clone()));
        assert_eq!(people::all(&mut conn).await.unwrap(), [last]);
    }
}

#[test]
fn a_cursor_that_we_did_not_write_is_refused() {
    for bad in ["", "1", "x.y", "1.", "1.a'b", "99999999999999999.a", ".a"] {
        assert_eq!(Cursor::parse(bad), None, "{bad}");
    }
}
