//! Committees, their terms, proposals and votes.

use crate::setup::{cast, on_both_engines};
use cast::{FIRST, PROGRAM, day};
use laurel::{
    domain::committee::{Committee, Matter, Proposal, ProposalState, Seat, Term, Vote},
    store::{
        Conn, Db, StoreError, committees,
        drafts::{self, Draft},
        proposals,
    },
};

fn term(id: &str, person: &str, from: i64, until: i64, follows: Option<&str>) -> Term {
    Term {
        id: id.into(),
        program_id: PROGRAM.into(),
        person_id: person.into(),
        starts_at: day(from),
        ends_at: day(until),
        follows: follows.map(str::to_owned),
    }
}

fn proposal(id: &str, matter: Matter, by: &str, at: i64) -> Proposal {
    Proposal {
        id: id.into(),
        program_id: PROGRAM.into(),
        matter,
        title: format!("Title of {id}"),
        reason: "Because.".into(),
        state: ProposalState::Open,
        proposed_by: by.into(),
        opened_at: day(at),
        closes_at: day(at + 14),
        closed_at: None,
        failure: None,
        minutes: None,
    }
}

fn policy() -> Matter {
    Matter::Policy { text: "Be kind.".into() }
}

fn seat(person: &str, vote: Option<Vote>) -> Seat {
    Seat { person_id: person.into(), vote, comment: None }
}

/// A committee of Ada and Bob; their ids.
async fn seated(db: &Db) -> (Conn, String, String) {
    cast::company(db).await;
    let mut conn = db.write().await.unwrap();
    let ada = cast::person(&mut conn, "Ada", None).await.id;
    let bob = cast::person(&mut conn, "Bob", None).await.id;
    let committee = Committee { program_id: PROGRAM.into(), quorum: 2, days: 14 };
    committees::put(&mut conn, &committee, day(0), "operator").await.unwrap();
    committees::add_term(&mut conn, &term("t1", &ada, 0, 100, None)).await.unwrap();
    committees::add_term(&mut conn, &term("t2", &bob, 10, 50, None)).await.unwrap();
    (conn, ada, bob)
}

