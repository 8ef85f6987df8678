# Jedes Wort auf den Seiten von Laurel, auf Deutsch. Schlicht und kurz; Daten ausgeschrieben; was geschehen ist und was als Nächstes zu tun ist.

## The frame
skip-link = Zum Inhalt springen
nav-label = Seiten
nav-wall = Wand
nav-programs = Programme
nav-verify = Prüfen
nav-api = API
nav-mine = Mein Laurel
mine-label = Ihre Seiten
mine-path = Mein Weg
own-badges-title = Meine Abzeichen
own-badges-lead = Was Sie haben, wie es darum steht, und wer es sieht.
own-badges-empty-title = Noch keine Abzeichen
own-badges-empty = Hier steht, was Ihnen verliehen wird, solange Sie hier sind und danach.
own-badges-programs = Sehen, was es zu erreichen gibt
own-badges-who = Wer es sieht
own-badges-public = Alle, auch auf der Wand
own-badges-link = Wer den Link hat
own-badges-private = Niemand
own-badges-save = Speichern
own-badges-all = Alle mitnehmen (ZIP)
own-badges-note = Ihre Wahl gilt für das ganze Zertifikat mit seinen Erneuerungen. Wer eine Kopie hat, behält sie: Ein Abzeichen, das weitergegeben wurde, lässt sich weiterhin prüfen.
own-badges-name-title = Ihr Name
own-badges-named = Auf Abzeichen, die andere sehen, stehen Ihr Name und Ihr Team.
own-badges-unnamed = Abzeichen, die andere sehen, sagen nicht, wem sie gehören.
own-badges-show-name = Meinen Namen darauf setzen
own-badges-hide-name = Meinen Namen wegnehmen
wallet-title = Dieses Abzeichen in eine Wallet legen
wallet-lead = Eine Wallet ist eine App auf Ihrem Telefon, die Nachweise wie Abzeichen aufbewahrt und sie zeigt, wem Sie wollen. Sie bekommt das Abzeichen auf ihren eigenen Schlüssel ausgestellt: Wem Sie es zeigen, der erkennt, dass Sie es halten.
wallet-begin = Angebot machen
wallet-back = Zurück zu meinen Abzeichen
wallet-given-title = In Wallets gelegt
wallet-given-lead = Wird dieses Abzeichen widerrufen, enden sie mit ihm.
wallet-qr = QR-Code mit dem Angebot für Ihre Wallet
wallet-step-scan = Scannen Sie dies mit Ihrer Wallet
wallet-step-scan-how = Oder öffnen Sie es dort, wenn die Wallet auf diesem Gerät ist.
wallet-open = In einer Wallet öffnen
wallet-step-code = Geben Sie den Transaktionscode ein
wallet-step-code-how = Danach fragt Ihre Wallet als Nächstes. Er steht auf einer eigenen Seite, damit niemand, der diese hier sieht, Ihr Abzeichen nehmen kann.
wallet-show-code = Code anzeigen
wallet-until = Das Angebot gilt { $minutes } Minuten, bis { $time }, und für eine Wallet. Ein neues beendet es.
wallet-code-title = Transaktionscode
wallet-code-lead = Geben Sie diese Ziffern in Ihre Wallet ein.
wallet-code-until = Der Code gilt bis { $time } und für wenige Versuche. Lassen Sie ihn noch einmal anzeigen, endet dieser.
wallet-code-done = Fertig
wallet-code-none = Dieses Angebot ist nicht mehr offen: Es wurde angenommen, ist abgelaufen, oder ein neueres hat seinen Platz eingenommen.
own-badges-wallet = In eine Wallet legen
badge-wallet = Ihres? In eine Wallet legen
mine-mentor = Meine Lernenden
mine-learners = Unterwegs
mine-decisions = Entscheidungen
mine-assess = Beurteilen
mine-account = Konto
mine-team = Ihre Leute
mine-record = Aufzeichnung
mine-admin = Personen
copied-note = Dies ist eine Kopie vom { $date } als Dateien. Wie ein Abzeichen an dem Tag steht, an dem Sie dies lesen, findet Ihr Browser auf dessen Seite heraus.
demo-note = Dies ist eine Vorführung. Die Firma und ihre Leute sind erfunden, und der Schlüssel, der ihre Abzeichen unterschreibt, ist es auch.
footer-made = Abzeichen sind hier signierte Open Badges 3.0. Jeder kann sie prüfen, mit jeder Software, die dem Standard folgt.
footer-key = Öffentlicher Schlüssel
footer-api = API

## Dates
date-and-time = { $date }, { $time }
relative-today = heute
relative-in-days = { $count ->
    [one] in { $count } Tag
   *[other] in { $count } Tagen
  }
relative-in-months = { $count ->
    [one] in { $count } Monat
   *[other] in { $count } Monaten
  }
relative-in-years = { $count ->
    [one] in { $count } Jahr
   *[other] in { $count } Jahren
  }
relative-days-ago = { $count ->
    [one] vor { $count } Tag
   *[other] vor { $count } Tagen
  }
relative-months-ago = { $count ->
    [one] vor { $count } Monat
   *[other] vor { $count } Monaten
  }
relative-years-ago = { $count ->
    [one] vor { $count } Jahr
   *[other] vor { $count } Jahren
  }
span-days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
  }
span-weeks = { $count ->
    [one] { $count } Woche
   *[other] { $count } Wochen
  }
span-months = { $count ->
    [one] { $count } Monat
   *[other] { $count } Monate
  }
span-years = { $count ->
    [one] { $count } Jahr
   *[other] { $count } Jahre
  }

## How a badge stands
standing-valid = Gültig
standing-valid-detail = Dieses Abzeichen läuft nicht ab.
standing-valid-until = Gültig bis { $date }
standing-valid-until-detail = Es endet { $relative }.
standing-expires = { $days ->
    [one] Gültig, läuft morgen ab
   *[other] Gültig, läuft in { $days } Tagen ab
  }
standing-expires-today = Gültig, läuft heute ab
standing-expires-detail = Es gilt bis { $date } und kann jetzt erneuert werden.
standing-expired = Abgelaufen am { $date }
standing-expired-detail = Es war echt und endete { $relative }. Der Eintrag bleibt hier.
standing-superseded = Durch ein neueres Abzeichen ersetzt
standing-superseded-detail = Die Zertifizierung wurde erneuert. Dieses frühere Abzeichen ist echt und bleibt als Eintrag.
standing-superseded-link = Zum heutigen Abzeichen
standing-revoked = Widerrufen am { $date }
standing-revoked-detail = Der Aussteller hat dieses Abzeichen zurückgezogen. Es zählt nicht mehr.
standing-revoked-reason = Der Aussteller hat dieses Abzeichen zurückgezogen und nennt diesen Grund: { $reason }
standing-broken-detail = Was hier aufbewahrt ist, ist nicht das, was der Aussteller unterschrieben hat. Verlassen Sie sich nicht darauf, und sagen Sie es dem Aussteller.
standing-not-yet = Nicht gültig vor { $date }
standing-not-yet-detail = Es beginnt { $relative }.
standing-word-valid = Gültig
standing-word-expiring = Läuft bald ab
standing-word-expired = Abgelaufen
standing-word-superseded = Ersetzt
standing-word-revoked = Widerrufen
standing-word-not-yet = Noch nicht gültig
standing-word-broken = Nicht echt

## Shared words
the-holder = Die Inhaberin oder der Inhaber
the-holder-inline = die Inhaberin oder der Inhaber
holder-count = { $count ->
    [0] Noch niemand
    [one] { $count } Person
   *[other] { $count } Personen
  }
held-by-count = { $count ->
    [0] noch von niemandem erreicht
    [one] von { $count } Person erreicht
   *[other] von { $count } Personen erreicht
  }
validity-for-ever = Läuft nicht ab
validity-for = Gültig für { $span }
validity-for-renewable = Gültig für { $span }, erneuerbar in dieser Zeit vor dem Ende: { $window }
picture-alt = Abzeichen für { $level }
label-issuer = Ausgestellt von
label-program = Programm
label-level = Stufe
label-awarded = Verliehen
label-valid-until = Gültig bis
label-team = Team
label-validity = Gültigkeit
label-criteria = Kriterien
label-version = Fassung der Kriterien
label-holders = Erreicht von
label-badges = Abzeichen
no-end = Kein Enddatum
machine-readable = Dasselbe für Software

## The wall
wall-title = Sie haben es geschafft
wall-lead = { $count ->
    [one] Ein Abzeichen bei { $organisation }, verdient an echter Arbeit.
   *[other] { $count } Abzeichen bei { $organisation }, jedes an echter Arbeit verdient.
  }
wall-newest = Neueste
wall-levels = Wie viele haben jede Stufe erreicht?
wall-teams = In welchen Teams sind sie?
feed-title = Abzeichen von { $organisation }
wall-empty-title = Hier wird das erste Abzeichen hängen
wall-empty = Wenn jemand ein Abzeichen verdient und es öffentlich macht, erscheint es an dieser Wand mit seinem Bild, und auf Wunsch mit dem Namen.
wall-empty-next = Was man erreichen kann

## Programs
programs-title = Programme
programs-lead = Was man hier zertifizieren lassen kann und was jede Stufe verlangt.
programs-empty = Noch ist kein Programm veröffentlicht. Seine Stufen und Kriterien werden hier stehen.
program-ladder = Stufen
program-policies = Was das Gremium entschieden hat
program-file = Das ganze Programm als Datei
program-newest = Neu an der Wand
level-of = Stufe { $step } von { $steps }
level-step = Stufe { $step }
criteria-title = Was verlangt wird
competencies-title = Was jemand auf dieser Stufe kann
competency-technical = fachlich
competency-personal = mit anderen
path-title = Was vorher zu tun ist
path-level = muss vorliegen
path-work = Echte Arbeit, mit Belegen eingereicht und von einer Jury beurteilt.
path-one-of = Auf einem dieser Wege
path-any = { $name }: { $count } davon nach Wahl
route-coursework = Kurs
route-demonstration = praktisch vorgeführt
route-project = Projekt
route-badge = ein Abzeichen von { $issuer }
route-badge-for = ein Abzeichen von { $issuer } für { $achievement }
confirmed-mentor = bestätigt von einer Mentorin oder einem Mentor
confirmed-assessor = bestätigt aus dem Kreis der Bewertenden
confirmed-owner = bestätigt von der Programmleitung
confirmed-verification = zählt, wenn es sich bestätigen lässt
rubric-title = Wie bewertet wird
panel-size = { $count ->
    [one] Eine Person beurteilt die Arbeit, die weder im selben Team noch in derselben Führungslinie steht.
   *[other] { $count } Personen beurteilen die Arbeit, die weder im selben Team noch in derselben Führungslinie stehen.
  }
panel-functions = Sie kommen aus mindestens { $count } Funktionen des Unternehmens.
panel-alone = Alle bewerten zuerst für sich und begründen es; dann sehen sie die Noten der anderen und einigen sich.
panel-disagreement = { $count ->
    [one] Liegen zwei von ihnen eine Note auseinander, kommt eine weitere Person hinzu.
   *[other] Liegen zwei von ihnen { $count } Noten auseinander, kommt eine weitere Person hinzu.
  }
panel-days = { $count ->
    [one] Die Noten sind innerhalb eines Tages fällig.
   *[other] Die Noten sind innerhalb von { $count } Tagen fällig.
  }
panel-second-look = Bevor das Abzeichen verliehen wird, bestätigt jemand aus der Programmleitung, der nicht in der Jury saß.
panel-appeal = { $count ->
    [one] Gegen die Entscheidung kann einen Tag lang Einspruch erhoben werden; dann urteilt eine neue Jury.
   *[other] Gegen die Entscheidung kann { $count } Tage lang Einspruch erhoben werden; dann urteilt eine neue Jury.
  }
panel-named = Das Abzeichen nennt die Mitglieder der Jury, die dem zugestimmt haben.
panel-unnamed = Das Abzeichen sagt, dass eine Jury entschieden hat, und nennt niemanden.
rubric-lead = Jeder Punkt wird für sich betrachtet und muss die verlangte Note erreichen.
rubric-threshold = Zusammen müssen es { $percent } % aller Punkte sein.
rubric-asks = verlangt „{ $grade }“
rubric-weighs = zählt { $weight }-fach, verlangt „{ $grade }“
rubric-grade = Note
rubric-described = Woran man sie erkennt
rubric-required = verlangt
results-title = Wie bewertet wurde
results-criterion = Was betrachtet wurde
results-grade = Erreicht
results-place = { $place } von { $of }
versions-title = { $level }: Fassungen
versions-lead = Was wann veröffentlicht wurde. Eine Fassung wird nie geändert: Abzeichen bleiben unter der, unter der sie verliehen wurden.
versions-link = Alle Fassungen
version-number = Fassung { $version }
version-current = Dies ist Fassung { $version }, unter der heute Abzeichen verliehen werden.
version-earlier = Dies ist Fassung { $version }. Unter ihr wurden Abzeichen verliehen; es gibt eine neuere.
version-ahead = Dies ist Fassung { $version }. Unter ihr werden ab { $date } Abzeichen verliehen.
version-never = Dies ist Fassung { $version }. Eine neuere hat sie ersetzt, bevor sie galt.
version-now = Was heute gilt
version-row-now = Gilt jetzt
version-row-ahead = Gilt ab { $date }
version-row-never = Ersetzt, bevor sie galt
version-approved = Genehmigt von: { $who }
version-transition = Wer schon unterwegs ist, kann bis { $date } unter einer früheren Fassung abschließen.
coming-from = Das ändert sich am { $date }.
coming-link = Fassung { $version } ansehen
coming-transition = Wer dann schon unterwegs ist, kann bis { $date } unter dem abschließen, was heute gilt.
coming-at-once = Wer dann unterwegs ist, macht unter der neuen Fassung weiter.
version-changed = Geändert: { $parts }
label-published = Veröffentlicht
label-starts = Gilt ab
label-transition = Übergang
label-approved = Genehmigt von
label-new = Was neu ist
changes-title = Was sich seit { $before } geändert hat
changes-none = Nichts von dem, was die Stufe sagt oder verlangt.
change-removed = Entfernt
change-added = Hinzugefügt
part-name = Name
part-description = Beschreibung
part-criteria = Kriterien
part-competencies = Kompetenzen
part-requirements = Was zu tun ist
part-electives = Wahlteile
part-rubric = Bewertungsraster
part-assessment = Bewertung
part-skills = Fähigkeiten
part-tags = Schlagwörter
part-validity = Gültigkeit
part-renewal = Zeitraum der Erneuerung
part-renewal-terms = Erneuerung
part-review = Termin der Überprüfung
part-picture = Bild
skills-title = Fähigkeiten
renew-title = Wie erneuert wird
renew-steps = Bitten Sie in dieser Zeit vor dem Ende um die Rezertifizierung: { $window }. Das neue Abzeichen läuft dann vom alten Enddatum weiter; frühes Erneuern kostet also nichts.
renew-anytime = Wenn das Abzeichen abgelaufen ist, wird die Stufe neu bewertet und in derselben Zertifizierung ein neues verliehen.
renew-never = Es läuft nicht ab, also gibt es nichts zu erneuern.
renew-same = Die Erneuerung verlangt dasselbe wie beim ersten Mal.
renew-asks = Die Erneuerung verlangt:
renew-assessed = Eine Jury beurteilt neue Arbeit.
renew-unassessed = Es urteilt keine Jury noch einmal.
renew-grace = Nach dem Ende kann noch für diese Zeit erneuert werden: { $span }. Wer später kommt, beginnt von vorn.
label-review = Kriterien werden überprüft bis
review-overdue = überfällig
label-level-before = Stufe darunter
label-level-next = Nächste Stufe
program-whole-level = Alles über { $level }

