//! Two at once on the same awards, keys and lists, on both databases: one wins, the other hears why, and the record stays sound.

use crate::cast::deployment;
use crate::setup::{BASE_URL, on_both_engines};
use laurel::{
    actions::{
        ActionError, App, Conflict, audit, directory,
        documents::did_document,
        import_program::import_program,
        init,
        issue::{Batch, issue},
        keys,
        renew::{RenewRequest, renew},
        revoke::revoke,
        suspend::{resume, suspend},
    },
    domain::{
        actor::Actor,
        directory::{Entry, Said},
        program_file,
        recipient::{AwardRequest, RecipientRequest},
    },
    outside::{random::Random, vault::Purpose},
    store::{Db, awards, issuers, status_lists},
};
use std::sync::Arc;

const OPERATOR: Actor = Actor::Operator;
const ROUNDS: usize = 6;

on_both_engines! {
    async fn of_two_renewals_at_once_one_is_made_and_the_other_hears_why(db: Db) {
        let app = company(db).await;
        let given = give_all(&app).await;
        app.clock.set("2028-04-01T00:00:00Z".parse().unwrap());
        for id in given {
            let renewal = |app: Arc<App>, id: String| async move { renewed(&app, &id).await };
            let outcomes = both(renewal(app.clone(), id.clone()), renewal(app.clone(), id)).await;
            let refused: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
            assert!(matches!(refused.as_slice(), [ActionError::Conflict { why: Conflict::Superseded, .. }]), "{refused:?}");
        }
        sound(&app, 2 * ROUNDS as u64).await;
    }

    async fn of_two_first_awards_at_once_one_is_given_and_the_other_is_told_of_it(db: Db) {
        let app = company(db).await;
        for round in 0..ROUNDS {
            let email = format!("p{round}@example.com");
            let gift = |app: Arc<App>, email: String| async move { give(&app, &email).await };
            let outcomes = both(gift(app.clone(), email.clone()), gift(app.clone(), email)).await;
            let refused: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
            assert!(matches!(refused.as_slice(), [ActionError::Conflict { why: Conflict::AlreadyHeld, .. }]), "{refused:?}");
        }
        sound(&app, ROUNDS as u64).await;
    }

    async fn a_revocation_beside_a_renewal_of_the_same_award_always_counts(db: Db) {
        let app = company(db).await;
        let given = give_all(&app).await;
        app.clock.set("2028-04-01T00:00:00Z".parse().unwrap());
        for id in given {
            let (renewing, revoking, old) = (app.clone(), app.clone(), id.clone());
            let outcomes =
                both(async move { renewed(&renewing, &id).await }, async move { revoked(&revoking, &old).await }).await;
            if let [Err(why), _] = &outcomes {
                assert!(matches!(why, ActionError::Conflict { why: Conflict::Revoked, .. }), "{why:?}");
            }
            assert!(outcomes[1].is_ok(), "{outcomes:?}");
        }
        let audit = audit::audit(&app, &OPERATOR, |_| {}).await.unwrap();
        assert_eq!((audit.faults, audit.revoked), (0, ROUNDS as u64), "{:?}", audit.told);
    }

    async fn of_two_who_suspend_or_lift_at_once_one_does_and_the_other_hears_why(db: Db) {
        let app = company(db).await;
        let given = give_all(&app).await;
        for id in given {
            for lifting in [false, true, false] {
                let change = |app: Arc<App>, id: String| async move {
                    match lifting {
                        false => suspend(&app, &OPERATOR, &id, "Looked at again.").await.map(|award| award.id),
                        true => resume(&app, &OPERATOR, &id).await.map(|award| award.id),
                    }
                };
                let outcomes = both(change(app.clone(), id.clone()), change(app.clone(), id.clone())).await;
                let refused: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
                let [ActionError::Conflict { why, .. }] = refused.as_slice() else { panic!("{refused:?}") };
                assert_eq!(*why, if lifting { Conflict::NotSuspended } else { Conflict::AlreadySuspended });
            }
            // Revoked while it is lifted, it is revoked, whoever was first.
            let (lifting, revoking, same) = (app.clone(), app.clone(), id.clone());
            let lift = async move { resume(&lifting, &OPERATOR, &same).await.map(|award| award.id) };
            let outcomes = both(lift, async move { revoked(&revoking, &id).await }).await;
            if let [Err(why), _] = &outcomes {
                assert!(matches!(why, ActionError::Conflict { why: Conflict::NotSuspended, .. }), "{why:?}");
            }
            assert!(outcomes[1].is_ok(), "{outcomes:?}");
        }
        let audit = audit::audit(&app, &OPERATOR, |_| {}).await.unwrap();
        assert_eq!((audit.faults, audit.revoked, audit.suspended), (0, ROUNDS as u64, 0), "{:?}", audit.told);
    }

    async fn of_two_changes_at_once_that_would_make_a_ring_of_managers_one_is_refused(db: Db) {
        let app = company(db).await;
        for round in 0..ROUNDS {
            let mut people = ["a", "b", "c"].map(|name| format!("{name}{round}@example.com"));
            for person in &mut people {
                *person = join(&app, person).await;
            }
            let [ada, bao, cem] = people;
            managed(&app, &cem, &ada).await.unwrap();
            // Straight, and through someone between.
            let above_bao = [&ada, &cem][round % 2].clone();
            let manages = |manager: String, of: String| {
                let app = app.clone();
                async move { managed(&app, &of, &manager).await }
            };
            let outcomes = both(manages(bao.clone(), ada), manages(above_bao, bao)).await;
            let refused: Vec<_> = outcomes.into_iter().filter_map(Result::err).collect();
            assert!(matches!(refused.as_slice(), [ActionError::Invalid(_)]), "{refused:?}");
        }
    }

    async fn nothing_is_signed_with_a_key_that_is_dropped_meanwhile(db: Db) {
        let app = company(db).await;
        for round in 0..ROUNDS {
            let mut work = tokio::task::JoinSet::new();
            for n in 0..5 {
                let id = give(&app, &format!("p{round}.{n}@example.com")).await.unwrap();
                let (revoking, issuing) = (app.clone(), app.clone());
                work.spawn(async move { revoked(&revoking, &id).await });
                work.spawn(async move { give(&issuing, &format!("q{round}.{n}@example.com")).await });
                if n == 3 {
                    let rotating = app.clone();
                    work.spawn(async move { rotated(&rotating, round % 2 == 0).await });
                }
            }
            for outcome in work.join_all().await {
                outcome.unwrap();
            }
            let mut conn = app.db.read().await.unwrap();
            let issuer = issuers::only(&mut conn).await.unwrap().unwrap();
            let did = did_document(app.urls(), &mut conn, &issuer).await.unwrap().to_string();
            for list in status_lists::all(&mut conn, &issuer.id).await.unwrap() {
                let published = status_lists::published(&mut conn, &list.id).await.unwrap().unwrap();
                let list: serde_json::Value = serde_json::from_slice(&published.json).unwrap();
                assert!(did.contains(list["proof"][0]["verificationMethod"].as_str().unwrap()), "{list}");
            }
        }
    }
}

