//! The committee of a program: terms, proposals, votes, and that nothing else publishes.

use crate::cast::{ADA, BAO, CHIARA, Cast, DEV, Site};
use laurel::{
    actions::{
        ActionError,
        committee::{
            close,
            members::{self, Appointment},
            propose::{self, NewProposal, Wish},
            vote,
        },
        import_program::import_program,
        roles,
    },
    domain::{
        actor::{Actor, Grant, Member, Role},
        committee::{Committee, ProposalState, Vote},
        program_file,
    },
    jobs,
    store::{awards, events, people, proposals, roles as granted},
};
use std::collections::HashMap;

const FILE: &str = "id = \"ops\"\nname = \"Operations\"\ndescription = \"Runs.\"\n[[levels]]\nid = \"lead\"\nname = \"Lead\"\ndescription = \"Leads.\"\ncriteria = \"- led one incident\"\n";

fn stricter() -> String {
    FILE.replace("led one incident", "led two incidents")
}

async fn known(site: &Site, who: Cast) {
    let mut conn = site.app.db.write().await.unwrap();
    let said = people::Said { email: who.email, name: who.name, team: who.team, name_public: Some(who.named) };
    people::upsert(&mut conn, &format!("id-of-{}", who.name), &said, site.app.clock.now()).await.unwrap();
    conn.commit().await.unwrap();
}

/// As they are when signed in.
async fn actor(site: &Site, who: Cast) -> Actor {
    let mut conn = site.app.db.read().await.unwrap();
    let person = people::by_email(&mut conn, who.email).await.unwrap().unwrap();
    let grants = granted::of_person(&mut conn, &person.id).await.unwrap();
    Actor::Person(Member { id: person.id, name: person.name, grants, manages: false })
}

async fn appoint(site: &Site, who: Cast, until: &str, follows: Option<String>) -> Result<String, ActionError> {
    let appointment = Appointment {
        program: "ops".into(),
        who: who.email.into(),
        starts_at: site.app.clock.now(),
        ends_at: until.parse().unwrap(),
        follows,
    };
    members::appoint(&site.app, &Actor::Operator, &appointment).await.map(|term| term.id)
}

/// Ada, Bao and Chiara sit; two votes make a decision. Dev owns the program.
async fn governed() -> Site {
    let site = Site::open().await;
    publish(&site, FILE).await.unwrap();
    for who in [ADA, BAO, CHIARA, DEV] {
        known(&site, who).await;
    }
    let committee = Committee { program_id: "ops".into(), quorum: 2, days: 14 };
    members::set_up(&site.app, &Actor::Operator, &committee).await.unwrap();
    for who in [ADA, BAO, CHIARA] {
        appoint(&site, who, "2028-01-01T00:00:00Z", None).await.unwrap();
    }
    let owner = Grant { role: Role::Owner, program: Some("ops".into()) };
    roles::grant(&site.app, &Actor::Operator, DEV.email, &owner, "").await.unwrap();
    site
}

async fn publish(site: &Site, text: &str) -> Result<(), ActionError> {
    let program = program_file::read(text, false).unwrap();
    import_program(&site.app, &Actor::Operator, program, HashMap::new()).await.map(drop)
}

async fn propose(site: &Site, who: Cast, wish: Wish) -> Result<String, ActionError> {
    let new = NewProposal {
        program: "ops".into(),
        title: "Two incidents".into(),
        reason: "One says too little.".into(),
        wish,
    };
    propose::propose(&site.app, &actor(site, who).await, &new).await.map(|proposal| proposal.id)
}

async fn votes(site: &Site, who: Cast, id: &str, given: Vote) -> Result<(), ActionError> {
    let comment = if given == Vote::Recused { "I wrote it with the owner." } else { "" };
    vote::vote(&site.app, &actor(site, who).await, id, given, comment).await
}

async fn state(site: &Site, id: &str) -> (ProposalState, Option<String>) {
    let mut conn = site.app.db.read().await.unwrap();
    let proposal = proposals::get(&mut conn, id).await.unwrap().unwrap();
    (proposal.state, proposal.failure)
}

