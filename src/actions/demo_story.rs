//! The made-up company of the demo: its program, its forty people, and what happened to them.

use crate::domain::{actor::Role, program_file::CheckedProgram, rubric::Grades};

pub(super) const COMPANY: &str = "Northwind Cartography";
pub(super) const COMPANY_ID: &str = "northwind";
pub(super) const COMPANY_URL: &str = "https://northwind.example";
pub(super) const COMPANY_EMAIL: &str = "certification@northwind.example";
pub(super) const TIME_ZONE: &str = "Europe/Amsterdam";

/// What happens to an award after it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Stands,
    /// Renewed this many days ago.
    Renewed(i64),
    Revoked(i64, &'static str),
}

/// One award of the story: who (place in `PEOPLE`), which level, how many days ago, and what came of it.
pub(super) struct Chapter {
    pub person: usize,
    pub level: &'static str,
    pub days_ago: i64,
    pub fate: Fate,
}

pub(super) struct Member {
    pub name: &'static str,
    /// Before the @.
    pub address: &'static str,
    pub team: &'static str,
    /// Agreed to be named, and to be on the wall.
    pub public: bool,
}

pub(super) const PRACTITIONER: &str = "software-craft.practitioner";
pub(super) const PROFESSIONAL: &str = "software-craft.professional";
pub(super) const MASTER: &str = "software-craft.master";

/// Who does what on the program, by place in `PEOPLE`. The assessors are of four teams.
pub(super) const ROLES: [(usize, Role); 14] = [
    (0, Role::Assessor),
    (14, Role::Assessor),
    (16, Role::Assessor),
    (30, Role::Assessor),
    (32, Role::Assessor),
    (2, Role::Mentor),
    (20, Role::Mentor),
    (4, Role::Owner),
    (8, Role::Committee),
    (26, Role::Committee),
    (28, Role::Committee),
    (16, Role::Committee),
    (34, Role::Auditor),
    (37, Role::Administrator),
];
const LEARNERS_TO_TRY: [usize; 2] = [9, 13];

pub(super) fn email(person: usize) -> String {
    format!("{}@northwind.example", PEOPLE[person % PEOPLE.len()].address)
}

pub(super) fn is_learner_to_try(address: &str) -> bool {
    LEARNERS_TO_TRY.into_iter().any(|person| email(person) == address)
}

pub(super) fn program() -> Result<CheckedProgram, Vec<crate::domain::field::FieldError>> {
    crate::domain::program_file::read(PROGRAM, false)
}

/// The story in the order of the people; the demo tells it in the order of time.
///
/// Practitioner and Professional last two years (730 days, the last 90 of them for renewing), Master three.
pub(super) fn story() -> Vec<Chapter> {
    let mut chapters = Vec::new();
    for person in 0..PEOPLE.len() {
        // Whoever went on to Professional began long enough ago; the others are scattered over the last year or so.
        let went_on = person % 2 == 0;
        let days_ago = match (went_on, person as i64) {
            (true, n) => 240 + (n * 51) % 330,
            (false, n) => 2 + (n * 13) % 420,
        };
        let (days_ago, fate) = match person {
            // Long ago, and never renewed.
            7 | 18 | 29 => {
                chapters.push(Chapter {
                    person,
                    level: PRACTITIONER,
                    days_ago: 790 + person as i64,
                    fate: Fate::Stands,
                });
                continue;
            }
            // About to end.
            3 | 12 | 22 | 33 => {
                let days_ago = 655 + person as i64 * 2;
                chapters.push(Chapter { person, level: PRACTITIONER, days_ago, fate: Fate::Stands });
                continue;
            }
            // Renewed in time.
            1 | 10 | 24 | 36 => (760 + person as i64, Fate::Renewed(45 + person as i64)),
            15 => (days_ago, Fate::Revoked(20, "The submitted work turned out to be someone else's.")),
            31 => (days_ago, Fate::Revoked(5, "Given to the wrong person of the same name.")),
            _ => (days_ago, Fate::Stands),
        };
        chapters.push(Chapter { person, level: PRACTITIONER, days_ago, fate });
        if fate == Fate::Stands && went_on {
            let days_ago = 90 + (person as i64 * 29) % 100;
            chapters.push(Chapter { person, level: PROFESSIONAL, days_ago, fate: Fate::Stands });
            if person % 8 == 0 {
                chapters.push(Chapter { person, level: MASTER, days_ago: 3 + person as i64, fate: Fate::Stands });
            }
        }
    }
    chapters
}

