//! The demo's company, by its record: every badge of the pilot was earned before a panel, everything on the way was done by people,
//! and there is something to see for each of those a visitor can be.

use crate::{
    cast::{BASE_URL, Cast, Site, deployment},
    setup,
};
use jiff::{SignedDuration, Timestamp};
use laurel::{
    actions::{
        App, audit,
        demo::{self, DemoFacts, DemoPerson, Part},
        panel::{calibrate, view},
        path::mine,
        record, renewals, team,
    },
    domain::{
        actor::{Actor, Member},
        award::Award,
        decision::{AppealState, DecisionState, Outcome},
        renewal::Stand,
    },
    outside::random::Random,
    store::{
        Db, appeals, awards, decisions, drafts, enrolments,
        events::{self, Event},
        panels, people, proposals, roles, shown,
    },
};
use serde_json::Value;
use std::{collections::BTreeSet, sync::Arc};

const NOW: &str = "2026-11-24T10:00:00Z";
const PILOT: &str = "software-craft";

struct Demo {
    app: Arc<App>,
    facts: DemoFacts,
    _sandbox: setup::Sandbox,
}

impl Demo {
    async fn built(seed: u64) -> Self {
        let sandbox = setup::sqlite().await;
        let (app, facts) = build(sandbox.db.clone(), seed).await;
        Demo { app: Arc::new(app), facts, _sandbox: sandbox }
    }

    async fn events(&self) -> Vec<Event> {
        events::page(&mut self.app.db.read().await.unwrap(), 0, 100_000).await.unwrap()
    }

    /// The badges of the pilot's levels.
    async fn pilot(&self) -> Vec<Award> {
        let mut conn = self.app.db.read().await.unwrap();
        let all = awards::after_id(&mut conn, "", 10_000).await.unwrap();
        all.into_iter().filter(|award| award.level_id.starts_with("software-craft.")).collect()
    }

    /// Whom a visitor can be to see this.
    async fn person(&self, part: Part) -> DemoPerson {
        let everyone = demo::people(&mut self.app.db.read().await.unwrap()).await.unwrap();
        everyone.into_iter().find(|one| one.part == Some(part)).unwrap()
    }

