# Every letter that Laurel writes, in English: what happened and what to do next. Under each key the text, and its .subject.

greeting = Hello { $name },
signature =
    { $organisation }
    { $url }

stop = Letters like this can be stopped: { $url }/me/letters

sign-in =
    Open this link to sign in. It is good for { $minutes } minutes, and once:

    { $link }

    If you have not asked for it, do nothing: without this letter nobody can sign in as you.
    .subject = Your link to sign in to { $organisation }

passkey-added =
    A passkey was added to your account: “{ $passkey }”. Whoever holds it can sign in as you.

    If that was not you, remove it here, and tell another administrator:

    { $link }
    .subject = A passkey was added to your account at { $organisation }

passkey-copied =
    Someone tried to sign in with your passkey “{ $passkey }” and was refused: it seems that there is a copy of it.

    Sign in another way, remove it here, and add another:

    { $link }
    .subject = Your passkey at { $organisation } may have been copied

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

panel-drawn =
    { $appeal ->
        [yes] Someone has appealed against a decision about { $level }. You were drawn for the new panel that looks at the same work again.
       *[no] Work for { $level } was handed in, and you were drawn for the panel that assesses it.
    }
    Your scores are due by { $due }. You score alone; once all have handed in, you see the others’ and settle together.

    { $page }

    If you should not judge this, leave the panel there and say why; someone else is drawn in your place.
    .subject = { $level }: your scores are due by { $due }

panel-short =
    Work for { $level } was handed in, and there are not enough assessors for its panel: some may not judge it, or job functions are missing. It waits until you find someone and have the empty seats drawn.

    { $page }
    .subject = { $level }: a panel lacks assessors

panel-settling =
    All have handed in their scores for { $level }. You see each other’s now: keep yours or change them, and agree to where the panel stands.

    { $page }
    .subject = { $level }: all scores are in

decision-returned =
    The second look at your panel’s decision about { $level } found that you have to look again. Why stands on the page.

    { $page }
    .subject = { $level }: your panel has to look again

second-look =
    A panel has found a pass for { $level }. Before the badge is given, an owner of the program who did not sit on it looks a second time. All who may were sent this letter.

    { $page }
    .subject = { $level }: a second look is wanted

decision-pass =
    You have passed { $level }. Congratulations!

    Your badge: { $badge }

    What the panel found: { $page }
    .subject = You have passed { $level }

decision-not-yet =
    The panel has looked at your work for { $level } and found: not yet. This is missing, by { $by }: { $missing }

    What the panel found of each criterion, and how you can appeal: { $page }
    .subject = { $level }: the panel has decided

appeal-received =
    Your appeal about { $level } has arrived. You are written to once it is answered. Until then you find it here:

    { $page }
    .subject = Your appeal about { $level } has arrived

appeal-filed =
    Someone has appealed about { $level }. { $panel ->
        [yes] A new panel was drawn, with nobody of the first; what it decides is the answer.
       *[no] No panel looks at it again: an owner of the program who had no part in it answers, in words.
    }

    { $page }
    .subject = { $level }: an appeal was filed

appeal-answered =
    { $outcome ->
        [upheld] Your appeal about { $level } is upheld.
       *[rejected] Your appeal about { $level } is not upheld: { $against ->
            [revocation] the revocation stands.
           *[decision] the new panel has also found “not yet”. You can hand in again.
        }
    }{ $given ->
        [yes] {" "}You are given the badge: { $badge }
       *[no] {""}
    }

    What was found: { $page }
    .subject = { $outcome ->
        [upheld] Your appeal about { $level } is upheld
       *[rejected] Your appeal about { $level } is answered
    }

appeal-decided =
    An appeal about { $level } is { $outcome ->
        [upheld] upheld.
       *[rejected] not upheld.
    } There is nothing for you to do.

    { $page }
    .subject = { $level }: an appeal is answered

mentor-wanted =
    Someone on the way to { $level } asks for a mentor. You can take them on here:

    { $page }
    .subject = { $level }: someone asks for a mentor

mentor-released =
    { $mentor } does not go along with you to { $level } any more. What you noted for each other stays yours to read, and you can ask for another mentor:

    { $page }
    .subject = { $mentor } is not your mentor any more