## A badge
badge-criteria-title = Was verlangt wurde
badge-narrative-title = Was der Aussteller sagt
badge-evidence-title = Nachweise
badge-verify = Dieses Abzeichen prüfen
badge-share = Teilen oder herunterladen
badge-linkedin = Zu LinkedIn hinzufügen
badge-copy = Kopieren
badge-copied = Kopiert
badge-copy-label = Link, der immer den heutigen Stand zeigt
share-in = Weitersagen:
share-email = E-Mail
share-words = Ich habe „{ $title }“ von { $issuer }.
share-by-hand = Ein Profil von Hand ausfüllen
share-by-hand-lead = Die gleichen Felder, die der Knopf ausfüllt, für LinkedIn oder jedes andere Profil.
share-name = Name
share-id = Kennung des Abzeichens
share-url = Link zum Abzeichen
embed-title = Auf der eigenen Seite zeigen
embed-lead = Ein kleiner Rahmen ohne Skripte, der bei jedem Blick zeigt, wie das Abzeichen steht.
embed-label = HTML für Ihre Seite
embed-look = Den Rahmen ansehen
embed-issuer = von { $issuer }
badge-download-title = Zum Mitnehmen
badge-download-pdf = Urkunde zum Drucken, mit dem Abzeichen als Anhang (PDF)
badge-download-png = Bild mit dem Abzeichen darin (PNG)
badge-download-svg = Bild mit dem Abzeichen darin (SVG)
badge-download-json = Signiertes Dokument (JSON)
badge-download-jwt = Signiertes Dokument (JWT)
badge-download-card = Karte für Beiträge und Folien (PNG)
badge-download-qr = QR-Code, der hierher führt (PNG)
badge-path-title = Auf dem Weg
badge-path-here = dieses Abzeichen
badge-qr = QR-Code, der die Prüfung dieses Abzeichens öffnet
badge-qr-caption = Zum Prüfen scannen
badge-history = Die ganze Zertifizierung mit jeder Erneuerung
badge-summary-named = Verliehen an { $person } von { $issuer }.
badge-summary = Verliehen von { $issuer }.
badge-panel-title = Was die Jury sagt
certificate-heading = Urkunde
certificate-to = verliehen an
certificate-on = Am { $date }: { $standing }
certificate-today = Wie es heute steht:
certificate-attached = Das signierte Abzeichen hängt dieser Datei als badge.json an.
badge-appealed = Gegen den Widerruf läuft ein Einspruch
badge-appealed-detail = Die Inhaberin oder der Inhaber hat am { $date } Einspruch erhoben. Bis er beantwortet ist, gilt der Widerruf.
checked-title = Eben geprüft
checked-here = Von diesem Dienst
own-title = Von Ihrem Browser, für sich
own-waiting = Ihr Browser prüft …
own-without-script = Mit JavaScript prüft Ihr Browser das Abzeichen ein zweites Mal, ohne diesen Dienst.
own-agrees = Ihr Browser kommt zum gleichen Ergebnis.
own-disagrees = Ihr Browser kommt zu einem anderen Ergebnis. Verlassen Sie sich nicht auf diese Seite: Lassen Sie das Abzeichen anderswo prüfen, und sehen Sie nach, ob die Uhr dieses Geräts richtig geht.
own-since = Seit dieser Kopie ist Zeit vergangen: Die Daten unten sagen, wie das Abzeichen jetzt steht.
own-unknown = Ihr Browser konnte es nicht selbst prüfen.
own-shown = Was gezeigt wird
own-signature-passed = Mit dem Schlüssel gemacht, der an der eigenen Adresse des Ausstellers steht.
own-signature-failed = Nicht mit einem Schlüssel des Ausstellers gemacht, oder das Abzeichen wurde danach geändert.
own-signature-unchecked = Dieser Browser kann auf dieser Seite keine Unterschriften prüfen, oder die Schlüssel des Ausstellers waren nicht zu lesen.
own-shown-passed = Titel, Daten, Aussteller und Ergebnis auf dieser Seite sind das, was unterschrieben wurde.
own-shown-failed = Diese Seite zeigt etwas, das nicht unterschrieben wurde:
own-status-passed = In der Liste des Ausstellers nicht widerrufen.
own-status-failed = In der Liste des Ausstellers widerrufen.
own-status-unchecked = Die Liste des Ausstellers war nicht zu lesen.
own-dates-passed = Nach der Uhr dieses Geräts innerhalb seiner Daten.
own-dates-failed = Nach der Uhr dieses Geräts abgelaufen.
own-dates-upcoming = Nach der Uhr dieses Geräts noch nicht gültig.

## A certification
renewal-not-yet = Die Erneuerung ist ab dem { $date } möglich.
renewal-open = Sie kann jetzt erneuert werden. Die neue gilt dann vom { $date } an, dem Tag, an dem diese endet.
renewal-grace = Sie kann bis vor dem { $date } noch erneuert werden. Die neue gilt dann von dem Tag an, an dem sie erteilt wird.
renewal-lapsed = Die Zeit für eine Erneuerung ist vorbei; sie wird neu erworben.
certification-lead = Diese Seite zeigt immer, wie die Zertifizierung heute steht.
certification-earlier = Jedes Abzeichen dieser Zertifizierung
certification-earlier-lead = Erneuerungen sind neue Abzeichen; frühere bleiben als Einträge.
certification-since = Seit
certification-state = Stand
certification-open = Abzeichen öffnen

## Verify
verify-title = Ein Abzeichen prüfen
verify-lead = Geben Sie uns das Abzeichen, in welcher Form auch immer. Nichts davon wird aufbewahrt.
verify-link = Link zu einem Abzeichen
verify-link-hint = Die Adresse einer Abzeichenseite auf dieser Website
verify-file = Datei des Abzeichens
verify-file-hint = Ein PNG- oder SVG-Bild mit einem Abzeichen darin, bis 8 MB, oder sein JSON oder JWT, bis 1 MB
verify-paste = Text des Abzeichens
verify-paste-hint = Das signierte JSON-Dokument oder JWT
verify-or = oder
verify-email = E-Mail-Adresse der Person
verify-email-hint = Wenn Sie sie kennen, prüfen wir auch, ob das Abzeichen für diese Adresse ausgestellt wurde
verify-optional = (freiwillig)
verify-refresh = Nach einer neueren Fassung sehen
verify-refresh-hint = Fragt den Dienst, den das Abzeichen nennt; er erfährt dann, dass es geprüft wird
verify-submit = Prüfen
verify-from-wallet = Stattdessen ein Abzeichen aus einer Wallet zeigen lassen
present-title = Aus einer Wallet gezeigt
present-lead = Wer vor Ihnen steht, hat ein Abzeichen in einer Wallet auf dem Telefon. Lassen Sie einen Code scannen, und sehen Sie sofort, ob das Abzeichen gültig ist und dem gehört, der es zeigt.
present-kept = Was gezeigt wird, steht hier { $minutes } Minuten lang, nur für Sie, und ist dann vergessen.
present-begin = Um ein Abzeichen bitten
present-other-ways = Ein Abzeichen auf anderem Weg prüfen
present-scan = Lassen Sie dies mit der Wallet scannen, in der das Abzeichen liegt.
present-qr = QR-Code mit der Anfrage für eine Wallet
present-here = Ist die Wallet auf diesem Gerät? Dann öffnen Sie sie hier, und kommen Sie auf diese Seite zurück.
present-waiting = Die Wallet hat noch nicht geantwortet.
present-look = Sehen, ob sie geantwortet hat
present-until = Die Anfrage ist offen bis { $time }.
present-declined = Die Wallet wurde gefragt, und nichts wurde gezeigt.
present-ended = Diese Anfrage ist abgelaufen, und was gezeigt wurde, ist vergessen.
present-again = Noch einmal fragen
verify-again = Ein weiteres Abzeichen prüfen
verify-nothing-given = Geben Sie einen Link, eine Datei oder den Text des Abzeichens an und drücken Sie dann „Prüfen“.
verify-not-ours = Dieser Link führt zu keinem Abzeichen dieser Website. Links zu Abzeichen beginnen hier mit { $start }. Für ein Abzeichen von anderswo geben Sie seine Datei an.
verify-not-there = Unter diesem Link gibt es kein Abzeichen. Sehen Sie nach, ob ein Buchstabe fehlt; vielleicht ist es auch nicht öffentlich.
verify-no-address = Das ist keine E-Mail-Adresse. Lassen Sie das Feld leer, wenn Sie sie nicht kennen.
verify-what = Was geprüft wird
verify-what-lead = Format, Unterschrift, Aussteller, Widerruf und Daten. Sie sehen jede Antwort mit ihrem Grund, und was nicht geprüft werden konnte, zählt nie als bestanden.
verify-checked-at = Geprüft am { $date }
verdict-valid = Dieses Abzeichen ist gültig
verdict-endorsement = Diese Befürwortung ist gültig
verdict-valid-reason = Es ist echt, unverändert, von einem uns bekannten Aussteller, aktuell und nicht widerrufen.
verdict-revoked = Dieses Abzeichen wurde widerrufen
verdict-format = Das ist kein Abzeichen, das wir lesen können
verdict-altered = Diesem Abzeichen kann man nicht trauen
verdict-recipient = Dieses Abzeichen gehört jemand anderem
verdict-expired = Dieses Abzeichen ist abgelaufen
verdict-dates = Dieses Abzeichen ist heute nicht gültig
verdict-issuer = Der Aussteller ist hier nicht bekannt
verdict-invalid = Dieses Abzeichen ist nicht gültig
verdict-unknown = Wir konnten nicht alles prüfen
check-format = Format
check-proof = Unterschrift
check-issuer = Aussteller
check-status = Widerruf
check-dates = Daten
check-schema = Schema
check-subject = Was befürwortet wird
check-challenge = Für diesen Anlass gemacht
check-holder = Von der richtigen Person gezeigt
check-recipient = Für wen es ist
outcome-passed = Bestanden
outcome-failed = Nicht bestanden
outcome-unchecked = Konnte nicht geprüft werden
checks-title = Jede Prüfung
refresh-title = Gibt es eine neuere Fassung?
refresh-checks = Jede Prüfung der neueren Fassung
fetched-title = Was nachgeschlagen wurde
fetched-none = Für diese Antwort wurde niemand sonst gefragt.
fetched-read = Gelesen am { $date }
fetched-kept = Gelesen am { $date } und seither aufbewahrt, wie der Server es erlaubt
fetched-failed = Konnte am { $date } nicht gelesen werden: { $why }
claims-title = Was das Abzeichen sagt
claims-none-title = Was das Abzeichen sagt, wird nicht gezeigt
claims-none = Das Dokument könnte von irgendwem stammen, deshalb ist auf nichts darin Verlass.
issuer-self-styled = Er nennt sich „{ $name }“; das könnte jeder.
endorsements-title = Was andere dafür sagen
endorsements-lead = Jede Befürwortung hat ihr eigenes Urteil. Keine ändert das Urteil über das Abzeichen.
endorsements-left-aside = Weitere wurden beiseitegelassen und nicht angesehen: { $count }.
endorsement-of-credential = Für dieses Abzeichen
endorsement-of-achievement = Für das, was erreicht wurde
endorsement-of-issuer = Für den Aussteller
endorsement-valid = Gilt
endorsement-attention = Genauer hinsehen
endorsement-invalid = Gilt nicht
endorsement-unknown = Konnte nicht geprüft werden
presentation-valid = Diese Abzeichen sind gültig und von der richtigen Person gezeigt
presentation-attention = Diese Abzeichen sind echt, aber sehen Sie noch einmal hin
presentation-invalid = Was hier gezeigt wird, ist nicht gültig
presentation-unknown = Wir konnten nicht alles prüfen, was gezeigt wird
presentation-by = Gezeigt von
presentation-badges = Was gezeigt wird
presentation-unreadable = Ein Abzeichen, dem man nicht trauen kann
claims-page = Zur Seite des Abzeichens
claims-document = Das ganze Dokument
claims-statement = { $issuer } sagt, dass { $person } dies erreicht hat:
claims-endorses = { $issuer } befürwortet
label-comment = Mit diesen Worten
label-credential = Adresse des Abzeichens
label-valid-from = Gültig ab
label-description = Beschreibung
label-own-name = Name des Abzeichens
label-achievement = Was erreicht wurde
label-type = Art
label-version-earned = Fassung
label-narrative = Über die Arbeit dieser Person
label-criteria-page = Seite der Kriterien
label-results = Wie bewertet wurde
label-skills = Fähigkeiten
label-tags = Schlagwörter
label-achievement-id = Kennung dessen, was erreicht wurde
label-subject = Kennung der Person
label-picture = Bild
label-role = Rolle
label-term = Zeitraum
label-license = Lizenznummer
label-credits-earned = Erworbene Leistungspunkte
label-credits-available = Mögliche Leistungspunkte
label-activity-start = Begonnen
label-activity-end = Beendet
label-source = Bewertet von
label-field-of-study = Fachgebiet
label-specialization = Schwerpunkt
label-human-code = Kurscode
label-language = Sprache
label-other-identifier = Auch bekannt als
label-related = Verwandt mit
label-creator = Entworfen von
label-issuer-description = Über den Aussteller
label-issuer-email = E-Mail des Ausstellers
label-issuer-phone = Telefon des Ausstellers
result-unnamed = Ergebnis
result-reached = Erreicht: { $what }
result-required = Verlangt: { $what }
result-status = Stand: { $what }
result-range = Von { $low } bis { $high }
result-levels = Noten:
result-allowed = Möglich: { $what }
result-points = { $points } Punkte
evidence-digest = Prüfsumme { $digest }
evidence-audience = Für { $audience }
checked-by-standard = Beurteilt nach den Regeln von { $standard }.
again-title = Noch einmal prüfen
again-link = Die Adresse dieser Prüfung
again-repeat = Erneut prüfen
again-save = Diese Prüfung sichern
again-save-hint = Eine ZIP-Datei mit dem Abzeichen, den Schlüsseln und Listen des Ausstellers, wie sie gelesen wurden, und dem Bericht; ohne die E-Mail-Adresse. Jeder kann sie später ohne Netz beurteilen: `laurel verify --offline`
again-paper = Um zu prüfen, ob dieses Papier sagt, was bescheinigt wurde, öffnen Sie { $url } und geben Sie das Abzeichen an.
again-paper-link = Um zu prüfen, ob dieses Papier sagt, was bescheinigt wurde, scannen Sie den Code oder öffnen Sie diese Adresse:

