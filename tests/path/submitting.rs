//! Drafts, autosaving, handing in and taking back.

use super::*;
use crate::setup::on_both_engines;
use laurel::{
    actions::path::{
        enrol, evidence, mentor, mine,
        sight::Viewer,
        submission::{Text, begin, hand_in, read, save, take_back},
    },
    domain::submission::SubmissionState,
};

fn text(statement: &str, revision: i64) -> Text<'_> {
    Text { statement, revision }
}

on_both_engines! {
    async fn a_draft_is_saved_as_often_as_one_likes_and_two_windows_do_not_undo_each_other(db: Db) {
        let town = Town::new(db).await;
        let ada = town.be("ada").await;
        let enrolment = town.enrol("ada", SECOND).await;
        let draft = begin(&town.app, &ada, &enrolment.id).await.unwrap();
        assert_eq!(begin(&town.app, &ada, &enrolment.id).await.unwrap(), draft, "the open one is gone on with");
        assert_eq!(save(&town.app, &ada, &draft.id, text("One\r\ntwo", 1)).await.unwrap(), 2);
        assert_eq!(code(save(&town.app, &ada, &draft.id, text("Other", 1)).await), "changed_elsewhere");
        assert_eq!(save(&town.app, &ada, &draft.id, text("One\ntwo", 1)).await.unwrap(), 2, "its answer was lost");
        assert_eq!(save(&town.app, &ada, &draft.id, text(" ", 2)).await.unwrap(), 3);
        let long = "x".repeat(20_001);
        assert_eq!(code(save(&town.app, &ada, &draft.id, text(&long, 3)).await), "statement");
        assert_eq!(code(save(&town.app, &ada, &draft.id, text("a\0b", 3)).await), "statement");
        let whole = read(&town.app, &ada, &draft.id).await.unwrap();
        assert_eq!((whole.submission.statement.as_str(), whole.submission.revision), ("", 3));
        assert_eq!((whole.viewer, whole.untouched), (Viewer::Learner, false));
    }

    async fn work_is_handed_in_once_all_else_is_done_with_a_statement_and_evidence_and_stays_as_it_is(db: Db) {
        let town = Town::new(db).await;
        let ada = town.be("ada").await;
        let early = town.enrol("lin", SECOND).await;
        let lin = town.be("lin").await;
        let bare = begin(&town.app, &lin, &early.id).await.unwrap();
        assert_eq!(code(hand_in(&town.app, &lin, &bare.id, None).await), "requirements statement evidence");

        let (enrolment, draft) = town.drafting("ada").await;
        let link = evidence::add(&town.app, &ada, &draft.id, &link()).await.unwrap();
        assert_eq!(code(hand_in(&town.app, &ada, &draft.id, None).await), "statement");
        assert_eq!(code(hand_in(&town.app, &ada, &draft.id, Some(text("Mine", 7))).await), "changed_elsewhere");
        hand_in(&town.app, &ada, &draft.id, Some(text("Mine", draft.revision))).await.unwrap();
        let whole = read(&town.app, &ada, &draft.id).await.unwrap();
        assert_eq!(whole.submission.state, SubmissionState::Submitted);
        assert_eq!((whole.submission.statement.as_str(), whole.evidence.len(), whole.untouched), ("Mine", 1, true));

        let before = town.happened().await;
        assert_eq!(code(hand_in(&town.app, &ada, &draft.id, None).await), "handed_in");
        assert_eq!(code(save(&town.app, &ada, &draft.id, text("More", 2)).await), "handed_in");
        assert_eq!(code(evidence::add(&town.app, &ada, &draft.id, &super::link()).await), "handed_in");
        assert_eq!(code(evidence::describe(&town.app, &ada, &link.id, &super::link()).await), "handed_in");
        assert_eq!(code(evidence::remove(&town.app, &ada, &link.id).await), "handed_in");
        assert_eq!(code(begin(&town.app, &ada, &enrolment.id).await), "handed_in");
        assert_eq!(town.happened().await, before);
        assert_eq!(town.told(&draft.id).await, ["submission.begun", "evidence.added", "submission.handed_in"]);
    }

    async fn what_was_taken_back_is_gone_on_from_and_stays_as_it_was(db: Db) {
        let town = Town::new(db).await;
        let ada = town.be("ada").await;
        let (enrolment, first) = town.handed_in("ada").await;
        take_back(&town.app, &ada, &first.id).await.unwrap();
        assert_eq!(code(take_back(&town.app, &ada, &first.id).await), "not_handed_in");
        let second = begin(&town.app, &ada, &enrolment.id).await.unwrap();
        assert_eq!((second.number, second.statement.as_str()), (2, "What I did."));
        let whole = read(&town.app, &ada, &second.id).await.unwrap();
        assert_eq!((whole.submission.clone(), whole.evidence[0].title.as_str()), (second.clone(), "The change"));
        evidence::remove(&town.app, &ada, &whole.evidence[0].id).await.unwrap();
        assert_eq!(read(&town.app, &ada, &first.id).await.unwrap().evidence.len(), 1);
        let states: Vec<SubmissionState> =
            mine::mine(&town.app, &ada).await.unwrap()[0].submissions.iter().map(|one| one.state).collect();
        assert_eq!(states, [SubmissionState::Draft, SubmissionState::Withdrawn]);
    }

    async fn with_the_way_what_is_open_of_it_ends(db: Db) {
        let town = Town::new(db).await;
        let ada = town.be("ada").await;
        let (enrolment, submission) = town.handed_in("ada").await;
        enrol::withdraw(&town.app, &ada, &enrolment.id).await.unwrap();
        let whole = read(&town.app, &ada, &submission.id).await.unwrap();
        assert_eq!(whole.submission.state, SubmissionState::Withdrawn);
        assert_eq!(code(begin(&town.app, &ada, &enrolment.id).await), "ended");
        assert_eq!(code(take_back(&town.app, &ada, &submission.id).await), "ended");
    }
}

