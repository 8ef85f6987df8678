//! People as the directory has them, teams and roles.

use crate::setup::{cast, on_both_engines};
use cast::{PROGRAM, day, person};
use laurel::{
    domain::{
        actor::{Grant, Role},
        directory::{Entry, Team},
        recipient::Person,
    },
    store::{Conn, Db, StoreError, people, roles, teams},
};

fn entry(person: Person, external_id: Option<&str>) -> Entry {
    Entry { external_id: external_id.map(str::to_owned), updated_at: day(1), ..Entry::new(person, day(0)) }
}

async fn managed(conn: &mut Conn, who: &Person, manager: &Person) {
    let person = Person { manager_id: Some(manager.id.clone()), ..who.clone() };
    people::update(conn, &entry(person, None)).await.unwrap();
}

async fn team(conn: &mut Conn, name: &str) -> Team {
    let id = format!("team-{name}");
    let team = Team { id, name: name.into(), external_id: None, created_at: day(0), updated_at: day(0) };
    teams::insert(conn, &team).await.unwrap();
    team
}

fn names(people: Vec<Person>) -> Vec<String> {
    people.into_iter().map(|person| person.name).collect()
}

on_both_engines! {
    async fn what_the_directory_says_of_someone_is_kept_whole(db: Db) {
        let mut conn = db.write().await.unwrap();
        let boss = person(&mut conn, "Boss", None).await;
        let new = Person {
            id: "ada".into(), email: "ada@acme.example".into(), name: "Ada".into(), team: Some("Tools".into()),
            name_public: false, function: Some("Engineering".into()), manager_id: Some(boss.id.clone()), active: false,
        };
        let said = Entry { created_at: day(0), updated_at: day(0), ..entry(new.clone(), Some("00u1")) };
        people::insert(&mut conn, &said).await.unwrap();
        assert_eq!(people::entry(&mut conn, "ada").await.unwrap(), Some(said.clone()));
        assert_eq!(people::by_external_id(&mut conn, "00u1").await.unwrap(), Some(said.clone()));
        assert_eq!(people::by_external_id(&mut conn, "00u2").await.unwrap(), None);
        assert_eq!(people::get(&mut conn, "ada").await.unwrap(), Some(new.clone()));
        assert!(!people::manages(&mut conn, &boss.id).await.unwrap(), "whoever has left needs no manager");
        let moved = Entry {
            person: Person { email: "a@acme.example".into(), name: "Ada O".into(), function: None, active: true, ..new },
            external_id: None,
            updated_at: day(3),
            ..said
        };
        people::update(&mut conn, &moved).await.unwrap();
        assert_eq!(people::entries(&mut conn).await.unwrap()[0], moved);
        assert!(people::manages(&mut conn, &boss.id).await.unwrap());
        let nobody = entry(Person { id: "nobody".into(), ..boss }, None);
        assert!(matches!(people::update(&mut conn, &nobody).await, Err(StoreError::Dangling)));
    }

    async fn two_people_have_not_one_external_id(db: Db) {
        let mut conn = db.write().await.unwrap();
        let (ada, bao) = (person(&mut conn, "Ada", None).await, person(&mut conn, "Bao", None).await);
        people::update(&mut conn, &entry(ada, Some("1"))).await.unwrap();
        let error = people::update(&mut conn, &entry(bao, Some("1"))).await.unwrap_err();
        let StoreError::Taken { constraint } = error else { panic!("{error:?}") };
        assert_eq!(constraint, "people_external_id_key");
    }

    async fn a_reporting_line_is_read_up_and_down(db: Db) {
        let mut conn = db.write().await.unwrap();
        let mut line = Vec::new();
        for name in ["Ceo", "Vp", "Lead", "Ada", "Bao"] {
            line.push(person(&mut conn, name, None).await);
        }
        for (who, manager) in [(1, 0), (2, 1), (3, 2), (4, 2)] {
            managed(&mut conn, &line[who], &line[manager]).await;
        }
        assert_eq!(names(people::above(&mut conn, &line[3].id).await.unwrap()), ["Lead", "Vp", "Ceo"]);
        assert_eq!(names(people::above(&mut conn, &line[0].id).await.unwrap()), Vec::<String>::new());
        assert_eq!(names(people::below(&mut conn, &line[1].id).await.unwrap()), ["Ada", "Bao", "Lead"]);
        assert_eq!(names(people::below(&mut conn, &line[4].id).await.unwrap()), Vec::<String>::new());
        let some = async |conn: &mut Conn, after| {
            let (some, counted) = people::some_below(conn, &line[0].id, after, 2).await.unwrap();
            (names(some), counted)
        };
        assert_eq!(some(&mut conn, ("", "")).await, (vec!["Ada".into(), "Bao".into()], Some(4)));
        assert_eq!(some(&mut conn, ("Bao", &line[4].id)).await, (vec!["Lead".into(), "Vp".into()], Some(4)));
        assert_eq!(some(&mut conn, ("Vp", &line[1].id)).await, (Vec::new(), None));
        assert_eq!(people::count_below(&mut conn, &line[0].id).await.unwrap(), 4);
        assert_eq!(people::count_below(&mut conn, &line[4].id).await.unwrap(), 0);
        // A ring is refused where it is asked for; were there one all the same, reading it comes to an end.
        managed(&mut conn, &line[0], &line[3]).await;
        assert!(people::above(&mut conn, &line[3].id).await.unwrap().len() <= 100);
        for one in &line {
            assert_eq!(people::below(&mut conn, &one.id).await.unwrap().len(), if one.id == line[4].id { 0 } else { 4 });
        }
        assert_eq!(people::count_below(&mut conn, &line[3].id).await.unwrap(), 4);
        assert_eq!(people::some_below(&mut conn, &line[3].id, ("", ""), 9).await.unwrap().0.len(), 4);
    }

    async fn people_belong_to_teams_and_one_of_them_is_shown(db: Db) {
        let mut conn = db.write().await.unwrap();
        let ada = person(&mut conn, "Ada", Some("Said with an award")).await;
        let bao = person(&mut conn, "Bao", None).await;
        let (tools, apps) = (team(&mut conn, "Tools").await, team(&mut conn, "Apps").await);
        let both = [ada.id.clone(), bao.id.clone()];
        teams::add_members(&mut conn, &tools.id, &both).await.unwrap();
        teams::add_members(&mut conn, &tools.id, &both[..1]).await.unwrap();
        teams::add_members(&mut conn, &apps.id, &both[..1]).await.unwrap();
        assert_eq!(names(teams::members(&mut conn, &tools.id).await.unwrap()), ["Ada", "Bao"]);
        assert_eq!(teams::of_person(&mut conn, &ada.id).await.unwrap(), [apps.clone(), tools.clone()]);
        assert_eq!(teams::colleagues(&mut conn, &bao.id).await.unwrap(), [ada.id.as_str()]);
        assert_eq!(teams::memberships(&mut conn).await.unwrap().len(), 3);
        let shown = |person: Option<Person>| person.unwrap().team;
        assert_eq!(shown(people::get(&mut conn, &ada.id).await.unwrap()).as_deref(), Some("Tools"));
        let renamed = Team { name: "Tooling".into(), ..tools.clone() };
        teams::update(&mut conn, &renamed).await.unwrap();
        assert_eq!(teams::by_name(&mut conn, "Tooling").await.unwrap(), Some(renamed));
        assert_eq!(shown(people::get(&mut conn, &bao.id).await.unwrap()).as_deref(), Some("Tooling"));
        teams::drop_members(&mut conn, &tools.id, &both[..1]).await.unwrap();
        assert_eq!(shown(people::get(&mut conn, &ada.id).await.unwrap()).as_deref(), Some("Apps"));
        assert!(teams::remove(&mut conn, &tools.id).await.unwrap());
        assert!(!teams::remove(&mut conn, &tools.id).await.unwrap());
        assert_eq!(teams::get(&mut conn, &tools.id).await.unwrap(), None);
        assert_eq!(shown(people::get(&mut conn, &bao.id).await.unwrap()), None);
        assert_eq!(teams::all(&mut conn).await.unwrap(), [apps]);
    }

    async fn a_thousand_people_join_and_leave_a_team_at_once(db: Db) {
        let mut conn = db.write().await.unwrap();
        let mut ids = Vec::new();
        for n in 0..1001 {
            ids.push(person(&mut conn, &format!("P{n}"), None).await.id);
        }
        let tools = team(&mut conn, "Tools").await;
        teams::add_members(&mut conn, &tools.id, &ids).await.unwrap();
        assert_eq!(teams::members(&mut conn, &tools.id).await.unwrap().len(), 1001);
        teams::drop_members(&mut conn, &tools.id, &ids[1..]).await.unwrap();
        assert_eq!(names(teams::members(&mut conn, &tools.id).await.unwrap()), ["P0"]);
    }

    async fn a_role_is_held_in_one_program_or_in_all_until_it_is_taken_away(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let (ada, bao) = (person(&mut conn, "Ada", None).await, person(&mut conn, "Bao", None).await);
        let given = |who: &Person, role, program: Option<&str>| roles::Granted {
            person_id: who.id.clone(),
            grant: Grant { role, program: program.map(str::to_owned) },
            at: day(2),
            by: "operator".into(),
        };
        let rows = [
            given(&ada, Role::Assessor, Some(PROGRAM)),
            given(&ada, Role::Assessor, None),
            given(&bao, Role::Assessor, None),
            given(&bao, Role::Owner, Some(PROGRAM)),
        ];
        for row in &rows {
            assert!(roles::grant(&mut conn, row).await.unwrap());
            assert!(!roles::grant(&mut conn, row).await.unwrap(), "once");
        }
        assert_eq!(roles::of_person(&mut conn, &ada.id).await.unwrap().len(), 2);
        assert_eq!(roles::granted(&mut conn, &bao.id).await.unwrap(), rows[2..]);
        let all = roles::all(&mut conn).await.unwrap();
        assert_eq!((all.len(), all[3].1.as_str()), (4, "bao@acme.example"));
        assert_eq!(names(roles::holders(&mut conn, Role::Assessor, PROGRAM).await.unwrap()), ["Ada", "Bao"]);
        assert_eq!(names(roles::holders(&mut conn, Role::Owner, "other").await.unwrap()), Vec::<String>::new());
        assert!(roles::revoke(&mut conn, &ada.id, &rows[0].grant).await.unwrap());
        assert!(!roles::revoke(&mut conn, &ada.id, &rows[0].grant).await.unwrap());
        assert_eq!(roles::of_person(&mut conn, &ada.id).await.unwrap(), [rows[1].grant.clone()]);
        people::update(&mut conn, &entry(Person { active: false, ..bao }, None)).await.unwrap();
        assert_eq!(names(roles::holders(&mut conn, Role::Assessor, PROGRAM).await.unwrap()), ["Ada"]);
    }

    async fn people_are_found_by_letters_of_name_or_address_and_by_role_page_by_page(db: Db) {
        cast::company(&db).await;
        let mut conn = db.write().await.unwrap();
        let ada = person(&mut conn, "Ada", Some("Tools")).await;
        let emile = Person { id: "e".into(), email: "e@acme.example".into(), name: "Émile du Pont".into(), ..ada.clone() };
        let percent = Person { id: "p".into(), email: "p_!%@acme.example".into(), name: "P".into(), ..ada.clone() };
        for new in [&emile, &percent] {
            people::insert(&mut conn, &entry(new.clone(), None)).await.unwrap();
        }
        managed(&mut conn, &emile, &ada).await;
        let given = |who: &Person, role| roles::Granted {
            person_id: who.id.clone(),
            grant: Grant { role, program: Some(PROGRAM.into()) },
            at: day(2),
            by: "operator".into(),
        };
        let rows = [given(&ada, Role::Mentor), given(&emile, Role::Assessor), given(&emile, Role::Mentor)];
        for row in &rows {
            roles::grant(&mut conn, row).await.unwrap();
        }
        for (letters, role, after, limit, expected) in [
            ("", None, "", 9, vec!["Ada", "Émile du Pont", "P"]),
            ("", None, "", 2, vec!["Ada", "Émile du Pont"]),
            ("", None, "e@acme.example", 2, vec!["P"]),
            ("ADA", None, "", 9, vec!["Ada"]),
            ("ÉMILE DU", None, "", 9, vec!["Émile du Pont"]),
            ("émile", None, "", 9, vec!["Émile du Pont"]),
            ("E@ACME", None, "", 9, vec!["Émile du Pont"]),
            ("%", None, "", 9, vec!["P"]),
            ("_!", None, "", 9, vec!["P"]),
            ("a_a", None, "", 9, vec![]),
            ("", Some(Role::Mentor), "", 9, vec!["Ada", "Émile du Pont"]),
            ("ada", Some(Role::Assessor), "", 9, vec![]),
        ] {
            let found = people::found(&mut conn, letters, role, after, limit).await.unwrap();
            let found: Vec<&str> = found.iter().map(|one| one.person.name.as_str()).collect();
            assert_eq!(found, expected, "{letters} {role:?} after {after}");
        }
        let found = people::found(&mut conn, "", None, "", 9).await.unwrap();
        let managers: Vec<_> = found.iter().map(|one| one.manager.as_deref()).collect();
        assert_eq!((managers, &found[2].person), (vec![None, Some("Ada"), None], &percent));
        let ids = [ada.id.clone(), emile.id.clone(), percent.id];
        let mut held = roles::of_people(&mut conn, &ids).await.unwrap();
        held.sort_by_key(|held| (held.person_id != ada.id, held.grant.role.as_str()));
        assert_eq!(held, rows);
        assert_eq!(roles::of_people(&mut conn, &[]).await.unwrap(), []);
        assert_eq!(roles::held(&mut conn, Role::Assessor).await.unwrap(), [emile.id]);
        assert_eq!(roles::granted(&mut conn, &ada.id).await.unwrap(), rows[..1], "asking who holds it changes nothing");
    }
}