## An endorsement
endorsement-by = Befürwortet von { $issuer }
endorsement-verify = Diese Befürwortung prüfen
endorsement-revoked-reason = Der genannte Grund: { $reason }
label-endorsed = Was befürwortet wird
said-title = Was der Aussteller dafür sagt
said-open = Signierte Befürwortung

## The issuer
issuer-lead = Wer die Abzeichen hier unterschreibt, und wie man prüft, dass er es war.
issuer-website = Website
issuer-contact = Kontakt
issuer-did = Identität
issuer-did-document = Dokument der Identität
issuer-keys = Öffentliche Schlüssel
issuer-keys-lead = Ein abgelöster Schlüssel unterschreibt nichts Neues; was er vorher unterschrieben hat, lässt sich weiter prüfen.
issuer-key = Schlüssel
issuer-key-since = In Gebrauch seit
issuer-key-state = Stand
issuer-key-active = Unterschreibt Abzeichen
issuer-key-retired = Abgelöst am { $date }
issuer-programs = Programme

## The API
api-title = Die API
api-lead = Dasselbe Dokument für Software:
api-operations = Aufrufe
api-parameters = Parameter
api-body = Inhalt
api-answers = Antworten
api-schemas = Objekte
api-field = Feld
api-kind = Art
api-place = In
api-about = Worum es geht
api-token = Braucht ein Token mit dem Recht { $scope }.
api-no-token = Braucht kein Token.
api-choices = Eines von
api-required = nötig
api-status = Status

## Signing in and the account
sign-in-title = Anmelden
sign-in-lead = Für die Leute von { $organisation }: Ihr Weg und Ihre Abzeichen, und die Arbeit derer, die beurteilen, begleiten oder ein Programm führen. Abzeichen ansehen und prüfen kann man ohne Anmeldung.
sign-in-none = Hier ist noch kein Weg zur Anmeldung eingerichtet. Wer diesen Dienst betreibt, kann das tun.
sign-in-at = Anmelden mit { $provider }
sign-in-provider = Der Anmeldedienst der Firma war nicht erreichbar oder gab eine Antwort, die nicht stimmt. Versuchen Sie es in ein paar Minuten wieder; bleibt es dabei, sagen Sie es denen, die diesen Dienst betreiben.
sign-in-late = Diese Anmeldung wurde in einem anderen Browser begonnen, liegt zu lange zurück oder ist schon benutzt. Beginnen Sie hier noch einmal.
sign-in-denied = Die Anmeldung wurde vor ihrem Ende abgebrochen. Beginnen Sie neu, wann immer Sie möchten.
sign-in-no-email = Der Anmeldedienst der Firma nennt Ihre E-Mail-Adresse nicht, und an ihr erkennen wir Sie. Bitten Sie die, die ihn betreiben, sie weiterzugeben.
sign-in-unverified = Der Anmeldedienst der Firma hat Ihre E-Mail-Adresse nicht bestätigt. Bestätigen Sie sie dort und melden Sie sich dann wieder an.
sign-in-unknown = Ihre Adresse steht hier nicht im Verzeichnis der Firma. Sollte sie es, fragen Sie die Verwaltung.
sign-in-left = Nach dem Verzeichnis haben Sie die Firma verlassen und können sich nicht anmelden. Ihre Abzeichen bleiben, wo sie sind.
sign-in-mail-title = Mit einem Link in Ihrer Post
sign-in-mail-label = Ihre E-Mail-Adresse in der Firma
sign-in-mail-button = Link schicken
sign-in-mail-wrong = Das ist keine E-Mail-Adresse. Sie sieht aus wie ada@example.com.
sign-in-sent-title = Sehen Sie in Ihr Postfach
sign-in-sent-lead = Wenn { $organisation } diese Adresse kennt, ist ein Brief mit einem Link unterwegs. Der Link gilt { $minutes } Minuten lang, und nur einmal.
sign-in-sent-none = Nach einigen Minuten noch nichts? Sehen Sie bei der unerwünschten Post nach, und prüfen Sie, wie die Adresse geschrieben ist.
sign-in-again = Einen neuen Link anfordern
sign-in-link-lead = Dieser Link ist für { $name }, { $email }.
sign-in-link-button = Als { $name } anmelden
sign-in-link-other = Das sind nicht Sie? Dann schließen Sie diese Seite: Es ist nichts geschehen.
sign-in-ended-title = Dieser Link gilt nicht mehr
sign-in-ended-lead = Er gilt nur wenige Minuten lang, und nur einmal. Fordern Sie einen neuen an; verloren ist nichts.
sign-in-passkey-title = Mit einem Passkey
sign-in-passkey-button = Mit Passkey anmelden
sign-in-passkey-failed = Das hat nicht geklappt. Versuchen Sie es noch einmal, oder melden Sie sich anders an.
sign-in-passkey-unknown = Dieser Passkey wurde hier entfernt. Löschen Sie ihn auf Ihrem Gerät, und melden Sie sich anders an.
sign-in-passkey-not-administrator = Passkeys sind für die Verwaltung. Melden Sie sich anders an.
sign-in-passkey-counter = Von diesem Passkey gibt es vielleicht eine Kopie, darum wurde er abgelehnt. Melden Sie sich anders an, und entfernen Sie ihn in Ihrem Konto.
sign-in-demo-title = Jemand aus der Firma sein
sign-in-demo-lead = In der Vorführung wird kein Passwort verlangt. Wählen Sie jemanden und sehen Sie, was diese Person sieht.
demo-sees-learner = Hat ein Abzeichen und ist unterwegs zum nächsten: was getan ist, was fehlt, bis wann, ein Entwurf, und Notizen mit der Begleitung.
demo-sees-mentor = Begleitet mehrere Lernende; noch jemand wartet auf Begleitung.
demo-sees-assessor = Sitzt in Gremien: ein Bogen ist überfällig, einer bald fällig und begonnen, und eine Probe wartet, die alle bewerten.
demo-sees-manager = Hat ein Team, dessen Zertifikate zu verschiedenen Zeiten enden, einige davon bald.
demo-sees-owner = Leitet das Pilotprogramm: Gremien bei der Arbeit, eines im Verzug, eine Zweitprüfung, die wartet, ein Entwurf der nächsten Kriterien.
demo-sees-committee = Stimmt ab, was veröffentlicht wird: ein Antrag ist offen, andere sind entschieden.
demo-sees-auditor = Liest das ganze Protokoll, wer was wann und warum getan hat, und ändert nichts.
demo-sees-administrator = Verwaltet Menschen, Teams und Rollen.
demo-others = Alle anderen, die zur Wahl stehen
sign-out = Abmelden
role-assessor = Beurteilung
role-mentor = Begleitung
role-owner = Programmleitung
role-committee = Ausschuss
role-auditor = Revision
role-administrator = Verwaltung
role-manager = Führungskraft
role-learner = Lernende Person
account-title = Ihr Konto
account-lead = Wer Sie hier sind, was Sie dürfen und wo Sie angemeldet sind.
account-roles = Rollen
account-role-everywhere = in jedem Programm
role-whole-service = für den ganzen Dienst
account-role-directory = laut Verzeichnis der Firma
account-role-everyone = wie alle
label-email = E-Mail
label-function = Funktion
passkeys-title = Passkeys
passkeys-lead = Mit einem Passkey melden Sie sich über PIN, Finger oder Gesicht an Ihrem Gerät an, auch wenn der Anbieter der Firma oder die Post ausfällt. Er ist für die Verwaltung.
passkeys-not-any-more = Passkeys melden nur die Verwaltung an, zu der Sie nicht mehr gehören. Sie können sie entfernen.
passkeys-made = Angelegt am { $date }
passkeys-used = zuletzt benutzt am { $moment }
passkeys-never-used = noch nicht benutzt
passkeys-remove = Entfernen
passkeys-not-fresh = Um einen Passkey anzulegen, melden Sie sich zuerst neu an: Das kann nur, wer sich in den letzten zehn Minuten angemeldet hat.
passkeys-sign-in-again = Neu anmelden
passkeys-name = Name des neuen Passkeys
passkeys-name-hint = Etwa „Laptop“ oder „Blauer Schlüssel“, damit Sie ihn wiedererkennen.
passkeys-make = Passkey anlegen
passkeys-without = Passkeys brauchen JavaScript und einen Browser, der sie kennt. Alle anderen Wege der Anmeldung gehen ohne.
passkeys-failed = Das hat nicht geklappt. Versuchen Sie es noch einmal.
passkeys-broken-off = Es wurde abgebrochen oder hat zu lange gedauert. Versuchen Sie es noch einmal.
passkeys-known = Auf diesem Gerät gibt es schon einen Passkey für Sie.
passkeys-too-many = Mehr Passkeys kann eine Person nicht haben. Entfernen Sie zuerst einen.
sessions-title = Wo Sie angemeldet sind
sessions-lead = Kennen Sie eine dieser Anmeldungen nicht, beenden Sie sie. Zwölf Stunden ohne Gebrauch beenden eine Anmeldung, dreißig Tage in jedem Fall.
sessions-device = Browser
sessions-seen = Zuletzt gesehen
sessions-ends = Ohne Gebrauch endet sie am { $moment }
sessions-here = Diese hier
sessions-end = Beenden
sessions-end-others = Alle anderen beenden
session-device = { $browser } auf { $system }
session-device-unknown = Ein Browser, der nicht sagt, welcher er ist
session-by-oidc = Angemeldet beim Anbieter der Firma
session-by-link = Angemeldet über einen Link per E-Mail
session-by-passkey = Angemeldet mit einem Passkey
session-by-demo = In der Vorführung gewählt

