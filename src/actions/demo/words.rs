//! What the people of the pilot write: statements and evidence, what assessors say to a grade, why a panel decides.

use super::company::Who;

/// What someone hands in.
pub(super) struct Work {
    pub title: &'static str,
    pub statement: &'static str,
    pub note: &'static str,
}

/// Different people hand in different work.
pub(super) fn work(who: Who) -> &'static Work {
    WORKS.get(who % WORKS.len()).unwrap_or(&FIRST)
}

const FIRST: Work = Work {
    title: "The change feed of the base map",
    statement: "Three teams used to copy the base map every night to find out what had changed. I built a feed that tells \
        them, in order and once. I learned that the hardest part was to agree on what a change is; the week we spent on \
        that saved us the rest.",
    note: "A change is what a reader of the map could see. Left out: replays older than a week, since nobody has asked \
        for one. How we know: 1.2 million edits in a month, none lost, none told twice.",
};

const WORKS: [Work; 7] = [
    FIRST,
    Work {
        title: "Two halves of a tile renderer",
        statement: "A new map style used to need a release. I split the renderer in two, so that a style can be tried on \
            one's own machine. What I would do differently: ask the designers first, and not after.",
        note: "The cut runs between what is drawn and how. Left out: styles that change with the hour. How we know: the \
            two sides have had tests of their own since, and seven styles were tried in a month without us.",
    },
    Work {
        title: "The outage of October, and what came of it",
        statement: "I led the review after the address search was down for two hours. We changed two things and left \
            nine; the two have held. I learned to write down what we did not do, and why.",
        note: "What happened, hour by hour, without names. The two changes: a limit on the queue, and a page that says \
            how full it is. Left out: a second data centre.",
    },
    Work {
        title: "A country in a day",
        statement: "To add a country's addresses took a month. I rebuilt the importer around what differs between \
            countries, which is less than we thought. The last four took a day each.",
        note: "A table of differences, one line each, and one program that reads it. Left out: countries without street \
            names. How we know: every import is held against a hundred addresses that someone knows.",
    },
    Work {
        title: "A nightly build that one can read",
        statement: "Nobody looked at the nightly build any more. I made its report one page that says what broke and \
            since when, and taught two teams to keep it so.",
        note: "One page, the newest first, each line with whose it is. Left out: graphs. How we know: faults now stand \
            for a day and not for a week, counted over a quarter.",
    },
    Work {
        title: "The survey archive, moved",
        statement: "I moved eleven years of aerial pictures to cheaper storage, without a day on which they could not be \
            read. I learned how much we had kept twice.",
        note: "Copied, compared, switched, and only then removed. Left out: the pictures that nobody has opened since \
            2015, which stay where they are. How we know: every file's digest, before and after.",
    },
    Work {
        title: "A contract between the field app and the map",
        statement: "The field app and the map disagreed about what a point is, about once a month. I wrote down what \
            each promises the other, with tests that both sides run.",
        note: "Twelve promises, each with a test. Left out: what is only on one side. How we know: no such fault since \
            March; the two that would have been were stopped by the tests.",
    },
];

/// What an assessor says to their grade of a criterion.
pub(super) fn comment(criterion: &str, grade: &str) -> &'static str {
    match (criterion, grade) {
        ("evidence", "Emerging") => "A demonstration, and one can see that it works; but no figures from use yet.",
        ("evidence", "Solid") => "Tests where they matter, and counts from a month of use that answer the question.",
        ("evidence", _) => "The team looks at these figures every week now; that is due to this work.",
        ("design", "Emerging") => "I had to find the choices in the code.",
        ("design", "Solid") => "The note says what was left out, and I could follow why.",
        ("design", _) => "Two other teams argue with this note and have built on it.",
        (_, "Emerging") => "Helped when asked; I found nobody yet who works differently for it.",
        (_, "Solid") => "Two people told me what they had learned, without being asked for praise.",
        _ => "A whole team works differently since, and says so.",
    }
}

/// Why someone changes their grade when the panel talks.
pub(super) const CHANGED: &str = "The others showed me the appendix, which I had not opened.";
pub(super) const PASSED: &str = "The work is in use, its choices can be followed, and we could ask about any of it.";
pub(super) const NOT_YET: &str =
    "The work is sound and its choices are well written down; that it works is still said and not shown.";
pub(super) const MISSING: &str = "Figures from a month of use for one of the two pieces of work.";
pub(super) const CONFLICT: &str = "We shared a project room for two years, and are friends.";
pub(super) const AWAY: &str = "Away until the end of the month.";
pub(super) const SEEN: &str = "Gone through together.";
