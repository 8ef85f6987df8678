# Jeder Brief, den Laurel schreibt, auf Deutsch: was geschehen ist und was als Nächstes zu tun ist. Unter jedem Schlüssel der Text, dazu .subject.

greeting = Guten Tag { $name },
signature =
    { $organisation }
    { $url }

stop = Solche Briefe können Sie abbestellen: { $url }/me/letters

sign-in =
    Öffnen Sie diesen Link, um sich anzumelden. Er gilt { $minutes } Minuten lang, und nur einmal:

    { $link }

    Wenn Sie ihn nicht angefordert haben, müssen Sie nichts tun: Ohne diesen Brief kann sich niemand als Sie anmelden.
    .subject = Ihr Link zur Anmeldung bei { $organisation }

passkey-added =
    Zu Ihrem Konto wurde ein Passkey hinzugefügt: „{ $passkey }“. Wer ihn hat, kann sich als Sie anmelden.

    Wenn Sie das nicht waren, entfernen Sie ihn hier, und sagen Sie es jemand anderem aus der Verwaltung:

    { $link }
    .subject = Zu Ihrem Konto bei { $organisation } wurde ein Passkey hinzugefügt

passkey-copied =
    Jemand wollte sich mit Ihrem Passkey „{ $passkey }“ anmelden und wurde abgelehnt: Es scheint davon eine Kopie zu geben.

    Melden Sie sich anders an, entfernen Sie ihn hier, und legen Sie einen neuen an:

    { $link }
    .subject = Ihr Passkey bei { $organisation } wurde vielleicht kopiert

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

panel-drawn =
    { $appeal ->
        [yes] Jemand hat Einspruch gegen eine Entscheidung zu { $level } erhoben. Sie wurden in die neue Jury gezogen, die dieselbe Arbeit noch einmal beurteilt.
       *[no] Für { $level } wurde eine Arbeit eingereicht, und Sie wurden in die Jury gezogen, die sie beurteilt.
    }
    Ihre Noten sind am { $due } fällig. Sie bewerten allein; wenn alle abgegeben haben, sehen Sie die der anderen, und die Jury einigt sich.

    { $page }

    Wenn Sie diese Arbeit nicht beurteilen sollten, verlassen Sie dort die Jury und sagen Sie, warum; dann wird jemand anderes gezogen.
    .subject = { $level }: Ihre Noten sind am { $due } fällig

panel-short =
    Für { $level } wurde eine Arbeit eingereicht, und es gibt zu wenig Bewertende für ihre Jury: Einige dürfen sie nicht beurteilen, oder es fehlen Funktionen. Sie wartet, bis Sie jemanden finden und für die leeren Plätze ziehen lassen.

    { $page }
    .subject = { $level }: Einer Jury fehlen Bewertende

panel-settling =
    Für { $level } haben alle ihre Noten abgegeben. Sie sehen nun die der anderen: Bleiben Sie bei Ihren oder ändern Sie sie, und stimmen Sie dem Stand der Jury zu.

    { $page }
    .subject = { $level }: Alle Noten sind da

decision-returned =
    Der zweite Blick auf die Entscheidung Ihrer Jury zu { $level } hat ergeben, dass Sie noch einmal hinsehen müssen. Warum, steht auf der Seite.

    { $page }
    .subject = { $level }: Ihre Jury muss noch einmal hinsehen

second-look =
    Eine Jury hat für { $level } „bestanden“ entschieden. Bevor das Abzeichen verliehen wird, sieht jemand aus der Programmleitung noch einmal hin, der nicht in der Jury saß. Alle, die das dürfen, haben diesen Brief bekommen.

    { $page }
    .subject = { $level }: Ein zweiter Blick ist nötig

decision-pass =
    Sie haben { $level } bestanden. Herzlichen Glückwunsch!

    Ihr Abzeichen: { $badge }

    Was die Jury gefunden hat: { $page }
    .subject = Sie haben { $level } bestanden

decision-not-yet =
    Die Jury hat Ihre Arbeit für { $level } beurteilt: noch nicht. Bis zum { $by } fehlt noch: { $missing }

    Was die Jury zu jedem Kriterium gefunden hat und wie Sie Einspruch erheben können: { $page }
    .subject = { $level }: Die Jury hat entschieden