## Verwaltung
admin-people-title = Personen
admin-people-lead = Alle im Verzeichnis, was sie hier dürfen und wo sie angemeldet sind.
admin-people = Alle
admin-found = Gefunden
admin-people-none = Noch ist niemand im Verzeichnis. Es füllt sich aus dem Verzeichnis der Firma, aus einer Datei oder wenn Abzeichen vergeben werden.
admin-people-not-found = Dazu passt niemand. Versuchen Sie einen Teil des Namens oder der Adresse.
admin-search = Name oder Adresse
admin-search-button = Suchen
admin-role = Rolle
admin-role-any = Irgendeine oder keine
admin-everyone = Alle zeigen
admin-name = Name
admin-belongs = Team und Führungskraft
admin-reports-to = Berichtet an { $name }
admin-left = ausgeschieden
admin-more = Weitere Personen
admin-left-lead = Ist aus der Firma ausgeschieden: kann sich nicht anmelden, sitzt in keinem Gremium und erhält keine neue Rolle. Was vergeben wurde, bleibt.
admin-teams = Teams
admin-manager = Führungskraft
admin-last-sign-in = Zuletzt angemeldet
admin-never-signed-in = Noch nie
admin-kept-by-directory = Name, Teams und Führungskraft kommen aus dem Verzeichnis der Firma und werden dort geändert.
admin-kept-by-hand = Kein Verzeichnis führt diese Person: Teams und Führungskraft kommen aus einer Datei (laurel directory import).
admin-roles-none = Keine außer der einer lernenden Person, die alle haben.
admin-given = Seit { $date }, vergeben von { $name }
admin-by = { $moment }, von { $name }
admin-by-operator = der Person, die den Dienst betreibt
admin-revoke = Entziehen
admin-reason = Warum
admin-reason-hint = Das steht in der Aufzeichnung.
admin-grant-title = Eine Rolle vergeben
admin-program = In
admin-program-every = allen Programmen
admin-grant = Diese Rolle vergeben
admin-changes-title = Änderungen der Rollen
admin-change-given = Vergeben: { $role }, { $place }
admin-change-taken = Entzogen: { $role }, { $place }
admin-whole-record = Alles, was diese Person getan hat und was mit ihr geschah
admin-sessions-title = Wo sie angemeldet ist
admin-sessions-none = Zurzeit nirgends.
admin-sessions-reason = Warum eine Anmeldung beendet wird
admin-sessions-end = Alle beenden
admin-passkeys-lead = Entfernen Sie einen, wenn das Gerät verloren ging. Sie melden nur an, solange die Person zur Verwaltung gehört.
admin-problem-reason = Sagen Sie in bis zu 500 Zeichen, warum; es steht in der Aufzeichnung.
admin-problem-whole = Diese Rolle gilt für den ganzen Dienst: Wählen Sie „allen Programmen“.
admin-problem-role = Wählen Sie eine Rolle.
admin-problem-program = Dieses Programm gibt es nicht.
admin-problem-held = Diese Rolle hat die Person schon.
admin-problem-not-held = Diese Rolle hat die Person nicht mehr.
admin-problem-own = Sich selbst können Sie die Rolle der Verwaltung nicht entziehen; das kann jemand anderes aus der Verwaltung. So bleibt immer jemand übrig.
admin-problem-left = Wer ausgeschieden ist, erhält keine neue Rolle.
erase-title = Löschen
erase-lead = Auf Wunsch der Person oder wenn die Frist zum Aufbewahren um ist. Was über sie bekannt ist, geht für immer.
erase-go = Ansehen, was gelöscht würde
erase-of = { $name } löschen
erase-final = Das kann niemand rückgängig machen.
erase-goes = Was gelöscht wird
erase-goes-account = Name, Adresse, Teams, Rollen, Anmeldungen und Passkeys sowie alle E-Mails an sie
erase-goes-path = Ihre Arbeit: Texte, Dateien, Notizen der Begleitung, was Gremien fanden, Einsprüche
erase-goes-badges = { $count ->
    [0] Seiten von Abzeichen: Es gibt keine
    [one] Die Seite ihres Abzeichens mit Bild, Urkunde und signierten Dateien
   *[other] Die Seiten ihrer { $count } Abzeichen mit Bildern, Urkunden und signierten Dateien
  }
erase-goes-words = Ihr Name, wo andere ihn schrieben, und was die Aufzeichnung in Worten über sie sagt
erase-stays = Was bleibt
erase-stays-rows = Dass an einem Tag ein Abzeichen einer Stufe vergeben wurde, ohne an wen, und sein Platz in der Statusliste
erase-stays-record = Die Aufzeichnung mit ihrer Kette: nur Kennungen
erase-stays-elsewhere = Was sie oder andere außerhalb dieses Dienstes haben, und ältere Sicherungen
erase-badges = Mitgenommene Abzeichen
erase-badges-leave = Bis zu ihrem Ende laufen lassen: Die Person kann weiter belegen, was sie erreicht hat
erase-badges-revoke = Widerrufen: Sie gelten nirgends mehr
erase-badges-standing = { $count ->
    [0] Im Augenblick gilt keines davon.
    [one] Eines gilt noch.
   *[other] { $count } gelten noch.
  }
erase-cause = Warum
erase-cause-wish = Die Person hat darum gebeten
erase-cause-retention = Die Frist zum Aufbewahren ist um
erase-confirm = Zur Sicherheit tippen Sie die Adresse ein: { $email }
erase-button = Für immer löschen
erase-not = Alles lassen, wie es ist
erase-done = Die Person ist gelöscht.
erase-problem-badges = Wählen Sie, was aus den mitgenommenen Abzeichen wird.
erase-problem-cause = Wählen Sie, warum.
erase-problem-confirm = Das ist nicht die Adresse der Person.
takeout-title = Alles mitnehmen
takeout-career-title = Ihre Abzeichen in einem Dokument
takeout-career = Für ein Gespräch über das, was kommt: Ihre gültigen Abzeichen in einem signierten Dokument, das jeder prüfen kann.
takeout-career-button = Nachweis herunterladen
takeout-everything = Alles, was hier über Sie gespeichert ist: Abzeichen in jeder Form, Ihre Arbeit mit ihren Dateien, Entscheidungen, E-Mails und was geschah.
takeout-everything-button = Alles herunterladen
label-endorser = Befürwortet von
people-said-title = Was andere sagen
people-said-genuine = Echt: in ihrem Namen signiert und nicht zurückgezogen
people-said-endorse = Aus Ihrem Kollegenkreis? Befürworten Sie es
endorser-manager = Führungskraft
endorser-peer = aus dem Kollegenkreis
endorser-client = von außerhalb, per E-Mail erreicht
endorsed-title = Befürwortungen
endorsed-lead = Was Führungskräfte, Kollegen und Kunden zu diesem Abzeichen sagen, jeweils in ihrem Namen signiert. Andere sehen nur, was Sie zeigen.
endorsed-said = Was gesagt wurde
endorsed-none = Noch nichts. Bitten Sie jemanden, der gesehen hat, was Sie können.
endorsed-for-skill = für { $skill }
endorsed-waiting = Wartet auf Sie: Niemand sonst sieht es.
endorsed-shown = Steht auf der Seite des Abzeichens.
endorsed-hidden = Verborgen: Niemand sonst sieht es.
endorsed-declined = Abgelehnt: Niemand sonst sieht es.
endorsed-not-shown = Wird anderen zurzeit nicht gezeigt.
endorsed-withdrawn = Zurückgezogen.
endorsed-show = Zeigen
endorsed-hide = Verbergen
endorsed-decline = Ablehnen
endorsed-ask = Jemanden bitten
endorsed-ask-lead = Sie bekommen einen Brief in Ihrem Namen. Wer zur Organisation gehört, meldet sich an; wer außerhalb ist, bekommt einen Link, der einmal und 30 Tage lang gilt.
endorsed-asked = { $name }, gebeten am { $date }
endorsed-ask-name = Name der Person
endorsed-ask-email = E-Mail-Adresse der Person
endorsed-ask-send = Brief senden
endorse-title = Befürwortung für { $name }
endorse-lead = Zu „{ $badge }“. Sagen Sie in ein paar eigenen Sätzen, was Sie gesehen haben.
endorse-terms = Es wird in Ihrem Namen signiert, damit jeder es prüfen kann. Ob andere es sehen, entscheidet die Person, der das Abzeichen gehört, und sie darf es mitnehmen; Sie können es jederzeit zurückziehen, und wer es dann prüft, erfährt das.
endorse-as = Sie schreiben als { $name }, { $who }.
endorse-name = Ihr Name und Ihre Organisation
endorse-name-hint = Er steht neben dem, was Sie schreiben. Vermerkt wird, dass Sie per E-Mail erreicht wurden.
endorse-what = Was Sie befürworten
endorse-whole = Das ganze Abzeichen
endorse-comment = Was Sie sagen
endorse-language = Sprache, in der Sie schreiben
endorse-send = Signieren und senden
endorse-problem-name = Geben Sie einen Namen mit bis zu 120 Zeichen an.
endorse-problem-email = Das ist keine E-Mail-Adresse.
endorse-problem-own = Das ist Ihre eigene Adresse; niemand befürwortet sich selbst.
endorse-problem-comment = Sagen Sie etwas, mit bis zu { $most } Zeichen.
endorse-problem-language = Wählen Sie eine Sprache.
endorse-problem-skill = Wählen Sie eine der Fähigkeiten dieses Abzeichens.
endorse-thanks = Danke
endorse-thanks-lead = Die Person erfährt es und entscheidet, ob sie es zeigt. Ein Brief an Sie hat einen Link, über den Sie es zurückziehen können.
endorse-said-title = Was Sie gesagt haben
endorse-said-lead = Für { $name }: { $badge }
endorse-ended = Dieser Link gilt nicht mehr
endorse-ended-lead = Er wurde benutzt, oder seine Zeit ist um. Bitten Sie um einen neuen.
given-title = Was Sie über andere gesagt haben
given-lead = Ihre Befürwortungen von Abzeichen, jede in Ihrem Namen signiert.
given-done = Signiert. Die Person erfährt es und entscheidet, ob sie es zeigt.
given-none-title = Sie haben noch nichts befürwortet
given-none = Öffnen Sie das Abzeichen einer Kollegin oder eines Kollegen und befürworten Sie es dort.
given-withdraw = Zurückziehen
given-withdraw-lead = Es wird nicht mehr gezeigt, und wer eine Kopie hat, erfährt beim Prüfen, dass es zurückgezogen wurde. Das lässt sich nicht rückgängig machen.
given-withdraw-do = Für immer zurückziehen

## Webhooks
mine-webhooks = Webhooks
webhooks-title = Webhooks
webhooks-lead = Andere Programme und Chats erfahren, was hier geschieht, sobald es geschieht.
webhooks-endpoints = Wer es erfährt
webhooks-none = Noch niemand. Fügen Sie die Adresse eines Programms hinzu, das Webhooks annimmt, oder die eines Kanals in Slack oder Teams.
webhooks-add = Webhook hinzufügen
webhook-name = Name
webhook-name-hint = Wie er hier heißt, zum Beispiel „HR-System“ oder „#glückwünsche“.
webhook-url = Adresse
webhook-url-hint = Sie beginnt mit https://. Ein Host im Netz der Firma muss in laurel.toml unter lookups stehen.
webhook-kind = Art
webhook-kind-hint = Ein Chat erfährt von Abzeichen, die alle sehen dürfen, wenn sie erreicht oder erneuert werden, und sonst nichts.
webhook-kind-standard = Signierte Nachrichten (Standard Webhooks)
webhook-kind-slack = Kanal in Slack
webhook-kind-teams = Kanal in Teams
webhook-state = Stand
webhook-topics = Was er erfährt
webhook-topic-issued = Ein Abzeichen wird verliehen
webhook-topic-renewed = Ein Abzeichen wird erneuert
webhook-topic-revoked = Ein Abzeichen wird widerrufen
webhook-topic-restored = Ein widerrufenes Abzeichen wird wieder verliehen
webhook-topic-expired = Ein Abzeichen läuft ab
webhook-topic-shown = Jemand zeigt ein Abzeichen anderen als bisher
webhook-topic-erased = Jemand wird gelöscht: Was von den Abzeichen aufbewahrt ist, soll weg
webhook-topic-published = Ein Programm veröffentlicht neue Kriterien
webhook-topic-trial = Ein Versuch
webhook-awards = Von wessen Abzeichen
webhook-awards-public = Nur von denen, die alle sehen dürfen
webhook-awards-all = Von allen, auch privaten, mit der Kennung der Person im Verzeichnis
webhook-awards-hint = Wählen Sie alle nur für eigene Systeme der Firma: Wer die Adresse eines privaten Abzeichens bekommt, kann es öffnen. Namen stehen nur dort, wo alle das Abzeichen sehen dürfen und die Person zugestimmt hat; E-Mail-Adressen gehen nie hinaus.
webhook-fault-name = Geben Sie ihm einen Namen von höchstens 100 Zeichen.
webhook-fault-url = Dorthin kann nichts gesendet werden. Die Adresse muss mit https:// beginnen und aus dem Internet erreichbar sein; ein Host im Netz der Firma oder ein anderer Port muss in laurel.toml unter lookups stehen.
webhook-fault-kind = Wählen Sie eine von diesen.
webhook-fault-topics = Wählen Sie mindestens eines.
webhook-fault-awards = Ein Chat erfährt nur von Abzeichen, die alle sehen dürfen.
webhook-on = Er erfährt, was geschieht.
webhook-failing = Er hat seit { $moment } nichts angenommen. Was er nicht annahm, wird wieder versucht.
webhook-off-asked = Abgeschaltet am { $moment }. Es wird nichts für ihn gesendet oder aufgeschrieben.
webhook-off-gone = Abgeschaltet am { $moment }, weil er antwortete, dass es ihn nicht mehr gibt.
webhook-off-failing = Abgeschaltet am { $moment }, weil er drei Tage lang nichts annahm.
webhook-added = Hinzugefügt
webhook-secret = Geheimnis
webhook-secret-lead = Damit prüft, wer die Nachrichten annimmt, ihre Signatur. Es wird jetzt gezeigt und nie wieder.
webhook-two-secrets = Das vorige signiert noch bis { $moment } mit.
webhook-try = Versuch senden
webhook-rotate = Neues Geheimnis
webhook-switch-off = Abschalten
webhook-switch-on = Einschalten
webhook-switch-on-hint = Was er in den letzten dreißig Tagen nicht annahm, wird dann auch gesendet.
webhook-remove = Diesen Webhook entfernen
webhook-remove-lead = Was er erfuhr, wird mit ihm entfernt. Das lässt sich nicht rückgängig machen.
deliveries-title = Was er erfuhr
deliveries-none = Noch nichts. Senden Sie einen Versuch, um zu sehen, ob er ankommt.
deliveries-older = Ältere
deliveries-kept = Was gesendet wurde, wird dreißig Tage aufbewahrt.
delivery-when = Geschrieben
delivery-what = Was geschah
delivery-state = Was daraus wurde
delivery-waits = Sie wird gleich gesendet.
delivery-arrived = Angekommen am { $moment }
delivery-again = Noch nicht angenommen; nächster Versuch am { $moment }
delivery-given-up = Aufgegeben
delivery-status = Mit { $status } beantwortet nach { $millis } ms
delivery-no-answer = Keine Antwort: { $why }
delivery-id = Kennung
delivery-attempts = Versuche
delivery-last = Letzter Versuch
delivery-answer = Wie die Antwort begann
delivery-replay = Noch einmal senden
delivery-replay-hint = Sie geht unter derselben Kennung hinaus; wer sie schon hat, erkennt sie daran.
delivery-body = Was gesendet wurde

