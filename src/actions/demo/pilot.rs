//! The pilot of the demo: who went which way to which level of Software Craft, and how far they are. A day is counted back from
//! now; stage.rs has each of these acts done by whoever does it in a company.

use super::company::{
    AMINA, ANA, BOGDAN, DARIUSZ, FARAH, GIULIA, LEILANI, MARGUERITE, MATEUS, MINH_KHAI, MOHAMMED, OLU, RASMUS, SANJAY,
    TOMAS, WANJIRU, Who, XOCHITL, ZEYNEP,
};

pub(super) const PROGRAM: &str = "software-craft";
pub(super) const PRACTITIONER: &str = "software-craft.practitioner";
pub(super) const PROFESSIONAL: &str = "software-craft.professional";
const MASTER: &str = "software-craft.master";

/// A grade on each criterion: evidence, design, others.
pub(super) type Grades = [&'static str; 3];

/// What someone does, or what is done about them, on their way to a level.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    /// For the first time, or for a renewal: which of them follows from what they hold.
    Enrols,
    AsksForMentor,
    /// They ask, and this mentor takes them on.
    Mentored(Who),
    /// A note between learner and mentor, by one of the two.
    Notes(Who, &'static str),
    /// All that is missing is confirmed by those who may.
    Meets,
    /// This one requirement is.
    Shows(&'static str),
    /// Begins a submission, and puts evidence into it.
    Drafts,
    HandsIn,
    /// An owner has someone's seat drawn for again until this assessor sits.
    Seats(Who),
    /// Someone who was drawn says that they should not judge this learner, and another is drawn.
    Conflict,
    /// Everyone who sits scores, and all find this.
    Scores(Grades),
    /// The first finds far less than the others, so one more is drawn.
    ScoresApart(Grades),
    /// All but this one do.
    ScoresWithout(Who, Grades),
    /// One of them has begun, and handed in nothing yet.
    BeginsToScore(Who),
    /// They talk, agree, and decide what follows from their grades.
    Decides,
    /// An owner looks a second time, and the badge is given.
    Confirms,
    /// The holder puts it on the wall, with their name.
    Shares,
    /// Against the decision that was made last.
    Appeals(&'static str),
    AppealsRevocation(&'static str),
}

use Act::*;

/// One way to a level: whose, which, and what was done on it how many days ago.
pub(super) type Way = (Who, &'static str, &'static [(i64, Act)]);

const SOLID: Grades = ["Solid", "Solid", "Solid"];
const GOOD: Grades = ["Exemplary", "Solid", "Solid"];
const KIND: Grades = ["Solid", "Solid", "Exemplary"];
const FINE: Grades = ["Exemplary", "Exemplary", "Exemplary"];
const THIN: Grades = ["Emerging", "Solid", "Solid"];

/// Practitioner and Professional last two years (730 days, the last 90 of them for renewing, and 30 of grace), Master three.
pub(super) const WAYS: &[Way] = &[
    // Never renewed: it has lapsed.
    (MARGUERITE, PRACTITIONER, &[(900, Enrols), (880, Meets), (858, HandsIn), (850, Scores(SOLID)), (845, Decides)]),
    // Lapsed too, and came back: earned anew.
    (RASMUS, PRACTITIONER, &[(960, Enrols), (940, Meets), (920, HandsIn), (912, Scores(GOOD)), (908, Decides)]),
    (
        RASMUS,
        PRACTITIONER,
        &[(110, Enrols), (90, Meets), (62, HandsIn), (55, Scores(SOLID)), (52, Decides), (51, Shares)],
    ),
    // Renewed in time, and went on.
    (
        TOMAS,
        PRACTITIONER,
        &[(860, Enrols), (840, Meets), (806, HandsIn), (798, Scores(KIND)), (792, Decides), (790, Shares)],
    ),
    (TOMAS, PRACTITIONER, &[(130, Enrols), (124, Meets), (118, HandsIn), (110, Scores(GOOD)), (104, Decides)]),
    (
        TOMAS,
        PROFESSIONAL,
        &[
            (420, Enrols),
            (418, Mentored(MINH_KHAI)),
            (350, Meets),
            (322, HandsIn),
            (312, Scores(GOOD)),
            (306, Decides),
            (304, Confirms),
            (303, Shares),
        ],
    ),
    // All the way up.
    (
        MATEUS,
        PRACTITIONER,
        &[(800, Enrols), (770, Meets), (738, HandsIn), (730, Scores(GOOD)), (722, Decides), (721, Shares)],
    ),
    (
        MATEUS,
        PROFESSIONAL,
        &[
            (540, Enrols),
            (480, Meets),
            (421, HandsIn),
            (411, Scores(KIND)),
            (404, Decides),
            (401, Confirms),
            (400, Shares),
        ],
    ),
    (
        MATEUS,
        MASTER,
        &[(140, Enrols), (90, Meets), (41, HandsIn), (30, Scores(FINE)), (22, Decides), (18, Confirms), (17, Shares)],
    ),
    // About to end, and on the way to the renewal. One who was drawn for the first had a conflict of interest.
    (
        OLU,
        PRACTITIONER,
        &[
            (740, Enrols),
            (710, Meets),
            (680, HandsIn),
            (679, Conflict),
            (671, Scores(SOLID)),
            (664, Decides),
            (660, Shares),
        ],
    ),
    (OLU, PRACTITIONER, &[(9, Enrols), (5, Shows("still"))]),
    // In its grace. Two assessors were far apart, so a third was drawn.
    (
        DARIUSZ,
        PRACTITIONER,
        &[
            (820, Enrols),
            (818, Mentored(MINH_KHAI)),
            (800, Meets),
            (763, HandsIn),
            (755, ScoresApart(FINE)),
            (748, Decides),
            (747, Shares),
        ],
    ),
    // Taken back for cause (see committee.rs), and appealed against.
    (BOGDAN, PRACTITIONER, &[(400, Enrols), (370, Meets), (342, HandsIn), (334, Scores(GOOD)), (328, Decides)]),
    (
        BOGDAN,
        PRACTITIONER,
        &[(6, AppealsRevocation("The renderer was written by two of us, and the note says so on its second page."))],
    ),
    // Not yet, appealed against, and upheld by another panel.
    (
        LEILANI,
        PRACTITIONER,
        &[
            (280, Enrols),
            (250, Meets),
            (226, HandsIn),
            (218, Scores(THIN)),
            (212, Decides),
            (205, Appeals("The figures from use stand in the appendix of the note; nobody asked me about them.")),
            (197, Scores(SOLID)),
            (191, Decides),
        ],
    ),
    // Waits for the second look.
    (
        WANJIRU,
        PRACTITIONER,
        &[(500, Enrols), (470, Meets), (452, HandsIn), (444, Scores(GOOD)), (438, Decides), (437, Shares)],
    ),
    (WANJIRU, PROFESSIONAL, &[(120, Enrols), (60, Meets), (17, HandsIn), (9, Scores(GOOD)), (2, Decides)]),
    // On the way, with a mentor; the criteria have changed meanwhile.
    (
        ZEYNEP,
        PRACTITIONER,
        &[
            (360, Enrols),
            (358, Mentored(GIULIA)),
            (320, Meets),
            (282, HandsIn),
            (274, Scores(KIND)),
            (268, Decides),
            (266, Shares),
        ],
    ),
    (
        ZEYNEP,
        PROFESSIONAL,
        &[
            (95, Enrols),
            (94, Mentored(GIULIA)),
            (
                80,
                Notes(
                    GIULIA,
                    "Start from the tile cache: it is yours, and three teams read it. What would you leave out of it?",
                ),
            ),
            (74, Notes(ZEYNEP, "The warm-up on start. Nobody could tell me who still needs it.")),
            (50, Shows("design")),
            (
                21,
                Notes(
                    GIULIA,
                    "Good review. Before you hand in: teach it once, or write it up, so that “beyond the code” is done.",
                ),
            ),
            (4, Drafts),
            (
                3,
                Notes(
                    ZEYNEP,
                    "A workshop is booked for the tenth. The draft has the design note in it; would you read it?",
                ),
            ),
        ],
    ),
    // Not yet, with a day by which to come again.
    (
        SANJAY,
        PRACTITIONER,
        &[
            (160, Enrols),
            (159, Mentored(GIULIA)),
            (100, Meets),
            (43, HandsIn),
            (34, Scores(THIN)),
            (25, Decides),
            (20, Notes(SANJAY, "They ask for figures from use. I have the counts of March; is that enough?")),
            (8, Drafts),
        ],
    ),
    // At the beginning, and in want of a mentor.
    (AMINA, PRACTITIONER, &[(14, Enrols), (13, AsksForMentor), (6, Shows("delivery"))]),
    // Before their panels: one late, one due, one about to settle.
    (
        MOHAMMED,
        PRACTITIONER,
        &[(130, Enrols), (60, Meets), (20, HandsIn), (20, Seats(ANA)), (9, ScoresWithout(ANA, SOLID))],
    ),
    (
        XOCHITL,
        PRACTITIONER,
        &[
            (110, Enrols),
            (108, Mentored(GIULIA)),
            (55, Meets),
            (12, HandsIn),
            (12, Seats(ANA)),
            (1, BeginsToScore(ANA)),
        ],
    ),
    (FARAH, PRACTITIONER, &[(150, Enrols), (70, Meets), (10, HandsIn), (3, Scores(GOOD))]),
];