/// How one person earned a level, as the issuer says it; the first rung speaks for itself.
pub(super) fn narrative(chapter: &Chapter) -> Option<&'static str> {
    let said = match chapter.level {
        PROFESSIONAL => &PROFESSIONAL_WORK[..],
        MASTER => &MASTER_WORK[..],
        _ => return None,
    };
    said.get(chapter.person / 2 % said.len()).copied()
}

/// What the panel found on each criterion of the rubric; the first rung has none.
pub(super) fn results(chapter: &Chapter) -> Option<Grades> {
    let best = |yes: bool| if yes { "Exemplary" } else { "Solid" };
    let grades = match chapter.level {
        PROFESSIONAL => [
            best(chapter.person.is_multiple_of(3)),
            best(chapter.person.is_multiple_of(5)),
            best(chapter.person.is_multiple_of(7)),
        ],
        MASTER => [best(chapter.person.is_multiple_of(3)), "Exemplary", "Exemplary"],
        _ => return None,
    };
    Some(
        ["evidence", "design", "others"].into_iter().zip(grades).map(|(id, grade)| (id.into(), grade.into())).collect(),
    )
}

const PROFESSIONAL_WORK: [&str; 7] = [
    "Designed the change feed that three teams now publish to, and wrote down what was left out.",
    "Split the tile renderer in two, so that a map style can be tried without a release.",
    "Led the review after the October outage; the two changes it led to have held since.",
    "Rebuilt the address importer so that a new country takes a day instead of a month.",
    "Made the nightly build one a person can read, and taught two teams to keep it so.",
    "Moved the survey archive to cheaper storage without a day on which it could not be read.",
    "Wrote the contract between the field app and the map, with tests that both sides run.",
];

const MASTER_WORK: [&str; 3] = [
    "Brought in the weekly release review; three teams have kept it for more than a year.",
    "Gave the company its way of writing decisions down, and its open-source projection library a second life.",
    "Turned incident reviews into something people ask to attend, here and at two partner companies.",
];

/// A file to try `laurel issue --csv` and the API with: three good rows, one that holds the level, two to be refused.
pub(super) fn recipients_csv() -> String {
    let mut csv = String::from("name,email,level,team,narrative,evidence_url,visibility,name_public\n");
    for (name, address, level) in [
        ("Ingrid Solheim", "ingrid.solheim", PRACTITIONER),
        ("Kwame Boateng", "kwame.boateng", PRACTITIONER),
        ("Lucía Fernández Ortega", "lucia.fernandez", PROFESSIONAL),
    ] {
        csv.push_str(&format!(
            "{name},{address}@northwind.example,{level},Platform,Led the move of the tile server.,https://wiki.northwind.example/{address},public,yes\n"
        ));
    }
    csv.push_str(&format!("{},{}@northwind.example,{PRACTITIONER},,,,,\n", PEOPLE[0].name, PEOPLE[0].address));
    csv.push_str(&format!("No Address,nobody,{PRACTITIONER},,,,,\n"));
    csv.push_str("Rafał Nowak,rafal.nowak@northwind.example,software-craft.wizard,,,,,\n");
    csv
}

const PLATFORM: &str = "Platform";
const FIELD: &str = "Field Mapping";
const DATA: &str = "Data & Insight";
const CARE: &str = "Customer Care";
const SURVEY: &str = "Survey Flight";