    async fn actor(&self, part: Part) -> Actor {
        let person = self.person(part).await.person;
        let mut conn = self.app.db.read().await.unwrap();
        let grants = roles::of_person(&mut conn, &person.id).await.unwrap();
        let manages = people::manages(&mut conn, &person.id).await.unwrap();
        Actor::Person(Member { id: person.id, name: person.name, grants, manages })
    }
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

async fn build(db: Db, seed: u64) -> (App, DemoFacts) {
    let mut app = deployment(db, BASE_URL, NOW, Random::seeded(seed));
    app.config.demo = true;
    let facts = demo::build(&app, now()).await.unwrap();
    (app, facts)
}

#[tokio::test]
async fn every_badge_of_the_pilot_was_given_by_a_panels_decision_and_says_how_it_was_earned() {
    let demo = Demo::built(1).await;
    let events = demo.events().await;
    let given = demo.pilot().await;
    assert!(given.len() >= 12, "{} badges", given.len());
    let mut conn = demo.app.db.read().await.unwrap();
    for award in &given {
        let decision = decisions::of_award(&mut conn, &award.id).await.unwrap().unwrap();
        assert_eq!((decision.outcome, decision.state), (Outcome::Pass, DecisionState::Final));
        let seats = panels::seats(&mut conn, &decision.panel_id).await.unwrap();
        let sat: Vec<_> = seats.iter().filter(|one| one.seat.is_taken()).collect();
        assert!(sat.len() >= 2 && sat.iter().all(|one| one.seat.scored_at.is_some() && one.seat.settled_at.is_some()));
        assert!(sat.iter().all(|one| one.seat.person_id != award.person_id));
        assert!(award.results.is_some() && award.endorsement.is_some() && award.evidence.len() >= 2, "{award:?}");
        // The record tells it too: given by a person, in the same moment as the decision.
        let issued = events.iter().find(|event| event.verb == "award.issued" && event.subject == award.id).unwrap();
        let made =
            events.iter().find(|event| event.verb == "decision.made" && event.detail["award"] == award.id.as_str());
        let made = made.unwrap();
        assert!(issued.actor.starts_with("person:"), "{}", issued.actor);
        assert_eq!((&issued.actor, issued.at), (&made.actor, made.at));
    }
    let looked_at =
        events.iter().filter(|event| event.verb == "decision.proposed" && event.detail["second_look"] == true);
    assert!(looked_at.count() >= 3);
}

#[tokio::test]
async fn whatever_was_done_on_the_way_was_done_by_people_in_the_order_of_time_and_the_chain_holds() {
    let demo = Demo::built(1).await;
    let events = demo.events().await;
    for verb in [
        "enrolment.begun",
        "mentor.asked_for",
        "mentor.given",
        "check_in.noted",
        "requirement.met",
        "submission.begun",
        "evidence.added",
        "evidence.received",
        "submission.handed_in",
        "panel.drawn",
        "panel.left",
        "panel.scored",
        "panel.disagreed",
        "panel.settled",
        "conflict.declared",
        "decision.proposed",
        "decision.made",
        "appeal.filed",
        "appeal.upheld",
        "sample.marked",
        "sample.scored",
        "draft.begun",
        "committee.set_up",
        "committee.appointed",
        "proposal.opened",
        "proposal.voted",
        "proposal.closed",
        "proposal.minutes",
        "award.shown",
    ] {
        let mut done = events.iter().filter(|event| event.verb == verb).peekable();
        assert!(done.peek().is_some(), "nobody did {verb}");
        assert!(done.all(|event| event.actor.starts_with("person:")), "{verb} is not a person's");
    }
    for verb in ["level.version_started", "enrolment.version_announced", "committee.term_ending"] {
        assert!(events.iter().any(|event| event.verb == verb), "{verb} did not come by itself");
    }
    let by_committee = |event: &&Event| event.actor == format!("committee:{PILOT}");
    let verbs: BTreeSet<&str> = events.iter().filter(by_committee).map(|event| event.verb.as_str()).collect();
    assert!(verbs.contains("program.imported") && verbs.contains("award.revoked"), "{verbs:?}");
    assert!(events.is_sorted_by_key(|event| event.at));
    let checked = record::check(&demo.app, &Actor::Operator, None).await.unwrap();
    assert_eq!((checked.faults, checked.events), (Vec::new(), events.len() as u64));
    let audit = audit::audit(&demo.app, &Actor::Operator, |_| {}).await.unwrap();
    assert_eq!((audit.faults, audit.verified), (0, audit.awards), "{:?}", audit.told);
}

#[tokio::test]
async fn certifications_stand_at_every_point_of_their_renewal() {
    let demo = Demo::built(1).await;
    let before = now() + SignedDuration::from_hours(24 * 400);
    let listed = renewals::list(&demo.app, &Actor::Operator, None, (None, before), 500).await.unwrap();
    let stands = |wanted: fn(&Stand) -> bool| {
        listed.iter().filter(|one| one.ending.program_id == PILOT && wanted(&one.stand)).count()
    };
    assert!(stands(|stand| matches!(stand, Stand::Open { .. })) >= 2);
    assert_eq!(stands(|stand| matches!(stand, Stand::Grace { .. })), 1);
    assert!(stands(|stand| matches!(stand, Stand::Lapsed)) >= 1);
    assert!(listed.iter().any(|one| one.ending.enrolment_id.is_some()));
    let given = demo.pilot().await;
    let renewed = given
        .iter()
        .filter_map(|award| Some((award, given.iter().find(|old| Some(&old.id) == award.renews.as_ref())?)));
    // One inside the window, from the old end on; one who came back after the lapse, from that day on.
    let after: Vec<bool> = renewed.map(|(new, old)| new.issued_at < old.valid_until.unwrap()).collect();
    assert!(after.contains(&true) && after.contains(&false), "{after:?}");
    let mut conn = demo.app.db.read().await.unwrap();
    let suspended = demo.app.urls().id_in(&demo.facts.badges.suspended, "badges").unwrap();
    assert!(
        given.iter().any(|award| award.id == suspended && award.suspended_at.is_some() && award.revoked_at.is_none())
    );
    let revoked = demo.app.urls().id_in(&demo.facts.badges.revoked, "badges").unwrap();
    let appeal = appeals::of_award(&mut conn, revoked).await.unwrap();
    assert_eq!(appeal.iter().map(|appeal| appeal.state).collect::<Vec<_>>(), [AppealState::Open]);
}

#[tokio::test]
async fn there_is_something_to_see_and_to_do_for_each_of_those_a_visitor_can_be() {
    let demo = Demo::built(1).await;
    let app = &demo.app;

    let learner = demo.actor(Part::Learner).await;
    let ways = mine::mine(app, &learner).await.unwrap();
    let open = ways.iter().find(|way| way.enrolled.enrolment.is_active()).unwrap();
    assert!(open.progress.done().count() >= 2 && !open.progress.missing().is_empty());
    assert!(open.enrolled.finish_by.is_some_and(|by| by > now()), "the criteria have changed, and there is time");
    assert!(open.enrolled.enrolment.mentor_id.is_some() && open.submissions.len() == 1);
    assert!(!view::mine(app, &learner).await.unwrap().decided.is_empty());

    let mentoring = mine::mentoring(app, &demo.actor(Part::Mentor).await).await.unwrap();
    assert!(mentoring.learners.len() >= 3 && mentoring.waiting.len() == 1);

    let assessor = demo.actor(Part::Assessor).await;
    let queue = view::queue(app, &assessor).await.unwrap();
    let soon = now() + SignedDuration::from_hours(24 * 7);
    assert!(queue.iter().any(|one| one.own_scored.is_none() && one.panel.due_at < now()));
    assert!(queue.iter().any(|one| one.own_scored.is_none() && (now()..soon).contains(&one.panel.due_at)));
    assert_eq!(calibrate::waiting(app, &assessor).await.unwrap().len(), 1);

    let managed = team::view(app, &demo.actor(Part::Manager).await, None).await.unwrap();
    let ends = |days: i64| {
        managed.awards.iter().filter(move |one| {
            one.award.valid_until.is_some_and(|end| end < now() + SignedDuration::from_hours(24 * days))
        })
    };
    assert!(managed.people.len() >= 5 && managed.under_way.len() >= 3 && ends(90).count() >= 2);
    assert!(ends(90).count() < managed.awards.len());

    let owner = demo.actor(Part::Owner).await;
    let runs = view::program_queue(app, &owner, PILOT).await.unwrap();
    assert!(runs.scoring.iter().any(|one| one.panel.due_at < now()), "one is stuck");
    assert!(runs.scoring.len() >= 2 && runs.settling.len() >= 2);
    let waits = runs.settling.iter().find(|one| one.proposed.is_some()).unwrap();
    let (_, may) = view::overview(app, &owner, &waits.panel.id).await.unwrap().proposed.unwrap();
    assert!(may, "the owner may have the second look");
    let sample = calibrate::of_program(app, &owner, PILOT).await.unwrap().1.remove(0);
    assert_eq!(calibrate::result(app, &owner, &sample.sample.id).await.unwrap().of_assessors.len(), 3);

    let mut conn = app.db.read().await.unwrap();
    let wall = shown::wall(&mut conn, now(), 100).await.unwrap();
    assert!(wall.iter().filter(|one| one.program.id == PILOT && one.person.name_public).count() >= 6);
    assert_eq!(drafts::of_program(&mut conn, PILOT, 10).await.unwrap().len(), 1);
    let behind = enrolments::counts(&mut conn, PILOT).await.unwrap();
    assert!(behind.iter().any(|(_, version, _)| *version == 1) && behind.iter().any(|(_, version, _)| *version == 2));
    let member = demo.person(Part::Committee).await.person;
    let all = proposals::of_program(&mut conn, PILOT, None, 10).await.unwrap();
    let (open, closed): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.closed_at.is_none());
    assert_eq!((open.len(), closed.len()), (1, 3));
    let voters = proposals::voters(&mut conn, &open[0].id).await.unwrap();
    let votes = |id: &str| voters.iter().find(|voter| voter.seat.person_id == id).unwrap().seat.vote;
    assert!(votes(&member.id).is_none() && voters.iter().any(|voter| voter.seat.vote.is_some()));
}

