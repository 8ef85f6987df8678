//! What must be done before a level can be given: other levels, parts that can be met by one of several routes, and real work that a
//! panel assesses. Parts may stand in a group of which only some are needed (“any 2 of”).
//!
//! A part says what it is by what it names, in a program file and in the record alike: `level`, `routes` or `submission = true`.

use super::{
    field::{Faults, FieldError},
    id::slug,
    trust,
};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet, VecDeque};

/// More could not be taken in on a page.
const MOST_REQUIREMENTS: usize = 30;
const MOST_ROUTES: usize = 10;
const MOST_GROUPS: usize = 10;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "RequirementFile", into = "RequirementFile")]
pub struct Requirement {
    /// A slug, its own among the level's parts; what was done of it is noted by it, over versions.
    pub id: String,
    pub name: String,
    /// Plain text; may be empty.
    pub description: String,
    pub kind: Need,
    /// The elective group it belongs to; without one it must be met.
    pub group: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Need {
    /// A prerequisite: a standing award of this level (`craft.practitioner`).
    Level { level: String },
    /// Met by any one of these.
    Routes { routes: Vec<Route> },
    /// Real work that the panel assesses. A level with a rubric always asks for it; writing it down gives it a name and words.
    Submission,
}

/// One way to meet a requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// A slug, its own within the requirement.
    pub id: String,
    pub name: String,
    pub kind: RouteKind,
    pub confirmed_by: ConfirmedBy,
}

#[derive(Clone, Debug, PartialEq)]
pub enum RouteKind {
    Coursework,
    /// Something shown by hand, with someone looking on.
    Demonstration,
    Project,
    /// A badge that verifies, from this issuer elsewhere, whom the deployment trusts as well.
    OutsideBadge {
        issuer: String,
        /// The identifier of its achievement; any of the issuer's when none is named.
        achievement: Option<String>,
    },
}

/// Whose word it is that a route was walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConfirmedBy {
    Mentor,
    Assessor,
    /// An owner of the program.
    Owner,
    /// Nobody's: the badge is verified.
    Verification,
}

/// “Any 2 of”: so many of the requirements that name this group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectiveGroup {
    pub id: String,
    pub name: String,
    pub choose: u32,
}

/// A requirement as it is written.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementFile {
    pub id: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub submission: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<RouteFile>,
}

/// A route as it is written.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RouteFile {
    pub id: String,
    pub name: String,
    pub kind: RouteWord,
    /// An owner of the program, when it isn't said; a badge from elsewhere is confirmed by being verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<ConfirmedBy>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achievement: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RouteWord {
    Coursework,
    Demonstration,
    Project,
    OutsideBadge,
}

impl Route {
    /// Whether a badge of this issuer and achievement walks this route. That it verifies and that the issuer is trusted is for
    /// the caller to know.
    pub fn takes(&self, issuer_id: &str, achievement_id: &str) -> bool {
        match &self.kind {
            RouteKind::OutsideBadge { issuer, achievement } => {
                issuer == issuer_id && achievement.as_deref().is_none_or(|wanted| wanted == achievement_id)
            }
            RouteKind::Coursework | RouteKind::Demonstration | RouteKind::Project => false,
        }
    }
}

impl Requirement {
    /// Its routes; none for a level or assessed work.
    pub fn routes(&self) -> &[Route] {
        match &self.kind {
            Need::Routes { routes } => routes,
            Need::Level { .. } | Need::Submission => &[],
        }
    }

    pub fn prerequisite(&self) -> Option<&str> {
        match &self.kind {
            Need::Level { level } => Some(level),
            Need::Routes { .. } | Need::Submission => None,
        }
    }
}

/// The requirements as they are meant, each fault noted under `at` (`levels[0].requirements`) or `at_groups`. One that can't be
/// understood stays in its place, so that later faults are named by the right one.
pub fn check(
    (written, at): (&[RequirementFile], &str),
    (groups, at_groups): (&[ElectiveGroup], &str),
    faults: &mut Faults,
) -> Vec<Requirement> {
    if written.len() > MOST_REQUIREMENTS {
        faults.add(at, format!("has {} parts; at most {MOST_REQUIREMENTS} can be taken in at once", written.len()));
    }
    let mut meant: Vec<Requirement> = Vec::new();
    for (n, file) in written.iter().enumerate() {
        let place = format!("{at}[{n}]");
        let requirement = check_one(file, &place, faults);
        if meant.iter().any(|earlier| earlier.id == requirement.id) {
            faults.add(format!("{place}.id"), "is used by an earlier part; give each its own");
        }
        if let Some(group) = &requirement.group
            && !groups.iter().any(|known| known.id == *group)
        {
            faults.add(format!("{place}.group"), format!("“{group}” is not one of the electives; add it there"));
        }
        if requirement.kind == Need::Submission && file.submission {
            if requirement.group.is_some() {
                faults.add(format!("{place}.group"), "can't hold assessed work: the panel always looks at it");
            }
            if meant.iter().zip(written).any(|(earlier, file)| earlier.kind == Need::Submission && file.submission) {
                faults.add(&place, "is assessed work for a second time; a panel looks at one submission");
            }
        }
        meant.push(requirement);
    }
    check_groups(groups, &meant, at_groups, faults);
    meant
}

