//! The company's people from a CSV: joiners, movers and leavers.

use crate::{cast, setup::on_both_engines};
use laurel::{
    actions::{
        ActionError, App,
        import_directory::{Imported, import_directory},
    },
    domain::{
        actor::{Actor, Grant, Role},
        directory::Entry,
    },
    outside::random::Random,
    store::{Db, events, people, roles, teams},
};

fn app(db: Db) -> App {
    cast::deployment(db, cast::BASE_URL, cast::NOW, Random::seeded(1))
}

async fn import(app: &App, csv: &str) -> Imported {
    import_directory(app, &Actor::Operator, csv.as_bytes(), false, false).await.unwrap()
}

async fn refused(app: &App, csv: &str) -> Vec<String> {
    match import_directory(app, &Actor::Operator, csv.as_bytes(), false, false).await {
        Err(ActionError::Invalid(faults)) => faults.into_iter().map(|fault| fault.field).collect(),
        other => panic!("{other:?}"),
    }
}

async fn entry(app: &App, email: &str) -> Entry {
    let mut conn = app.db.read().await.unwrap();
    let id = people::by_email(&mut conn, email).await.unwrap().unwrap_or_else(|| panic!("{email}")).id;
    people::entry(&mut conn, &id).await.unwrap().unwrap()
}

async fn team_names(app: &App, email: &str) -> Vec<String> {
    let id = entry(app, email).await.person.id;
    let found = teams::of_person(&mut app.db.read().await.unwrap(), &id).await.unwrap();
    found.into_iter().map(|team| team.name).collect()
}

async fn written(app: &App) -> usize {
    events::page(&mut app.db.read().await.unwrap(), 0, 10_000).await.unwrap().len()
}

const ALL: &str = "\
email,name,team,function,manager,external_id,active
ada@acme.example,Ada Obi,Tools,Engineering,grace@acme.example,1,yes
bao@acme.example,Bao Nguyen,Tools;Apps,Design,ada@acme.example,2,
grace@acme.example,Grace Hopper,,,,3,
";

