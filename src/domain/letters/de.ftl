# Jeder Brief, den Laurel schreibt, auf Deutsch: was geschehen ist und was als Nächstes zu tun ist. Unter jedem Schlüssel der Text, dazu .subject.

greeting = Guten Tag { $name },
signature =
    { $organisation }
    { $url }

trial =
    Dies ist ein Versuch: Die Post der Zertifizierungen von { $organisation } kommt an. Sie müssen nichts tun.
    .subject = Ein Versuch von { $organisation }
