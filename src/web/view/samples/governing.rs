//! The pages of those who run and govern a program.

use super::*;
use crate::domain::actor::{Grant, Member, Role};
use crate::domain::committee::{TermStands, Vote};
use crate::domain::field::FieldError;
use crate::domain::renewal::{Stand, Turn};
use crate::domain::{art::Colour, certificate_look::LookRequest, designer::Choice};

pub(super) fn pages() -> Vec<(String, askama::Result<String>)> {
    let at_page = |path: &str| Site {
        signed_in: Some(SignedIn::of(&Member {
            id: "p".into(),
            name: NAMES[0].into(),
            grants: [Role::Owner, Role::Committee].map(|role| Grant { role, program: None }).into(),
            manages: false,
        })),
        csrf: "0".repeat(64),
        ..site(path)
    };
    let program = || Link::new("Software Craft", "/programs/software-craft");
    let level = |step: usize, on_the_way: Vec<(i64, u64)>| RunLevel {
        level: Link::new(LEVELS[step], "/achievements/software-craft.x"),
        version: 2,
        history_url: "/achievements/software-craft.x/versions".into(),
        on_the_way,
        review_by: [None, "2026-10-31".parse().ok(), "2027-06-30".parse().ok()][step],
        coming: if step == 1 { coming() } else { Vec::new() },
    };
    let run = RunPage {
        site: at_page("/run/software-craft"),
        program: program(),
        queue_url: "/run/software-craft/queue".into(),
        renewals_url: "/run/software-craft/renewals".into(),
        suspensions_url: "/run/software-craft/suspensions".into(),
        look_url: "/run/software-craft/certificate".into(),
        designer_url: "/run/software-craft/designer".into(),
        given_url: "/run/software-craft/badges/zip".into(),
        given_levels: vec![("software-craft.master".into(), "Master".into())],
        levels: vec![level(0, vec![(2, 14)]), level(1, vec![(2, 5), (1, 3)]), level(2, Vec::new())],
        drafts: vec![DraftRow {
            url: "/run/software-craft/drafts/1".into(),
            author: LONG_NAME.into(),
            updated: at("2026-11-20T09:00:00Z"),
        }],
        new_draft_url: "/run/software-craft/drafts/new".into(),
        proposals: Some(proposals()),
    };
    let look = LookPage {
        site: at_page("/run/software-craft/certificate"),
        id: "software-craft".into(),
        name: "Software Craft".into(),
        typed: LookRequest {
            accent: "#2b5c8a".into(),
            paper: "letter".into(),
            words_en: "earned by".into(),
            signatory: LONG_NAME.into(),
            ..LookRequest::default()
        },
        signed: true,
        faults: vec![FieldError::new("accent", "is too pale to be read")],
    };
    let suspended = |id: &str, reason: Option<&str>, own| SuspendedRow {
        id: id.into(),
        person: LONG_NAME.into(),
        level: LONG_TITLE.into(),
        since: at("2026-11-20T09:00:00Z"),
        reason: reason.map(str::to_owned),
        url: reason.map(|_| "/certifications/x".into()),
        own,
    };
    let suspensions = SuspensionsPage {
        site: at_page("/run/software-craft/suspensions"),
        program: program(),
        url: "/run/software-craft/suspensions".into(),
        run_url: "/run/software-craft".into(),
        rows: vec![
            suspended("a", Some("What it was given for is looked at again.\nUntil then it counts no more."), false),
            suspended("b", None, true),
        ],
        more: Some(200),
        badge: LONG_TITLE.into(),
        reason: "Typed".into(),
        faults: vec![FieldError::new("badge", "is no badge of this program"), FieldError::new("reason", "is missing")],
    };
    let drawn = Choice::first(Colour::default());
    let designer = DesignerPage {
        site: at_page("/run/software-craft/designer"),
        program: Link::new("Software Craft", "/run/software-craft"),
        levels: vec![("software-craft.master".into(), LONG_NAME.into())],
        level: String::new(),
        typed: drawn.asked(),
        drawn,
        faults: vec![FieldError::new("sign", "there is no sign “<b>”")],
    };
    let awaiting = |name: &str, waits: &[(Waits, i64)], going_on: [i64; 3]| AwaitingRow {
        program: Link::new(name, "/run/software-craft"),
        waits: waits.iter().map(|(what, count)| (*what, *count, "/run/software-craft/queue".to_owned())).collect(),
        under_way: [
            (Waits::Learners, going_on[0], "/me/learners?program=software-craft".to_owned()),
            (Waits::Panels, going_on[1], "/run/software-craft/queue".to_owned()),
            (Waits::Renewals, going_on[2], "/run/software-craft/renewals".to_owned()),
        ],
    };
    let pressing =
        [(Waits::Appeals, 1), (Waits::SecondLooks, 2), (Waits::Short, 1), (Waits::Overdue, 3), (Waits::Mentors, 4)];
    let runs = RunsPage {
        site: at_page("/run"),
        programs: vec![
            awaiting("Software Craft", &pressing, [22, 6, 3]),
            awaiting(LONG_TITLE, &[(Waits::Mentors, 1)], [1, 1, 1]),
            awaiting("Field Mapping", &[], [0, 0, 0]),
        ],
        next_url: Some("/run?after=field-mapping".into()),
    };
    let draft = |faults: Vec<FieldError>| DraftPage {
        site: at_page("/run/software-craft/drafts/1"),
        program: program(),
        url: "/run/software-craft/drafts/1".into(),
        is_new: false,
        file: "id = \"software-craft\"\nname = \"Software Craft\"\n".into(),
        levels: if faults.is_empty() { level_changes() } else { Vec::new() },
        faults,
        governed: true,
        proposing: false,
        title: String::new(),
        reason: String::new(),
    };
    let fault = FieldError::new("levels[1].requirements[2].level", "“craft.nobody” is no level that is published");
    let term = |n: usize, stands| TermRow {
        name: NAMES[n].into(),
        from: at("2025-01-01T00:00:00Z"),
        until: at("2027-01-01T00:00:00Z"),
        stands,
    };
    let committee = CommitteePage {
        site: at_page("/govern/software-craft"),
        program: program(),
        quorum: 3,
        days: 14,
        terms: vec![
            term(0, TermStands::Running),
            term(3, TermStands::Ending),
            term(4, TermStands::Overdue),
            term(5, TermStands::Followed),
        ],
        proposals: proposals(),
        more_url: None,
        propose_url: Some("/govern/software-craft/propose".into()),
    };
    let propose = ProposePage {
        site: at_page("/govern/software-craft/propose"),
        program: program(),
        url: "/govern/software-craft/propose".into(),
        kind: "policy".into(),
        title: "Be kind".into(),
        reason: String::new(),
        content: String::new(),
        faults: vec![FieldError::new("reason", "is missing: give at least one character")],
    };
    let vote = |n: usize, vote, comment: Option<&str>| VoteRow {
        name: NAMES[n].into(),
        vote,
        comment: comment.map(str::to_owned),
        out_of_term: n == 5,
    };
    let proposal = ProposalPage {
        site: at_page("/govern/software-craft/proposals/1"),
        program: program(),
        url: "/govern/software-craft/proposals/1".into(),
        title: "Two pieces of work instead of one".into(),
        kind: "criteria",
        state: "open",
        closes: at("2026-12-08T12:00:00Z"),
        closed: None,
        proposer: NAMES[1].into(),
        reason: "One piece says too little of how someone works.".into(),
        policy_html: None,
        badge: None,
        levels: level_changes(),
        faults: Vec::new(),
        failure: None,
        quorum: 3,
        votes: vec![
            vote(0, None, None),
            vote(3, Some(Vote::For), None),
            vote(4, Some(Vote::Recused), Some("I wrote it.")),
            vote(5, None, None),
        ],
        count: None,
        minutes_html: None,
        own: Some(None),
        may: May { vote: true, close: false, withdraw: true, keep_minutes: false },
        problem: None,
        comment: String::new(),
        minutes: String::new(),
    };
    let renewal = |n: usize, stand, ends: &str, under_way| RenewalRow {
        person: NAMES[n].into(),
        way_url: Some("/me/learners/1".to_owned()).filter(|_| under_way),
        level: LEVELS[n % 3].into(),
        certification_url: Some("/certifications/1".into()),
        next: Next { stand, ends: at(ends), under_way },
    };
    let renewals = RenewalsPage {
        site: at_page("/run/software-craft/renewals"),
        program: Link::new("Software Craft", "/run/software-craft"),
        path: "/run/software-craft/renewals".into(),
        turn: Turn::Due,
        level: String::new(),
        levels: LEVELS.iter().map(|name| (name.to_lowercase(), (*name).to_owned())).collect(),
        rows: vec![
            renewal(0, Stand::Grace { last: at("2026-12-12T12:00:00Z") }, "2026-11-12T12:00:00Z", false),
            renewal(3, Stand::Open { end: at("2026-12-20T12:00:00Z") }, "2026-12-20T12:00:00Z", true),
            renewal(4, Stand::Lapsed, "2026-02-20T12:00:00Z", false),
            renewal(5, Stand::NotYet { opens: at("2027-03-01T12:00:00Z") }, "2027-06-01T12:00:00Z", false),
            renewal(7, Stand::NotYet { opens: at("2027-06-01T12:00:00Z") }, "2027-06-01T12:00:00Z", false),
        ],
        next_url: Some("/run/software-craft/renewals?after=1".into()),
        csv_url: "/run/software-craft/renewals/csv".into(),
    };
    vec![
        ("renewals".into(), renewals.render()),
        ("runs".into(), runs.render()),
        ("run".into(), run.render()),
        ("look".into(), look.render()),
        ("suspensions".into(), suspensions.render()),
        ("designer".into(), designer.render()),
        ("draft".into(), draft(Vec::new()).render()),
        ("draft-faults".into(), draft(vec![fault]).render()),
        ("committee".into(), committee.render()),
        ("propose".into(), propose.render()),
        ("proposal".into(), proposal.render()),
    ]
}

fn proposals() -> Vec<ProposalRow> {
    let row = |title: &str, kind, state| ProposalRow {
        url: Some("/govern/software-craft/proposals/1".into()),
        title: title.into(),
        kind,
        state,
        closes: at("2026-12-08T12:00:00Z"),
        closed: (state != "open").then(|| at("2026-11-20T09:00:00Z")),
    };
    vec![
        row("Two pieces of work instead of one", "criteria", "open"),
        row("Work older than two years is not looked at any more", "policy", "accepted"),
        row(LONG_NAME, "revocation", "failed"),
    ]
}

fn level_changes() -> Vec<LevelChanges> {
    let before = LevelContent { criteria: "- One piece of work in use.\n- A design note.".into(), ..content() };
    let changes = changes(&before, &content(), &|what| said(&Text::english(), what));
    vec![
        LevelChanges { name: "Professional".into(), changes: Some(changes) },
        LevelChanges { name: "Principal".into(), changes: None },
    ]
}
