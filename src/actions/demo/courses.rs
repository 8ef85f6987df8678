//! What the company certifies without a panel: courses whose certificates come as a file, a batch at a time.

use super::company::{CHIDINMA, PEOPLE, TOMAS, Who, email};
use crate::{
    actions::{ActionError, App, issue_csv::issue_csv},
    domain::{
        actor::Actor,
        field::FieldError,
        program_file::{self, CheckedProgram},
    },
};
use jiff::{Timestamp, ToSpan, tz::TimeZone};

const SAFETY: &str = "field-safety.certified";
const DESIGNER: &str = "map-design.designer";

/// When a batch came, the days between two of its rows, and whose certificates of which level it brought.
const BATCHES: [(i64, i64, &str, &[Who]); 5] = [
    (520, 6, DESIGNER, &[5, 8, 11, 13, 20, 22, 24, 26, 30, 35, 36, 39]),
    (310, 9, SAFETY, &[1, 3, 5, 7, 10, 14, 19, 22]),
    (170, 7, DESIGNER, &[2, 6, 18, 27, 28, 29, 32, 37]),
    (96, 6, SAFETY, &[0, 11, 15, 23, 25, 28, 30, 33, 35, 38]),
    (26, 4, DESIGNER, &[0, 4, 9, 14, 16, 31, 34]),
];

pub(super) fn programs() -> Result<[CheckedProgram; 2], Vec<FieldError>> {
    Ok([
        program_file::read(include_str!("field-safety.toml"), false)?,
        program_file::read(include_str!("map-design.toml"), false)?,
    ])
}

/// The days on which a batch came.
pub(super) fn days() -> impl Iterator<Item = i64> {
    BATCHES.into_iter().map(|(days_ago, ..)| days_ago)
}

/// Gives what came on that day. The courses themselves were taken in the weeks before.
pub(super) async fn give(app: &App, actor: &Actor, days_ago: i64, zone: &TimeZone) -> Result<(), ActionError> {
    for (_, apart, level, whose) in BATCHES.into_iter().filter(|(day, ..)| *day == days_ago) {
        let mut csv = String::from("name,email,level,valid_from,visibility,name_public\n");
        for (row, who) in (1..).zip(whose) {
            csv.push_str(&line(*who, level, app.clock.now(), row * apart, zone)?);
        }
        let done = issue_csv(app, actor, csv.as_bytes(), false, None).await?.body;
        if done.refused > 0 {
            return Err(ActionError::internal(anyhow::anyhow!("the demo's courses: {:?}", done.rows)));
        }
    }
    Ok(())
}

fn line(who: Who, level: &str, now: Timestamp, days: i64, zone: &TimeZone) -> Result<String, ActionError> {
    let Some(colleague) = PEOPLE.get(who) else { return Ok(String::new()) };
    let taken = now.to_zoned_datetime(zone.clone()).date().checked_sub(days.days()).map_err(ActionError::internal)?;
    let (visibility, named) = if colleague.public { ("public", "yes") } else { ("link", "no") };
    Ok(format!("{},{},{level},{taken},{visibility},{named}\n", colleague.name, email(who)))
}

/// A file to try `laurel issue --csv` and the API with: three good rows, one that holds the level, two to be refused.
pub(super) fn recipients_csv() -> String {
    let mut csv = String::from("name,email,level,team,narrative,evidence_url,visibility,name_public\n");
    for (name, address, level) in [
        ("Ingrid Solheim", "ingrid.solheim", SAFETY),
        ("Kwame Boateng", "kwame.boateng", SAFETY),
        ("Lucía Fernández Ortega", "lucia.fernandez", DESIGNER),
    ] {
        csv.push_str(&format!(
            "{name},{address}@northwind.example,{level},Platform,Took the course in Utrecht.,https://wiki.northwind.example/{address},public,yes\n"
        ));
    }
    for (who, level) in [(CHIDINMA, DESIGNER), (TOMAS, "map-design.wizard")] {
        let name = PEOPLE.get(who).map_or("", |colleague| colleague.name);
        csv.push_str(&format!("{name},{},{level},,,,,\n", email(who)));
    }
    csv.push_str(&format!("No Address,nobody,{SAFETY},,,,,\n"));
    csv
}