#[tokio::test]
async fn a_badge_tells_on_its_page_of_the_evidence_that_may_be_told_of_and_how_much_more_there_is() {
    let demo = Demo::built(1).await;
    let site = Site::of(demo.app.clone()).await;
    let id = demo.app.urls().id_in(&demo.facts.badges.current, "badges").unwrap();
    let award = demo.pilot().await.into_iter().find(|award| award.id == id).unwrap();
    let signed: Value = serde_json::from_str(&award.credential).unwrap();
    let page = site.page(&format!("/badges/{id}")).await;
    let mut kept = 0;
    for (at, one) in award.evidence.iter().enumerate() {
        let pointer = format!("/evidence/{at}/name");
        let told = one.name.as_deref().map(|name| format!("data-signed=\"{pointer}\">{name}<"));
        match told {
            Some(told) => assert!(page.contains(&told), "{told}: {page}"),
            None => kept += 1,
        }
        assert_eq!(signed.pointer(&pointer).and_then(Value::as_str), one.name.as_deref());
        assert!(one.id.as_ref().is_none_or(|url| page.contains(url.as_str())), "{one:?}");
        assert!(!page.contains(one.digest.as_deref().unwrap()), "a digest is for programs");
    }
    assert!(kept > 1 && kept < award.evidence.len(), "{:?}", award.evidence);
    assert!(page.contains(&format!("{kept} pieces of work were assessed that are not public.")), "{page}");
}

