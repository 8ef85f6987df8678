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
