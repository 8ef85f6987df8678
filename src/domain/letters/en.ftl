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