on_both_engines! {
    async fn those_sit_whose_term_runs(db: Db) {
        let (mut conn, ada, bob) = seated(&db).await;
        let rule = committees::get(&mut conn, PROGRAM).await.unwrap().unwrap();
        assert_eq!((rule.quorum, rule.days), (2, 14));
        assert_eq!(committees::get(&mut conn, "none").await.unwrap(), None);
        assert_eq!(committees::in_term(&mut conn, PROGRAM, day(5)).await.unwrap(), std::slice::from_ref(&ada));
        assert_eq!(committees::in_term(&mut conn, PROGRAM, day(10)).await.unwrap(), [ada.clone(), bob.clone()]);
        assert_eq!(committees::in_term(&mut conn, PROGRAM, day(50)).await.unwrap(), std::slice::from_ref(&ada));
        assert_eq!(committees::of_person(&mut conn, &bob, day(20)).await.unwrap(), [PROGRAM]);
        assert_eq!(committees::of_person(&mut conn, &bob, day(60)).await.unwrap(), Vec::<String>::new());
        assert!(committees::end_term(&mut conn, "t1", day(20)).await.unwrap());
        assert!(!committees::end_term(&mut conn, "t1", day(30)).await.unwrap(), "it is over");
        assert_eq!(committees::in_term(&mut conn, PROGRAM, day(20)).await.unwrap(), [bob]);
    }

    async fn a_term_has_one_follower_and_its_end_is_announced_once(db: Db) {
        let (mut conn, ada, bob) = seated(&db).await;
        let ending = committees::unannounced(&mut conn, day(60)).await.unwrap();
        assert_eq!(ending.iter().map(|term| term.id.as_str()).collect::<Vec<_>>(), ["t2"]);
        assert!(committees::announced(&mut conn, "t2", day(30)).await.unwrap());
        assert!(!committees::announced(&mut conn, "t2", day(31)).await.unwrap());
        assert_eq!(committees::unannounced(&mut conn, day(60)).await.unwrap(), []);
        committees::add_term(&mut conn, &term("t3", &ada, 100, 200, Some("t2"))).await.unwrap();
        let members = committees::members(&mut conn, PROGRAM).await.unwrap();
        let told: Vec<_> = members.iter().map(|member| (member.term.id.as_str(), member.followed)).collect();
        assert_eq!(told, [("t3", false), ("t1", false), ("t2", true)]);
        let third = committees::term(&mut conn, "t3").await.unwrap().unwrap();
        assert_eq!(third.follows.as_deref(), Some("t2"));
        let twice = committees::add_term(&mut conn, &term("t4", &bob, 200, 300, Some("t2"))).await.unwrap_err();
        let StoreError::Taken { constraint } = twice else { panic!("{twice:?}") };
        assert_eq!(constraint, "committee_terms_follows_key");
    }

    async fn a_vote_can_be_changed_but_nobody_comes_back_from_a_recusal(db: Db) {
        let (mut conn, ada, bob) = seated(&db).await;
        let seats = [seat(&ada, None), seat(&bob, Some(Vote::Recused))];
        let opened = proposal("p", policy(), &ada, 10);
        proposals::insert(&mut conn, &opened, &seats).await.unwrap();
        assert_eq!(proposals::get(&mut conn, "p").await.unwrap(), Some(opened));
        assert!(proposals::vote(&mut conn, "p", &ada, Vote::For, None, day(11)).await.unwrap());
        assert!(proposals::vote(&mut conn, "p", &ada, Vote::Against, Some("No."), day(12)).await.unwrap());
        assert!(!proposals::vote(&mut conn, "p", &bob, Vote::For, None, day(12)).await.unwrap());
        assert!(!proposals::vote(&mut conn, "p", "nobody", Vote::For, None, day(12)).await.unwrap());
        let voters = proposals::voters(&mut conn, "p").await.unwrap();
        let votes: Vec<_> = voters.iter().map(|voter| (voter.name.as_str(), voter.seat.vote)).collect();
        assert_eq!(votes, [("Ada", Some(Vote::Against)), ("Bob", Some(Vote::Recused))]);
        assert_eq!(voters[0].seat.comment.as_deref(), Some("No."));
    }

    async fn a_draft_is_kept_as_it_was_handed_in(db: Db) {
        let (mut conn, ada, _) = seated(&db).await;
        let draft = |id: &str, at| Draft {
            id: id.into(),
            program_id: PROGRAM.into(),
            file: "id = ".into(),
            author_id: ada.clone(),
            created_at: day(at),
            updated_at: day(at),
        };
        for (id, at) in [("d1", 1), ("d2", 2), ("d3", 3)] {
            drafts::insert(&mut conn, &draft(id, at)).await.unwrap();
        }
        assert!(drafts::save(&mut conn, "d1", "id = 2", day(4)).await.unwrap());
        assert!(!drafts::save(&mut conn, "none", "id = 2", day(4)).await.unwrap());
        let kept = drafts::get(&mut conn, "d1").await.unwrap().unwrap();
        assert_eq!((kept.file.as_str(), kept.created_at, kept.updated_at), ("id = 2", day(1), day(4)));
        let listed = drafts::of_program(&mut conn, PROGRAM, 2).await.unwrap();
        let listed: Vec<_> = listed.iter().map(|one| (one.id.as_str(), one.author.as_str())).collect();
        assert_eq!(listed, [("d1", "Ada"), ("d3", "Ada")]);
        assert!(drafts::remove(&mut conn, "d2").await.unwrap() && !drafts::remove(&mut conn, "d2").await.unwrap());
        assert_eq!(drafts::get(&mut conn, "d2").await.unwrap(), None);
    }

    async fn a_proposal_ends_once_and_what_it_was_about_stays(db: Db) {
        let (mut conn, ada, _) = seated(&db).await;
        let criteria = Matter::Criteria { file: "id = 1".into(), based_on: vec![(FIRST.into(), 1)] };
        let holder = cast::person(&mut conn, "Cy", None).await;
        cast::awarded(&mut conn, "award", &holder, FIRST).await;
        let revocation = Matter::Revocation { award: "award".into() };
        for (id, matter, at) in [("p1", criteria.clone(), 10), ("p2", revocation.clone(), 11), ("p3", policy(), 12)] {
            proposals::insert(&mut conn, &proposal(id, matter, &ada, at), &[]).await.unwrap();
        }
        assert_eq!(proposals::due(&mut conn, day(25)).await.unwrap(), ["p1", "p2"]);
        assert!(proposals::hold_open(&mut conn, "p1").await.unwrap());
        assert!(!proposals::keep_minutes(&mut conn, "p1", "So it was.", &ada, day(24)).await.unwrap(), "it is open");
        let failed = ProposalState::Failed;
        assert!(proposals::close(&mut conn, "p1", failed, Some("too late"), day(24)).await.unwrap());
        assert!(!proposals::close(&mut conn, "p1", ProposalState::Accepted, None, day(25)).await.unwrap());
        assert!(!proposals::hold_open(&mut conn, "p1").await.unwrap());
        assert!(proposals::keep_minutes(&mut conn, "p1", "So it was.", &ada, day(25)).await.unwrap());
        assert!(!proposals::keep_minutes(&mut conn, "p1", "Or so.", &ada, day(26)).await.unwrap());
        let first = proposals::get(&mut conn, "p1").await.unwrap().unwrap();
        assert_eq!((first.matter, first.failure.as_deref()), (criteria, Some("too late")));
        assert_eq!((first.minutes.as_deref(), first.closed_at), (Some("So it was."), Some(day(24))));
        assert_eq!(proposals::get(&mut conn, "p2").await.unwrap().unwrap().matter, revocation);
        assert_eq!(proposals::policies(&mut conn, PROGRAM).await.unwrap(), []);
        assert!(proposals::close(&mut conn, "p3", ProposalState::Accepted, None, day(26)).await.unwrap());
        assert_eq!(proposals::policies(&mut conn, PROGRAM).await.unwrap()[0].id, "p3");
        let page = proposals::of_program(&mut conn, PROGRAM, None, 2).await.unwrap();
        assert_eq!(page.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["p3", "p2"]);
        let rest = proposals::of_program(&mut conn, PROGRAM, Some((page[1].opened_at, "p2")), 2).await.unwrap();
        assert_eq!(rest.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["p1"]);
    }
}
