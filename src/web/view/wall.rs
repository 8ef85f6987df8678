//! The celebration wall: the newest public awards, and how many hold each level, by level and by team.

use askama::Template;
use jiff::Timestamp;

use super::Site;
use super::site::short_level;

#[derive(Template)]
#[template(path = "wall.html")]
pub struct WallPage {
    pub site: Site,
    /// Public awards only, newest first.
    pub newest: Vec<WallBadge>,
    /// In the order of programs and their levels; counts of current public awards.
    pub levels: Vec<LevelCount>,
    /// Biggest first.
    pub teams: Vec<TeamCount>,
}

/// One award on the wall.
#[derive(Clone, Debug)]
pub struct WallBadge {
    pub url: String,
    pub image_url: String,
    pub level: String,
    pub program: String,
    /// The name, only with the person's consent.
    pub person: Option<String>,
    pub team: Option<String>,
    pub awarded: Timestamp,
}

#[derive(Clone, Debug)]
pub struct LevelCount {
    pub program: String,
    pub level: String,
    /// The page of the level.
    pub url: String,
    pub image_url: String,
    pub holders: u64,
}

#[derive(Clone, Debug)]
pub struct TeamCount {
    pub team: String,
    pub holders: u64,
}

impl WallBadge {
    pub(super) fn short_level(&self) -> &str {
        short_level(&self.program, &self.level)
    }
}

impl LevelCount {
    fn short_level(&self) -> &str {
        short_level(&self.program, &self.level)
    }
}

impl WallPage {
    /// The levels, program by program.
    fn programs(&self) -> impl Iterator<Item = &[LevelCount]> {
        self.levels.chunk_by(|one, next| one.program == next.program)
    }

    fn total(&self) -> u64 {
        self.levels.iter().map(|level| level.holders).sum()
    }

    /// The length of a team's bar in percent of the longest.
    fn share(&self, holders: &u64) -> u64 {
        let longest = self.teams.iter().map(|team| team.holders).max().unwrap_or(1).max(1);
        holders * 100 / longest
    }
}
