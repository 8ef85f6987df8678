//! The pages of panels with made-up data.

use askama::Template;

use super::samples::{LONG_NAME, at, content, site};
use super::*;
use crate::domain::actor::{Grant, Member, Role};
use crate::domain::evidence::{Body, Evidence, StoredFile};
use crate::domain::panel::Lacking;
use crate::web::text::Text;

type Rendered = (String, askama::Result<String>);

pub fn pages() -> Vec<Rendered> {
    let mut german = panel(Turn::Score);
    german.site.text = Text::german();
    // The words are looked at as they are in a page; the language of the frame stays English for the tests.
    let german = german.render().map(|html| html.replace("<html lang=\"de\">", "<html lang=\"en\">"));
    vec![
        ("assess".into(), queue(true).render()),
        ("assess-empty".into(), queue(false).render()),
        ("assess-score".into(), panel(Turn::Score).render()),
        ("assess-score-german".into(), german),
        ("assess-others".into(), panel(Turn::Others).render()),
        ("assess-settle".into(), panel(Turn::Settle).render()),
        ("assess-decide".into(), panel(Turn::Decide).render()),
        ("assess-decided".into(), panel(Turn::Decided).render()),
        ("run-queue".into(), program().render()),
        ("run-panel".into(), overview().render()),
        ("decisions".into(), decisions().render()),
        ("decision".into(), decision_page().render()),
    ]
}

fn own(path: &str) -> Site {
    let grants = vec![Grant { role: Role::Assessor, program: None }, Grant { role: Role::Owner, program: None }];
    let member = Member { id: "p".into(), name: "Priya Raghunathan".into(), grants, manages: false };
    Site { signed_in: Some(SignedIn::of(&member)), csrf: "0".repeat(64), ..site(path) }
}

fn queue(full: bool) -> QueuePage {
    let row = |learner: &str, turn, due, on_appeal| QueueRow {
        url: "/assess/0h7k2m9q4t6v8x1z3b5d7f9g1j".into(),
        learner: learner.into(),
        level: "Professional".into(),
        program: "Software Craft".into(),
        due: at(due),
        turn,
        on_appeal,
    };
    let rows = vec![
        row("Ana Lindqvist", Turn::Score, "2026-11-20T12:00:00Z", false),
        row(LONG_NAME, Turn::Settle, "2026-11-30T12:00:00Z", false),
        row("Jun Watanabe", Turn::Others, "2026-12-08T12:00:00Z", true),
    ];
    QueuePage {
        site: own("/assess"),
        rows: if full { rows } else { Vec::new() },
        samples: vec![Link::new("The plan of a move", "/assess/samples/x")],
    }
}

fn work() -> WorkShown {
    let one = |id: &str, title: &str, body| Evidence {
        id: id.into(),
        submission_id: "s".into(),
        position: 1,
        title: title.into(),
        note: "What changed, and how we knew.".into(),
        public: false,
        body,
        created_at: at("2026-11-20T12:00:00Z"),
    };
    let file = StoredFile {
        name: "streaming-migration-review-with-figures-and-what-was-left-out.pdf".into(),
        sha256: Some("0".repeat(64)),
        ..StoredFile::default()
    };
    WorkShown {
        statement: "I led the move of the tile service to streaming.\n\nWhat I would do again: write the note first."
            .into(),
        evidence: vec![
            one("a", "The review of the migration", Body::File(file)),
            one(
                "b",
                "The design note",
                Body::Link { url: "https://work.example/northwind/tile-service/notes/streaming".into() },
            ),
            one("c", "What we feared", Body::Text { text: "That nobody would notice when it stopped.".into() }),
            one("d", "An hour with the team", Body::Session { held_on: "2026-11-18".parse().expect("a date") }),
        ],
    }
}

fn panel(turn: Turn) -> PanelPage {
    let content = content();
    let rubric = content.rubric.expect("a rubric");
    let seen = matches!(turn, Turn::Settle | Turn::Decide | Turn::Decided);
    let score = |name: &str, own, grade: &str, settled: Option<&str>| MemberScore {
        name: name.into(),
        own,
        grade: grade.into(),
        comment: "The figures can be run again, and two of them were. One test says only that it works.".into(),
        settled: settled.map(|grade| (grade.to_owned(), "The second figure convinced me.".to_owned())),
    };
    let chosen = |n: usize| (n == 0 || turn != Turn::Score).then(|| "Solid".to_owned());
    let criteria = rubric.criteria.iter().enumerate().map(|(n, criterion)| CriterionSheet {
        comment: if n == 0 { "The figures can be run again.".into() } else { String::new() },
        grade_fault: turn == Turn::Score && n == 1,
        comment_fault: turn == Turn::Score && n == 1,
        all: if seen {
            vec![
                score("Priya Raghunathan", true, "Solid", None),
                score(LONG_NAME, false, "Emerging", Some("Solid")),
                score("Olu Adeyemi", false, "Exemplary", None),
            ]
        } else {
            Vec::new()
        },
        panel_grade: seen.then(|| "Solid".to_owned()),
        ..CriterionSheet::of(&rubric, criterion, chosen(n).as_ref())
    });
    PanelPage {
        site: own("/assess/x"),
        url: "/assess/x".into(),
        learner: "Ana Lindqvist".into(),
        level: "Professional".into(),
        level_url: "/achievements/software-craft.professional/versions/1".into(),
        program: "Software Craft".into(),
        due: at("2026-12-08T12:00:00Z"),
        turn,
        work: work(),
        appeal: (turn == Turn::Settle).then(|| "The second change is in the plan, on its last page.".to_owned()),
        returned: (turn == Turn::Decide).then(|| "Please say what the plan shows.".to_owned()),
        criteria: criteria.collect(),
        scored: (if seen { 3 } else { 1 }, 3),
        naming: Some(false),
        settling: seen.then(|| Settling {
            members: vec![("Priya Raghunathan".into(), turn == Turn::Decide), (LONG_NAME.into(), true)],
            passes: turn != Turn::Decide,
            second_look: false,
            reason: String::new(),
            missing: String::new(),
            missing_by: String::new(),
            faults: vec!["missing_by"],
        }),
        decision: (turn == Turn::Decided).then(|| decided(true)),
        faulty: turn == Turn::Score,
    }
}