#[tokio::test]
async fn every_page_of_everyone_a_visitor_can_be_opens() {
    let demo = Demo::built(1).await;
    let people = demo::people(&mut demo.app.db.read().await.unwrap()).await.unwrap();
    let parts: Vec<Part> = people.iter().filter_map(|one| one.part).collect();
    assert_eq!(parts.len(), 8, "{parts:?}");
    assert!(people.iter().find(|one| one.part == Some(Part::Manager)).unwrap().manages);
    let site = Site::of(demo.app.clone()).await;
    let chooser = site.page("/sign-in").await;
    for one in &people {
        assert!(chooser.contains(&format!("value=\"{}\"", one.person.id)), "{} can't be chosen", one.person.name);
        let (name, email): (&str, &str) = (one.person.name.clone().leak(), one.person.email.clone().leak());
        let browser = site.signed_in(Cast { name, email, team: None, named: true }).await;
        let account = browser.page("/me").await;
        let links = account.split("<div class=\"mine\">").nth(1).unwrap().split("</nav>").next().unwrap();
        let mut opened = 0;
        for link in links.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            browser.page(link).await;
            opened += 1;
        }
        assert!(opened >= 3, "{} has {opened} pages", one.person.name);
    }
}

#[tokio::test]
async fn the_same_seed_makes_the_same_people_and_ids_and_never_the_same_keys_or_tokens() {
    let (one, same, other) = (Demo::built(1).await, Demo::built(1).await, Demo::built(2).await);
    let ids = |events: Vec<Event>| -> Vec<(String, String, String)> {
        // Keys are nobody's seed.
        let kept =
            events.into_iter().filter(|event| !event.verb.starts_with("key.") && !event.verb.starts_with("token."));
        kept.map(|event| (event.actor, event.verb, event.subject)).collect()
    };
    let first = ids(one.events().await);
    assert_eq!(first, ids(same.events().await));
    assert_ne!(first, ids(other.events().await));
    assert_eq!(one.facts.badges, same.facts.badges);
    assert_ne!(one.facts.token, same.facts.token);
    let signed =
        |demo: &Demo| demo.app.vault.labels().unwrap().into_iter().map(|label| label.fragment).collect::<BTreeSet<_>>();
    let proofs = (one.pilot().await.remove(0).credential, same.pilot().await.remove(0).credential);
    assert_ne!(proofs.0, proofs.1, "signed with keys of their own: {:?}, {:?}", signed(&one), signed(&same));
}