## Letters
letters-title = Briefe an Sie
letters-lead = Worüber Laurel Ihnen per E-Mail schreibt.
letters-which = Schreiben Sie mir, wenn
letters-renewals = eine meiner Zertifizierungen bald abläuft oder abgelaufen ist
letters-reports = eine Zertifizierung meiner Leute bald abläuft oder abgelaufen ist
letters-requests = jemand um einen Mentor bittet
letters-notes = mein Mentor oder mein Lernender mir eine Notiz geschrieben hat
letters-always = Entscheidungen, Widersprüche, Widerrufe, fällige Bewertungen und Links zum Anmelden kommen immer.
letters-stop-title = Keine solchen Briefe mehr?
letters-stop = Abbestellen
letters-stopped-title = Sie bekommen keine solchen Briefe mehr
letters-stopped = Was Sie sonst wählen können und wie Sie sie wieder bekommen:

## The way to a level
label-by-when = Bis wann
way-finish-by = Nach diesen können Sie bis { $date } abschließen.
way-newer = Was danach gilt
way-version-until = bis { $date }
label-person = Person
enrol-link = Diese Stufe angehen
way-title = Mein Weg
way-lead = Was getan ist, was noch fehlt und bis wann.
way-none = Hier sehen Sie, wie weit Sie auf dem Weg zu einer Stufe sind. Wählen Sie eine, um zu beginnen.
way-choose = Ein Programm wählen
way-first = Erstes Abzeichen
way-renewal = Erneuerung
way-so-far = { $done } von { $all } getan
way-missing = Es fehlt noch:
way-not-yet = Noch nicht
way-lacking = Was fehlt:
way-since = Auf dem Weg seit
way-steps = Was nötig ist
way-active = Unterwegs
way-passed = Bestanden
way-withdrawn = Von Ihnen beendet
way-closed = Vom Programm beendet
way-over = Diese Erneuerung geht nicht weiter
way-over-lapsed = Die Zeit, in der die Zertifizierung erneuert werden konnte, ist vorbei. Beenden Sie diesen Weg unten und gehen Sie die Stufe neu an: Sie erwerben sie noch einmal, und sie behält ihre Adresse.
way-over-revoked = Das Abzeichen wurde inzwischen widerrufen. Beenden Sie diesen Weg unten und gehen Sie die Stufe neu an.
way-over-renewed = Die Zertifizierung wurde inzwischen erneuert, es ist also nichts mehr zu tun. Sie können diesen Weg unten beenden.
way-ended-title = Was zu Ende ist
way-ended-how = Wie es endete
way-ended-when = Wann
enrol-title = { $level } angehen
enrol-renew-title = { $level } erneuern
enrol-held-for-ever = Sie haben diese Stufe, und sie läuft nicht ab.
enrol-held-until = Sie haben diese Stufe. Ihre Erneuerung ist ab dem { $date } möglich.
enrol-lead = Von nun an sehen Sie, was getan ist und was noch fehlt, und stellen die Arbeit zusammen, die es zeigt.
enrol-asks = Nötig ist:
enrol-version = Für Sie gilt Fassung { $version } der Kriterien, auch wenn sie sich unterwegs ändern; dann erfahren Sie, wie lange noch.
enrol-assessed = Am Ende sieht sich eine Jury Ihre Arbeit anhand der Bewertungskriterien an.
enrol-unassessed = Keine Jury beurteilt: Was nötig ist, wird Stück für Stück bestätigt.
enrol-withdraw = Sie können jederzeit aufhören.
enrol-do = Beginnen
enrol-read = Zuerst die Kriterien lesen
enrol-criteria = Die Kriterien lesen
part-held = Sie haben sie
part-met = getan
part-missing = fehlt
part-spare = nicht mehr nötig
part-undo = Zurücknehmen
route-confirm = Bestätigen
route-note = Woher wissen Sie es?
route-confirm-do = Bestätigen, dass es getan ist
route-bring = Ihr Abzeichen einreichen
route-bring-file = Datei des Abzeichens
route-bring-hint = Ein JSON-Dokument oder ein Bild (PNG oder SVG), in dem das Abzeichen steckt. Es muss Ihrer hiesigen E-Mail-Adresse verliehen worden sein.
route-bring-do = Prüfen und anrechnen
work-title = Ihre Arbeit
work-ready = Alles andere ist getan: Reichen Sie Ihre Arbeit ein, wenn sie fertig ist.
work-early = Sie können Ihre Arbeit schon zusammenstellen. Einreichen lässt sie sich, sobald alles Obige getan ist.
work-begin = Einen Entwurf beginnen
work-begin-again = Mit der letzten weitermachen
work-number = Einreichung { $number }
work-one = Einreichung
work-state = Stand
work-when = Zuletzt geändert
work-draft = Entwurf
work-submitted = Eingereicht, wartet auf die Jury
work-decided = Entschieden
work-withdrawn = Zurückgenommen
statement-title = Was Sie getan und was Sie gelernt haben
statement-hint = In eigenen Worten: was die Arbeit war, was Ihr Anteil daran war, was Sie heute anders machen würden. Es wird beim Schreiben gesichert.
statement-none = Noch ist nichts geschrieben.
draft-save = Sichern
draft-saving = Wird gesichert …
draft-saved = Gesichert
draft-unsaved = Noch nicht gesichert: keine Verbindung. Ihr Text bleibt in diesem Browser, und das Sichern wird wiederholt.
draft-restored = Text, der noch nicht gesichert war, ist wieder da.
draft-other = Was aus dem anderen Fenster gesichert ist
evidence-title = Belege
evidence-none = Noch keine. Zeigen Sie die Arbeit selbst: Dokumente, Bilder, ein Video, einen Link, etwas live Gezeigtes.
evidence-add = Hinzufügen
evidence-add-file = Eine Datei
evidence-add-link = Ein Link
evidence-add-text = Ein Text
evidence-add-session = Etwas live Gezeigtes
evidence-add-do = Hinzufügen
evidence-name = Titel
evidence-name-file = Ohne Titel gilt der Name der Datei.
evidence-note = Was es zeigt
evidence-public = Das Abzeichen darf Titel und Art nennen. Sonst trägt es nur einen Fingerabdruck, der nichts verrät.
evidence-is-public = Das Abzeichen darf Titel und Art nennen.
evidence-is-private = Privat: Das Abzeichen trägt nur den Fingerabdruck.
evidence-file = Datei
evidence-file-hint = PDF, Office-Dokumente, Bilder und reiner Text bis { $file } MiB, Video bis { $video } MiB.
evidence-file-together = Alle Dateien zusammen bis { $most } MiB.
evidence-send = Datei senden
evidence-url = Adresse
evidence-text = Text
evidence-link = Link
evidence-session = Live gezeigt
evidence-video = Video
evidence-picture = Bild
evidence-held-on = Wann es stattfand
evidence-read = Lesen
evidence-change = Ändern oder entfernen
evidence-change-do = Änderung sichern
evidence-remove = Entfernen
evidence-arriving = { $here } von { $all } sind angekommen. Wählen Sie dieselbe Datei noch einmal, dann geht es dort weiter.
upload-progress = Wie viel von der Datei angekommen ist
upload-sending = Wird gesendet …
upload-waiting = Die Verbindung ist weg. Es geht von selbst weiter, sobald sie wieder da ist.
upload-full = Im Augenblick ist kein Platz für Dateien. Was ankam, bleibt; versuchen Sie es später wieder.
upload-failed = Das hat nicht geklappt. Laden Sie die Seite neu; was ankam, bleibt.
hand-in-title = Einreichen
hand-in-says = Ihre Jury sieht dann Ihren Text und Ihre Belege, und beides bleibt, wie es ist. Zurücknehmen können Sie es, solange niemand mit dem Beurteilen begonnen hat.
hand-in-do = Einreichen
hand-in-missing = Einreichen lässt es sich, sobald dies getan ist:
hand-in-way = Ansehen, was nötig ist
take-back-title = Zurücknehmen
take-back-says = Noch hat niemand mit dem Beurteilen begonnen. Zurückgenommen bleibt die Einreichung hier, wie sie ist, und Sie machen in einem neuen Entwurf damit weiter.
take-back-do = Zurücknehmen
mentor-is = { $name } begleitet Sie.
mentor-none = Wer Sie begleitet, kennt den Weg und sieht sich Ihre Arbeit mit Ihnen an, bevor es die Jury tut.
mentor-was-none = Es hat Sie niemand begleitet.
mentor-waiting = Sie haben um Begleitung gebeten. Wer im Programm begleitet, sieht, dass Sie warten.
mentor-ask = Um Begleitung bitten
mentor-ask-no-more = Ich brauche keine mehr
mentor-release = Ohne diese Begleitung weitergehen
mentor-give = Begleitung zuteilen
mentor-give-do = Zuteilen
give-title = Das Abzeichen verleihen
give-says = Es fehlt nichts, und keine Jury beurteilt es. Das Abzeichen wird sofort signiert; danach lässt es sich nur noch widerrufen.
give-do = Abzeichen verleihen
close-title = Diesen Weg beenden
close-over = Die Zertifizierung, die hier erneuert werden sollte, ist verfallen oder wurde inzwischen erneuert oder widerrufen. Ist dieser Weg beendet, kann sie neu erworben werden.
close-open = Hier geht niemand mehr weiter
close-says = Der Weg zu der Stufe endet, und was eingereicht ist, wird zurückgezogen. Die lernende Person bekommt einen Brief mit Ihrer Begründung und kann die Stufe wieder angehen.
close-reason = Warum
close-reason-hint = Für die lernende Person und das Protokoll.
close-do = Beenden
learners-title = Unterwegs
learners-lead = Wer auf dem Weg zu einer Stufe dieses Programms ist; wer zuletzt begann, zuerst.
learners-lead-waiting = Wer um Begleitung gebeten und noch keine hat.
learners-waiting = Nur wer auf Begleitung wartet
learners-all = Alle
learners-none = Im Augenblick niemand.
learners-work = Arbeit
learners-next = Wer früher begann
mentoring-title = Meine Lernenden
mentoring-lead = Wen Sie begleiten und was noch nötig ist.
mentoring-none = Noch niemand. Wer auf Begleitung wartet, steht unten.
mentoring-confirm = Sie können etwas bestätigen
waiting-title = Wer auf Begleitung wartet
waiting-none = Im Augenblick wartet niemand.
waiting-since = Auf dem Weg seit
waiting-take = Begleiten
learner-wants-mentor = noch keine, hat darum gebeten
learner-no-mentor = keine
note-new = Neue Notiz
note-private = Nur Sie beide lesen sie.
note-do = Notiz hinzufügen
notes-title = Ihre Notizen
notes-none = Noch keine Notizen.
withdraw-title = Beenden
withdraw-open = Ich möchte nicht weitermachen
withdraw-says = Ihr Weg zu dieser Stufe endet, und was Sie eingereicht haben, wird zurückgezogen. Das lässt sich nicht rückgängig machen; neu beginnen können Sie jederzeit, dann aber von vorn.
withdraw-do = Endgültig beenden
problem-title = Geben Sie einen Titel mit höchstens 200 Zeichen an.
problem-note = Was es zeigt und eine Notiz haben höchstens 2.000 Zeichen.
problem-url = Geben Sie eine ganze Webadresse an, die mit https:// beginnt.
problem-text = Schreiben Sie etwas, höchstens 20.000 Zeichen (eine Notiz: 4.000).
problem-held-on = Geben Sie den Tag an, an dem es stattfand, spätestens heute.
problem-file = Diese Datei kann nicht angenommen werden. Senden Sie PDF, ein Office-Dokument ohne Makros, ein Bild, ein Video (MP4, MOV, WebM) oder reinen Text, nicht größer als angegeben; Webseiten und Programme werden nicht angenommen.
problem-statement = Sagen Sie, was Sie getan und was Sie gelernt haben, in höchstens 20.000 Zeichen.
problem-evidence = Fügen Sie mindestens einen Beleg hinzu; jede Datei muss ganz angekommen oder entfernt sein.
problem-renewal = Die Zeit, in der dies erneuert werden konnte, ist vorbei, oder es wurde inzwischen erneuert oder widerrufen. Ihr Text ist behalten; wie es weitergeht, steht auf der Seite Ihres Weges.
problem-requirements = Vorher ist noch etwas anderes zu tun; es steht am Ende der Seite.
problem-badge = Dieses Abzeichen zählt hier nicht: Es muss sich prüfen lassen, vom genannten Aussteller stammen, das verlangte sein und Ihrer E-Mail-Adresse verliehen worden sein. „Prüfen“ sagt, woran es liegt.
problem-mentor = Diese Person begleitet in diesem Programm nicht mehr.
problem-reason = Sagen Sie, warum, in höchstens 500 Zeichen.
problem-changed-elsewhere = Der Text wurde inzwischen in einem anderen Fenster geändert. Ihrer steht noch hier und ist nicht gesichert; vergleichen Sie und sichern Sie, was bleiben soll.