fn check_groups(groups: &[ElectiveGroup], requirements: &[Requirement], at: &str, faults: &mut Faults) {
    if groups.len() > MOST_GROUPS {
        faults.add(at, format!("has {} groups; at most {MOST_GROUPS} can be taken in at once", groups.len()));
    }
    for (n, group) in groups.iter().enumerate() {
        let place = format!("{at}[{n}]");
        faults.take(&format!("{place}.id"), slug(&group.id));
        faults.text(&format!("{place}.name"), &group.name, 200, false);
        if groups.iter().take(n).any(|earlier| earlier.id == group.id) {
            faults.add(format!("{place}.id"), "is used by an earlier group; give each its own");
        }
        let size = requirements.iter().filter(|part| part.group.as_deref() == Some(&group.id)).count();
        if group.choose == 0 || group.choose as usize > size {
            let message = format!("asks for {} of {size}; choose at least 1 and at most all of them", group.choose);
            faults.add(format!("{place}.choose"), message);
        }
    }
}

fn check_one(file: &RequirementFile, at: &str, faults: &mut Faults) -> Requirement {
    faults.take(&format!("{at}.id"), slug(&file.id));
    let name = faults.text(&format!("{at}.name"), &file.name, 200, false);
    let description = match file.description.trim() {
        "" => String::new(),
        words => faults.text(&format!("{at}.description"), words, 2_000, true),
    };
    let kind = meant(file).unwrap_or_else(|fault| {
        let field = if fault.field.is_empty() { at.to_owned() } else { format!("{at}.{}", fault.field) };
        faults.add(field, fault.message);
        Need::Submission
    });
    if file.routes.len() > MOST_ROUTES {
        faults.add(format!("{at}.routes"), format!("more than {MOST_ROUTES} routes are too many to choose from"));
    }
    for (n, route) in file.routes.iter().enumerate() {
        let place = format!("{at}.routes[{n}]");
        faults.take(&format!("{place}.id"), slug(&route.id));
        faults.text(&format!("{place}.name"), &route.name, 200, false);
        if file.routes.iter().take(n).any(|earlier| earlier.id == route.id) {
            faults.add(format!("{place}.id"), "is used by an earlier route; give each its own");
        }
        if let Some(issuer) = &route.issuer {
            trust::identifier(faults, &format!("{place}.issuer"), issuer);
        }
        if let Some(achievement) = &route.achievement {
            faults.text(&format!("{place}.achievement"), achievement, 2_000, false);
        }
    }
    Requirement { id: file.id.clone(), name, description, kind, group: file.group.clone() }
}

/// What a requirement asks for by what it names.
fn meant(file: &RequirementFile) -> Result<Need, FieldError> {
    match (&file.level, file.routes.is_empty(), file.submission) {
        (Some(level), true, false) => match level.split_once('.') {
            Some((program, rung)) if slug(program).is_ok() && slug(rung).is_ok() => {
                Ok(Need::Level { level: level.clone() })
            }
            _ => Err(FieldError::new("level", format!("“{level}” is not a level such as craft.practitioner"))),
        },
        (None, false, false) => {
            let route = |(n, file): (usize, &RouteFile)| {
                Route::try_from(file.clone())
                    .map_err(|fault| FieldError::new(format!("routes[{n}].{}", fault.field), fault.message))
            };
            let routes = file.routes.iter().enumerate().map(route).collect::<Result<_, _>>()?;
            Ok(Need::Routes { routes })
        }
        (None, true, true) => Ok(Need::Submission),
        _ => Err(FieldError::new(
            "",
            "says what it asks for by exactly one of: level, routes, or submission = true for assessed work",
        )),
    }
}

impl TryFrom<RouteFile> for Route {
    type Error = FieldError;

