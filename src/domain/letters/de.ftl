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