## Panels at work
assess-title = Beurteilen
assess-lead = Arbeiten, die auf Sie warten; was zuerst fällig ist, steht zuerst.
assess-empty-title = Nichts wartet auf Sie
assess-empty = Wenn Sie für eine Jury gezogen werden, steht die Arbeit hier, mit dem Tag, an dem Ihre Noten fällig sind.
assess-whose = Wessen Arbeit
assess-turn = Was als Nächstes kommt
assess-due = Noten fällig
assess-due-on = Die Noten sind am { $date } fällig.
assess-for = Für { $level }
assess-page-title = Die Arbeit von { $learner }
assess-criteria-link = Kriterien und Bewertungsraster
assess-progress = { $scored } von { $seats } haben abgegeben.
assess-sheet-title = Ihre Noten
assess-sheet-lead = Sie bewerten allein. Niemand sieht Ihre Noten, bevor alle abgegeben haben, und Sie sehen die der anderen nicht.
assess-comment = Was Sie gesehen haben
assess-named = Das Abzeichen darf mich als Mitglied dieser Jury nennen
assess-final-note = Was Sie abgeben, bleibt, wie es ist. Noten können Sie später ändern, wenn die Jury sich einigt; dann sagen Sie, warum.
assess-hand-in = Abgeben
assess-save = Als Entwurf behalten
assess-own-title = Was Sie abgegeben haben
assess-blind = Sobald alle abgegeben haben, sehen Sie hier die Noten aller.
assess-appeal-title = Warum Einspruch erhoben wurde
assess-appeal = Gegen die erste Entscheidung wurde Einspruch erhoben. Sie sehen dieselbe Arbeit neu an; niemand aus der ersten Jury sitzt hier.
assess-returned-title = Warum es zurückkam
turn-score = Die Arbeit bewerten
turn-others = Die anderen bewerten noch
turn-settle = Besprechen, dann zustimmen
turn-others-settle = Andere müssen noch zustimmen
turn-decide = Die Entscheidung niederschreiben
turn-second-look = Wartet auf den zweiten Blick
turn-decided = Diese Jury hat ihre Arbeit getan
turn-settling = Alle haben abgegeben; die Jury einigt sich.
overdue = Überfällig
on-appeal = nach Einspruch
handed-in-title = Was eingereicht wurde
work-none = Es wurden keine Belege beigelegt.
work-file = Datei
work-link = Link
work-text = Text
work-session = Live-Termin am { $date }
work-read = Lesen
settle-title = Die Noten aller
settle-who = Wer
settle-why = Was gesehen wurde
settle-you = Sie
settle-before = Davor:
settle-stands = Die Jury steht bei „{ $grade }“
settle-rule = Die Note der Jury ist die höchste, die mehr als die Hälfte ihrer Mitglieder gibt oder übertrifft. Das Ergebnis folgt aus den Noten nach dem Bewertungsraster.
settle-passes = Nach diesem Stand ist die Stufe erreicht.
settle-not-yet = Nach diesem Stand ist die Stufe noch nicht erreicht.
settle-agreed = { $name } hat zugestimmt.
settle-not-agreed = { $name } muss noch zustimmen.
agree-title = Ihre Noten nach dem Gespräch
agree-change = Eine Note ändern
agree-change-lead = Sagen Sie zu jeder Note, die Sie ändern, warum. Wer schon zugestimmt hatte, wird noch einmal gefragt.
agree-why = Warum Sie sie geändert haben
agree-do = Dem Stand der Jury zustimmen
decide-pass = Entscheiden: Die Stufe ist erreicht
decide-not-yet = Entscheiden: noch nicht
decide-pass-lead = Das Abzeichen wird sofort verliehen und trägt diese Noten.
decide-pass-second = Jemand aus der Programmleitung, der hier nicht saß, bestätigt es; dann wird das Abzeichen verliehen.
decide-not-yet-lead = Sagen Sie, was fehlt und bis wann. Es kann neu eingereicht oder Einspruch erhoben werden.
decide-reason = Warum
decide-reason-hint = Für die Person, deren Arbeit es ist. Es kommt nicht in das Abzeichen.
decide-missing = Was fehlt
decide-missing-hint = Damit klar ist, was als Nächstes zu tun ist.
decide-by = Bis wann
decide-note = Eine Entscheidung ist endgültig. Lesen Sie sie noch einmal, bevor Sie sie absenden.
decide-give = Entscheiden und Abzeichen verleihen
decide-propose = Zum zweiten Blick geben
decide-tell = Entscheiden und mitteilen
decided-title = Was entschieden wurde
proposed-title = Was die Jury vorschlägt
outcome-pass = Erreicht
outcome-not-yet = Noch nicht
missing-title = Was fehlt
missing-by = Erwartet bis { $date }
to-the-badge = Zum Abzeichen
recuse-title = Befangen?
recuse-open = Diese Jury verlassen
recuse-lead = Jemand anderes wird an Ihrer Stelle gezogen, und Sie werden zu dieser Arbeit nicht wieder gefragt. Ihre Noten zählen dann nicht mehr.
recuse-reason = Warum
recuse-do = Diese Jury verlassen
form-faulty = Etwas fehlt oder stimmt nicht; es ist unten markiert. Nichts wurde weitergegeben.
fault-grade = Wählen Sie eine Note.
fault-comment = Sagen Sie, was Sie gesehen haben, in höchstens 5.000 Zeichen.
fault-words = Schreiben Sie hier etwas, höchstens 5.000 Zeichen.
fault-date = Geben Sie einen Tag an, der noch kommt.
fault-address = Geben Sie die Adresse von jemand anderem hier an.
queue-title = Jurys von { $program }
queue-lead = Zuerst, was auf Sie wartet, dann, was läuft.
queue-empty-title = Zurzeit läuft nichts
queue-empty = Wenn jemand Arbeit einreicht, wird ihre Jury gezogen und steht hier.
queue-short = Zu wenig Bewertende
queue-overdue = Überfällig
queue-second-looks = Für den zweiten Blick
queue-under-way = Läuft
queue-how-far = Wie weit
queue-appeals = Einsprüche, die Sie beantworten
queue-appeals-lead = Gegen Widerrufe, zu denen keine Jury sitzt. Wer das Abzeichen hat, verlieh oder widerrief, kann nicht antworten.
lacking-seats = { $count ->
    [one] Ein Platz ist leer.
   *[other] { $count } Plätze sind leer.
  }
lacking-functions = { $count ->
    [one] Eine weitere Funktion des Unternehmens muss vertreten sein.
   *[other] { $count } weitere Funktionen des Unternehmens müssen vertreten sein.
  }
appeal-filed = erhoben am { $date }
answer-words = Ihre Antwort an die Inhaberin oder den Inhaber
answer-uphold = Stattgeben und Abzeichen neu verleihen
answer-reject = Zurückweisen
overview-faulty = Nennen Sie einen Grund; er bleibt im Protokoll.
second-title = Der zweite Blick
second-lead = Sie saßen nicht in dieser Jury. Lässt sich ihr Vorschlag aus ihren Worten und der Arbeit nachvollziehen, bestätigen Sie ihn; das Abzeichen wird dann sofort verliehen.
second-confirm = Bestätigen und Abzeichen verleihen
second-return-open = An die Jury zurückgeben
second-return-why = Was die Jury noch einmal ansehen soll
second-return = Zurückgeben
second-not-you = Sie sind an diesem Fall beteiligt oder haben sich für befangen erklärt. Jemand anderes aus der Programmleitung muss ihn ansehen.
members-title = Wer darin sitzt
members-short = Diese Jury ist unvollständig
members-short-next = Finden Sie jemanden aus einem anderen Team zum Beurteilen und lassen Sie dann die leeren Plätze ziehen.
members-redraw = Leere Plätze ziehen
members-replace = Ersetzen
members-replace-why = Warum es nicht weitergeht
members-replace-do = Jemand anderen ziehen
members-blind = Noten stehen hier nicht: Niemand sieht sie, bevor alle abgegeben haben, und danach gehören sie der Jury.
member-at-it = Bewertet noch
member-scored = Abgegeben am { $date }
member-agreed = Zugestimmt am { $date }
member-left = Ausgeschieden
samples-title = Zum Abgleich
samples-lead = Arbeiten, über die längst entschieden ist und die alle für sich bewerten, damit sichtbar wird, wie weit Sie übereinstimmen. Für die Person, deren Arbeit es ist, ändert sich nichts.
sample-lead = Ein Beispiel zum Abgleich. Bewerten Sie es allein, wie in einer Jury; für die Person, deren Arbeit es ist, ändert sich nichts.
sample-done = Sie haben abgegeben
sample-closed = Abgeschlossen: Es wird nicht mehr bewertet.
sample-name = Wie es beim Bewerten heißt
sample-marked = Ausgewählt
sample-scored-by = { $count ->
    [0] Noch hat niemand es bewertet.
    [one] Eine Person hat es bewertet.
   *[other] { $count } Personen haben es bewertet.
  }
sample-mark-title = Abgleich
sample-mark-open = Diese Arbeit als Beispiel nehmen
sample-mark-lead = Alle, die im Programm beurteilen, bewerten sie allein, und Sie sehen, wie weit sie übereinstimmen. Wessen Arbeit es ist, wird nicht gesagt; fragen Sie vorher um Erlaubnis und wählen Sie einen Namen, der es nicht verrät.
sample-mark = Als Beispiel nehmen
sample-close = Dieses Beispiel abschließen
calibration-title = Abgleich in { $program }
calibration-lead = Beispiele, die alle allein bewerten, und wie weit sie übereinstimmen.
calibration-link = Abgleich
calibration-empty-title = Noch keine Beispiele
calibration-empty = Öffnen Sie eine Jury, die entschieden hat, und nehmen Sie ihre Arbeit als Beispiel.
agreement-lead = Verglichen wird paarweise: wie oft beide dieselbe Note gaben, und wie oft höchstens eine Note dazwischen lag.
agreement-assessors = Jede Person mit den anderen
agreement-with-others = Stimmt mit den anderen überein
agreement-criteria = In jedem Punkt
agreement-nobody = Noch hat niemand Noten abgegeben.
agreement-percent = { $exact } % gleich, { $near } % bis auf eine Note
agreement-none = Noch gibt es nichts zu vergleichen.
decisions-title = Entscheidungen über Ihre Arbeit
decisions-lead = Was Jurys in dem fanden, was Sie eingereicht haben, warum, und was Sie tun können.
decisions-empty-title = Noch wurde nichts entschieden
decisions-empty = Wenn eine Jury über Ihre Arbeit entschieden hat, stehen ihre Worte hier.
decisions-outcome = Entschieden
decisions-when = Wann
decision-title = { $level }: die Entscheidung
decision-appeal-title = Wenn Sie nicht einverstanden sind
revoked-title = Abzeichen, die widerrufen wurden
appeal-title = Einspruch erheben
appeal-lead = Eine neue Jury sieht es an, in der niemand aus der ersten sitzt; ihre Antwort ist endgültig. Einspruch ist einmal möglich, bis { $date }.
appeal-reason = Warum Sie nicht einverstanden sind
appeal-do = Einspruch erheben
appeal-open = Sie haben am { $date } Einspruch erhoben. Er wird angesehen.
appeal-upheld = Ihrem Einspruch wurde stattgegeben.
appeal-rejected = Ihr Einspruch wurde zurückgewiesen.
appeal-withdrawn = Dieser Einspruch endete ohne Antwort.
appeal-withdraw = Einspruch zurückziehen
conflicts-title = Wer nicht über Sie urteilen soll, und über wen Sie nicht
conflicts-lead = Stehen Sie jemandem nahe, oder sind Sie im Streit? Sagen Sie es, und keiner von Ihnen wird für eine Jury über die Arbeit des anderen gezogen. Warum, sehen nur Sie.
conflict-pointer = Stehen Sie jemandem zu nahe, um über seine Arbeit zu urteilen?
conflict-declare = Befangenheit erklären
conflict-other = E-Mail-Adresse der anderen Person
conflict-reason = Warum
conflict-reason-hint = Ein Wort genügt; es wird niemandem gezeigt.
conflict-note = Es zählt ab jetzt. Sitzt einer von Ihnen in einer offenen Jury über die Arbeit des anderen, wird jemand anderes gezogen.
conflict-do = Erklären

## Ein Programm leiten
run-title = Ihre Programme
run-none = Sie leiten kein Programm. Diese Rolle vergibt die Administration.
run-next = Weitere Programme
await-nothing = Nichts wartet auf Sie
await-appeals = { $count ->
    [one] Ein Einspruch wartet auf Ihre Antwort
   *[other] { $count } Einsprüche warten auf Ihre Antwort
}
await-second-looks = { $count ->
    [one] Eine Entscheidung wartet auf den zweiten Blick
   *[other] { $count } Entscheidungen warten auf den zweiten Blick
}
await-short = { $count ->
    [one] Einer Jury fehlen Bewertende
   *[other] { $count } Jurys fehlen Bewertende
}
await-overdue = { $count ->
    [one] Eine Jury ist überfällig
   *[other] { $count } Jurys sind überfällig
}
await-mentors = { $count ->
    [one] Eine Person wartet auf Begleitung
   *[other] { $count } Personen warten auf Begleitung
}
await-learners = { $count ->
    [0] Niemand unterwegs
    [one] Eine Person unterwegs
   *[other] { $count } Personen unterwegs
}
await-panels = { $count ->
    [0] Keine Jury an der Arbeit
    [one] Eine Jury an der Arbeit
   *[other] { $count } Jurys an der Arbeit
}
await-renewals = { $count ->
    [0] Nichts jetzt zu erneuern
    [one] Eine Zertifizierung jetzt zu erneuern
   *[other] { $count } Zertifizierungen jetzt zu erneuern
}
run-public = Die öffentliche Seite
run-queue = Was in seinen Jurys auf Sie wartet
run-on-the-way = Unterwegs
run-behind = { $count } davon unter Fassung { $version }
run-no-review = kein Termin
run-proposals = Vor dem Gremium
handing-title = Abzeichen zum Aushändigen
handing-lead = Alles, was verliehen wurde und gezeigt wird, als eine ZIP-Datei: je die Urkunde (PDF) und das Bild (PNG). Ein Name steht darauf, wo dem zugestimmt wurde.
handing-from = Verliehen ab
handing-until = Verliehen bis
handing-take = Mitnehmen (ZIP)
look-title = Urkunden
look-lead = Wie die Urkunden dieses Programms aussehen. Was Sie behalten, gilt für jede Urkunde, die danach entsteht; die Abzeichen selbst bleiben, wie sie sind.
look-accent = Farbe
look-accent-hint = Etwa #2f5d3a; dunkel genug, um auf Papier lesbar zu sein.
look-paper = Papier
look-a4 = A4
look-letter = US Letter
look-words-en = Worte über dem Namen, auf Englisch
look-words-de = Worte über dem Namen, auf Deutsch
look-words-hint = Anstelle von „verliehen an“; leer für diese Worte.
look-signatory = Wer unterschreibt
look-signatory-title = Als was
look-signature = Bild der Unterschrift
look-signature-hint = Ein PNG, höchstens achtmal so breit wie hoch; am besten dunkle Tinte auf durchsichtigem Grund.
look-unsigned = Das vorhandene Bild entfernen
look-keep = Behalten
look-preview = Erst ansehen (PDF)
look-example = Ein Beispiel: Dies bescheinigt nichts
look-example-name = Kim Beispiel
drafts-title = Entwürfe
drafts-lead = Ein Entwurf ist das ganze Programm als Datei. Andere sehen nichts davon, bis er veröffentlicht ist.
draft-of = Entwurf vom { $moment }
draft-begin = Einen Entwurf beginnen
draft-title = Entwurf für { $program }
draft-lead = Was diese Datei ändern würde. Veröffentlichen Sie sie, wenn sie stimmt.
draft-lead-new = Unten steht das Programm, wie es gilt. Ändern Sie es hier, oder setzen Sie eine eigene Datei ein, und sehen Sie, was sich ändern würde.
draft-lead-governed = Was diese Datei ändern würde. Ob sie veröffentlicht wird, entscheidet das Gremium.
draft-faults = So lässt es sich noch nicht veröffentlichen
draft-changes = Was sich ändern würde
draft-same = Nichts: Das ist schon veröffentlicht.
draft-level-new = Eine neue Stufe.
draft-file = Die Datei
draft-file-label = Programmdatei (TOML)
draft-look = Behalten und ansehen, was sich ändert
draft-keep = Speichern und neu ansehen
draft-upload-title = Oder als Datei
draft-upload-label = Programmdatei (TOML, höchstens 400 KB)
draft-upload = Diese Datei nehmen
draft-publish-title = Veröffentlichen
draft-publish-lead = Veröffentlichte Fassungen werden nie geändert oder zurückgenommen. Wer unterwegs ist, erfährt, was es bedeutet.
draft-publish = Jetzt veröffentlichen
draft-propose-title = Dem Gremium vorschlagen
draft-propose = Vorschlagen
draft-remove = Diesen Entwurf verwerfen

