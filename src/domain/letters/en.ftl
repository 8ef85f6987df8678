# Every letter that Laurel writes, in English: what happened and what to do next. Under each key the text, and its .subject.

greeting = Hello { $name },
signature =
    { $organisation }
    { $url }

sign-in =
    Open this link to sign in. It is good for { $minutes } minutes, and once:

    { $link }

    If you have not asked for it, do nothing: without this letter nobody can sign in as you.
    .subject = Your link to sign in to { $organisation }

renewal =
    { $past ->
        [yes] Your certification “{ $level }” ended on { $day }.
       *[no] { $days ->
            [0] Your certification “{ $level }” ends today, { $day }.
            [one] Your certification “{ $level }” ends tomorrow, { $day }.
           *[other] Your certification “{ $level }” ends on { $day }, in { $days } days.
        }
    }

    { $how ->
        [under-way] You are on the way to it again already: what is still missing stands on your path.
        [open] You can renew it now. Nothing is lost by being early: the new one lasts from the day on which the old one ends.
        [later] Its renewal opens on { $turn }.
        [after] It can be renewed once it has ended.
        [grace] It can still be renewed before { $turn }. The new one lasts from the day on which you are given it.
        [anew] There is no renewal before its end; after it you earn it anew.
       *[lapsed] It can’t be renewed any more. You can earn it anew, whenever you like.
    }

    { $link }
    .subject = { $past ->
        [yes] “{ $level }” has ended
       *[no] { $days ->
            [0] “{ $level }” ends today
            [one] “{ $level }” ends tomorrow
           *[other] “{ $level }” ends in { $days } days
        }
    }

renewal-of-report =
    { $past ->
        [yes] The certification “{ $level }” of { $person } ended on { $day }.
       *[no] { $days ->
            [0] The certification “{ $level }” of { $person } ends today, { $day }.
            [one] The certification “{ $level }” of { $person } ends tomorrow, { $day }.
           *[other] The certification “{ $level }” of { $person } ends on { $day }, in { $days } days.
        }
    }

    { $how ->
        [under-way] They are on the way to it again already.
        [open] It can be renewed now, and the new one lasts from the day on which the old one ends.
        [later] Its renewal opens on { $turn }.
        [after] It can be renewed once it has ended.
        [grace] It can still be renewed before { $turn }.
        [anew] There is no renewal before its end; after it they earn it anew.
       *[lapsed] It can’t be renewed any more; it is earned anew.
    }
    They were written to as well.

    { $link }
    .subject = { $past ->
        [yes] “{ $level }” of { $person } has ended
       *[no] { $days ->
            [0] “{ $level }” of { $person } ends today
            [one] “{ $level }” of { $person } ends tomorrow
           *[other] “{ $level }” of { $person } ends in { $days } days
        }
    }

version-announced =
    The criteria of { $level } change on { $starts }.

    You are under way and may finish under what counted when you began, until { $until }. { $count ->
        [0] Under the new criteria nothing more would have to be done before your work is looked at.
       *[other] Under the new criteria this would still have to be done: { $missing }.
    }

    What changes: { $page }
    .subject = { $level }: new criteria from { $starts }

version-moved =
    The time to finish { $level } under earlier criteria is over. From now on the current ones count for you. { $count ->
        [0] Nothing more has to be done before your work is looked at.
       *[other] This is still to be done: { $missing }.
    }

    What counts now: { $page }
    .subject = { $level }: new criteria count for you now

term-ending =
    Your term on the committee of { $program } ends on { $ends }. If you stay on, or someone takes your place, it is for an administrator to say so before then.
    .subject = Committee of { $program }: your term ends on { $ends }

trial =
    This is a trial: the mail of { $organisation }’s certifications arrives. There is nothing for you to do.
    .subject = A trial from { $organisation }

mentor-given =
    { $mentor } goes along with you on your way to { $level } from now on. You can write notes to each other that only the two of you read:

    { $page }
    .subject = { $mentor } is your mentor for { $level }

learner-given =
    You go along with { $learner } on the way to { $level } from now on. What is done and what is missing, and your notes for each other, are here:

    { $page }
    .subject = You are the mentor of { $learner } for { $level }

requirement-met =
    “{ $requirement }” is confirmed on your way to { $level }. What is still missing stands here:

    { $page }
    .subject = Confirmed: { $requirement }

note-written =
    { $author } has written a note for you, on the way to { $level }. Only the two of you read it:

    { $page }
    .subject = A note from { $author }
