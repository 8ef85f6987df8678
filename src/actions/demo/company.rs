//! The made-up company of the demo: its forty people, their teams and managers, and who does what on its program.

use crate::domain::{actor::Role, recipient::Person};

pub(super) const COMPANY: &str = "Northwind Cartography";
pub(super) const COMPANY_ID: &str = "northwind";
pub(super) const COMPANY_URL: &str = "https://northwind.example";
pub(super) const COMPANY_EMAIL: &str = "certification@northwind.example";
pub(super) const TIME_ZONE: &str = "Europe/Amsterdam";

/// A place in [`PEOPLE`].
pub(super) type Who = usize;

pub(super) struct Colleague {
    pub name: &'static str,
    /// Before the @.
    pub address: &'static str,
    pub team: &'static str,
    /// Agreed to be named, and to be on the wall.
    pub public: bool,
}

/// Someone to be in the demo, and what they are there to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Learner,
    Mentor,
    Assessor,
    Manager,
    Owner,
    Committee,
    Auditor,
    Administrator,
}

/// One for each part, in the order in which they come into a badge.
pub(super) const PARTS: [(Part, Who); 8] = [
    (Part::Learner, ZEYNEP),
    (Part::Mentor, GIULIA),
    (Part::Assessor, ANA),
    (Part::Manager, LI_NA),
    (Part::Owner, PRIYA),
    (Part::Committee, BEATRIX),
    (Part::Auditor, EMILE),
    (Part::Administrator, THANDIWE),
];
/// Others whose pages are worth a look, though they have no role.
const LEARNERS_TO_TRY: [Who; 3] = [AMINA, BOGDAN, SANJAY];

/// The roles that are given by hand; a committee's members get theirs by being appointed. The assessors are of five teams.
pub(super) const ROLES: [(Who, Role); 10] = [
    (ANA, Role::Assessor),
    (KENJI, Role::Assessor),
    (CHIDINMA, Role::Assessor),
    (TARIQ, Role::Assessor),
    (ISABELA, Role::Assessor),
    (AURELIO, Role::Assessor),
    (MINH_KHAI, Role::Mentor),
    (GIULIA, Role::Mentor),
    (PRIYA, Role::Owner),
    (EMILE, Role::Auditor),
];

pub(super) fn email(who: Who) -> String {
    let address = PEOPLE.get(who).map_or("nobody", |colleague| colleague.address);
    format!("{address}@northwind.example")
}

/// What someone of the directory plays in the demo.
pub(super) fn part_of(person: &Person) -> Option<Part> {
    PARTS.into_iter().find(|(_, who)| email(*who) == person.email).map(|(part, _)| part)
}

pub(super) fn is_learner_to_try(person: &Person) -> bool {
    LEARNERS_TO_TRY.into_iter().any(|who| email(who) == person.email)
}

/// The company's directory, as its personnel system would send it.
pub(super) fn directory_csv() -> String {
    let mut csv = String::from("external_id,email,name,team,function,manager\n");
    for (who, colleague) in PEOPLE.iter().enumerate() {
        let (function, lead) = team(colleague.team);
        let manager = match who {
            THORDIS => String::new(),
            _ if who == lead => email(THORDIS),
            _ => email(lead),
        };
        csv.push_str(&format!(
            "NW-{:03},{},{},{},{function},{manager}\n",
            who + 101,
            email(who),
            colleague.name,
            colleague.team
        ));
    }
    csv
}

/// What they do in a team, and who leads it.
fn team(name: &str) -> (&'static str, Who) {
    match name {
        PLATFORM => ("Engineering", SIOBHAN),
        FIELD => ("Cartography", ISABELA),
        DATA => ("Data science", SEO_YEON),
        CARE => ("Customer care", LI_NA),
        _ => ("Flight operations", FREYA),
    }
}

pub(super) const ANA: Who = 0;
pub(super) const TOMAS: Who = 1;
pub(super) const MINH_KHAI: Who = 2;
pub(super) const OLU: Who = 3;
pub(super) const PRIYA: Who = 4;
pub(super) const FREYA: Who = 5;
pub(super) const MARGUERITE: Who = 7;
pub(super) const SIOBHAN: Who = 8;
pub(super) const ZEYNEP: Who = 9;
pub(super) const MATEUS: Who = 10;
pub(super) const LEILANI: Who = 11;
pub(super) const DARIUSZ: Who = 12;
pub(super) const AMINA: Who = 13;
pub(super) const KENJI: Who = 14;
pub(super) const BOGDAN: Who = 15;
pub(super) const CHIDINMA: Who = 16;
pub(super) const RASMUS: Who = 18;
pub(super) const XOCHITL: Who = 19;
pub(super) const GIULIA: Who = 20;
pub(super) const SANJAY: Who = 21;
pub(super) const THORDIS: Who = 23;
pub(super) const SEO_YEON: Who = 24;
pub(super) const MOHAMMED: Who = 25;
pub(super) const BEATRIX: Who = 26;
pub(super) const TARIQ: Who = 27;
pub(super) const NGAIRE: Who = 28;
pub(super) const ISABELA: Who = 30;
pub(super) const LI_NA: Who = 31;
pub(super) const AURELIO: Who = 32;
pub(super) const WANJIRU: Who = 33;
pub(super) const EMILE: Who = 34;
pub(super) const FARAH: Who = 35;
pub(super) const THANDIWE: Who = 37;