## Gremien
govern-title = Gremien
govern-lead = Wo Sie mit anderen entscheiden, was veröffentlicht und was zurückgenommen wird.
govern-none = Sie sitzen in keinem Gremium.
committee-title = Gremium für { $program }
committee-rule = Ein Vorschlag ist angenommen, wenn mehr dafür als dagegen stimmen und mindestens { $quorum } Stimmen abgegeben sind. Abgestimmt wird { $days } Tage lang.
committee-not-in-term = Ihre Amtszeit läuft gerade nicht. Sie können lesen, aber weder vorschlagen noch abstimmen.
proposals-title = Vorschläge
proposals-none = Es wurde noch nichts vorgeschlagen.
proposals-earlier = Frühere Vorschläge
propose-criteria = Neue Kriterien vorschlagen
propose-policy = Eine Regel vorschlagen
propose-revocation = Einen Widerruf vorschlagen
terms-title = Mitglieder
label-member = Mitglied
label-term-from = Von
label-term-until = Bis
label-vote = Stimme
term-ahead = Beginnt später
term-running = Im Amt
term-ending = Endet bald
term-followed = War im Amt
term-overdue = Überfällig: Niemand ist nachgerückt
proposal-criteria = Neue Kriterien
proposal-policy = Regel
proposal-revocation = Widerruf aus wichtigem Grund
proposal-open = Offen bis { $moment }
proposal-accepted = Angenommen am { $date }
proposal-rejected = Nicht angenommen am { $date }
proposal-failed = Angenommen am { $date }, ließ sich aber nicht ausführen
proposal-withdrawn = Zurückgezogen am { $date }
proposal-failure = Es ließ sich nicht ausführen: { $why }
proposal-why = Warum
proposal-by = Vorgeschlagen von { $name }
proposal-text = Die Regel
proposal-badge = Das Abzeichen
proposal-close = Abschließen: Alle haben abgestimmt, oder die Zeit ist um
proposal-withdraw = Zurückziehen
propose-title = Vorschlagen: { $kind }
propose-lead = Wer jetzt im Amt ist, stimmt darüber ab. Was angenommen wird, geschieht sofort.
propose-title-label = In einem Satz
propose-reason-label = Warum
propose-badge-label = Adresse oder Kennung des Abzeichens
propose-policy-label = Die Regel, in Markdown
propose-send = Zur Abstimmung stellen
votes-title = Stimmen
votes-quorum = Mindestens { $quorum } Stimmen sind nötig.
votes-count = { $for } dafür, { $against } dagegen.
votes-abstained = { $count ->
    [0] Niemand hat sich enthalten.
    [one] Eine Enthaltung.
   *[other] { $count } Enthaltungen.
  }
vote-title = Ihre Stimme
vote-for = Dafür
vote-against = Dagegen
vote-abstain = Enthaltung
vote-recused = Befangen
vote-recuse = Ich bin beteiligt und stimme deshalb nicht mit ab. Das ist endgültig.
vote-given = Hat abgestimmt
vote-missing = Hat noch nicht abgestimmt
vote-out-of-term = nicht mehr im Amt, zählt deshalb nicht
vote-comment = Was Sie dazu sagen. Wer befangen ist, nennt den Grund.
vote-send = Abstimmen
minutes-title = Protokoll
minutes-label = Was gesagt und abgewogen wurde, in Markdown. Es wird einmal festgehalten.
minutes-keep = Protokoll festhalten
## A manager's people
team-title = Ihre Leute
team-lead-part = { $people } Personen berichten an Sie, unmittelbar oder über andere. Hier stehen { $shown } von ihnen, nach Namen.
team-more = Wer als Nächstes kommt
team-lead = { $people ->
    [one] Eine Person berichtet
   *[other] { $people } Personen berichten
  } an Sie, unmittelbar oder über andere. { $held ->
    [0] Keine Zertifizierung gilt.
    [one] Eine Zertifizierung gilt.
   *[other] { $held } Zertifizierungen gelten.
  }
team-empty = Zurzeit berichtet niemand an Sie. Wer das tut, sagt das Verzeichnis der Firma.
team-verify = Alle auf einmal prüfen
team-verify-again = Noch einmal prüfen
team-csv = Als CSV herunterladen
team-checked = { $count ->
    [one] Ein Abzeichen wurde neu geprüft, und es ist echt.
   *[other] { $count } Abzeichen wurden neu geprüft, und alle sind echt.
  }
team-checked-faults = { $faults } von { $count } Abzeichen haben die Prüfung nicht bestanden. Sie sind unten gekennzeichnet; sagen Sie es denen, die diesen Dienst betreiben.
team-checked-at = Unterschrift, Aufzeichnung und Statusliste, Stand { $moment }
team-genuine = Echt
team-fault = Nicht bestanden
team-due = Was endet oder geendet hat
team-person = Person
team-certification = Zertifizierung
team-when = Wann
team-next = Nächster Schritt
next-under-way = Läuft
next-open = Kann jetzt erneuert werden
next-grace = Erneuerbar bis vor dem { $date }
next-opens = Erneuerung ab dem { $date }
next-after-end = Nicht vor dem Ende
next-lapsed = Wird neu erworben
renewals-title = Erneuerungen
renewals-which = Welche
renewals-all-levels = Alle Stufen
renewals-show = Zeigen
renewals-due = Jetzt zu erneuern
renewals-due-lead = Im Zeitraum für die Erneuerung, oder abgelaufen und noch in der Nachfrist. Wer schon unterwegs ist, ist verlinkt.
renewals-later = Später
renewals-later-lead = Was ausläuft, aber noch nicht erneuert werden kann.
renewals-lapsed = Verfallen
renewals-lapsed-lead = Was im letzten Jahr auslief und nicht rechtzeitig erneuert wurde. Es wird neu erworben und behält seine Adresse.
renewals-ends = Ende
renewals-none = Davon gibt es zurzeit nichts.
renewals-next = Was danach endet
team-people = Alle
team-reports-to = berichtet an { $name }
team-nothing = Hat noch nichts und ist auf keinem Weg.
team-under-way = Auf dem Weg seit { $date }
team-mentor = mit { $name }

## The record
record-title = Die Aufzeichnung
record-lead = Wer was getan hat, wann, warum und nach welcher Fassung. Nichts davon wird je geändert oder entfernt.
record-kind = Was getan wurde
record-person = Wer es tat, oder an wem
record-subject = Woran, mit seiner Kennung
record-find = Zeigen
record-all = Alles zeigen
record-events = Was getan wurde
record-none = Dazu ist nichts aufgezeichnet.
record-nobody = Unter dieser Adresse oder Kennung ist niemand bekannt.
record-when = Wann
record-what = Was
record-who = Wer
record-why = Warum
record-number = Nr. { $number }
record-version = Fassung { $version } der Kriterien
record-older = Ältere
record-csv = Als CSV herunterladen
record-json = Als JSON
record-end = Das Ende der Kette
record-end-lead = Jeder Eintrag besiegelt den vor ihm. Halten Sie dieses Ende anderswo fest: Damit findet laurel audit später heraus, ob bis hierher etwas geändert oder entfernt wurde.

## When there is nothing to show
error-status = Status { $status }
error-400 = Diese Anfrage konnten wir nicht verstehen
error-400-advice = Sehen Sie die Adresse oder das Formular noch einmal durch und versuchen Sie es wieder.
error-403 = Das steht Ihnen nicht offen
error-403-advice = Vielleicht erlauben es Ihre Rollen nicht, oder das Formular stammt von einer Seite, die nicht mehr gilt. Öffnen Sie die Seite noch einmal; bleibt es dabei, fragen Sie die Verwaltung.
error-404 = Unter dieser Adresse ist nichts
error-404-advice = Sehen Sie nach, ob ein Buchstabe fehlt. Ist es ein Abzeichen, so ist es vielleicht nicht öffentlich.
error-405 = Das geht unter dieser Adresse nicht
error-405-advice = Öffnen Sie sie als Seite, oder lesen Sie, welche Aufrufe sie annimmt.
error-409 = So, wie die Dinge stehen, geht das nicht
error-409-advice = Laden Sie die Seite, von der Sie kommen, neu; dann sehen Sie, was sich geändert hat.
error-410 = Was hier war, wurde entfernt
error-410-advice = Es kommt nicht wieder. Hat Ihnen jemand ein Abzeichen als Datei oder Bild gegeben, so prüfen Sie dieses: Es sagt selbst, ob es gilt.
error-413 = Diese Datei ist zu groß
error-413-advice = Ein Bild hat höchstens 8 MB, ein JSON-Dokument 1 MB, eine Programmdatei 400 KB.
error-429 = Das waren viele Anfragen in kurzer Zeit
error-429-advice = Warten Sie ein wenig und versuchen Sie es dann wieder. Software, die viele Abzeichen prüft, nimmt am besten die Statusliste.
error-500 = Auf unserer Seite ist etwas schiefgegangen
error-500-advice = Es liegt nicht an Ihnen, und nichts wurde geändert. Versuchen Sie es in ein paar Minuten wieder; bleibt es so, nennen Sie dem Betreiber die Nummer der Anfrage.
error-request = Anfrage { $id }
error-home = Zur Wand
error-verify = Ein Abzeichen prüfen