appeal-received =
    Ihr Einspruch zu { $level } ist angekommen. Sie bekommen Post, sobald er beantwortet ist. Bis dahin finden Sie ihn hier:

    { $page }
    .subject = Ihr Einspruch zu { $level } ist angekommen

appeal-filed =
    Jemand hat Einspruch zu { $level } erhoben. { $panel ->
        [yes] Eine neue Jury wurde gezogen, mit niemandem aus der ersten; was sie entscheidet, ist die Antwort.
       *[no] Dazu sitzt keine Jury: Jemand aus der Programmleitung, der nicht beteiligt war, antwortet in Worten.
    }

    { $page }
    .subject = { $level }: Es gibt einen Einspruch

appeal-answered =
    { $outcome ->
        [upheld] Ihrem Einspruch zu { $level } wird stattgegeben.
       *[rejected] Ihrem Einspruch zu { $level } wird nicht stattgegeben: { $against ->
            [revocation] Der Widerruf bleibt bestehen.
           *[decision] Auch die neue Jury hat „noch nicht“ entschieden. Sie können wieder einreichen.
        }
    }{ $given ->
        [yes] {" "}Sie erhalten das Abzeichen: { $badge }
       *[no] {""}
    }

    Was gefunden wurde: { $page }
    .subject = { $outcome ->
        [upheld] Ihrem Einspruch zu { $level } wird stattgegeben
       *[rejected] Ihr Einspruch zu { $level } ist beantwortet
    }

appeal-decided =
    Einem Einspruch zu { $level } wird { $outcome ->
        [upheld] stattgegeben.
       *[rejected] nicht stattgegeben.
    } Sie müssen nichts tun.

    { $page }
    .subject = { $level }: Ein Einspruch ist beantwortet

mentor-wanted =
    Jemand auf dem Weg zu { $level } bittet um Begleitung. Hier können Sie sie übernehmen:

    { $page }
    .subject = { $level }: Jemand bittet um Begleitung

mentor-released =
    { $mentor } begleitet Sie nicht mehr auf dem Weg zu { $level }. Was Sie füreinander notiert haben, können Sie weiter lesen, und Sie können um eine andere Begleitung bitten:

    { $page }
    .subject = { $mentor } begleitet Sie nicht mehr

learner-released =
    Sie begleiten { $learner } nicht mehr auf dem Weg zu { $level }. Wen Sie begleiten, steht hier:

    { $page }
    .subject = Sie begleiten { $learner } nicht mehr

badge-given =
    Alles, was { $level } verlangt, ist getan. Herzlichen Glückwunsch!

    Ihr Abzeichen: { $badge }

    Wie Sie es erlangt haben: { $page }
    .subject = Ihr Abzeichen für { $level }

way-closed =
    Die Programmleitung hat Ihren Weg zu { $level } beendet: { $reason }

    Sie können die Stufe wieder angehen. Was Sie getan haben, steht hier:

    { $page }
    .subject = Ihr Weg zu { $level } wurde beendet

badge-awarded =
    Ihnen wurde ein Abzeichen verliehen: { $level }. Herzlichen Glückwunsch!

    { $shown ->
        [yes] Zum Ansehen und Teilen: { $badge }
       *[no] Bisher sieht es niemand außer Ihnen.
    }

    Melden Sie sich mit dieser Adresse an, um es zu übernehmen: Sagen Sie, wer es sieht und ob es Ihren Namen nennt, legen Sie es in eine Wallet oder laden Sie es herunter.

    { $page }
    .subject = Ihnen wurde ein Abzeichen verliehen: { $level }

badge-revoked =
    Ihr Abzeichen für { $level } wurde widerrufen. Wer es prüft, sieht das von nun an.

    Wenn Sie das für falsch halten, können Sie Einspruch erheben; bis wann, steht hier:

    { $page }
    .subject = Ihr Abzeichen für { $level } wurde widerrufen

badge-suspended =
    Ihr Abzeichen für { $level } ist ausgesetzt. Bis das aufgehoben ist, zählt es nicht, und wer es prüft, sieht das.

    Warum, und wie es steht, sehen Sie hier. Wenn Sie das für falsch halten, sprechen Sie mit der Programmleitung.

    { $page }
    .subject = Ihr Abzeichen für { $level } ist ausgesetzt