    fn try_from(file: RouteFile) -> Result<Self, FieldError> {
        let kind = match file.kind {
            RouteWord::OutsideBadge => {
                let message = "is missing: name the identifier of the issuer whose badge counts";
                let issuer = file.issuer.ok_or_else(|| FieldError::new("issuer", message))?;
                RouteKind::OutsideBadge { issuer, achievement: file.achievement }
            }
            _ if file.issuer.is_some() || file.achievement.is_some() => {
                return Err(FieldError::new("issuer", "is only for a route of the kind outside-badge"));
            }
            RouteWord::Coursework => RouteKind::Coursework,
            RouteWord::Demonstration => RouteKind::Demonstration,
            RouteWord::Project => RouteKind::Project,
        };
        let verified = matches!(kind, RouteKind::OutsideBadge { .. });
        let otherwise = if verified { ConfirmedBy::Verification } else { ConfirmedBy::Owner };
        let confirmed_by = file.confirmed_by.unwrap_or(otherwise);
        if verified != (confirmed_by == ConfirmedBy::Verification) {
            let message = "a badge from elsewhere is confirmed by verification, and nothing else is";
            return Err(FieldError::new("confirmed_by", message));
        }
        Ok(Route { id: file.id, name: file.name, kind, confirmed_by })
    }
}

impl From<Route> for RouteFile {
    fn from(route: Route) -> Self {
        let (kind, issuer, achievement) = match route.kind {
            RouteKind::Coursework => (RouteWord::Coursework, None, None),
            RouteKind::Demonstration => (RouteWord::Demonstration, None, None),
            RouteKind::Project => (RouteWord::Project, None, None),
            RouteKind::OutsideBadge { issuer, achievement } => (RouteWord::OutsideBadge, Some(issuer), achievement),
        };
        let verified = route.confirmed_by == ConfirmedBy::Verification;
        let confirmed_by = (!verified).then_some(route.confirmed_by);
        RouteFile { id: route.id, name: route.name, kind, confirmed_by, issuer, achievement }
    }
}

impl TryFrom<RequirementFile> for Requirement {
    type Error = FieldError;

    fn try_from(file: RequirementFile) -> Result<Self, FieldError> {
        let kind = meant(&file)?;
        Ok(Requirement { id: file.id, name: file.name, description: file.description, kind, group: file.group })
    }
}

impl From<Requirement> for RequirementFile {
    fn from(requirement: Requirement) -> Self {
        let (level, submission, routes) = match requirement.kind {
            Need::Level { level } => (Some(level), false, Vec::new()),
            Need::Routes { routes } => (None, false, routes.into_iter().map(RouteFile::from).collect()),
            Need::Submission => (None, true, Vec::new()),
        };
        RequirementFile {
            id: requirement.id,
            name: requirement.name,
            description: requirement.description,
            group: requirement.group,
            level,
            submission,
            routes,
        }
    }
}