# Warum etwas zurzeit nicht geht.
cannot-already-enrolled = Sie sind bereits auf dem Weg zu dieser Stufe.
cannot-held = Sie haben dieses Abzeichen, und es ist noch nicht Zeit, es zu erneuern.
cannot-own-path = Das ist Ihr eigener Weg zu der Stufe; das muss jemand anderes tun.
cannot-way-ended = Dieser Weg zu der Stufe ist beendet. Melden Sie sich neu an, um einen neuen zu beginnen.
cannot-already-met = Das ist bereits erfüllt.
cannot-needs-badge = Hier zählt nur ein Abzeichen, das die Prüfung besteht; bestätigen kann es niemand.
cannot-needs-word = Ein Abzeichen zählt hier nicht; jemand muss es bestätigen.
cannot-work-handed-in = Die Arbeit ist eingereicht und wird beurteilt; worauf sie beruht, bleibt, wie es ist.
cannot-handed-in = Die Arbeit ist eingereicht und bleibt, wie sie ist.
cannot-not-handed-in = Die Arbeit ist nicht eingereicht; es gibt nichts zurückzunehmen.
cannot-being-assessed = Die Beurteilung hat begonnen; zurücknehmen lässt sich die Arbeit nicht mehr.
cannot-changed-elsewhere = Der Text wurde inzwischen in einem anderen Fenster geändert, Ihrer wurde nicht gespeichert. Laden Sie die Seite neu.
cannot-no-panel = Hierfür wird keine Arbeit eingereicht: Es beurteilt keine Jury.
cannot-assessed = Das beurteilt eine Jury, und ihre Entscheidung verleiht das Abzeichen.
cannot-lapsed = Die Zeit, in der sich das Abzeichen erneuern ließ, ist vorbei. Beenden Sie diesen Weg; wer sich neu anmeldet, erwirbt es von vorn.
cannot-too-much-evidence = Mehr Nachweise kann eine Jury nicht ansehen. Entfernen Sie einen, bevor Sie einen weiteren hinzufügen.
cannot-has-mentor = Sie werden bereits begleitet. Wer eine andere Begleitung möchte, geht erst ohne diese weiter.
cannot-no-mentor = Hier begleitet niemand.
cannot-no-mentor-to-read = Niemand begleitet Sie, der das lesen könnte. Bitten Sie zuerst um Begleitung.
cannot-scores-handed-in = Ihre Noten sind abgegeben. Ändern können Sie sie, sobald die Jury sich einigt.
cannot-scoring = Einige haben ihre Noten noch nicht abgegeben; danach einigt sich die Jury.
cannot-not-agreed = Noch haben nicht alle in der Jury zugestimmt; sie entscheidet, sobald alle es getan haben.
cannot-decision-proposed = Die Entscheidung der Jury wartet auf den zweiten Blick. Wer ihn hat, kann sie zurückgeben.
cannot-panel-done = Diese Jury hat ihre Arbeit getan; daran ändert sich nichts mehr.
cannot-second-look-done = Diese Entscheidung wartet auf keinen zweiten Blick mehr.
cannot-own-case = Sie sind an diesem Fall beteiligt oder haben Befangenheit erklärt. Den zweiten Blick muss jemand anderes aus der Programmleitung haben.
cannot-enrolment-ended = Die Person ist nicht mehr auf diesem Weg; es gibt nichts zu entscheiden.
cannot-not-renewable = Das Abzeichen, das erneuert werden soll, lässt sich zurzeit nicht erneuern.
cannot-already-held = Das Abzeichen dieser Stufe wurde bereits verliehen und gilt noch.
cannot-no-rubric = Diese Stufe hat kein Bewertungsraster.
cannot-declared = Das haben Sie bereits erklärt, und es gilt.
cannot-already-appealed = Dagegen haben Sie bereits Einspruch erhoben.
cannot-answer-final = Das war die Antwort auf Ihren Einspruch, und sie ist endgültig.
cannot-not-revoked = Dieses Abzeichen wurde nicht widerrufen.
cannot-appeal-decided = Dieser Einspruch wurde bereits beantwortet.
cannot-passed = Sie haben bestanden; es gibt nichts, wogegen Sie Einspruch erheben könnten.
cannot-off-the-path = Sie sind nicht mehr auf diesem Weg.
cannot-too-late = Die Zeit für einen Einspruch ist vorbei.
cannot-own-appeal = Sie sind an diesem Fall beteiligt. Den Einspruch muss jemand anderes aus der Programmleitung beantworten.
cannot-not-decided = Als Beispiel taugt nur, worüber entschieden ist: Niemand soll eine Arbeit zweimal zugleich bewerten.
cannot-already-sample = Diese Arbeit ist bereits ein Beispiel.
cannot-sample-closed = Dieses Beispiel ist abgeschlossen.
cannot-sample-scored = Ihre Noten sind abgegeben und bleiben, wie sie sind.
cannot-not-your-proposal = Zurückziehen kann einen Vorschlag nur, wer ihn gemacht hat.
cannot-proposal-closed = Dieser Vorschlag ist abgeschlossen.
cannot-voting-over = Die Zeit zum Abstimmen ist vorbei.
cannot-no-vote = Sie haben hier keine Stimme: Als der Vorschlag gemacht wurde, lief Ihre Amtszeit nicht, oder Sie sind befangen.
cannot-votes-missing = Einige haben noch nicht abgestimmt, und es ist noch Zeit.
cannot-no-minutes = Ein Protokoll wird einmal festgehalten, zu einem abgeschlossenen Vorschlag.
cannot-changed-since = Die Stufen des Programms wurden seit dem Vorschlag geändert. Machen Sie ihn neu, auf dem Stand von heute.
cannot-committee-decides = Dieses Programm hat ein Gremium. Schlagen Sie ihm die Datei vor; was es annimmt, wird veröffentlicht.
cannot-left-no-sign-in = Wer die Firma verlassen hat, kann sich nicht anmelden.
cannot-left-no-seat = Wer die Firma verlassen hat, kann nicht im Gremium sitzen.
cannot-left-no-role = Wer die Firma verlassen hat, kann keine Rolle bekommen.
cannot-term-not-running = Diese Amtszeit läuft zurzeit nicht.
cannot-role-held = Diese Rolle hat die Person bereits.
cannot-role-not-held = Diese Rolle hat die Person nicht.
cannot-own-role = Diese Rolle muss Ihnen jemand anderes aus der Verwaltung nehmen.
cannot-own-erasing = Sie selbst muss jemand anderes aus der Verwaltung löschen.
cannot-own-badge = Niemand befürwortet das eigene Abzeichen.
cannot-badge-over = Dieses Abzeichen gilt nicht mehr.
cannot-endorsed-before = Das haben Sie schon befürwortet; ziehen Sie es zuerst zurück, um etwas anderes zu sagen.
cannot-too-many-asked = Zehn Menschen wurden gebeten und haben noch nicht geantwortet. Warten Sie auf sie, oder bis ihre Links abgelaufen sind.
cannot-withdrawn = Es wurde zurückgezogen.
cannot-no-badge = Zurzeit gilt keines Ihrer Abzeichen.
cannot-webhook-off = Diesem Webhook wird nichts gesendet, solange er abgeschaltet ist. Schalten Sie ihn zuerst ein.
cannot-webhook-unsigned = Dieser Webhook führt in einen Chat, der kein Geheimnis hat.
cannot-too-many-webhooks = Es gibt schon 50 Webhooks. Entfernen Sie zuerst einen.
cannot-already-there = Diese Person steht bereits im Verzeichnis.
cannot-email-taken = Diese Adresse gehört bereits einer anderen Person.
cannot-user-name-taken = Dieser Benutzername gehört bereits einer anderen Person.
cannot-external-id-taken = Diese externe Kennung ist bereits vergeben.
cannot-team-name-taken = So heißt bereits ein anderes Team.
cannot-already-revoked = Das wurde bereits widerrufen. Ein Widerruf ist endgültig, und seine Begründung bleibt.
cannot-revoked = Ein widerrufenes Abzeichen lässt sich nicht erneuern.
cannot-superseded = Dieses Abzeichen wurde bereits erneuert.
cannot-endless = Dieses Abzeichen läuft nicht ab; es gibt nichts zu erneuern.
cannot-too-early = Es ist noch nicht Zeit, dieses Abzeichen zu erneuern.
cannot-out-of-calendar = Das Abzeichen würde außerhalb des Kalenders enden.
cannot-not-for-wallet = In eine Wallet lässt sich nur ein Abzeichen legen, das jetzt gültig ist.
cannot-no-key-to-ask = Diese Installation hat keinen Schlüssel, an dem Wallets eine Anfrage erkennen, darum lässt sich von ihnen nichts erfragen.

## Apps anderer
apps-title = Verbundene Apps
apps-lead = Was Sie für sich handeln lassen, und was jede App darf.
apps-empty-title = Keine verbundenen Apps
apps-empty = Wenn eine andere Plattform nach Ihren Abzeichen fragt und Sie es erlauben, steht sie hier, bis Sie sie trennen.
apps-since = seit { $date }
apps-used = zuletzt benutzt { $moment }
apps-never-used = noch nicht benutzt
apps-disconnect = Trennen
apps-note = Eine App, die Sie trennen, bekommt von hier sofort nichts mehr. Was sie vorher kopiert hat, behält sie.
account-apps = Sehen, welche Apps für Sie handeln
app-reads-badges = Ihre Abzeichen lesen
app-reads-badges-means = Alle, die Sie hier haben, auch die, die Sie niemandem zeigen, und die in Ihrem Rucksack.
app-puts-badges = Abzeichen in Ihren Rucksack legen
app-puts-badges-means = Neue, und neuere Fassungen von denen, die da sind. Was Ihnen hier verliehen wurde, kann sie nicht ändern.
app-reads-profile = Ihr Profil lesen
app-reads-profile-means = Ihren Namen, Ihre E-Mail-Adresse und was Sie oder eine App hinzugefügt haben.
app-changes-profile = Ihr Profil ergänzen
app-changes-profile-means = Etwa um eine Website oder ein paar Worte über Sie. Name und Adresse bleiben, wie Ihr Unternehmen sie führt.
consent-title = „{ $app }“ bittet um Zugriff
consent-lead = Die App gehört nicht zu { $organisation }. Sie entscheiden, was sie darf, und können das jederzeit zurücknehmen.
consent-may = Wenn Sie es erlauben, kann sie
consent-not = Sonst sieht sie hier nichts von Ihnen, und sie kann sich nicht als Sie anmelden.
consent-host = Führt zurück zu
consent-website = Website
consent-promises = Was sie verspricht
consent-policy = Datenschutzerklärung
consent-terms = Nutzungsbedingungen
consent-how-long = Wie lange
consent-lasts = Bis Sie sie trennen, oder bis 90 Tage nach der letzten Nutzung
consent-an-hour = Eine Stunde lang
consent-as = Sie sind
consent-unchecked = „{ $app }“ nennt sich die App selbst; geprüft hat das niemand. Erlauben Sie es nur, wenn Sie von { $host } kommen und dem vertrauen.
consent-allow = Erlauben
consent-refuse = Nicht erlauben
no-consent-title = Diese Anfrage lässt sich nicht beantworten
no-consent-app = Die App, die Sie hergeschickt hat, ist uns nicht bekannt.
no-consent-address = Die App, die Sie hergeschickt hat, will Sie an eine Adresse führen, die sie uns vorher nicht genannt hat. Es wurde nichts weitergegeben.
no-consent-next = Gehen Sie dorthin zurück, wo Sie herkamen, und verbinden Sie noch einmal; bleibt es so, sagen Sie es denen, die die App betreiben.

## Abzeichen von anderswo
backpack-title = Mein Rucksack
backpack-lead = Abzeichen, die andere Ihnen verliehen haben, so wie sie sind.
backpack-empty-title = Noch nichts darin
backpack-empty = Legen Sie die Abzeichen hinein, die Sie von anderswo haben: Sie bleiben Byte für Byte, wie sie kamen, Sie sehen, ob sie gelten, und können sie jederzeit wieder herausnehmen.
backpack-by = von { $issuer }
backpack-issued = Ausgestellt am { $date }
backpack-until = gültig bis { $date }
backpack-over = Abgelaufen am { $date }
backpack-more = Ältere
backpack-unchecked = Das sagen die Abzeichen von sich selbst. Öffnen Sie eines, um zu sehen, ob es heute gilt.
backpack-room = Es sind { $count } Abzeichen mit { $size } darin, und Platz für einige mehr.
backpack-add = Eines hineinlegen
backpack-add-lead = In welcher Form auch immer: Open Badges 3.0, 2.0 und älter, als JSON, JWT oder als Bild mit dem Abzeichen darin.
backpack-file = Eine Datei
backpack-file-hint = JSON, JWT, PNG oder SVG
backpack-address = Seine Adresse
backpack-address-hint = Wo das Abzeichen selbst zu haben ist, nicht eine Seite darüber
backpack-text = Sein Text
backpack-do = Hineinlegen
backpack-nothing = Wählen Sie eine Datei, oder geben Sie eine Adresse oder einen Text an.
backpack-no-badge = Das ist kein Abzeichen, das sich lesen lässt. { $why }
backpack-other = Das ist eine Befürwortung oder eine Vorlage. Legen Sie das Abzeichen selbst hinein.
backpack-not-genuine = Das ist kein echtes Abzeichen, deshalb wird es nicht aufbewahrt. { $why }
backpack-unproven = Von diesem Abzeichen ist schon eine Kopie hier, und die Signatur dieser anderen lässt sich jetzt nicht prüfen: Die vorhandene bleibt. Um die andere zu behalten, entfernen Sie zuerst die vorhandene.
backpack-too-large = Die Datei ist größer als 8 MiB.
backpack-full = Ihr Rucksack ist voll. Entfernen Sie, was Sie nicht brauchen, und legen Sie es noch einmal hinein.
backpack-unreachable = An dieser Adresse wurde kein Abzeichen gefunden: { $why }.
kept-untitled = Ein Abzeichen ohne Namen
kept-replaced = Diese Kopie hat den Platz der bisherigen eingenommen.
kept-unchanged = Dieses Abzeichen war schon hier, Byte für Byte.
kept-older = Eine neuere Fassung dieses Abzeichens ist hier, deshalb bleibt sie.
kept-title = Was aufbewahrt wird
kept-file = Datei
kept-form = Geschrieben als
kept-credential = Open Badges 3.0, JSON mit dem Nachweis darin
kept-jwt = Open Badges 3.0, JWT
kept-older-form = Open Badges 2.0 oder älter
kept-how = Wie es kam
kept-by-file = Als Datei, { $date }
kept-by-text = Als Text, { $date }
kept-by-address = Von { $from }, { $date }
kept-by-app = Durch die App „{ $from }“, { $date }
kept-by-platform = Von der Plattform { $from }, { $date }
kept-download = Herausnehmen, wie es kam
kept-whole = Byte für Byte die Datei, die hineingelegt wurde. Hier bleibt sie auch.
kept-remove-title = Entfernen
kept-remove-lead = Es ist dann endgültig weg. Nehmen Sie es vorher heraus, wenn Sie es anderswo behalten wollen.
kept-remove = Endgültig entfernen

## Abzeichen einer anderen Plattform
platform-title = Von einer anderen Plattform
platform-lead = Wo eine Plattform die Open Badges API 3.0 spricht, lassen sich Ihre Abzeichen von dort in Ihren Rucksack kopieren. Sie erlauben es dort, für dieses eine Mal.
platform-address = Die Adresse der Plattform
platform-hint = Etwa https://badges.example.org
platform-go = Dort nachsehen
platform-problem = Das hat nicht geklappt: { $why }.
platform-on-title = Weiter zu „{ $platform }“
platform-on-lead = Sie wurde unter { $host } gefunden. Melden Sie sich dort an und erlauben Sie { $organisation }, Ihre Abzeichen zu lesen; dann werden Sie hierher zurückgeführt.
platform-once = Sie werden einmal kopiert. Nichts, was uns dort noch einmal einließe, wird aufbewahrt.
platform-on = Weiter zu { $host }
platform-not = Nicht weitergehen
brought-title = Abzeichen von „{ $platform }“
brought-new = { $count ->
    [0] Es kam nichts Neues.
    [one] Ein Abzeichen ist neu in Ihrem Rucksack.
   *[other] { $count } Abzeichen sind neu in Ihrem Rucksack.
  }
brought-known = { $count ->
    [one] Eines war schon da.
   *[other] { $count } waren schon da.
  }
brought-refused = Einige wurden nicht genommen:
brought-none-title = Es wurde nichts kopiert
brought-none = Es wurde dort nicht erlaubt, dauerte zu lange, oder diese Seite wurde noch einmal geöffnet. In Ihrem Rucksack hat sich nichts geändert.
brought-see = Meinen Rucksack ansehen
