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