/// How `from` comes to ask for `to`, over the levels between, both named; none when it doesn't. `asks` holds the prerequisites of
/// each level, also those of which only some are needed: a ring through them would confuse as much as any.
pub fn way<'a>(asks: &HashMap<&'a str, Vec<&'a str>>, from: &'a str, to: &str) -> Option<Vec<&'a str>> {
    let (mut seen, mut ways) = (HashSet::from([from]), VecDeque::from([vec![from]]));
    while let Some(way) = ways.pop_front() {
        let last = *way.last()?;
        if last == to {
            return Some(way);
        }
        for next in asks.get(last).into_iter().flatten() {
            if seen.insert(next) {
                ways.push_back(way.iter().copied().chain([*next]).collect());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Written {
        #[serde(default)]
        requirements: Vec<RequirementFile>,
        #[serde(default)]
        electives: Vec<ElectiveGroup>,
    }

    fn read(text: &str) -> Result<Vec<Requirement>, Vec<String>> {
        let written: Written = toml::from_str(text).map_err(|why| vec![why.to_string()])?;
        let mut faults = Faults::default();
        let meant = check((&written.requirements, "r"), (&written.electives, "e"), &mut faults);
        faults.or(meant).map_err(|faults| faults.into_iter().map(|fault| fault.field).collect())
    }

    const GOOD: &str = r#"
electives = [{ id = "two", name = "Beyond the code", choose = 1 }]
[[requirements]]
id = "first"
name = "Practitioner first"
level = "craft.practitioner"
[[requirements]]
id = "operating"
name = "Runs things"
group = "two"
[[requirements.routes]]
id = "course"
name = "The course"
kind = "coursework"
confirmed_by = "mentor"
[[requirements.routes]]
id = "badge"
name = "A badge of the guild"
kind = "outside-badge"
issuer = "did:web:guild.example"
[[requirements]]
id = "work"
name = "Two pieces of work"
submission = true
"#;

    #[test]
    fn a_requirement_is_what_it_names() {
        let meant = read(GOOD).unwrap();
        assert_eq!(meant[0].kind, Need::Level { level: "craft.practitioner".into() });
        assert_eq!(meant[0].prerequisite(), Some("craft.practitioner"));
        assert_eq!(meant[1].group.as_deref(), Some("two"));
        let routes = meant[1].routes();
        assert_eq!(routes[0].confirmed_by, ConfirmedBy::Mentor);
        assert_eq!(routes[1].confirmed_by, ConfirmedBy::Verification);
        assert_eq!(meant[2].kind, Need::Submission);
    }

    #[test]
    fn what_is_kept_in_the_record_reads_back_the_same() {
        let meant = read(GOOD).unwrap();
        let json = serde_json::to_string(&meant).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Requirement>>(&json).unwrap(), meant, "{json}");
    }

    #[test]
    fn each_fault_of_a_requirement_names_its_place() {
        let faults = |from: &str, to: &str| read(&GOOD.replace(from, to)).unwrap_err();
        assert_eq!(faults("craft.practitioner", "practitioner"), ["r[0].level"]);
        assert_eq!(faults("submission = true", ""), ["r[2]"]);
        assert_eq!(faults("submission = true", "submission = true\nlevel = \"craft.one\""), ["r[2]"]);
        assert_eq!(faults("id = \"work\"", "id = \"first\""), ["r[2].id"]);
        assert_eq!(faults("id = \"badge\"", "id = \"course\""), ["r[1].routes[1].id"]);
        assert_eq!(faults("issuer = \"did:web:guild.example\"", ""), ["r[1].routes[1].issuer"]);
        assert_eq!(faults("did:web:guild.example", "the guild"), ["r[1].routes[1].issuer"]);
        assert_eq!(faults("\"mentor\"", "\"verification\""), ["r[1].routes[0].confirmed_by"]);
        assert_eq!(
            faults("confirmed_by = \"mentor\"", "issuer = \"did:web:guild.example\""),
            ["r[1].routes[0].issuer"]
        );
        assert_eq!(faults("submission = true", "submission = true\ngroup = \"two\""), ["r[2].group"]);
        assert_eq!(faults("group = \"two\"", "group = \"three\""), ["r[1].group", "e[0].choose"]);
        assert_eq!(faults("choose = 1", "choose = 2"), ["e[0].choose"]);
        assert_eq!(faults("choose = 1", "choose = 0"), ["e[0].choose"]);
        assert_eq!(faults("name = \"Beyond the code\"", "name = \"\""), ["e[0].name"]);
        assert!(faults("kind = \"coursework\"", "kind = \"hearsay\"")[0].contains("hearsay"));
        assert!(faults("level = ", "rung = ")[0].contains("rung"));
        let twice = format!("{GOOD}[[requirements]]\nid = \"more\"\nname = \"More\"\nsubmission = true\n");
        assert_eq!(read(&twice).unwrap_err(), ["r[3]"]);
    }

    #[test]
    fn a_badge_counts_only_from_the_issuer_that_is_named_and_for_what_is_named() {
        let route = |achievement: Option<&str>| Route {
            id: "badge".into(),
            name: "A badge".into(),
            kind: RouteKind::OutsideBadge {
                issuer: "did:web:guild.example".into(),
                achievement: achievement.map(str::to_owned),
            },
            confirmed_by: ConfirmedBy::Verification,
        };
        assert!(route(None).takes("did:web:guild.example", "https://guild.example/1"));
        assert!(!route(None).takes("did:web:other.example", "https://guild.example/1"));
        assert!(route(Some("https://guild.example/1")).takes("did:web:guild.example", "https://guild.example/1"));
        assert!(!route(Some("https://guild.example/2")).takes("did:web:guild.example", "https://guild.example/1"));
        let course = Route { kind: RouteKind::Coursework, ..route(None) };
        assert!(!course.takes("did:web:guild.example", "https://guild.example/1"));
    }

    #[test]
    fn a_way_from_level_to_level_is_found_also_round_a_ring() {
        let asks = HashMap::from([("a", vec!["b"]), ("b", vec!["c", "d"]), ("d", vec!["b"])]);
        assert_eq!(way(&asks, "a", "d"), Some(vec!["a", "b", "d"]));
        assert_eq!(way(&asks, "d", "c"), Some(vec!["d", "b", "c"]));
        assert_eq!(way(&asks, "c", "a"), None);
    }
}