learner-released =
    You do not go along with { $learner } to { $level } any more. Those you go along with stand here:

    { $page }
    .subject = You are not the mentor of { $learner } any more

badge-given =
    All that { $level } asks for is done. Congratulations!

    Your badge: { $badge }

    How you came to it: { $page }
    .subject = Your badge for { $level }

way-closed =
    Whoever runs the program has ended your way to { $level }: { $reason }

    You can start on the level again. What you did stands here:

    { $page }
    .subject = Your way to { $level } was ended

badge-awarded =
    You have been given a badge: { $level }. Congratulations!

    { $shown ->
        [yes] To look at it, and to share: { $badge }
       *[no] So far nobody sees it but you.
    }

    Sign in with this address to take it: say who sees it and whether it names you, put it into a wallet, or download it.

    { $page }
    .subject = You have been given a badge: { $level }

badge-revoked =
    Your badge for { $level } was revoked. Whoever checks it sees that from now on.

    If you think that this is wrong, you can appeal; until when stands here:

    { $page }
    .subject = Your badge for { $level } was revoked

badge-suspended =
    Your badge for { $level } is suspended. Until that is lifted it does not count, and whoever checks it sees that.

    Why, and how it stands, you see here. If you think that it is wrong, talk to whoever runs the program.

    { $page }
    .subject = Your badge for { $level } is suspended

suspension-lifted =
    Your badge for { $level } is not suspended any more. It has ended meanwhile, on its day; how it can be had again stands here:

    { $page }
    .subject = Your badge for { $level } is not suspended any more

badge-resumed =
    Your badge for { $level } is good again.

    It was signed anew for that. Its address and every link to it go on as before{ $shown ->
        [yes] : { $badge }
       *[no] .
    }

    But files, pictures and wallets with what you took along before are of no use any more. Take it along anew here:

    { $page }
    .subject = Your badge for { $level } is good again

webhook-off =
    { $why ->
        [gone] The webhook “{ $webhook }” at { $address } has answered that it is gone for good.
       *[failing] The webhook “{ $webhook }” at { $address } has taken nothing for three days.
    } It is switched off, and nothing is sent to it any more.

    What was sent, what was answered, and how to switch it on again:

    { $page }
    .subject = The webhook “{ $webhook }” is switched off

scores-due =
    { $when ->
        [soon] Your scores for { $level } are due on { $due }.
        [today] Your scores for { $level } are due today, { $due }.
       *[late] Your scores for { $level } were due on { $due }. Someone waits for their answer.
    } What you have begun is kept as a draft.

    { $page }

    If you should not judge this or can’t, leave the panel there and say why; someone else is drawn in your place.
    .subject = { $when ->
        [soon] { $level }: your scores are due on { $due }
        [today] { $level }: your scores are due today
       *[late] { $level }: your scores are overdue
    }

endorse-asked =
    { $holder } asks you to endorse “{ $badge }”. A few sentences on what you saw are enough:

    { $page }

    What you write is signed in your name, and shown to others once { $holder } shows it. You can withdraw it at any time.
    .subject = { $holder } asks for your endorsement

endorse-asked-outside =
    { $holder } asks you to endorse “{ $badge }”. A few sentences on what you saw are enough:

    { $link }

    What you write is signed in your name, and shown to others once { $holder } shows it. The link is for you alone and good once, for 30 days. If this
    is nothing to you, do nothing.
    .subject = { $holder } asks for your endorsement

endorsement-waits =
    { $endorser } has endorsed “{ $badge }”. Nobody else sees it until you show it:

    { $page }
    .subject = { $endorser } has endorsed you

endorsement-thanks =
    Thank you for endorsing { $holder } (“{ $badge }”). Keep this letter: by this link you see what you wrote, and can withdraw it at any time.

    { $link }
    .subject = Your endorsement of { $holder }

endorsement-shown =
    { $holder } now shows your endorsement of “{ $badge }” on the badge’s page. What you said for others, and how to withdraw it, stands here:

    { $page }
    .subject = { $holder } shows your endorsement

endorsement-withdrawn =
    { $endorser } has withdrawn the endorsement of “{ $badge }”. It is no longer shown, and whoever has a copy of it finds that it was withdrawn.

    { $page }
    .subject = { $endorser } has withdrawn an endorsement