suspension-lifted =
    Ihr Abzeichen für { $level } ist nicht mehr ausgesetzt. Inzwischen ist es an seinem Tag abgelaufen; wie Sie es wieder bekommen, steht hier:

    { $page }
    .subject = Ihr Abzeichen für { $level } ist nicht mehr ausgesetzt

badge-resumed =
    Ihr Abzeichen für { $level } gilt wieder.

    Dafür wurde es neu unterschrieben. Seine Adresse und alle Links darauf gelten weiter{ $shown ->
        [yes] : { $badge }
       *[no] .
    }

    Dateien, Bilder und Wallets mit dem, was Sie früher mitgenommen haben, nützen aber nichts mehr. Nehmen Sie es hier neu mit:

    { $page }
    .subject = Ihr Abzeichen für { $level } gilt wieder

webhook-off =
    { $why ->
        [gone] Der Webhook „{ $webhook }“ unter { $address } hat geantwortet, dass es ihn nicht mehr gibt.
       *[failing] Der Webhook „{ $webhook }“ unter { $address } hat seit drei Tagen nichts angenommen.
    } Er ist abgeschaltet, und es wird ihm nichts mehr gesendet.

    Was gesendet und geantwortet wurde und wie Sie ihn wieder einschalten:

    { $page }
    .subject = Der Webhook „{ $webhook }“ ist abgeschaltet

scores-due =
    { $when ->
        [soon] Ihre Noten für { $level } sind am { $due } fällig.
        [today] Ihre Noten für { $level } sind heute fällig, am { $due }.
       *[late] Ihre Noten für { $level } waren am { $due } fällig. Jemand wartet auf Antwort.
    } Was Sie begonnen haben, ist als Entwurf behalten.

    { $page }

    Wenn Sie diese Arbeit nicht beurteilen sollten oder können, verlassen Sie dort die Jury und sagen Sie, warum; dann wird jemand anderes gezogen.
    .subject = { $when ->
        [soon] { $level }: Ihre Noten sind am { $due } fällig
        [today] { $level }: Ihre Noten sind heute fällig
       *[late] { $level }: Ihre Noten sind überfällig
    }

endorse-asked =
    { $holder } bittet Sie um eine Befürwortung von „{ $badge }“. Ein paar Sätze zu dem, was Sie gesehen haben, genügen:

    { $page }

    Was Sie schreiben, wird in Ihrem Namen signiert und anderen gezeigt, sobald { $holder } es zeigt. Sie können es jederzeit zurückziehen.
    .subject = { $holder } bittet um Ihre Befürwortung

endorse-asked-outside =
    { $holder } bittet Sie um eine Befürwortung von „{ $badge }“. Ein paar Sätze zu dem, was Sie gesehen haben, genügen:

    { $link }

    Was Sie schreiben, wird in Ihrem Namen signiert und anderen gezeigt, sobald { $holder } es zeigt. Der Link ist nur für Sie, gilt einmal und
    30 Tage lang. Wenn Sie damit nichts zu tun haben, tun Sie nichts.
    .subject = { $holder } bittet um Ihre Befürwortung

endorsement-waits =
    { $endorser } hat „{ $badge }“ befürwortet. Niemand sonst sieht es, bis Sie es zeigen:

    { $page }
    .subject = { $endorser } hat Ihr Abzeichen befürwortet

endorsement-thanks =
    Danke für Ihre Befürwortung für { $holder } („{ $badge }“). Heben Sie diesen Brief auf: Über diesen Link sehen Sie, was Sie geschrieben haben, und können
    es jederzeit zurückziehen.

    { $link }
    .subject = Ihre Befürwortung für { $holder }

endorsement-shown =
    { $holder } zeigt Ihre Befürwortung von „{ $badge }“ jetzt auf der Seite des Abzeichens. Was Sie über andere gesagt haben und wie Sie es zurückziehen,
    steht hier:

    { $page }
    .subject = { $holder } zeigt Ihre Befürwortung

endorsement-withdrawn =
    { $endorser } hat die Befürwortung von „{ $badge }“ zurückgezogen. Sie wird nicht mehr gezeigt, und wer eine Kopie hat, erfährt es beim Prüfen.

    { $page }
    .subject = { $endorser } hat eine Befürwortung zurückgezogen