fn decided(passes: bool) -> DecisionShown {
    let found = |criterion: &str, grade: &str| {
        (
            criterion.to_owned(),
            grade.to_owned(),
            "Two figures that others can run, and one that says only that it works.".to_owned(),
        )
    };
    DecisionShown {
        passes,
        is_final: true,
        reason: "We ran the figures again and talked with the team that uses the service.".into(),
        missing: (!passes)
            .then(|| ("A second change that someone else carried on.".into(), at("2027-06-30T21:59:59Z"))),
        found: vec![
            found("Knows that it works", "Solid"),
            found("Writes designs that others can argue with", "Emerging"),
        ],
        badge_url: passes.then(|| "/badges/x".to_owned()),
    }
}

fn panel_row(learner: &str, lacking: Option<Lacking>, on_appeal: bool) -> PanelRow {
    PanelRow {
        url: "/run/software-craft/panels/x".into(),
        learner: learner.into(),
        level: "Professional".into(),
        due: at("2026-12-08T12:00:00Z"),
        scored: 1,
        seats: 3,
        settling: false,
        lacking,
        on_appeal,
    }
}

fn program() -> ProgramQueuePage {
    ProgramQueuePage {
        site: own("/run/software-craft/queue"),
        program: "Software Craft".into(),
        short: vec![panel_row(LONG_NAME, Some(Lacking { seats: 2, functions: 1 }), false)],
        overdue: vec![PanelRow { due: at("2026-11-20T12:00:00Z"), ..panel_row("Ana Lindqvist", None, false) }],
        second_looks: vec![PanelRow { settling: true, scored: 3, ..panel_row("Jun Watanabe", None, true) }],
        under_way: vec![panel_row("Freya Sørensen", None, false), panel_row("Olu Adeyemi", None, false)],
        appeals: vec![AppealRow {
            answer_url: "/run/software-craft/appeals/x/answer".into(),
            badge_url: "/badges/x".into(),
            learner: "Tomáš Dvořák".into(),
            level: "Master".into(),
            reason: "The work is mine; the dates show it.".into(),
            filed: at("2026-11-20T12:00:00Z"),
            outcome: String::new(),
            faulty: false,
        }],
    }
}

fn overview() -> PanelOverviewPage {
    let member = |name: &str, state| MemberRow {
        id: name.into(),
        name: name.into(),
        function: Some("Engineering".into()),
        state,
    };
    PanelOverviewPage {
        site: own("/run/software-craft/panels/x"),
        url: "/run/software-craft/panels/x".into(),
        queue_url: "/run/software-craft/queue".into(),
        program: "Software Craft".into(),
        learner: "Ana Lindqvist".into(),
        level: "Professional".into(),
        row: panel_row("Ana Lindqvist", Some(Lacking { seats: 1, functions: 1 }), false),
        open: true,
        members: vec![
            member("Priya Raghunathan", MemberState::AtIt),
            member(LONG_NAME, MemberState::Scored(at("2026-11-22T12:00:00Z"))),
            member("Olu Adeyemi", MemberState::Left("We are cousins.".into())),
        ],
        work: work(),
        appeal: None,
        decision: Some(DecisionShown { is_final: false, ..decided(true) }),
        can_be_sample: true,
        second_look: Some(Some("/run/software-craft/panels/x".into())),
        faulty: false,
    }
}

fn decisions() -> DecisionsPage {
    let row = |level: &str, passes| DecisionRow {
        url: "/me/decisions/x".into(),
        level: level.into(),
        passes,
        decided: at("2026-11-20T12:00:00Z"),
        on_appeal: passes,
    };
    DecisionsPage {
        site: own("/me/decisions"),
        decisions: vec![row("Professional", true), row("Professional", false)],
        revocations: vec![RevocationRow {
            level: "Practitioner".into(),
            badge_url: "/badges/x".into(),
            revoked: at("2026-11-20T12:00:00Z"),
            appeal: None,
            may: Some(("/me/revocations/x/appeal".into(), at("2026-12-20T12:00:00Z"))),
            faulty: true,
        }],
        conflicts: vec![(LONG_NAME.into(), "We share a flat.".into())],
        conflict: ConflictForm::default(),
    }
}

fn decision_page() -> DecisionPage {
    DecisionPage {
        site: own("/me/decisions/x"),
        url: "/me/decisions/x".into(),
        level: "Professional".into(),
        level_url: "/achievements/software-craft.professional/versions/1".into(),
        decided: at("2026-11-20T12:00:00Z"),
        on_appeal: false,
        decision: decided(false),
        appeal: Some(AppealShown {
            filed: at("2026-11-21T12:00:00Z"),
            standing: AppealStanding::Open,
            outcome: None,
            withdraw_url: Some("/me/appeals/x/withdraw".into()),
        }),
        appeal_until: None,
        reason: String::new(),
        faulty: false,
    }
}
