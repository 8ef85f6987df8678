//! Where others want to be told of what happens here, and what they are told.
//!
//! A message is written once, with what it tells about, and its bytes and id stay the same however often it is sent. It is tried ten
//! times over three days, by the schedule that Standard Webhooks names; an endpoint that took nothing in all that time is switched off.

use super::spelled::spelled;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// An endpoint that took nothing for so long is switched off when a message is given up.
pub const PATIENCE: SignedDuration = SignedDuration::from_hours(72);
/// After rotation both secrets sign for so long.
pub const OVERLAP: SignedDuration = SignedDuration::from_hours(24);
/// How long what was sent is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

const SECOND: i64 = 1;
const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;
/// How long is waited after each attempt that failed.
const WAITS: [i64; 9] =
    [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

spelled! {
    /// What stands at an endpoint.
    EndpointKind, none("a kind of endpoint"), {
        /// A program that takes signed messages as Standard Webhooks has them.
        Standard => "standard",
        /// An incoming webhook of Slack.
        Slack => "slack",
        /// A workflow of Microsoft Teams that takes an Adaptive Card.
        Teams => "teams",
    }
}

spelled! {
    /// What is told of.
    Topic, none("something that is told of"), {
        AwardIssued => "award.issued",
        /// A new award that extends one.
        AwardRenewed => "award.renewed",
        AwardRevoked => "award.revoked",
        /// Taken back until that is lifted.
        AwardSuspended => "award.suspended",
        /// A suspended one is good again, with a new credential under the same id.
        AwardResumed => "award.resumed",
        /// A revoked one is given again, after an appeal.
        AwardRestored => "award.restored",
        AwardExpired => "award.expired",
        /// Its holder shows it to others than before.
        AwardShown => "award.shown",
        /// Everything that tells of its holder is erased here: it is to be erased there too.
        AwardErased => "award.erased",
        /// New versions of levels, which may count from a later day.
        ProgramPublished => "program.published",
        /// Nothing has happened: whether messages arrive.
        Trial => "webhook.trial",
    }
}

spelled! {
    /// Of whose awards an endpoint is told.
    Audience, none("an audience"), {
        /// Those that everyone sees.
        Public => "public",
        /// Private ones too, with the id of their holder in the directory: for systems of the company's own.
        All => "all",
    }
}

spelled! {
    /// Why an endpoint is switched off.
    OffWhy, none("a reason"), {
        Asked => "asked",
        /// It answered with 410.
        Gone => "gone",
        Failing => "failing",
    }
}

fn none(what: &str) -> impl Fn(&str, &[&str]) -> String {
    move |text, known| format!("“{text}” is not {what}; use one of {}", known.join(", "))
}

impl Topic {
    /// What can be asked for: a trial always comes.
    pub fn choices() -> impl Iterator<Item = Topic> {
        Topic::ALL.iter().copied().filter(|topic| *topic != Topic::Trial)
    }

    /// What a chat celebrates.
    pub fn is_celebrated(self) -> bool {
        matches!(self, Topic::AwardIssued | Topic::AwardRenewed)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    pub id: String,
    pub kind: EndpointKind,
    /// What it is called here.
    pub name: String,
    /// Sealed by the vault.
    pub address: String,
    /// Its address without what lets others write to it.
    pub shown_as: String,
    /// Sealed by the vault; none for a chat.
    pub secret: Option<String>,
    /// The secret before, and until when it signs as well.
    pub old_secret: Option<(String, Timestamp)>,
    pub topics: Vec<Topic>,
    pub awards: Audience,
    /// It took nothing since then.
    pub failing_since: Option<Timestamp>,
    pub off: Option<(Timestamp, OffWhy)>,
    pub created_at: Timestamp,
    /// As `domain::actor::Actor::label` says it.
    pub created_by: String,
}

/// One message to one endpoint.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// `webhook-id`: the same each time it is sent.
    pub id: String,
    pub webhook_id: String,
    /// Whose award it tells about.
    pub person_id: Option<String>,
    pub topic: Topic,
    /// To the letter as it is sent.
    pub body: String,
    pub created_at: Timestamp,
    /// When it is tried next; none when it arrived or was given up.
    pub next_at: Option<Timestamp>,
    /// A begun one included.
    pub attempts: u32,
    pub delivered_at: Option<Timestamp>,
    pub last: Option<Attempt>,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    pub at: Timestamp,
    pub millis: u32,
    /// None when nothing was answered.
    pub status: Option<u16>,
    /// How the answer begins.
    pub answer: String,
    /// Why it failed, where no status says so.
    pub why: Option<String>,
}

impl Attempt {
    pub fn succeeded(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }
}

/// A message's body.
pub fn message(topic: Topic, at: Timestamp, data: &Value) -> String {
    json!({"type": topic.as_str(), "timestamp": at.to_string(), "data": data}).to_string()
}

/// How long is waited after so many attempts; none when that was the last. `chance` of 0 to 1 makes it up to a fifth longer, so that
/// what failed together doesn't come again together.
pub fn wait_after(attempts: u32, chance: f64) -> Option<SignedDuration> {
    let place = usize::try_from(attempts).ok()?.checked_sub(1)?;
    let seconds = *WAITS.get(place)?;
    let longer = (seconds as f64 * 0.2 * chance.clamp(0.0, 1.0)) as i64;
    Some(SignedDuration::from_secs(seconds + longer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_tried_ten_times_over_three_days_and_then_given_up() {
        let waits: Vec<SignedDuration> = (1..=20).map_while(|attempts| wait_after(attempts, 0.0)).collect();
        assert_eq!(waits.len() + 1, 10);
        assert_eq!((waits[0].as_secs(), waits[1].as_secs()), (5, 300));
        let whole: i64 = waits.iter().map(SignedDuration::as_secs).sum();
        assert!((PATIENCE.as_secs()..4 * 24 * HOUR).contains(&whole), "{whole}");
        assert_eq!(wait_after(0, 0.5), None);
    }

    #[test]
    fn chance_makes_a_wait_longer_by_a_fifth_at_most() {
        for (chance, seconds) in [(0.0, 300), (0.5, 330), (1.0, 360), (7.0, 360)] {
            assert_eq!(wait_after(2, chance).map(|wait| wait.as_secs()), Some(seconds));
        }
    }

    #[test]
    fn every_word_is_read_as_it_is_written() {
        for topic in Topic::ALL {
            assert_eq!(Topic::parse(topic.as_str()), Ok(*topic));
        }
        assert!(Topic::parse("award").is_err_and(|why| why.contains("award.issued, award.renewed")));
        assert!(!Topic::choices().any(|topic| topic == Topic::Trial));
        assert_eq!(EndpointKind::parse("teams"), Ok(EndpointKind::Teams));
    }
}
