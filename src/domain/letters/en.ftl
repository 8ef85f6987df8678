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