#[tokio::test]
async fn nothing_is_handed_in_where_no_panel_assesses() {
    let sandbox = crate::setup::sqlite().await;
    let town = Town::new(sandbox.db.clone()).await;
    let enrolment = town.enrol("ada", FIRST).await;
    assert_eq!(code(begin(&town.app, &town.be("ada").await, &enrolment.id).await), "not_assessed");
}

#[tokio::test]
async fn it_can_not_be_taken_back_once_an_assessor_has_begun() {
    let sandbox = crate::setup::sqlite().await;
    let town = Town::new(sandbox.db.clone()).await;
    let ada = town.be("ada").await;
    let (_, submission) = town.handed_in("ada").await;
    assert_eq!(town.seated(&submission.id).await.len(), 1);
    assert!(read(&town.app, &ada, &submission.id).await.unwrap().untouched, "seated, and nothing scored");
    let Db::Sqlite { write, .. } = &town.app.db else { unreachable!() };
    sqlx::query(
        "INSERT INTO scores (panel_id, person_id, criterion_id, round, comment, at)
         SELECT panel_id, person_id, 'design', 'alone', '', 0 FROM seats",
    )
    .execute(write)
    .await
    .unwrap();
    assert!(!read(&town.app, &ada, &submission.id).await.unwrap().untouched);
    assert_eq!(code(take_back(&town.app, &ada, &submission.id).await), "being_assessed");
}

/// Decision 0041, as a table: who sees a draft, and who sees it handed in.
#[tokio::test]
async fn what_is_handed_in_is_seen_by_those_it_is_for_and_is_not_there_for_anyone_else() {
    let sandbox = crate::setup::sqlite().await;
    let town = Town::new(sandbox.db.clone()).await;
    town.add("aud").await;
    for role in [Role::Auditor, Role::Administrator, Role::Committee] {
        town.grant("aud", role, None).await;
    }
    let (enrolment, draft) = town.drafting("ada").await;
    mentor::give(&town.app, &town.be("oda").await, &enrolment.id, &town.id("mia").await).await.unwrap();
    let who = ["ada", "mia", "oda", "sol", "pat", "ned", "lin", "eve", "aud"];
    let seen = async || {
        let mut seen = Vec::new();
        for name in who {
            match read(&town.app, &town.be(name).await, &draft.id).await {
                Ok(whole) => seen.push((name, whole.viewer)),
                Err(ActionError::NotFound { what: "submission", .. }) => {}
                Err(other) => panic!("{name}: {other}"),
            }
        }
        seen
    };
    assert_eq!(seen().await, [("ada", Viewer::Learner), ("mia", Viewer::Mentor)]);
    let ada = town.be("ada").await;
    evidence::add(&town.app, &ada, &draft.id, &link()).await.unwrap();
    hand_in(&town.app, &ada, &draft.id, Some(text("Mine", draft.revision))).await.unwrap();
    let seated = town.seated(&draft.id).await;
    let drawn = if seated == ["sol"] { "sol" } else { "pat" };
    assert_eq!(seated, [drawn]);
    let all = [("ada", Viewer::Learner), ("mia", Viewer::Mentor), ("oda", Viewer::Owner), (drawn, Viewer::Seated)];
    assert_eq!(seen().await, all);
    for name in who.into_iter().filter(|name| *name != "ada") {
        let stranger = town.be(name).await;
        assert_eq!(code(save(&town.app, &stranger, &draft.id, text("Theirs", 2)).await), "no submission", "{name}");
        assert_eq!(code(hand_in(&town.app, &stranger, &draft.id, None).await), "no submission", "{name}");
        assert_eq!(code(take_back(&town.app, &stranger, &draft.id).await), "no submission", "{name}");
        assert_eq!(code(evidence::add(&town.app, &stranger, &draft.id, &link()).await), "no submission", "{name}");
        assert_eq!(code(begin(&town.app, &stranger, &enrolment.id).await), "no enrolment", "{name}");
    }
    town.leaves(drawn).await;
    assert_eq!(code(read(&town.app, &town.be(drawn).await, &draft.id).await), "unauthenticated");
}