async fn turn(site: &Site) {
    jobs::plan(&site.app).await.unwrap();
    while jobs::run_due(&site.app).await.unwrap() > 0 {}
}

fn code(refused: ActionError) -> &'static str {
    match refused {
        ActionError::Conflict { why, .. } => why.code(),
        ActionError::NotFound { .. } => "not_found",
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_the_committee_accepts_is_published_and_nothing_else_is() {
    let site = governed().await;
    assert_eq!(code(publish(&site, &stricter()).await.unwrap_err()), "committee_decides");
    let id = propose(&site, DEV, Wish::Criteria(stricter())).await.unwrap();
    votes(&site, ADA, &id, Vote::For).await.unwrap();
    let early = close::close(&site.app, &actor(&site, ADA).await, &id).await.unwrap_err();
    assert_eq!(code(early), "votes_missing");
    votes(&site, BAO, &id, Vote::For).await.unwrap();
    votes(&site, CHIARA, &id, Vote::Against).await.unwrap();
    assert!(site.page("/achievements/ops.lead").await.contains("led one incident"));
    let closed = close::close(&site.app, &actor(&site, CHIARA).await, &id).await.unwrap();
    assert_eq!(closed, ProposalState::Accepted);
    assert!(site.page("/achievements/ops.lead").await.contains("led two incidents"));
    let version = site.page("/achievements/ops.lead/versions/2").await;
    assert!(version.contains("Committee (2 : 1), 2026-11-24") && version.contains("Two incidents"), "{version}");
    let again = votes(&site, ADA, &id, Vote::Against).await.unwrap_err();
    assert_eq!(code(again), "closed");
    close::keep_minutes(&site.app, &actor(&site, ADA).await, &id, "Chiara asked for three.").await.unwrap();
    let twice = close::keep_minutes(&site.app, &actor(&site, BAO).await, &id, "Or four.").await.unwrap_err();
    assert_eq!(code(twice), "no_minutes");
}

#[tokio::test]
async fn without_a_quorum_or_a_majority_nothing_is_published_when_the_time_is_up() {
    let site = governed().await;
    let lonely = propose(&site, ADA, Wish::Criteria(stricter())).await.unwrap();
    votes(&site, ADA, &lonely, Vote::For).await.unwrap();
    let recused = propose(&site, BAO, Wish::Criteria(stricter())).await.unwrap();
    votes(&site, ADA, &recused, Vote::For).await.unwrap();
    votes(&site, BAO, &recused, Vote::Recused).await.unwrap();
    assert_eq!(code(votes(&site, BAO, &recused, Vote::For).await.unwrap_err()), "no_vote");
    let tied = propose(&site, CHIARA, Wish::Criteria(stricter())).await.unwrap();
    votes(&site, ADA, &tied, Vote::For).await.unwrap();
    votes(&site, BAO, &tied, Vote::For).await.unwrap();
    votes(&site, BAO, &tied, Vote::Against).await.unwrap();
    site.at("2026-12-08T11:59:00Z");
    turn(&site).await;
    assert_eq!(state(&site, &lonely).await.0, ProposalState::Open);
    site.at("2026-12-08T12:00:00Z");
    assert_eq!(code(votes(&site, CHIARA, &tied, Vote::For).await.unwrap_err()), "closed");
    turn(&site).await;
    for id in [lonely, recused, tied] {
        assert_eq!(state(&site, &id).await.0, ProposalState::Rejected);
    }
    assert!(site.page("/achievements/ops.lead").await.contains("led one incident"));
}

#[tokio::test]
async fn what_was_accepted_and_cannot_be_done_any_more_is_closed_as_failed_and_changes_nothing() {
    let site = governed().await;
    let first = propose(&site, ADA, Wish::Criteria(stricter())).await.unwrap();
    let three = FILE.replace("one incident", "three incidents");
    let second = propose(&site, BAO, Wish::Criteria(three)).await.unwrap();
    for id in [&first, &second] {
        for who in [ADA, BAO, CHIARA] {
            votes(&site, who, id, Vote::For).await.unwrap();
        }
    }
    let ada = actor(&site, ADA).await;
    assert_eq!(close::close(&site.app, &ada, &first).await.unwrap(), ProposalState::Accepted);
    assert_eq!(close::close(&site.app, &ada, &second).await.unwrap(), ProposalState::Failed);
    assert!(state(&site, &second).await.1.unwrap().contains("changed since"));
    assert!(site.page("/achievements/ops.lead").await.contains("led two incidents"));
}

#[tokio::test]
async fn only_those_vote_who_are_in_term_at_both_ends() {
    let site = governed().await;
    let id = propose(&site, ADA, Wish::Policy("Work older than two years is not looked at.".into())).await.unwrap();
    appoint(&site, DEV, "2028-01-01T00:00:00Z", None).await.unwrap();
    assert_eq!(code(votes(&site, DEV, &id, Vote::For).await.unwrap_err()), "no_vote", "came later");
    votes(&site, BAO, &id, Vote::For).await.unwrap();
    votes(&site, CHIARA, &id, Vote::For).await.unwrap();
    let (_, sat) = members::list(&site.app, &Actor::Operator, "ops").await.unwrap();
    let term = sat.iter().find(|member| member.email == BAO.email).unwrap().term.id.clone();
    site.at("2026-11-25T12:00:00Z");
    members::leave(&site.app, &Actor::Operator, &term, "Moved away.").await.unwrap();
    site.at("2026-12-09T12:00:00Z");
    turn(&site).await;
    assert_eq!(state(&site, &id).await.0, ProposalState::Rejected, "one vote is left, and two make a decision");
}

#[tokio::test]
async fn a_policy_that_was_accepted_stands_with_the_program() {
    let site = governed().await;
    let id = propose(&site, ADA, Wish::Policy("Work older than **two years** is not looked at.".into())).await.unwrap();
    assert!(!site.page("/programs/ops").await.contains("Work older than"));
    for who in [ADA, BAO, CHIARA] {
        votes(&site, who, &id, Vote::For).await.unwrap();
    }
    close::close(&site.app, &actor(&site, ADA).await, &id).await.unwrap();
    let page = site.page("/programs/ops").await;
    assert!(page.contains("Work older than <strong>two years</strong> is not looked at."), "{page}");
}

#[tokio::test]
async fn a_badge_is_revoked_for_cause_and_its_holder_has_no_vote() {
    let site = governed().await;
    let award = site.award(ADA, "ops.lead", "public").await;
    let id = propose(&site, BAO, Wish::Revocation(award.id.clone())).await.unwrap();
    assert_eq!(code(votes(&site, ADA, &id, Vote::Against).await.unwrap_err()), "no_vote");
    votes(&site, BAO, &id, Vote::For).await.unwrap();
    votes(&site, CHIARA, &id, Vote::For).await.unwrap();
    close::close(&site.app, &actor(&site, BAO).await, &id).await.unwrap();
    let mut conn = site.app.db.read().await.unwrap();
    let revoked = awards::get(&mut conn, &award.id).await.unwrap().unwrap();
    assert_eq!(revoked.revocation_reason.as_deref(), Some("One says too little."));
    let told = events::of_subject(&mut conn, &award.id).await.unwrap();
    assert!(told.iter().any(|event| event.actor == "committee:ops" && event.verb == "award.revoked"), "{told:?}");
    drop(conn);
    let elsewhere = site.award(BAO, "craft.master", "public").await;
    let refused = propose(&site, BAO, Wish::Revocation(elsewhere.id)).await.unwrap_err();
    assert!(refused.to_string().starts_with("award:"), "{refused}");
    assert_eq!(code(propose(&site, DEV, Wish::Revocation(award.id)).await.unwrap_err()), "not_found");
}

#[tokio::test]
async fn a_proposal_that_could_not_be_published_is_refused_with_each_fault() {
    let site = governed().await;
    let bad = stricter().replace("id = \"lead\"", "id = \"chief\"").replace("\"Leads.\"", "\"\"");
    let refused = propose(&site, ADA, Wish::Criteria(bad)).await.unwrap_err();
    let ActionError::Invalid(faults) = refused else { panic!("{refused:?}") };
    assert_eq!(faults[0].field, "levels[0].description");
    let renamed = propose(&site, ADA, Wish::Criteria(FILE.replace("\"lead\"", "\"chief\""))).await.unwrap_err();
    assert!(renamed.to_string().contains("leaves out “ops.lead”"), "{renamed}");
    let other = propose(&site, ADA, Wish::Criteria(FILE.replace("\"ops\"", "\"craft\""))).await.unwrap_err();
    assert!(other.to_string().starts_with("id:"), "{other}");
    let soon = FILE.replace("[[levels]]", "[release]\nstarts = \"2026-12-01\"\n[[levels]]");
    let early = propose(&site, ADA, Wish::Criteria(soon)).await.unwrap_err();
    assert!(early.to_string().starts_with("release.starts:"), "before the vote is over: {early}");
}

#[tokio::test]
async fn to_those_who_have_no_part_in_it_a_proposal_is_not_there() {
    let site = governed().await;
    let id = propose(&site, ADA, Wish::Policy("Be kind.".into())).await.unwrap();
    let stranger = Cast { name: "Eve", email: "eve@acme.example", team: None, named: false };
    known(&site, stranger).await;
    let elsewhere = Grant { role: Role::Committee, program: Some("craft".into()) };
    roles::grant(&site.app, &Actor::Operator, stranger.email, &elsewhere, "").await.unwrap();
    assert_eq!(code(votes(&site, stranger, &id, Vote::For).await.unwrap_err()), "not_found");
    let eve = actor(&site, stranger).await;
    assert_eq!(code(close::close(&site.app, &eve, &id).await.unwrap_err()), "not_found");
    assert_eq!(code(propose::withdraw(&site.app, &eve, &id).await.unwrap_err()), "not_found");
    assert_eq!(code(propose(&site, stranger, Wish::Policy("x".into())).await.unwrap_err()), "not_found");
    let bao = actor(&site, BAO).await;
    assert_eq!(code(propose::withdraw(&site.app, &bao, &id).await.unwrap_err()), "not_yours");
    propose::withdraw(&site.app, &actor(&site, ADA).await, &id).await.unwrap();
    assert_eq!(state(&site, &id).await.0, ProposalState::Withdrawn);
}

#[tokio::test]
async fn the_end_of_a_term_is_announced_once_and_shows_as_overdue_until_someone_follows() {
    let site = governed().await;
    let known_term = appoint(&site, DEV, "2027-01-01T00:00:00Z", None).await.unwrap();
    turn(&site).await;
    turn(&site).await;
    let mut conn = site.app.db.read().await.unwrap();
    let dev = people::by_email(&mut conn, DEV.email).await.unwrap().unwrap();
    let told = events::of_subject(&mut conn, &dev.id).await.unwrap();
    assert_eq!(told.iter().filter(|event| event.verb == "committee.term_ending").count(), 1, "{told:?}");
    drop(conn);
    let twice = appoint(&site, DEV, "2027-02-01T00:00:00Z", None).await.unwrap_err();
    assert!(twice.to_string().contains("in term then already"), "{twice}");
    site.at("2027-01-02T00:00:00Z");
    let overdue = async || {
        let (_, sat) = members::list(&site.app, &Actor::Operator, "ops").await.unwrap();
        let member = sat.into_iter().find(|member| member.term.id == known_term).unwrap();
        member.term.stands(member.followed, site.app.clock.now())
    };
    assert_eq!(overdue().await, laurel::domain::committee::TermStands::Overdue);
    appoint(&site, DEV, "2028-01-01T00:00:00Z", Some(known_term.clone())).await.unwrap();
    assert_eq!(overdue().await, laurel::domain::committee::TermStands::Followed);
}