const PLATFORM: &str = "Platform";
const FIELD: &str = "Field Mapping";
const DATA: &str = "Data & Insight";
const CARE: &str = "Customer Care";
const SURVEY: &str = "Survey Flight";

const fn colleague(name: &'static str, address: &'static str, team: &'static str, public: bool) -> Colleague {
    Colleague { name, address, team, public }
}

pub(super) const PEOPLE: [Colleague; 40] = [
    colleague("Ana Lindqvist", "ana.lindqvist", PLATFORM, true),
    colleague("Tomáš Dvořák", "tomas.dvorak", FIELD, true),
    colleague("Nguyễn Minh Khai", "minh.khai.nguyen", DATA, true),
    colleague("Olu Adeyemi", "olu.adeyemi", CARE, true),
    colleague("Priya Raghunathan", "priya.raghunathan", PLATFORM, true),
    colleague("Freya Sørensen", "freya.sorensen", SURVEY, true),
    colleague("Jun Watanabe", "jun.watanabe", DATA, true),
    colleague("Marguerite Delacroix", "marguerite.delacroix", FIELD, true),
    colleague("Siobhán Ní Bhriain", "siobhan.nibhriain", PLATFORM, true),
    colleague("Zeynep Yıldırım", "zeynep.yildirim", CARE, true),
    colleague("Mateus Albuquerque", "mateus.albuquerque", SURVEY, true),
    colleague("Leilani Kahananui", "leilani.kahananui", FIELD, false),
    colleague("Dariusz Wójcik", "dariusz.wojcik", PLATFORM, true),
    colleague("Amina Diallo", "amina.diallo", DATA, true),
    colleague("Kenji Fujimoto", "kenji.fujimoto", SURVEY, true),
    colleague("Bogdan Petrescu", "bogdan.petrescu", FIELD, true),
    colleague("Chidinma Okonkwo", "chidinma.okonkwo", DATA, true),
    colleague("Elif Demir", "elif.demir", CARE, true),
    colleague("Rasmus Virtanen", "rasmus.virtanen", PLATFORM, true),
    colleague("Xochitl Hernández", "xochitl.hernandez", SURVEY, true),
    colleague("Giulia Bianchi", "giulia.bianchi", PLATFORM, true),
    colleague("Sanjay Mehta", "sanjay.mehta", CARE, true),
    colleague("Hana Kovářová", "hana.kovarova", FIELD, true),
    colleague("Þórdís Jónsdóttir", "thordis.jonsdottir", SURVEY, true),
    colleague("Park Seo-yeon", "seoyeon.park", DATA, true),
    colleague("Mohammed Al-Farsi", "mohammed.alfarsi", FIELD, false),
    colleague("Beatrix van der Linden", "beatrix.vanderlinden", PLATFORM, true),
    colleague("Tariq Rahman", "tariq.rahman", CARE, true),
    colleague("Ngaire Tamihana", "ngaire.tamihana", SURVEY, true),
    colleague("Oleksandr Shevchuk", "oleksandr.shevchuk", DATA, true),
    colleague("Isabela Rocha", "isabela.rocha", FIELD, true),
    colleague("Li Na", "na.li", CARE, true),
    colleague("Aurelio Castellanos", "aurelio.castellanos", PLATFORM, true),
    colleague("Wanjiru Kamau", "wanjiru.kamau", SURVEY, true),
    colleague("Émile Beaulieu", "emile.beaulieu", DATA, true),
    colleague("Farah Haddad", "farah.haddad", FIELD, true),
    colleague("Stellan Ekberg", "stellan.ekberg", CARE, false),
    colleague("Thandiwe Mokoena", "thandiwe.mokoena", PLATFORM, true),
    colleague("Noor Jansen", "noor.jansen", SURVEY, true),
    colleague("Vusi Dlamini", "vusi.dlamini", DATA, true),
];