const fn member(name: &'static str, address: &'static str, team: &'static str, public: bool) -> Member {
    Member { name, address, team, public }
}

pub(super) const PEOPLE: [Member; 40] = [
    member("Ana Lindqvist", "ana.lindqvist", PLATFORM, true),
    member("Tomáš Dvořák", "tomas.dvorak", FIELD, true),
    member("Nguyễn Minh Khai", "minh.khai.nguyen", DATA, true),
    member("Olu Adeyemi", "olu.adeyemi", CARE, true),
    member("Priya Raghunathan", "priya.raghunathan", PLATFORM, true),
    member("Freya Sørensen", "freya.sorensen", SURVEY, true),
    member("Jun Watanabe", "jun.watanabe", DATA, true),
    member("Marguerite Delacroix", "marguerite.delacroix", FIELD, true),
    member("Siobhán Ní Bhriain", "siobhan.nibhriain", PLATFORM, true),
    member("Zeynep Yıldırım", "zeynep.yildirim", CARE, true),
    member("Mateus Albuquerque", "mateus.albuquerque", SURVEY, true),
    member("Leilani Kahananui", "leilani.kahananui", FIELD, false),
    member("Dariusz Wójcik", "dariusz.wojcik", PLATFORM, true),
    member("Amina Diallo", "amina.diallo", DATA, true),
    member("Kenji Fujimoto", "kenji.fujimoto", SURVEY, true),
    member("Bogdan Petrescu", "bogdan.petrescu", FIELD, true),
    member("Chidinma Okonkwo", "chidinma.okonkwo", DATA, true),
    member("Elif Demir", "elif.demir", CARE, true),
    member("Rasmus Virtanen", "rasmus.virtanen", PLATFORM, true),
    member("Xochitl Hernández", "xochitl.hernandez", SURVEY, true),
    member("Giulia Bianchi", "giulia.bianchi", PLATFORM, true),
    member("Sanjay Mehta", "sanjay.mehta", CARE, true),
    member("Hana Kovářová", "hana.kovarova", FIELD, true),
    member("Þórdís Jónsdóttir", "thordis.jonsdottir", SURVEY, true),
    member("Park Seo-yeon", "seoyeon.park", DATA, true),
    member("Mohammed Al-Farsi", "mohammed.alfarsi", FIELD, false),
    member("Beatrix van der Linden", "beatrix.vanderlinden", PLATFORM, true),
    member("Tariq Rahman", "tariq.rahman", CARE, true),
    member("Ngaire Tamihana", "ngaire.tamihana", SURVEY, true),
    member("Oleksandr Shevchuk", "oleksandr.shevchuk", DATA, true),
    member("Isabela Rocha", "isabela.rocha", FIELD, true),
    member("Li Na", "na.li", CARE, true),
    member("Aurelio Castellanos", "aurelio.castellanos", PLATFORM, true),
    member("Wanjiru Kamau", "wanjiru.kamau", SURVEY, true),
    member("Émile Beaulieu", "emile.beaulieu", DATA, true),
    member("Farah Haddad", "farah.haddad", FIELD, true),
    member("Stellan Ekberg", "stellan.ekberg", CARE, false),
    member("Thandiwe Mokoena", "thandiwe.mokoena", PLATFORM, true),
    member("Noor Jansen", "noor.jansen", SURVEY, true),
    member("Vusi Dlamini", "vusi.dlamini", DATA, true),
];

const PROGRAM: &str = r##"
id = "software-craft"
name = "Software Craft"
description = "How we build the software that maps are made with: from carrying a change to users, to shaping how others build."
accent = "#2F5D3A"