async fn company(db: Db) -> Arc<App> {
    let app = deployment(db, BASE_URL, "2026-05-03T12:00:00Z", Random::seeded(1));
    let issuer = init::NewIssuer {
        id: "acme".into(),
        name: "Acme".into(),
        url: None,
        email: None,
        linkedin_id: None,
        time_zone: "UTC".into(),
        show_revocation_reason: false,
    };
    init::init(&app, &OPERATOR, init::check(&issuer, &app.config.base_url).unwrap(), None).await.unwrap();
    let program = program_file::read(crate::actions::PROGRAM, false).unwrap();
    import_program(&app, &OPERATOR, program, Default::default()).await.unwrap();
    Arc::new(app)
}

async fn give(app: &App, email: &str) -> Result<String, ActionError> {
    let recipient = RecipientRequest { name: "Ada Obi".into(), email: email.into(), ..Default::default() };
    let request = AwardRequest { level: "craft.pro".into(), recipient, ..Default::default() };
    let outcome = issue(app, &OPERATOR, Batch::One(Box::new(request)), None).await?;
    Ok(outcome.body.awards[0].id.clone())
}

async fn join(app: &App, email: &str) -> String {
    let said = Said { email: email.into(), name: "Ada Obi".into(), active: true, ..Default::default() };
    directory::join(app, &OPERATOR, &said).await.unwrap().person.id
}

async fn managed(app: &App, id: &str, manager: &str) -> Result<String, ActionError> {
    let moved = |entry: &Entry| Ok::<_, ActionError>(Said { manager_id: Some(manager.to_owned()), ..entry.said() });
    directory::change(app, &OPERATOR, id, moved).await.map(|entry| entry.person.id)
}

async fn give_all(app: &App) -> Vec<String> {
    let mut given = Vec::new();
    for n in 0..ROUNDS {
        given.push(give(app, &format!("p{n}@example.com")).await.unwrap());
    }
    given
}

async fn rotated(app: &App, compromised: bool) -> Result<String, ActionError> {
    keys::rotate(app, &OPERATOR, Purpose::Credential, compromised).await.map(|done| done.new.fragment)
}

async fn renewed(app: &App, id: &str) -> Result<String, ActionError> {
    renew(app, &OPERATOR, id, &RenewRequest::default()).await.map(|award| award.id)
}

async fn revoked(app: &App, id: &str) -> Result<String, ActionError> {
    revoke(app, &OPERATOR, id, "A mistake").await.map(|award| award.id)
}

/// Runs both at the same time, each on a task of its own.
async fn both(
    one: impl Future<Output = Result<String, ActionError>> + Send + 'static,
    other: impl Future<Output = Result<String, ActionError>> + Send + 'static,
) -> [Result<String, ActionError>; 2] {
    let (one, other) = (tokio::spawn(one), tokio::spawn(other));
    [one.await.unwrap(), other.await.unwrap()]
}

/// So many awards, and nothing wrong with any.
async fn sound(app: &App, awards: u64) {
    let audit = audit::audit(app, &OPERATOR, |_| {}).await.unwrap();
    assert_eq!((audit.awards, audit.verified, audit.faults), (awards, awards, 0), "{:?}", audit.told);
    assert_eq!(awards::count(&mut app.db.read().await.unwrap()).await.unwrap(), awards as i64);
}
