//! What the committee, the owner and the administrator of the pilot do: terms, proposals and votes, criteria that change, a badge
//! that is taken back, a draft, and work that all assessors score alike.

use super::{
    company::{
        BEATRIX, BOGDAN, CHIDINMA, DARIUSZ, ISABELA, KENJI, LEILANI, NGAIRE, PRIYA, SIOBHAN, TARIQ, THANDIWE, Who,
        email,
    },
    courses,
    pilot::{PRACTITIONER, PROGRAM},
    stage::{Stage, lost, sheet},
};
use crate::{
    actions::{
        ActionError,
        committee::{
            close,
            members::{Appointment, appoint, set_up},
            propose::{NewProposal, Wish, propose},
            vote::vote,
        },
        drafts,
        panel::calibrate,
        suspend::suspend_of_program,
    },
    domain::{
        actor::Actor,
        committee::{Committee, Vote},
    },
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use std::collections::HashMap;

#[derive(Clone, Copy, Debug)]
pub(super) enum Deed {
    /// Certificates of courses come as a file.
    Courses,
    SetsUp,
    /// Who sits until when, in days from now; in the place of an earlier term of theirs where there is one.
    Appoints(Who, i64),
    Proposes(Who, Motion),
    Votes(Who, Motion, Vote, &'static str),
    Closes(Who, Motion),
    KeepsMinutes(Who, Motion, &'static str),
    /// The owner keeps a draft of what is to come.
    Drafts,
    /// The owner has all assessors score work that was decided.
    MarksSample,
    ScoresSample(Who, [&'static str; 3]),
    /// The owner takes a badge of the first level back for a while.
    Suspends(Who, &'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Motion {
    Conversation,
    Criteria,
    Revocation,
    Load,
}

use Deed::*;

/// How many days ago, and what.
pub(super) const DEEDS: &[(i64, Deed)] = &[
    (999, SetsUp),
    (998, Appoints(SIOBHAN, -165)),
    (998, Appoints(BEATRIX, -165)),
    (998, Appoints(NGAIRE, 41)),
    (500, Appoints(CHIDINMA, 230)),
    (430, Proposes(SIOBHAN, Motion::Conversation)),
    (428, Votes(SIOBHAN, Motion::Conversation, Vote::For, "")),
    (427, Votes(NGAIRE, Motion::Conversation, Vote::For, "An hour of talk tells more than ten pages.")),
    (425, Votes(CHIDINMA, Motion::Conversation, Vote::For, "")),
    (424, Votes(BEATRIX, Motion::Conversation, Vote::Abstain, "I was away for the discussion.")),
    (420, Closes(SIOBHAN, Motion::Conversation)),
    (
        419,
        KeepsMinutes(
            SIOBHAN,
            Motion::Conversation,
            "We asked four people who had been before a panel. All of them would have liked to be asked more.",
        ),
    ),
    (172, Appoints(SIOBHAN, 565)),
    (172, Appoints(BEATRIX, 565)),
    (100, MarksSample),
    (93, ScoresSample(KENJI, ["Exemplary", "Exemplary", "Solid"])),
    (91, ScoresSample(TARIQ, ["Exemplary", "Solid", "Solid"])),
    (86, ScoresSample(ISABELA, ["Solid", "Exemplary", "Solid"])),
    (60, Proposes(PRIYA, Motion::Criteria)),
    (57, Votes(SIOBHAN, Motion::Criteria, Vote::For, "")),
    (55, Votes(BEATRIX, Motion::Criteria, Vote::For, "Overdue: a third of our readers zoom to 200 percent.")),
    (54, Votes(NGAIRE, Motion::Criteria, Vote::Against, "Right in itself, and too soon for those half-way.")),
    (51, Votes(CHIDINMA, Motion::Criteria, Vote::For, "With half a year for those under way, yes.")),
    (48, Closes(BEATRIX, Motion::Criteria)),
    (
        47,
        KeepsMinutes(
            BEATRIX,
            Motion::Criteria,
            "Accepted by three to one. Whoever is under way has half a year to finish as they began; Priya writes to them.",
        ),
    ),
    (36, Proposes(BEATRIX, Motion::Revocation)),
    (35, Suspends(BOGDAN, "The committee looks at whose work it was.")),
    (33, Votes(BEATRIX, Motion::Revocation, Vote::For, "")),
    (31, Votes(SIOBHAN, Motion::Revocation, Vote::For, "I have read both versions. I am sorry for it.")),
    (29, Votes(NGAIRE, Motion::Revocation, Vote::For, "")),
    (26, Votes(CHIDINMA, Motion::Revocation, Vote::Recused, "I sat on the panel.")),
    (23, Closes(SIOBHAN, Motion::Revocation)),
    (11, Suspends(LEILANI, "Two of the figures from use are counted again. Until that is done it does not count.")),
    (7, Proposes(NGAIRE, Motion::Load)),
    (6, Votes(NGAIRE, Motion::Load, Vote::For, "")),
    (
        4,
        Votes(
            CHIDINMA,
            Motion::Load,
            Vote::Against,
            "Four a quarter is what I do now, and it is fine. Six would be my limit.",
        ),
    ),
    (5, Drafts),
];

/// What the committee and the owner have under way.
#[derive(Default)]
pub(super) struct Desk {
    terms: HashMap<Who, String>,
    proposals: HashMap<Motion, String>,
    sample: Option<String>,
}

impl Desk {
    pub(super) async fn play(
        &mut self,
        stage: &mut Stage<'_>,
        (days_ago, deed): (i64, Deed),
        (now, zone): (Timestamp, &TimeZone),
    ) -> Result<(), ActionError> {
        let app = stage.app();
        match deed {
            Courses => courses::give(app, &Actor::Operator, days_ago, zone).await?,
            SetsUp => {
                let committee = Committee { program_id: PROGRAM.to_owned(), quorum: 3, days: 14 };
                set_up(app, &stage.person(THANDIWE).await?, &committee).await?;
            }
            Appoints(who, until) => self.appoint(stage, who, until, now).await?,
            Proposes(who, motion) => {
                let new = new_proposal(stage, motion, (now, zone))?;
                let proposal = propose(app, &stage.person(who).await?, &new).await?;
                self.proposals.insert(motion, proposal.id);
            }
            Votes(who, motion, how, words) => {
                vote(app, &stage.person(who).await?, self.proposal(motion)?, how, words).await?;
            }
            Closes(who, motion) => {
                close::close(app, &stage.person(who).await?, self.proposal(motion)?).await?;
            }
            KeepsMinutes(who, motion, words) => {
                close::keep_minutes(app, &stage.person(who).await?, self.proposal(motion)?, words).await?;
            }
            Drafts => {
                let file = program(now, zone)?.replace("at least two hours", "at least four hours");
                drafts::begin(app, &stage.person(PRIYA).await?, PROGRAM, &file).await?;
            }
            MarksSample => {
                let panel = stage.panel_of(DARIUSZ, PRACTITIONER).await?;
                let title = "An archive, moved: where two assessors were far apart";
                self.sample = Some(calibrate::mark(app, &stage.person(PRIYA).await?, &panel.id, title).await?);
            }
            Suspends(who, reason) => {
                let (owner, badge) = (stage.person(PRIYA).await?, stage.award(who, PRACTITIONER)?.to_owned());
                suspend_of_program(app, &owner, PROGRAM, &badge, reason).await?;
            }
            ScoresSample(who, grades) => {
                let sample = self.sample.as_deref().ok_or_else(|| lost("sample"))?;
                calibrate::hand_in(app, &stage.person(who).await?, sample, &sheet(grades)).await?;
            }
        }
        Ok(())
    }

    async fn appoint(
        &mut self,
        stage: &mut Stage<'_>,
        who: Who,
        until: i64,
        now: Timestamp,
    ) -> Result<(), ActionError> {
        let app = stage.app();
        let ends_at = later(now, until)?;
        let follows = self.terms.get(&who).cloned();
        // A term that follows begins where the one before ends.
        let starts_at = if follows.is_some() { later(now, -165)? } else { app.clock.now() };
        let appointment = Appointment { program: PROGRAM.to_owned(), who: email(who), starts_at, ends_at, follows };
        let term = appoint(app, &stage.person(THANDIWE).await?, &appointment).await?;
        self.terms.insert(who, term.id);
        stage.roles_changed();
        Ok(())
    }

    fn proposal(&self, motion: Motion) -> Result<&str, ActionError> {
        self.proposals.get(&motion).map(String::as_str).ok_or_else(|| lost("proposal"))
    }
}

fn new_proposal(
    stage: &Stage<'_>,
    motion: Motion,
    (now, zone): (Timestamp, &TimeZone),
) -> Result<NewProposal, ActionError> {
    let (title, reason, wish) = match motion {
        Motion::Conversation => (
            "Every panel talks with the learner before it settles",
            "What is written shows the work. Whether someone can do it again shows in an hour of questions.",
            Wish::Policy("Every panel talks with the learner for at least an hour before it settles.\n\nThe questions are theirs to choose.".to_owned()),
        ),
        Motion::Criteria => (
            "What we build can be used by everyone",
            "Four of the last ten incidents were maps that somebody could not read. Our criteria do not ask for it yet.",
            Wish::Criteria(criteria(now, zone)?),
        ),
        Motion::Revocation => (
            "Take back the badge of Bogdan Petrescu",
            "The submitted work turned out to be someone else's.",
            Wish::Revocation(stage.award(BOGDAN, PRACTITIONER)?.to_owned()),
        ),
        Motion::Load => (
            "Nobody sits on more than four panels a quarter",
            "Three panels were late this year, and each time because the same people were asked.",
            Wish::Policy("Nobody sits on more than **four** panels a quarter.\n\nWhoever has sat on four is drawn again from the first day of the next.".to_owned()),
        ),
    };
    Ok(NewProposal { program: PROGRAM.to_owned(), title: title.to_owned(), reason: reason.to_owned(), wish })
}

/// The program as it was first published. Its days follow from now, so that one review is always due and others are not.
pub(super) fn program(now: Timestamp, zone: &TimeZone) -> Result<String, ActionError> {
    let day = |days: i64| later(now, days).map(|at| at.to_zoned_datetime(zone.clone()).date().to_string());
    let text = include_str!("software-craft.toml");
    Ok(text.replace("@review", &day(210)?).replace("@overdue", &day(-12)?))
}

/// The same with what the committee was asked for: it begins a month ago.
fn criteria(now: Timestamp, zone: &TimeZone) -> Result<String, ActionError> {
    let begins = later(now, -30)?.to_zoned_datetime(zone.clone()).date();
    let text = program(now, zone)?
        .replace("# @practitioner\n", include_str!("readable.toml"))
        .replace("# @professional\n", include_str!("readable.toml"));
    Ok(format!("{text}\n[release]\nstarts = \"{begins}\"\ntransition = \"P6M\"\n"))
}

fn later(now: Timestamp, days: i64) -> Result<Timestamp, ActionError> {
    now.checked_add(SignedDuration::from_hours(24 * days)).map_err(ActionError::internal)
}
