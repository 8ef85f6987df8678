# Jeder Brief, den Laurel schreibt, auf Deutsch: was geschehen ist und was als Nächstes zu tun ist. Unter jedem Schlüssel der Text, dazu .subject.

greeting = Guten Tag { $name },
signature =
    { $organisation }
    { $url }

sign-in =
    Öffnen Sie diesen Link, um sich anzumelden. Er gilt { $minutes } Minuten lang, und nur einmal:

    { $link }

    Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun: Ohne diesen Brief kann sich niemand als Sie anmelden.
    .subject = Ihr Link zur Anmeldung bei { $organisation }

renewal =
    { $past ->
        [yes] Ihre Zertifizierung „{ $level }“ ist am { $day } abgelaufen.
       *[no] { $days ->
            [0] Ihre Zertifizierung „{ $level }“ läuft heute ab, am { $day }.
            [one] Ihre Zertifizierung „{ $level }“ läuft morgen ab, am { $day }.
           *[other] Ihre Zertifizierung „{ $level }“ läuft am { $day } ab, in { $days } Tagen.
        }
    }

    { $how ->
        [under-way] Sie sind schon auf dem Weg, sie wieder zu erlangen: Was noch fehlt, steht auf Ihrem Weg.
        [open] Sie können sie jetzt erneuern. Wer früh ist, verliert nichts: Die neue gilt von dem Tag an, an dem die alte endet.
        [later] Die Erneuerung ist ab dem { $turn } möglich.
        [after] Sie kann erneuert werden, sobald sie abgelaufen ist.
        [grace] Bis vor dem { $turn } kann sie noch erneuert werden. Die neue gilt von dem Tag an, an dem Sie sie erhalten.
        [anew] Vor ihrem Ende gibt es keine Erneuerung; danach erwerben Sie sie neu.
       *[lapsed] Sie kann nicht mehr erneuert werden. Neu erwerben können Sie sie jederzeit.
    }

    { $link }
    .subject = { $past ->
        [yes] „{ $level }“ ist abgelaufen
       *[no] { $days ->
            [0] „{ $level }“ läuft heute ab
            [one] „{ $level }“ läuft morgen ab
           *[other] „{ $level }“ läuft in { $days } Tagen ab
        }
    }

renewal-of-report =
    { $past ->
        [yes] Die Zertifizierung „{ $level }“ von { $person } ist am { $day } abgelaufen.
       *[no] { $days ->
            [0] Die Zertifizierung „{ $level }“ von { $person } läuft heute ab, am { $day }.
            [one] Die Zertifizierung „{ $level }“ von { $person } läuft morgen ab, am { $day }.
           *[other] Die Zertifizierung „{ $level }“ von { $person } läuft am { $day } ab, in { $days } Tagen.
        }
    }

    { $how ->
        [under-way] Die Person ist schon auf dem Weg, sie wieder zu erlangen.
        [open] Sie kann jetzt erneuert werden; die neue gilt von dem Tag an, an dem die alte endet.
        [later] Die Erneuerung ist ab dem { $turn } möglich.
        [after] Sie kann erneuert werden, sobald sie abgelaufen ist.
        [grace] Bis vor dem { $turn } kann sie noch erneuert werden.
        [anew] Vor ihrem Ende gibt es keine Erneuerung; danach wird sie neu erworben.
       *[lapsed] Sie kann nicht mehr erneuert werden; sie wird neu erworben.
    }
    Auch die Person selbst hat Post bekommen.

    { $link }
    .subject = { $past ->
        [yes] „{ $level }“ von { $person } ist abgelaufen
       *[no] { $days ->
            [0] „{ $level }“ von { $person } läuft heute ab
            [one] „{ $level }“ von { $person } läuft morgen ab
           *[other] „{ $level }“ von { $person } läuft in { $days } Tagen ab
        }
    }

version-announced =
    Die Kriterien für { $level } ändern sich am { $starts }.

    Sie sind unterwegs und können bis { $until } unter dem abschließen, was bei Ihrem Beginn galt. { $count ->
        [0] Unter den neuen Kriterien wäre nichts mehr zu tun, bevor Ihre Arbeit beurteilt wird.
       *[other] Unter den neuen Kriterien wäre noch zu tun: { $missing }.
    }

    Was sich ändert: { $page }
    .subject = { $level }: neue Kriterien ab { $starts }

version-moved =
    Die Zeit, { $level } unter früheren Kriterien abzuschließen, ist vorbei. Ab jetzt gelten für Sie die heutigen. { $count ->
        [0] Bevor Ihre Arbeit beurteilt wird, ist nichts mehr zu tun.
       *[other] Noch zu tun ist: { $missing }.
    }

    Was jetzt gilt: { $page }
    .subject = { $level }: Für Sie gelten jetzt neue Kriterien

term-ending =
    Ihre Amtszeit im Gremium für { $program } endet am { $ends }. Ob Sie bleiben oder jemand nachrückt, trägt die Administration vorher ein.
    .subject = Gremium für { $program }: Ihre Amtszeit endet am { $ends }

trial =
    Dies ist ein Versuch: Die Post der Zertifizierungen von { $organisation } kommt an. Sie müssen nichts tun.
    .subject = Ein Versuch von { $organisation }

mentor-given =
    { $mentor } begleitet Sie von nun an auf dem Weg zu { $level }. Sie können einander Notizen schreiben, die nur Sie beide lesen:

    { $page }
    .subject = { $mentor } begleitet Sie zu { $level }

learner-given =
    Sie begleiten von nun an { $learner } auf dem Weg zu { $level }. Was getan ist und was fehlt, und Ihre Notizen füreinander stehen hier:

    { $page }
    .subject = Sie begleiten { $learner } zu { $level }

requirement-met =
    „{ $requirement }“ ist auf Ihrem Weg zu { $level } bestätigt. Was noch fehlt, steht hier:

    { $page }
    .subject = Bestätigt: { $requirement }

note-written =
    { $author } hat Ihnen auf dem Weg zu { $level } eine Notiz geschrieben. Nur Sie beide lesen sie:

    { $page }
    .subject = Eine Notiz von { $author }