on_both_engines! {
    async fn joiners_come_with_managers_and_teams_wherever_they_stand_in_the_file(db: Db) {
        let app = app(db);
        let done = import(&app, ALL).await;
        assert_eq!((done.joined.len(), done.changed.len(), done.unchanged), (3, 0, 0));
        assert_eq!(done.teams, ["Tools", "Apps"]);
        let (ada, grace) = (entry(&app, "ada@acme.example").await, entry(&app, "grace@acme.example").await);
        assert_eq!(ada.person.manager_id, Some(grace.person.id));
        assert_eq!((ada.person.function.as_deref(), ada.external_id.as_deref()), (Some("Engineering"), Some("1")));
        assert_eq!(ada.person.team.as_deref(), Some("Tools"));
        assert_eq!(team_names(&app, "bao@acme.example").await, ["Apps", "Tools"]);
        let before = written(&app).await;
        let again = import(&app, ALL).await;
        assert_eq!((again.unchanged, again.joined, again.changed), (3, vec![], vec![]), "the same file changes nothing");
        assert_eq!(written(&app).await, before);
    }

    async fn movers_are_known_by_external_id_and_what_has_no_column_stays(db: Db) {
        let app = app(db);
        import(&app, ALL).await;
        let id = entry(&app, "ada@acme.example").await.person.id;
        let done = import(&app, "external_id,email,name,active\n1,ada.smith@acme.example,Ada Smith,no\n").await;
        assert_eq!(done.changed, ["ada.smith@acme.example"]);
        let ada = entry(&app, "ada.smith@acme.example").await;
        assert_eq!((&ada.person.id, ada.person.active), (&id, false));
        assert_eq!(ada.person.function.as_deref(), Some("Engineering"), "there was no column for it");
        assert_eq!(team_names(&app, "ada.smith@acme.example").await, ["Tools"]);
        let done = import(&app, "email,name,team,function,manager\nbao@acme.example,Bao Nguyen,,,\n").await;
        assert_eq!(done.changed, ["bao@acme.example"]);
        let bao = entry(&app, "bao@acme.example").await;
        assert_eq!((bao.person.function, bao.person.manager_id, bao.person.team), (None, None, None), "empty takes away");
        assert_eq!(bao.external_id.as_deref(), Some("2"));
    }

    async fn two_who_change_places_are_no_ring_on_the_way(db: Db) {
        let app = app(db);
        import(&app, ALL).await;
        let turned = "email,name,manager\ngrace@acme.example,Grace Hopper,ada@acme.example\nada@acme.example,Ada Obi,\n";
        assert_eq!(import(&app, turned).await.changed.len(), 2);
        let ring = "email,name,manager\nada@acme.example,Ada Obi,bao@acme.example\n";
        assert_eq!(refused(&app, ring).await, ["line 2: manager"]);
        let own = "email,name,manager\nada@acme.example,Ada Obi,ada@acme.example\n";
        assert_eq!(refused(&app, own).await, ["line 2: manager"]);
    }

    async fn whoever_is_not_in_the_file_leaves_only_where_that_is_asked_for(db: Db) {
        let app = app(db);
        import(&app, ALL).await;
        let bao = entry(&app, "bao@acme.example").await.person.id;
        {
            let mut conn = app.db.write().await.unwrap();
            let granted = roles::Granted {
                person_id: bao.clone(),
                grant: Grant { role: Role::Auditor, program: None },
                at: cast::NOW.parse().unwrap(),
                by: "operator".into(),
            };
            roles::grant(&mut conn, &granted).await.unwrap();
            conn.commit().await.unwrap();
        }
        let part = "email,name\nada@acme.example,Ada Obi\ngrace@acme.example,Grace Hopper\n";
        assert_eq!(import(&app, part).await.left, Vec::<String>::new());
        assert!(entry(&app, "bao@acme.example").await.person.active);
        let before = written(&app).await;
        let tried = import_directory(&app, &Actor::Operator, part.as_bytes(), true, true).await.unwrap();
        assert_eq!(tried.left, ["bao@acme.example"]);
        assert!(entry(&app, "bao@acme.example").await.person.active, "it was only tried");
        assert_eq!(written(&app).await, before);
        import_directory(&app, &Actor::Operator, part.as_bytes(), true, false).await.unwrap();
        let gone = entry(&app, "bao@acme.example").await;
        assert!(!gone.person.active && gone.removed_at.is_some());
        assert_eq!(roles::of_person(&mut app.db.read().await.unwrap(), &bao).await.unwrap(), []);
        // They are the same person when they come back.
        assert_eq!(import(&app, ALL).await.joined, ["bao@acme.example"]);
        let back = entry(&app, "bao@acme.example").await;
        assert_eq!((back.person.id, back.person.active, back.removed_at), (bao, true, None));
    }

    async fn a_file_with_a_fault_changes_nothing_and_every_fault_has_its_line(db: Db) {
        let app = app(db);
        import(&app, ALL).await;
        let before = written(&app).await;
        let bad = "email,name,manager\nnew@acme.example,New,\nx,Y,\nbao@acme.example,,\nnew@acme.example,Again,\n";
        assert_eq!(refused(&app, bad).await, ["line 3: email", "line 4: name", "line 5: email"]);
        let unknown = "email,name,manager,external_id\nnew@acme.example,New,nobody@acme.example,9\ncy@acme.example,Cy,,\n";
        assert_eq!(refused(&app, unknown).await, ["line 2: manager"]);
        let both = "email,name,external_id\nnew@acme.example,New,1\nada@acme.example,Ada,\n";
        assert_eq!(refused(&app, both).await, ["line 3: external_id"], "1 is Ada's already");
        let taken = "email,name,external_id\nbao@acme.example,Bao,1\n";
        assert_eq!(refused(&app, taken).await, ["line 2: row"], "Ada can't have Bao's address");
        assert_eq!(written(&app).await, before);
        assert!(import_directory(&app, &Actor::Anyone, ALL.as_bytes(), false, false).await.is_err());
    }
}
