//! A manager's people: what ends soon, and what each holds and is on the way to.

use askama::Template;
use jiff::{SignedDuration, Timestamp};

use super::{Next, Site, Standing};

/// What ends within this time is told apart.
const SOON: SignedDuration = SignedDuration::from_hours(90 * 24);

#[derive(Template)]
#[template(path = "team.html")]
pub struct TeamPage {
    pub site: Site,
    /// By name.
    pub people: Vec<TeamPerson>,
    /// Every award was judged again for this page.
    pub checked: bool,
    /// How many there are in all, where these are not all.
    pub of: Option<i64>,
    /// Where the awards shown here are judged again.
    pub verify_url: String,
    pub next_url: Option<String>,
}

pub struct TeamPerson {
    pub name: String,
    pub function: Option<String>,
    pub team: Option<String>,
    /// Whose manager is not the reader but someone between.
    pub reports_to: Option<String>,
    /// What ends first before the rest.
    pub held: Vec<TeamAward>,
    pub under_way: Vec<UnderWay>,
}

pub struct TeamAward {
    /// “Software Craft: Professional”.
    pub title: String,
    pub url: Option<String>,
    pub standing: Standing,
    /// Where it ends and counts.
    pub next: Option<Next>,
    /// What was found when it was judged again: nothing wrong, or what.
    pub judged: Option<Option<String>>,
}

pub struct UnderWay {
    pub title: String,
    pub since: Timestamp,
    pub mentor: Option<String>,
}

impl TeamPage {
    /// Certifications that stand.
    fn standing(&self) -> usize {
        let awards = self.people.iter().flat_map(|person| &person.held);
        awards.filter(|award| matches!(award.standing, Standing::Valid { .. } | Standing::Expiring { .. })).count()
    }

    /// What has ended or is about to, the earliest first.
    fn due(&self) -> Vec<(&TeamPerson, &TeamAward)> {
        let mut due: Vec<(&TeamPerson, &TeamAward)> =
            self.people.iter().flat_map(|person| person.held.iter().map(move |award| (person, award))).collect();
        due.retain(|(_, award)| award.due(self.site.now).is_some());
        due.sort_by_key(|(_, award)| award.due(self.site.now));
        due
    }

    /// Awards that did not pass.
    fn faults(&self) -> usize {
        let awards = self.people.iter().flat_map(|person| &person.held);
        awards.filter(|award| matches!(award.judged, Some(Some(_)))).count()
    }

    fn judged(&self) -> usize {
        self.people.iter().map(|person| person.held.len()).sum()
    }
}

impl TeamAward {
    /// When it ends, where that is soon or was.
    fn due(&self, now: Timestamp) -> Option<Timestamp> {
        match self.standing {
            Standing::Expiring { until } => Some(until),
            Standing::Expired { on } => Some(on),
            Standing::Valid { until } => until.filter(|until| until.duration_since(now) <= SOON),
            _ => None,
        }
    }
}