[[levels]]
id = "practitioner"
name = "Software Craft: Practitioner"
description = "Carries changes from idea to production with a team, and can show how they knew that it worked."
criteria = """
You have carried a change from idea to production, and can show how you knew that it worked.

- Two pieces of work in use by people outside your team for at least a month.
- A design note that names what was **not** built, and why.
- One incident you helped to resolve, with its review.

A panel of two assessors reads your work and talks with you for an hour.
"""
validity = "P2Y"
renewal_window = "P90D"
tags = ["software", "delivery", "testing"]
[[levels.alignments]]
name = "Programming/software development"
url = "https://sfia-online.org/en/sfia-9/skills/programming-software-development"
framework = "SFIA 9"
code = "PROG"

[[levels]]
id = "professional"
name = "Software Craft: Professional"
description = "Designs systems that others can change safely, and raises the quality of a whole team's work."
criteria = """
You have designed something that others now change without asking you.

- A system or large part of one, in use for half a year, with its decisions written down.
- Two people you helped to reach Practitioner, who say what they learned.
- One incident you led, with its review and what changed after it.

A panel of three assessors reads your work and talks with you for ninety minutes.
"""
validity = "P2Y"
renewal_window = "P90D"
tags = ["software", "design", "mentoring"]
[[levels.alignments]]
name = "Systems design"
url = "https://sfia-online.org/en/sfia-9/skills/systems-design"
framework = "SFIA 9"
code = "DESN"
[[levels.competencies]]
name = "Designs what others can change"
indicators = ["Writes down a design before it is built.", "Leaves out what is not needed yet, and says so."]
[[levels.competencies]]
name = "Raises the work of a team"
kind = "personal"
indicators = ["Reviews so that the other person learns.", "Leads an incident calmly to its end."]
[levels.rubric]
grades = ["Emerging", "Solid", "Exemplary"]
threshold = 50
[[levels.rubric.criteria]]
id = "evidence"
name = "Knows that it works"
weight = 2
required = "Solid"
described = [
  "Says that it works, and can show a demonstration.",
  "Shows it with tests and with figures from use.",
  "Has changed how a team knows that its work works.",
]
[[levels.rubric.criteria]]
id = "design"
name = "Decides, and writes it down"
weight = 2
required = "Solid"
described = [
  "Choices can be found in the code.",
  "Choices stand in a note, with what was left out and why.",
  "Others argue with the notes, and build on them.",
]
[[levels.rubric.criteria]]
id = "others"
name = "Helps others to get better"
required = "Solid"
described = [
  "Answers when asked.",
  "Two people say what they learned.",
  "A team works differently since.",
]

[[levels]]
id = "master"
name = "Software Craft: Master"
description = "Shapes how the company builds software, and is asked for by other companies."
criteria = """
Others build differently because of you.

- A practice you brought in that three teams kept for a year, with its measured effect.
- Work known outside the company: a talk, a paper, or open source that others depend on.
- Three people you helped to reach Professional.

A panel of four assessors, one of them from outside the company, decides after a public talk.
"""
validity = "P3Y"
renewal_window = "P180D"
tags = ["software", "architecture", "leadership"]
[[levels.competencies]]
name = "Shapes how software is built"
indicators = ["Brings in a practice and measures its effect."]
[[levels.competencies]]
name = "Is asked for by others"
kind = "personal"
indicators = ["Teaches in public.", "Helps people to their own next level."]
[levels.rubric]
grades = ["Emerging", "Solid", "Exemplary"]
threshold = 50
[[levels.rubric.criteria]]
id = "evidence"
name = "Knows that it works"
weight = 2
required = "Solid"
described = [
  "Says that it works, and can show a demonstration.",
  "Shows it with tests and with figures from use.",
  "Has changed how a team knows that its work works.",
]
[[levels.rubric.criteria]]
id = "design"
name = "Decides, and writes it down"
weight = 2
required = "Solid"
described = [
  "Choices can be found in the code.",
  "Choices stand in a note, with what was left out and why.",
  "Others argue with the notes, and build on them.",
]
[[levels.rubric.criteria]]
id = "others"
name = "Helps others to get better"
required = "Exemplary"
described = [
  "Answers when asked.",
  "Two people say what they learned.",
  "A team works differently since.",
]
"##;
