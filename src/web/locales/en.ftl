# Every word on Laurel's pages, in English. Plain and short; dates written out; say what happened and what to do next.

## The frame
skip-link = Skip to the content
nav-label = Pages
nav-wall = Wall
nav-programs = Programs
nav-verify = Verify
nav-api = API
nav-mine = My Laurel
mine-label = Your pages
mine-path = My path
own-badges-title = My badges
own-badges-lead = What you hold, how it stands, and who sees it.
own-badges-empty-title = No badges yet
own-badges-empty = Here is what you are given, for as long as you are here and after.
own-badges-programs = See what there is to reach
own-badges-who = Who sees it
own-badges-public = Everyone, on the wall too
own-badges-link = Whoever has its link
own-badges-private = Nobody
own-badges-save = Save
own-badges-all = Take all along (ZIP)
own-badges-note = What you choose counts for the whole certification with its renewals. Whoever has a copy keeps it: a badge that was given away can still be verified.
own-badges-name-title = Your name
own-badges-named = Your name and team stand on badges that others see.
own-badges-unnamed = Badges that others see don’t say whose they are.
own-badges-show-name = Put my name on them
own-badges-hide-name = Take my name off them
wallet-title = Put this badge into a wallet
wallet-lead = A wallet is an app on your phone that keeps proofs such as badges and shows them to whom you choose. It is given the badge made out to its own key: whoever you show it to can tell that you are its holder.
wallet-begin = Make an offer
wallet-back = Back to my badges
wallet-given-title = Given to wallets
wallet-given-lead = If this badge is revoked, these end with it.
wallet-qr = QR code with the offer for your wallet
wallet-step-scan = Scan this with your wallet
wallet-step-scan-how = Or open it there, if the wallet is on this device.
wallet-open = Open in a wallet
wallet-step-code = Type in the transaction code
wallet-step-code-how = Your wallet asks for it next. It stands on a page of its own, so that nobody who sees this one can take your badge.
wallet-show-code = Show the code
wallet-until = The offer is good for { $minutes } minutes, until { $time }, and for one wallet. A new one ends it.
wallet-code-title = Transaction code
wallet-code-lead = Type these digits into your wallet.
wallet-code-until = The code is good until { $time }, and for a few tries. If you have it shown again, this one ends.
wallet-code-done = Done
wallet-code-none = This offer is no longer open: it was taken up, has ended, or a newer one took its place.
own-badges-wallet = Put it into a wallet
badge-wallet = Yours? Put it into a wallet
mine-mentor = My learners
mine-learners = Under way
mine-decisions = Decisions
mine-assess = Assessing
mine-account = Account
mine-team = Your people
mine-record = Record
mine-admin = People
copied-note = This is a copy of { $date } as files. How a badge stands on the day you read this is what your browser finds on its page.
demo-note = This is a demonstration. The company and its people are invented, and so is the key that signs their badges.
footer-made = Badges here are signed Open Badges 3.0 credentials. Anyone can check them, with any software that follows the standard.
footer-key = Public key
footer-api = API

## Dates
date-and-time = { $date }, { $time }
relative-today = today
relative-in-days = { $count ->
    [one] in { $count } day
   *[other] in { $count } days
  }
relative-in-months = { $count ->
    [one] in { $count } month
   *[other] in { $count } months
  }
relative-in-years = { $count ->
    [one] in { $count } year
   *[other] in { $count } years
  }
relative-days-ago = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
  }
relative-months-ago = { $count ->
    [one] { $count } month ago
   *[other] { $count } months ago
  }
relative-years-ago = { $count ->
    [one] { $count } year ago
   *[other] { $count } years ago
  }
span-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
  }
span-weeks = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
  }
span-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
  }
span-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
  }

## How a badge stands
standing-valid = Valid
standing-valid-detail = This badge does not expire.
standing-valid-until = Valid until { $date }
standing-valid-until-detail = It ends { $relative }.
standing-expires = { $days ->
    [one] Valid, expires tomorrow
   *[other] Valid, expires in { $days } days
  }
standing-expires-today = Valid, expires today
standing-expires-detail = It stands until { $date } and can be renewed now.
standing-expired = Expired on { $date }
standing-expired-detail = It was genuine and ended { $relative }. The record stays here.
standing-superseded = Replaced by a newer badge
standing-superseded-detail = The certification has been renewed. This earlier badge is genuine and stays as a record.
standing-superseded-link = See the current badge
standing-revoked = Revoked on { $date }
standing-revoked-detail = The issuer has withdrawn this badge. It no longer counts.
standing-revoked-reason = The issuer has withdrawn this badge and gives this reason: { $reason }
standing-broken-detail = What is kept here is not what the issuer signed. Do not rely on it, and tell the issuer.
standing-not-yet = Not valid before { $date }
standing-not-yet-detail = It begins { $relative }.
standing-word-valid = Valid
standing-word-expiring = Expires soon
standing-word-expired = Expired
standing-word-superseded = Replaced
standing-word-revoked = Revoked
standing-word-not-yet = Not yet valid
standing-word-broken = Not genuine

## Shared words
the-holder = The holder
the-holder-inline = the holder
holder-count = { $count ->
    [0] Nobody yet
    [one] { $count } person
   *[other] { $count } people
  }
held-by-count = { $count ->
    [0] nobody holds it yet
    [one] held by { $count } person
   *[other] held by { $count } people
  }
validity-for-ever = Does not expire
validity-for = Valid for { $span }
validity-for-renewable = Valid for { $span }, renewable in the last { $window }
picture-alt = Badge for { $level }
label-issuer = Issued by
label-program = Program
label-level = Level
label-awarded = Awarded
label-valid-until = Valid until
label-team = Team
label-validity = Validity
label-criteria = Criteria
label-version = Criteria version
label-holders = Held by
label-badges = Badges
no-end = No end date
machine-readable = The same facts for software

## The wall
wall-title = The people who made it
wall-lead = { $count ->
    [one] One badge held at { $organisation }, earned on real work.
   *[other] { $count } badges held at { $organisation }, each earned on real work.
  }
wall-newest = Newest
wall-levels = How many hold each level?
wall-teams = Which teams hold them?
feed-title = Badges of { $organisation }
wall-empty-title = The first badge will hang here
wall-empty = When someone earns a badge and makes it public, it appears on this wall with its picture, and with their name if they wish.
wall-empty-next = See what can be earned

## Programs
programs-title = Programs
programs-lead = What can be certified here, and what each level asks for.
programs-empty = No program has been published yet. Its levels and criteria will be listed here.
program-ladder = Levels
program-policies = What its committee has decided
program-file = The whole program as a file
program-newest = Newest on the wall
level-of = Level { $step } of { $steps }
level-step = Level { $step }
criteria-title = What it takes
competencies-title = What someone who holds it can do
competency-technical = technical
competency-personal = with others
path-title = What must be done before
path-level = must be held
path-work = Real work, handed in with its evidence for a panel to look at.
path-one-of = By any one of these
path-any = { $name }: any { $count } of these
route-coursework = coursework
route-demonstration = shown by hand
route-project = project
route-badge = a badge from { $issuer }
route-badge-for = a badge from { $issuer } for { $achievement }
confirmed-mentor = confirmed by a mentor
confirmed-assessor = confirmed by an assessor
confirmed-owner = confirmed by an owner of the program
confirmed-verification = counts when it verifies
rubric-title = How it is assessed
panel-size = { $count ->
    [one] One assessor looks at the work, from outside the learner’s own team and reporting line.
   *[other] { $count } assessors look at the work, from outside the learner’s own team and reporting line.
  }
panel-functions = They come from at least { $count } job functions.
panel-alone = Each scores alone first, and says why; then they see one another’s scores and settle.
panel-disagreement = { $count ->
    [one] Where two of them are a grade apart, one more assessor joins.
   *[other] Where two of them are { $count } grades apart, one more assessor joins.
  }
panel-days = { $count ->
    [one] Scores are due within a day.
   *[other] Scores are due within { $count } days.
  }
panel-second-look = An owner of the program who was not on the panel confirms before the badge is given.
panel-appeal = { $count ->
    [one] The learner can appeal within a day; a new panel then looks at the work.
   *[other] The learner can appeal within { $count } days; a new panel then looks at the work.
  }
panel-named = The badge names those of the panel who agreed to be named.
panel-unnamed = The badge says that a panel decided, and names nobody.
rubric-lead = Each of these is looked at by itself, and must reach the grade it asks for.
rubric-threshold = Together they must make { $percent } % of all points.
rubric-asks = asks for “{ $grade }”
rubric-weighs = counts { $weight } times, asks for “{ $grade }”
rubric-grade = Grade
rubric-described = What it looks like
rubric-required = asked for
results-title = How it was assessed
results-criterion = What was looked at
results-grade = Reached
results-place = { $place } of { $of }
versions-title = { $level }: versions
versions-lead = What was published, and when. A version is never changed: badges stay under the one they were given under.
versions-link = All versions
version-number = Version { $version }
version-current = This is version { $version }, under which badges are given now.
version-earlier = This is version { $version }. Badges were given under it; there is a newer one.
version-ahead = This is version { $version }. Badges will be given under it from { $date }.
version-never = This is version { $version }. A newer one took its place before it began.
version-now = See what counts now
version-row-now = Counts now
version-row-ahead = Counts from { $date }
version-row-never = Replaced before it began
version-approved = Approved by { $who }
version-transition = Those under way may finish under an earlier version until { $date }.
coming-from = This changes on { $date }.
coming-link = See version { $version }
coming-transition = Whoever is under way by then may finish under what counts now until { $date }.
coming-at-once = Whoever is under way then goes on under the new version.
version-changed = Changed: { $parts }
label-published = Published
label-starts = Counts from
label-transition = Transition
label-approved = Approved by
label-new = What is new
changes-title = What changed since { $before }
changes-none = Nothing of what the level says or asks for.
change-removed = Removed
change-added = Added
part-name = Name
part-description = Description
part-criteria = Criteria
part-competencies = Competencies
part-requirements = What must be done
part-electives = Choices
part-rubric = Rubric
part-assessment = Assessment
part-skills = Skills
part-tags = Tags
part-validity = Validity
part-renewal = Renewal window
part-renewal-terms = Renewal
part-review = Review date
part-picture = Picture
skills-title = Skills
renew-title = How it is renewed
renew-steps = Ask for re-certification within { $window } before the badge ends. The new badge then runs on from the old end date, so renewing early costs nothing.
renew-anytime = When the badge has ended, the level is assessed again and a new badge is issued in the same certification.
renew-never = It does not expire, so there is nothing to renew.
renew-same = A renewal asks for the same as the first time.
renew-asks = A renewal asks for:
renew-assessed = A panel looks at new work.
renew-unassessed = No panel looks at it again.
renew-grace = It can still be renewed after its end, for { $span }. Whoever comes later starts anew.
label-review = Criteria reviewed by
review-overdue = overdue
label-level-before = Level below
label-level-next = Next level
program-whole-level = Everything about { $level }

## A badge
badge-criteria-title = What it took
badge-narrative-title = What the issuer says
badge-evidence-title = Evidence
badge-verify = Verify this badge
badge-share = Share or download
badge-linkedin = Add to LinkedIn
badge-copy = Copy
badge-copied = Copied
badge-copy-label = Link that always shows the current state
share-in = Tell others:
share-email = E-mail
share-words = I hold “{ $title }” from { $issuer }.
share-by-hand = Fill in a profile by hand
share-by-hand-lead = The same fields that the button fills in, for LinkedIn or any other profile.
share-name = Name
share-id = ID of the badge
share-url = Link to the badge
embed-title = Show it on your own page
embed-lead = A small frame without scripts that shows how the badge stands whenever somebody looks.
embed-label = HTML for your page
embed-look = See the frame
embed-issuer = from { $issuer }
badge-download-title = Take it with you
badge-download-pdf = Certificate to print, with the badge attached (PDF)
badge-download-png = Picture with the badge inside (PNG)
badge-download-svg = Picture with the badge inside (SVG)
badge-download-json = Signed document (JSON)
badge-download-jwt = Signed document (JWT)
badge-download-card = Card for posts and slides (PNG)
badge-download-qr = QR code that leads here (PNG)
badge-path-title = On the path
badge-path-here = this badge
badge-qr = QR code that opens the verification of this badge
badge-qr-caption = Scan to verify
badge-history = Whole certification, with every renewal
badge-summary-named = Awarded to { $person } by { $issuer }.
badge-summary = Awarded by { $issuer }.
badge-panel-title = What the panel says
certificate-heading = Certificate
certificate-to = awarded to
certificate-on = On { $date }: { $standing }
certificate-today = How it stands today:
certificate-attached = The signed badge is attached to this file as badge.json.
badge-appealed = The revocation is under appeal
badge-appealed-detail = The holder appealed on { $date }. Until that is answered the revocation stands.
checked-title = Checked just now
checked-here = By this service
own-title = By your browser, on its own
own-waiting = Your browser is checking …
own-without-script = With JavaScript, your browser checks the badge a second time, without this service.
own-agrees = Your browser comes to the same result.
own-disagrees = Your browser comes to another result. Do not rely on this page: have the badge verified elsewhere, and see that this device’s clock is right.
own-since = Since this copy was made, time has gone on: the dates below say how the badge stands now.
own-unknown = Your browser could not check it by itself.
own-shown = What is shown
own-signature-passed = Made with the key that stands at the issuer’s own address.
own-signature-failed = Not made with a key of the issuer, or the badge was changed since.
own-signature-unchecked = This browser can’t check signatures on this page, or the issuer’s keys could not be read.
own-shown-passed = The title, the dates, the issuer and the result on this page are what was signed.
own-shown-failed = This page shows something that was not signed:
own-status-passed = Not revoked in the issuer’s list.
own-status-failed = Revoked in the issuer’s list.
own-status-unchecked = The issuer’s list could not be read.
own-dates-passed = Within its dates by this device’s clock.
own-dates-failed = Ended by this device’s clock.
own-dates-upcoming = Not yet valid by this device’s clock.

## A certification
renewal-not-yet = Its renewal opens on { $date }.
renewal-open = It can be renewed now. The new one will last from { $date }, the day on which this one ends.
renewal-grace = It can still be renewed before { $date }. The new one will last from the day on which it is given.
renewal-lapsed = The time for renewing it has passed; it is earned anew.
certification-lead = This page always shows where the certification stands today.
certification-earlier = Every badge of this certification
certification-earlier-lead = Renewals are new badges; earlier ones stay as a record.
certification-since = Held since
certification-state = State
certification-open = Open the badge

## Verify
verify-title = Verify a badge
verify-lead = Give us the badge in any shape. Nothing you give is kept.
verify-link = Link to a badge
verify-link-hint = The address of a badge page on this site
verify-file = Badge file
verify-file-hint = A PNG or SVG picture with a badge inside, up to 8 MB, or its JSON or JWT, up to 1 MB
verify-paste = Badge text
verify-paste-hint = The signed JSON document or JWT
verify-or = or
verify-email = The person’s e-mail
verify-email-hint = If you know it, we also check that the badge was issued to it
verify-optional = (optional)
verify-refresh = Look for a newer version
verify-refresh-hint = Asks the service that the badge names, which then learns that the badge is being checked
verify-submit = Verify
verify-from-wallet = Have a badge shown from a wallet instead
present-title = Shown from a wallet
present-lead = Whoever stands before you has a badge in a wallet on their phone. Have them scan a code, and see at once whether the badge is valid and theirs.
present-kept = What is shown stands here for { $minutes } minutes, for you alone, and is then forgotten.
present-begin = Ask for a badge
present-other-ways = Verify a badge in another way
present-scan = Have this scanned with the wallet that the badge is in.
present-qr = QR code with the request for a wallet
present-here = Is the wallet on this device? Then open it here, and come back to this page.
present-waiting = Waiting for the wallet.
present-look = Look whether it has answered
present-until = The request is open until { $time }.
present-declined = The wallet was asked, and nothing was shown.
present-ended = This request has ended, and what was shown is forgotten.
present-again = Ask again
verify-again = Verify another badge
verify-nothing-given = Give a link, a file or the badge’s text, then press Verify.
verify-not-ours = That link does not lead to a badge of this site. Links to badges here begin with { $start }. For a badge from elsewhere, give its file.
verify-not-there = There is no badge at that link. Check it for a missing letter; its holder may also have made it private.
verify-no-address = That is not an e-mail address. Leave it empty if you do not know it.
verify-what = What is checked
verify-what-lead = Format, signature, issuer, revocation and dates. You see each answer with its reason, and a check that could not be made is never counted as passed.
verify-checked-at = Checked { $date }
verdict-valid = This badge is valid
verdict-endorsement = This endorsement is valid
verdict-valid-reason = It is genuine, unaltered, issued by someone we know, current and not revoked.
verdict-revoked = This badge was revoked
verdict-format = This is not a badge we can read
verdict-altered = This badge cannot be trusted
verdict-recipient = This badge belongs to someone else
verdict-expired = This badge has expired
verdict-dates = This badge is not valid today
verdict-issuer = The issuer is not known here
verdict-invalid = This badge is not valid
verdict-unknown = We could not check everything
check-format = Format
check-proof = Signature
check-issuer = Issuer
check-status = Revocation
check-dates = Dates
check-schema = Schema
check-subject = What it endorses
check-challenge = Made for this occasion
check-holder = Shown by its holder
check-recipient = Recipient
outcome-passed = Passed
outcome-failed = Failed
outcome-unchecked = Could not be checked
checks-title = Every check
refresh-title = Is there a newer version?
refresh-checks = Every check of the newer version
fetched-title = What was looked up
fetched-none = Nothing was asked of others for this answer.
fetched-read = Read { $date }
fetched-kept = Read { $date }, and kept since as its server allows
fetched-failed = Could not be read { $date }: { $why }
claims-title = What the badge says
claims-none-title = What the badge says is not shown
claims-none = The document could have been written by anyone, so nothing in it can be relied on.
issuer-self-styled = It calls itself “{ $name }”, which anyone could.
endorsements-title = What others say for it
endorsements-lead = Each endorsement has a verdict of its own. None of them changes the verdict about the badge.
endorsements-left-aside = More were left aside, which were not looked at: { $count }.
endorsement-of-credential = For this badge
endorsement-of-achievement = For what was earned
endorsement-of-issuer = For its issuer
endorsement-valid = Holds
endorsement-attention = Needs attention
endorsement-invalid = Does not hold
endorsement-unknown = Could not be checked
presentation-valid = These badges are valid, and shown by their holder
presentation-attention = These badges are genuine, but look again
presentation-invalid = What is shown here is not valid
presentation-unknown = We could not check everything that is shown
presentation-by = Shown by
presentation-badges = What is shown
presentation-unreadable = A badge that cannot be trusted
claims-page = See the badge’s page
claims-document = The whole document
claims-statement = { $issuer } says that { $person } earned
claims-endorses = { $issuer } endorses
label-comment = In these words
label-credential = Badge address
label-valid-from = Valid from
label-description = Description
label-own-name = Name of the badge
label-achievement = What was earned
label-type = Kind
label-version-earned = Version
label-narrative = About this person’s work
label-criteria-page = Criteria page
label-results = How it was assessed
label-skills = Skills
label-tags = Keywords
label-achievement-id = Identifier of what was earned
label-subject = Identifier of the holder
label-picture = Picture
label-role = Role
label-term = Term
label-license = Licence number
label-credits-earned = Credits earned
label-credits-available = Credits to be earned
label-activity-start = Began
label-activity-end = Ended
label-source = Assessed by
label-field-of-study = Field of study
label-specialization = Specialization
label-human-code = Course code
label-language = Language
label-other-identifier = Also known as
label-related = Related to
label-creator = Designed by
label-issuer-description = About the issuer
label-issuer-email = Issuer’s e-mail
label-issuer-phone = Issuer’s telephone
result-unnamed = Result
result-reached = Reached: { $what }
result-required = Required: { $what }
result-status = State: { $what }
result-range = From { $low } to { $high }
result-levels = Levels:
result-allowed = Possible: { $what }
result-points = { $points } points
evidence-digest = Digest { $digest }
evidence-audience = For { $audience }
checked-by-standard = Judged by the rules of { $standard }.
again-title = Check it again
again-link = The address of this check
again-repeat = Check again
again-save = Save this check
again-save-hint = A ZIP file with the badge, the issuer’s keys and lists as they were read, and the report; without the e-mail address. Anyone can judge it later without a network: `laurel verify --offline`
again-paper = To check that this paper says what was certified, open { $url } and give the badge.
again-paper-link = To check that this paper says what was certified, scan the code or open this address:

## An endorsement
endorsement-by = Endorsed by { $issuer }
endorsement-verify = Verify this endorsement
endorsement-revoked-reason = The reason given: { $reason }
label-endorsed = What is endorsed
said-title = What the issuer says for it
said-open = Signed endorsement

## The issuer
issuer-lead = Who signs the badges here, and how to check that it was them.
issuer-website = Website
issuer-contact = Contact
issuer-did = Identity
issuer-did-document = Identity document
issuer-keys = Public keys
issuer-keys-lead = A retired key signs nothing new; badges it signed before still verify.
issuer-key = Key
issuer-key-since = In use since
issuer-key-state = State
issuer-key-active = Signs badges
issuer-key-retired = Retired on { $date }
issuer-programs = Programs

## The API
api-title = The API
api-lead = The same document for software:
api-operations = Calls
api-parameters = Parameters
api-body = Body
api-answers = Answers
api-schemas = Objects
api-field = Field
api-kind = Kind
api-place = In
api-about = About
api-token = Needs a token with the scope { $scope }.
api-no-token = Needs no token.
api-choices = One of
api-required = required
api-status = Status

## Signing in and the account
sign-in-title = Sign in
sign-in-lead = For people of { $organisation }: your path and your badges, and the work of assessors, mentors and those who run a program. Badges are seen and verified without signing in.
sign-in-none = No way to sign in has been set up here yet. Whoever runs this service can do so.
sign-in-at = Sign in with { $provider }
sign-in-provider = The company’s sign-in service could not be reached or gave an answer that does not hold. Try again in a few minutes; if it stays so, tell whoever runs this service.
sign-in-late = That sign-in was begun in another browser, too long ago, or was used already. Begin again here.
sign-in-denied = The sign-in was broken off before its end. Begin again whenever you like.
sign-in-no-email = The company’s sign-in service does not say your e-mail address, and we know people by it. Ask whoever runs that service to pass it on.
sign-in-unverified = The company’s sign-in service has not verified your e-mail address. Verify it there, then sign in again.
sign-in-unknown = Your address is not in the company’s directory here. If it should be, ask an administrator.
sign-in-left = You are marked as having left the company, so you can’t sign in. Your badges stay where they are.
sign-in-mail-title = By a link in your mail
sign-in-mail-label = Your e-mail address at the company
sign-in-mail-button = Send me a link
sign-in-mail-wrong = This is not an e-mail address. It looks like ada@example.com.
sign-in-sent-title = Look into your mailbox
sign-in-sent-lead = If { $organisation } knows this address, a letter with a link is on its way. The link is good for { $minutes } minutes, and once.
sign-in-sent-none = Nothing there after a few minutes? Look among the unwanted mail, and check how the address is spelled.
sign-in-again = Ask for another link
sign-in-link-lead = This link is for { $name }, { $email }.
sign-in-link-button = Sign in as { $name }
sign-in-link-other = Not you? Then close this page: nothing has happened.
sign-in-ended-title = This link can’t be used any more
sign-in-ended-lead = It is good for a few minutes only, and once. Ask for another; nothing is lost.
sign-in-passkey-title = With a passkey
sign-in-passkey-button = Sign in with a passkey
sign-in-passkey-failed = That did not work. Try again, or sign in another way.
sign-in-passkey-unknown = This passkey was removed here. Delete it from your device, and sign in another way.
sign-in-passkey-not-administrator = Passkeys are for administrators. Sign in another way.
sign-in-passkey-counter = There may be a copy of this passkey, so it was refused. Sign in another way and remove it on your account.
sign-in-demo-title = Be someone of the company
sign-in-demo-lead = In the demonstration no password is asked. Choose someone and see what they see.
demo-sees-learner = Holds one badge and is on the way to the next: what is done, what is missing, by when, a draft, and notes with the mentor.
demo-sees-mentor = Goes along with several learners; another one waits for a mentor.
demo-sees-assessor = Sits on panels: one sheet is late, one is due soon and begun, and a sample waits to be scored by all.
demo-sees-manager = Has a team whose certifications end at different times, some of them soon.
demo-sees-owner = Runs the pilot: panels at work, one of them late, a second look that waits, a draft of the next criteria.
demo-sees-committee = Votes on what is published: a proposal is open, others are decided.
demo-sees-auditor = Reads the whole record, who did what, when and why, and changes nothing.
demo-sees-administrator = Keeps people, teams and roles.
demo-others = Everyone else to choose from
sign-out = Sign out
role-assessor = Assessor
role-mentor = Mentor
role-owner = Program owner
role-committee = Committee member
role-auditor = Auditor
role-administrator = Administrator
role-manager = Manager
role-learner = Learner
account-title = Your account
account-lead = Who you are here, what you may do, and where you are signed in.
account-roles = Roles
account-role-everywhere = in every program
role-whole-service = for the whole service
account-role-directory = from the company’s directory
account-role-everyone = as everyone is
label-email = E-mail
label-function = Function
passkeys-title = Passkeys
passkeys-lead = A passkey signs you in with your device’s PIN, finger or face, also when the company’s provider or the mail is away. It is for administrators.
passkeys-not-any-more = Passkeys sign in administrators, which you are no longer. You can remove them.
passkeys-made = Made on { $date }
passkeys-used = last used on { $moment }
passkeys-never-used = not used yet
passkeys-remove = Remove
passkeys-not-fresh = To add a passkey, sign in again first: only whoever has signed in within the last ten minutes can.
passkeys-sign-in-again = Sign in again
passkeys-name = Name of the new passkey
passkeys-name-hint = Such as “Laptop” or “Blue key”, so that you know it again.
passkeys-make = Add a passkey
passkeys-without = Passkeys need JavaScript and a browser that knows them. Every other way to sign in works without.
passkeys-failed = That did not work. Try again.
passkeys-broken-off = It was broken off, or took too long. Try again.
passkeys-known = That device holds a passkey for you already.
passkeys-too-many = You have as many passkeys as one person can. Remove one first.
sessions-title = Where you are signed in
sessions-lead = If you don’t know one of these, end it. Twelve hours without use end a session, and thirty days in any case.
sessions-device = Browser
sessions-seen = Last seen
sessions-ends = Unused, it ends on { $moment }
sessions-here = This one
sessions-end = End
sessions-end-others = End all others
session-device = { $browser } on { $system }
session-device-unknown = A browser that does not say what it is
session-by-oidc = Signed in at the company’s provider
session-by-link = Signed in by a link in e-mail
session-by-passkey = Signed in with a passkey
session-by-demo = Chosen in the demonstration

## Administering
admin-people-title = People
admin-people-lead = Everyone in the directory, what they may do here, and where they are signed in.
admin-people = Everyone
admin-found = Found
admin-people-none = Nobody is in the directory yet. It is filled by the company’s directory, from a file, or as badges are given.
admin-people-not-found = Nobody fits that. Try a part of the name or of the address.
admin-search = Name or address
admin-search-button = Find
admin-role = Role
admin-role-any = Any or none
admin-everyone = Show everyone
admin-name = Name
admin-belongs = Team and manager
admin-reports-to = Reports to { $name }
admin-left = has left
admin-more = More people
admin-left-lead = Has left the company: can’t sign in, sits on no panel and gets no new role. What was given stays.
admin-teams = Teams
admin-manager = Manager
admin-last-sign-in = Last signed in
admin-never-signed-in = Never
admin-kept-by-directory = Name, teams and manager come from the company’s directory and are changed there.
admin-kept-by-hand = No directory keeps this person: teams and manager come from a file (laurel directory import).
admin-roles-none = None beyond that of a learner, which everyone has.
admin-given = Since { $date }, given by { $name }
admin-by = { $moment }, by { $name }
admin-by-operator = whoever runs the service
admin-revoke = Take away
admin-reason = Why
admin-reason-hint = It stands in the record.
admin-grant-title = Give a role
admin-program = In
admin-program-every = every program
admin-grant = Give this role
admin-changes-title = Changes of roles
admin-change-given = Given: { $role }, { $place }
admin-change-taken = Taken: { $role }, { $place }
admin-whole-record = All that was done by and to this person
admin-sessions-title = Where they are signed in
admin-sessions-none = Nowhere at the moment.
admin-sessions-reason = Why a session is ended
admin-sessions-end = End all of them
admin-passkeys-lead = Remove one when the device it is on was lost. They sign in only as long as this person is an administrator.
admin-problem-reason = Say why in up to 500 characters; it stands in the record.
admin-problem-whole = This role is for the whole service: choose “every program”.
admin-problem-role = Choose a role.
admin-problem-program = That program is not there.
admin-problem-held = They hold that role already.
admin-problem-not-held = They do not hold that role any more.
admin-problem-own = You can’t take the administrator’s role from yourself; another administrator can. So there is always one left.
admin-problem-left = Whoever has left gets no new role.
erase-title = Erase
erase-lead = At this person’s wish, or once the time to keep is over. Whatever is known of them goes for good.
erase-go = See what would go
erase-of = Erase { $name }
erase-final = This can’t be undone by anyone.
erase-goes = What goes
erase-goes-account = Name, address, teams, roles, sessions and passkeys, and every mail to them
erase-goes-path = Their work: texts, evidence files, what mentors noted, what panels found, appeals
erase-goes-badges = { $count ->
    [0] Pages of badges: they have none
    [one] The page of their badge, with picture, certificate and signed files
   *[other] The pages of their { $count } badges, with pictures, certificates and signed files
  }
erase-goes-words = Their name wherever others wrote it, and what the record of events says of them in words
erase-stays = What stays
erase-stays-rows = That a badge of a level was given on a day, without whom, and its place in the status list
erase-stays-record = The record of events with its chain: ids only
erase-stays-elsewhere = What they or others keep outside this service, and older backups
erase-badges = Badges they took along
erase-badges-leave = Let them run to their end: this person goes on proving what they reached
erase-badges-revoke = Revoke them: they stand nowhere any more
erase-badges-standing = { $count ->
    [0] None of them stands at the moment.
    [one] One still stands.
   *[other] { $count } still stand.
  }
erase-cause = Why
erase-cause-wish = They asked for it
erase-cause-retention = The time to keep is over
erase-confirm = To be sure, type their address: { $email }
erase-button = Erase for good
erase-not = Leave them as they are
erase-done = They were erased.
erase-problem-badges = Choose what becomes of the badges they took along.
erase-problem-cause = Choose why.
erase-problem-confirm = That is not their address.
takeout-title = Take everything along
takeout-career-title = Your badges in one document
takeout-career = For a talk about what comes next: your badges that stand, as one signed document that anyone can check.
takeout-career-button = Download your record
takeout-everything = Everything that is held on you here: badges in every form, your work with its files, decisions, mail, and what was done.
takeout-everything-button = Download everything
label-endorser = Endorsed by
people-said-title = What people say
people-said-genuine = Genuine: signed in their name, and not withdrawn
people-said-endorse = A colleague’s? Endorse it
endorser-manager = manager
endorser-peer = colleague
endorser-client = someone outside, reached by mail
endorsed-title = Endorsements by people
endorsed-lead = What managers, colleagues and clients say for this badge, each signed in their name. Others see only what you show.
endorsed-said = What was said
endorsed-none = Nothing yet. Ask someone who saw what you can do.
endorsed-for-skill = for { $skill }
endorsed-waiting = Waits for you: nobody else sees it.
endorsed-shown = Shown on the badge’s page.
endorsed-hidden = Hidden: nobody else sees it.
endorsed-declined = Declined: nobody else sees it.
endorsed-not-shown = Not shown to others at the moment.
endorsed-withdrawn = Withdrawn.
endorsed-show = Show it
endorsed-hide = Hide it
endorsed-decline = Decline it
endorsed-ask = Ask someone
endorsed-ask-lead = They get a letter in your name. A colleague signs in; someone outside gets a link that is good once, for 30 days.
endorsed-asked = { $name }, asked on { $date }
endorsed-ask-name = Their name
endorsed-ask-email = Their e-mail address
endorsed-ask-send = Send the letter
endorse-title = Endorse { $name }
endorse-lead = For “{ $badge }”. Say what you saw, in a few sentences of your own.
endorse-terms = It is signed in your name, so that anyone can check it. The holder decides whether others see it, and may take it along; you can withdraw it at any time, and whoever checks it then finds that out.
endorse-as = You endorse as { $name }, { $who }.
endorse-name = Your name, and your organisation
endorse-name-hint = It stands beside what you write. It is noted that you were reached by mail.
endorse-what = What you endorse
endorse-whole = The whole badge
endorse-comment = What you say
endorse-language = Language you write in
endorse-send = Sign and send
endorse-problem-name = Give a name of up to 120 characters.
endorse-problem-email = That is not an e-mail address.
endorse-problem-own = That is your own address; nobody endorses themselves.
endorse-problem-comment = Say something, in up to { $most } characters.
endorse-problem-language = Choose a language.
endorse-problem-skill = Choose one of the skills of this badge.
endorse-thanks = Thank you
endorse-thanks-lead = The holder is told and decides whether to show it. A letter to you has a link by which you can withdraw it.
endorse-said-title = What you said
endorse-said-lead = For { $name }: { $badge }
endorse-ended = This link is not good any more
endorse-ended-lead = It was used, or its time is over. Ask whoever sent it for a new one.
given-title = What you said for others
given-lead = Your endorsements of badges, each signed in your name.
given-done = Signed. The holder is told and decides whether to show it.
given-none-title = You have endorsed nobody yet
given-none = Open a colleague’s badge and endorse it there.
given-withdraw = Withdraw
given-withdraw-lead = It is no longer shown, and whoever has a copy finds that it was withdrawn. This can’t be undone.
given-withdraw-do = Withdraw it for good

## Webhooks
mine-webhooks = Webhooks
webhooks-title = Webhooks
webhooks-lead = Other programs and chats are told of what happens here, as soon as it does.
webhooks-endpoints = Who is told
webhooks-none = Nobody yet. Add the address of a program that takes webhooks, or of a channel in Slack or Teams.
webhooks-add = Add a webhook
webhook-name = Name
webhook-name-hint = What it is called here, such as “HR system” or “#celebrations”.
webhook-url = Address
webhook-url-hint = It starts with https://. A host inside the company’s network must stand in laurel.toml under lookups.
webhook-kind = Kind
webhook-kind-hint = A chat is told of badges that everyone may see, when they are earned or renewed, and of nothing else.
webhook-kind-standard = Signed messages (Standard Webhooks)
webhook-kind-slack = Slack channel
webhook-kind-teams = Teams channel
webhook-state = State
webhook-topics = What it is told
webhook-topic-issued = A badge is given
webhook-topic-renewed = A badge is renewed
webhook-topic-revoked = A badge is revoked
webhook-topic-restored = A revoked badge is given again
webhook-topic-expired = A badge ends
webhook-topic-shown = Someone shows a badge to others than before
webhook-topic-erased = Someone is erased: what is kept of their badges is to go
webhook-topic-published = A program publishes new criteria
webhook-topic-trial = A trial
webhook-awards = Of whose badges
webhook-awards-public = Only those that everyone may see
webhook-awards-all = All, private ones too, with their holder’s id in the directory
webhook-awards-hint = Choose all only for systems of the company’s own: whoever gets the address of a private badge can open it. People are named only where everyone may see the badge and they agreed to it; e-mail addresses never go out.
webhook-fault-name = Give it a name of up to 100 letters.
webhook-fault-url = Nothing can be sent there. The address must start with https:// and be reachable from the internet; a host inside the company’s network, or another port, must stand in laurel.toml under lookups.
webhook-fault-kind = Choose one of these.
webhook-fault-topics = Choose at least one.
webhook-fault-awards = A chat is told only of badges that everyone may see.
webhook-on = It is told of what happens.
webhook-failing = It has taken nothing since { $moment }. What it did not take is tried again.
webhook-off-asked = Switched off on { $moment }. Nothing is sent or written down for it.
webhook-off-gone = Switched off on { $moment }, because it answered that it is gone for good.
webhook-off-failing = Switched off on { $moment }, because it took nothing for three days.
webhook-added = Added
webhook-secret = Secret
webhook-secret-lead = Whoever takes the messages checks their signature with it. It is shown now and never again.
webhook-two-secrets = The one before signs as well until { $moment }.
webhook-try = Send a trial
webhook-rotate = Make another secret
webhook-switch-off = Switch off
webhook-switch-on = Switch on
webhook-switch-on-hint = What it did not take in the last thirty days is sent then, too.
webhook-remove = Remove this webhook
webhook-remove-lead = What it was told is removed with it. This can’t be undone.
deliveries-title = What it was told
deliveries-none = Nothing yet. Send a trial to see whether it arrives.
deliveries-older = Older ones
deliveries-kept = What was sent is kept for thirty days.
delivery-when = Written
delivery-what = What happened
delivery-state = What came of it
delivery-waits = It is sent in a moment.
delivery-arrived = Arrived on { $moment }
delivery-again = Not taken yet; tried again on { $moment }
delivery-given-up = Given up
delivery-status = Answered with { $status } after { $millis } ms
delivery-no-answer = No answer: { $why }
delivery-id = Id
delivery-attempts = Attempts
delivery-last = Last attempt
delivery-answer = How the answer began
delivery-replay = Send again
delivery-replay-hint = It goes out under the same id, so whoever had it already can tell.
delivery-body = What was sent

## Letters
letters-title = Letters to you
letters-lead = What Laurel writes to you about by mail.
letters-which = Write to me when
letters-renewals = A certification of mine ends soon, or has ended
letters-reports = A certification of one of my people ends soon, or has ended
letters-requests = Someone asks for a mentor
letters-notes = My mentor or my learner has written a note for me
letters-always = Decisions, appeals, revocations, scores that are due and links to sign in always come.
letters-stop-title = No more letters like this?
letters-stop = Stop them
letters-stopped-title = You get no more letters like this
letters-stopped = What else there is to choose, and how to get them again:

## The way to a level
label-by-when = By when
way-finish-by = You can finish under these until { $date }.
way-newer = What comes after
way-version-until = until { $date }
label-person = Person
enrol-link = Start on this level
way-title = My path
way-lead = What is done, what is missing, and by when.
way-none = Here you will see how far you are on the way to a level. Choose one to begin.
way-choose = Choose a program
way-first = First badge
way-renewal = Renewal
way-so-far = { $done } of { $all } done
way-missing = Still missing:
way-not-yet = Not yet
way-lacking = What is lacking:
way-since = On the way since
way-steps = What it takes
way-active = Under way
way-passed = Passed
way-withdrawn = Withdrawn by you
way-closed = Closed by the program
way-over = This renewal goes no further
way-over-lapsed = The time in which the certification could be renewed has passed. End it below and start on the level again: you earn it anew, and it keeps its address.
way-over-revoked = The badge was revoked meanwhile. End it below and start on the level again: you earn it anew.
way-over-renewed = The certification was renewed meanwhile, so nothing is left to do. You can end it below.
way-ended-title = What has ended
way-ended-how = How it ended
way-ended-when = When
enrol-title = Start on { $level }
enrol-renew-title = Renew { $level }
enrol-held-for-ever = You hold this level, and it doesn’t end.
enrol-held-until = You hold this level. Its renewal opens on { $date }.
enrol-lead = From now on you see what is done and what is missing, and put together the work that shows it.
enrol-asks = It takes:
enrol-version = You finish under version { $version } of the criteria, also if they change while you are on the way; then you are told how long you may take.
enrol-assessed = At the end a panel looks at your work against the rubric.
enrol-unassessed = No panel assesses it: what it takes is confirmed one by one.
enrol-withdraw = You can end it at any time.
enrol-do = Start
enrol-read = Read the criteria first
enrol-criteria = Read the criteria
part-held = You hold it
part-met = done
part-missing = missing
part-spare = not needed any more
part-undo = Take it back
route-confirm = Confirm
route-note = How do you know?
route-confirm-do = Confirm that it is done
route-bring = Bring your badge
route-bring-file = The badge’s file
route-bring-hint = A JSON document, or a PNG or SVG picture with the badge in it. It must have been given to your e-mail address here.
route-bring-do = Check and count it
work-title = Your work
work-ready = All else is done: hand in your work when it is ready.
work-early = You can put your work together now. It can be handed in once all of the above is done.
work-begin = Begin a draft
work-begin-again = Go on from the last one
work-number = Submission { $number }
work-one = Submission
work-state = State
work-when = Last changed
work-draft = Draft
work-submitted = Handed in, waits for its panel
work-decided = Decided
work-withdrawn = Taken back
statement-title = What you did, and what you learned
statement-hint = In your own words: what the work was, what was yours in it, what you would do differently. It is saved as you write.
statement-none = Nothing is written yet.
draft-save = Save
draft-saving = Saving …
draft-saved = Saved
draft-unsaved = Not saved yet: no connection. Your text stays in this browser, and saving is tried again.
draft-restored = Text that had not been saved is here again.
draft-other = What is saved from the other window
evidence-title = Evidence
evidence-none = None yet. Show the work itself: documents, pictures, a video, a link, a session that was seen live.
evidence-add = Add
evidence-add-file = A file
evidence-add-link = A link
evidence-add-text = A text
evidence-add-session = A live session
evidence-add-do = Add it
evidence-name = Title
evidence-name-file = Without one, the file’s name is its title.
evidence-note = What it shows
evidence-public = The badge may tell its title and kind. Otherwise it only carries a fingerprint that says nothing.
evidence-is-public = The badge may tell its title and kind.
evidence-is-private = Private: the badge carries only its fingerprint.
evidence-file = File
evidence-file-hint = PDF, office documents, pictures and plain text up to { $file } MiB, video up to { $video } MiB.
evidence-file-together = All files together up to { $most } MiB.
evidence-send = Send the file
evidence-url = Address
evidence-text = Text
evidence-link = Link
evidence-session = Live session
evidence-video = Video
evidence-picture = Picture
evidence-held-on = When it took place
evidence-read = Read it
evidence-change = Change or remove
evidence-change-do = Save the change
evidence-remove = Remove it
evidence-arriving = { $here } of { $all } have arrived. Choose the same file again and it goes on from there.
upload-progress = How much of the file has arrived
upload-sending = Sending …
upload-waiting = The connection is gone. It goes on by itself as soon as it is back.
upload-full = There is no room for files at the moment. What arrived is kept; try again later.
upload-failed = This did not work. Load the page again; what arrived is kept.
hand-in-title = Hand in
hand-in-says = Your panel then sees your text and evidence, and both stay as they are. You can take it back as long as no assessor has begun.
hand-in-do = Hand it in
hand-in-missing = It can be handed in once this is done:
hand-in-way = See what it takes
take-back-title = Take it back
take-back-says = No assessor has begun yet. Taken back, it stays here as it is, and you go on from it in a new draft.
take-back-do = Take it back
mentor-is = { $name } goes along with you.
mentor-none = A mentor knows the way and looks at your work with you before the panel does.
mentor-was-none = You had none.
mentor-waiting = You have asked for a mentor. Those of the program see that you wait.
mentor-ask = Ask for a mentor
mentor-ask-no-more = I don’t need one any more
mentor-release = Go on without this mentor
mentor-give = Give a mentor
mentor-give-do = Give
give-title = Give the badge
give-says = Nothing is missing, and no panel assesses this. The badge is signed at once; it can only be revoked afterwards.
give-do = Give the badge
close-title = End this way
close-over = The certification that was to be renewed here has lapsed, or was renewed or revoked meanwhile. Once this is ended, the learner can earn it anew.
close-open = Nobody goes on with it
close-says = The way to the level ends, and what was handed in is withdrawn. The learner is written to, with your reason; they can start on the level again.
close-reason = Why
close-reason-hint = For the learner, and for the record.
close-do = End it
learners-title = Under way
learners-lead = Who is on the way to a level of this program, the latest to begin first.
learners-lead-waiting = Who has asked for a mentor and has none yet.
learners-waiting = Only those who wait for a mentor
learners-all = Everyone
learners-none = Nobody at the moment.
learners-work = Work
learners-next = Who began earlier
mentoring-title = My learners
mentoring-lead = Whom you go along with, and what they still need.
mentoring-none = Nobody yet. Whoever waits for a mentor stands below.
mentoring-confirm = You can confirm something
waiting-title = Who waits for a mentor
waiting-none = Nobody waits at the moment.
waiting-since = On the way since
waiting-take = Go along
learner-wants-mentor = none yet, has asked for one
learner-no-mentor = none
note-new = New note
note-private = Only the two of you read it.
note-do = Add the note
notes-title = Your notes
notes-none = No notes yet.
withdraw-title = End it
withdraw-open = I don’t want to go on
withdraw-says = Your way to this level ends, and what you have handed in is withdrawn. This can’t be undone; you can start anew at any time, and then from the beginning.
withdraw-do = End it for good
problem-title = Give it a title of at most 200 characters.
problem-note = What it shows, and a note, have at most 2,000 characters.
problem-url = Give a whole web address that starts with https://.
problem-text = Write something, of at most 20,000 characters (a note: 4,000).
problem-held-on = Give the day on which it took place, today at the latest.
problem-file = This file can’t be taken. Send PDF, an office document without macros, a picture, a video (MP4, MOV, WebM) or plain text, within the sizes that stand there; web pages and programs are not taken.
problem-statement = Say what you did and what you learned, in at most 20,000 characters.
problem-evidence = Add at least one piece of evidence, and let every file arrive whole or remove it.
problem-renewal = The time in which this could be renewed has passed, or it was renewed or revoked meanwhile. What you wrote is kept; the page of your path says how to go on.
problem-requirements = Something else must be done first; it stands at the end of the page.
problem-badge = This badge does not count here: it must verify, come from the issuer that is named, be the one that is asked for, and have been given to your e-mail address. “Verify” says what is wrong with it.
problem-mentor = This person is no mentor of the program any more.
problem-reason = Say why, in at most 500 characters.
problem-changed-elsewhere = The text was changed in another window meanwhile. Yours is still here and not saved; compare, and save what you want to keep.

## Panels at work
assess-title = Assessing
assess-lead = Work that waits for you, the first to be due first.
assess-empty-title = Nothing waits for you
assess-empty = When you are drawn for a panel, the work stands here with the day by which your scores are due.
assess-whose = Whose work
assess-turn = What is next
assess-due = Scores due
assess-due-on = Scores are due on { $date }.
assess-for = For { $level }
assess-page-title = The work of { $learner }
assess-criteria-link = Criteria and rubric
assess-progress = { $scored } of { $seats } have handed in.
assess-sheet-title = Your scores
assess-sheet-lead = You score alone. Nobody sees your scores before all have handed in, and you don't see theirs.
assess-comment = What you saw
assess-named = The badge may name me as a member of this panel
assess-final-note = What you hand in stays as it is. You can change your grades later, when the panel settles, and then you say why.
assess-hand-in = Hand in
assess-save = Keep as a draft
assess-own-title = What you handed in
assess-blind = When the last has handed in, you see everyone's scores here.
assess-appeal-title = Why there is an appeal
assess-appeal = The learner appealed against what was decided before. You look at the same work anew; nobody of the first panel sits here.
assess-returned-title = Why it came back
turn-score = Score the work
turn-others = The others are still scoring
turn-settle = Talk, then agree
turn-others-settle = The others have still to agree
turn-decide = Write the decision down
turn-second-look = Waits for a second look
turn-decided = This panel has done its work
turn-settling = All have handed in; the panel settles.
overdue = Overdue
on-appeal = on an appeal
handed-in-title = What was handed in
work-none = No evidence was put in.
work-file = File
work-link = Link
work-text = Text
work-session = Live session on { $date }
work-read = Read it
settle-title = Everyone's scores
settle-who = Who
settle-why = What they saw
settle-you = you
settle-before = Before:
settle-stands = The panel stands at “{ $grade }”
settle-rule = The panel's grade is the highest that more than half of its members give or surpass. The outcome follows from the grades by the rubric.
settle-passes = As it stands, the level is reached.
settle-not-yet = As it stands, the level is not reached yet.
settle-agreed = { $name } has agreed.
settle-not-agreed = { $name } has still to agree.
agree-title = Your grades after the talk
agree-change = Change a grade
agree-change-lead = Say for each grade you change why you do. Whoever had agreed is asked again.
agree-why = Why you changed it
agree-do = Agree to where the panel stands
decide-pass = Decide: the level is reached
decide-not-yet = Decide: not yet
decide-pass-lead = The badge is given at once, with these grades in it.
decide-pass-second = Someone who runs the program and did not sit here confirms it; then the badge is given.
decide-not-yet-lead = Tell the learner what is missing and by when. They can hand in again, or appeal.
decide-reason = Why
decide-reason-hint = For the learner to read. It does not go into the badge.
decide-missing = What is missing
decide-missing-hint = So that the learner knows what to do next.
decide-by = By when
decide-note = A decision is final. Read it once more before you send it.
decide-give = Decide and give the badge
decide-propose = Send it to the second look
decide-tell = Decide and tell the learner
decided-title = What was decided
proposed-title = What the panel proposes
outcome-pass = Reached
outcome-not-yet = Not yet
missing-title = What is missing
missing-by = To be there by { $date }
to-the-badge = To the badge
recuse-title = A conflict of interest?
recuse-open = Leave this panel
recuse-lead = Someone else is drawn in your place, and you are not asked to judge this work again. What you scored no longer counts.
recuse-reason = Why
recuse-do = Leave this panel
form-faulty = Something is missing or not right; it is marked below. Nothing was sent on.
fault-grade = Choose a grade.
fault-comment = Say what you saw, in at most 5,000 characters.
fault-words = Write something here, at most 5,000 characters.
fault-date = Give a day that lies ahead.
fault-address = Give the address of someone else here.
queue-title = Panels of { $program }
queue-lead = What waits for you first, then what is under way.
queue-empty-title = Nothing is under way
queue-empty = When someone hands in work, its panel is drawn and stands here.
queue-short = Short of assessors
queue-overdue = Overdue
queue-second-looks = For a second look
queue-under-way = Under way
queue-how-far = How far
queue-appeals = Appeals that you answer
queue-appeals-lead = Against revocations on which no panel sits. Whoever holds the badge, gave it or took it away can't answer.
lacking-seats = { $count ->
    [one] One seat is empty.
   *[other] { $count } seats are empty.
  }
lacking-functions = { $count ->
    [one] One more job function must be represented.
   *[other] { $count } more job functions must be represented.
  }
appeal-filed = filed on { $date }
answer-words = Your answer, for the holder to read
answer-uphold = Uphold and give the badge again
answer-reject = Reject
overview-faulty = Give a reason; it stays in the record.
second-title = The second look
second-lead = You did not sit on this panel. If what it proposes can be followed from its words and the work, confirm it; the badge is then given at once.
second-confirm = Confirm and give the badge
second-return-open = Return it to the panel
second-return-why = What the panel should look at again
second-return = Return it
second-not-you = You are part of this case or have declared a conflict. Another owner must look.
members-title = Who sits
members-short = This panel is short
members-short-next = Find another assessor in another team, then have the empty seats drawn.
members-redraw = Draw for the empty seats
members-replace = Replace
members-replace-why = Why they can't go on
members-replace-do = Draw someone else
members-blind = Scores are not shown here: each is blind until all have handed in, and what they say is the panel's.
member-at-it = Is scoring
member-scored = Handed in on { $date }
member-agreed = Agreed on { $date }
member-left = Has left
samples-title = For calibration
samples-lead = Work that was decided long ago, for all of you to score alone, so that everyone sees how far you agree. It changes nothing for whoever did it.
sample-lead = A sample for calibration. Score it alone, as you would on a panel; it changes nothing for whoever did it.
sample-done = You have handed in
sample-closed = Closed: it is no longer scored.
sample-name = What assessors see it called
sample-marked = Marked
sample-scored-by = { $count ->
    [0] Nobody has scored it yet.
    [one] One assessor has scored it.
   *[other] { $count } assessors have scored it.
  }
sample-mark-title = Calibration
sample-mark-open = Use this work as a sample
sample-mark-lead = All assessors of the program score it alone, and you see how far they agree. They are not told whose it is; ask the learner first, and choose a name that does not say it.
sample-mark = Use it as a sample
sample-close = Close this sample
calibration-title = Calibration in { $program }
calibration-lead = Samples that all assessors score alone, and how far they agree.
calibration-link = Calibration
calibration-empty-title = No samples yet
calibration-empty = Open a panel that has decided, and use its work as a sample.
agreement-lead = Assessors are compared two by two: how often both gave the same grade, and how often at most one grade lay between them.
agreement-assessors = Each assessor with the others
agreement-with-others = Agrees with the others
agreement-criteria = On each criterion
agreement-nobody = Nobody has handed in scores yet.
agreement-percent = { $exact } % the same, { $near } % within one grade
agreement-none = Nothing to compare yet.
decisions-title = Decisions on your work
decisions-lead = What panels found in what you handed in, why, and what you can do.
decisions-empty-title = Nothing was decided yet
decisions-empty = When a panel has decided on your work, its words stand here.
decisions-outcome = Decided
decisions-when = When
decision-title = { $level }: the decision
decision-appeal-title = If you don't agree
revoked-title = Badges that were revoked
appeal-title = Appeal
appeal-lead = A new panel looks at it, with nobody of the first; its answer is final. You can appeal once, until { $date }.
appeal-reason = Why you don't agree
appeal-do = Appeal
appeal-open = You appealed on { $date }. It is being looked at.
appeal-upheld = Your appeal was upheld.
appeal-rejected = Your appeal was rejected.
appeal-withdrawn = This appeal has ended without an answer.
appeal-withdraw = Take the appeal back
conflicts-title = Who should not judge you, and whom you should not judge
conflicts-lead = Close to someone, or in a quarrel? Say so, and neither of you is drawn for a panel on the other's work. Only you see why.
conflict-pointer = Too close to someone to judge their work?
conflict-declare = Declare a conflict of interest
conflict-other = Their e-mail address
conflict-reason = Why
conflict-reason-hint = A word is enough; it is not shown to anyone.
conflict-note = It counts from now on. If one of you sits on an open panel on the other's work, someone else is drawn.
conflict-do = Declare it

## Running a program
run-title = Programs you run
run-none = You run no program. An administrator gives this role.
run-next = More programs
await-nothing = Nothing waits for you
await-appeals = { $count ->
    [one] One appeal waits for your answer
   *[other] { $count } appeals wait for your answer
}
await-second-looks = { $count ->
    [one] One decision waits for a second look
   *[other] { $count } decisions wait for a second look
}
await-short = { $count ->
    [one] One panel lacks assessors
   *[other] { $count } panels lack assessors
}
await-overdue = { $count ->
    [one] One panel is past its day
   *[other] { $count } panels are past their day
}
await-mentors = { $count ->
    [one] One learner waits for a mentor
   *[other] { $count } learners wait for a mentor
}
await-learners = { $count ->
    [0] Nobody on the way
    [one] One person on the way
   *[other] { $count } people on the way
}
await-panels = { $count ->
    [0] No panel at work
    [one] One panel at work
   *[other] { $count } panels at work
}
await-renewals = { $count ->
    [0] Nothing to be renewed now
    [one] One certification to be renewed now
   *[other] { $count } certifications to be renewed now
}
run-public = Its public page
run-queue = What waits for you in its panels
run-on-the-way = On the way
run-behind = { $count } of them under version { $version }
run-no-review = no date
run-proposals = Before the committee
handing-title = Badges to hand out
handing-lead = Everything that was given and that its holders show, as one ZIP: of each the certificate (PDF) and the picture (PNG). A name is on it where its holder agreed to be named.
handing-from = Awarded from
handing-until = Awarded until
handing-take = Take them along (ZIP)
look-title = Certificates
look-lead = How the certificates of this program look. What is kept counts for every certificate made from then on; the badges themselves stay as they are.
look-accent = Colour
look-accent-hint = Such as #2f5d3a; dark enough to be read on paper.
look-paper = Paper
look-a4 = A4
look-letter = US Letter
look-words-en = Words above the name, in English
look-words-de = Words above the name, in German
look-words-hint = In place of “awarded to”; empty for that.
look-signatory = Who signs
look-signatory-title = As what
look-signature = Picture of the signature
look-signature-hint = A PNG, at most eight times as wide as it is tall; best in dark ink on nothing.
look-unsigned = Remove the picture that is there
look-keep = Keep
look-preview = Look at it first (PDF)
look-example = An example: this certifies nothing
look-example-name = Jordan Example
drafts-title = Drafts
drafts-lead = A draft is the whole program as a file. Nothing of it is seen by others until it is published.
draft-of = Draft of { $moment }
draft-begin = Begin a draft
draft-title = Draft of { $program }
draft-lead = What this file would change. Publish it when it is right.
draft-lead-new = Below is the program as it stands. Change it here, or put in a file of your own, and see what it would change.
draft-lead-governed = What this file would change. The committee decides whether it is published.
draft-faults = This can’t be published yet
draft-changes = What it would change
draft-same = Nothing: it says what is published already.
draft-level-new = A new level.
draft-file = The file
draft-file-label = Program file (TOML)
draft-look = Keep it and see what it changes
draft-keep = Save and look again
draft-upload-title = Or as a file
draft-upload-label = Program file (TOML, at most 400 KB)
draft-upload = Take this file
draft-publish-title = Publish
draft-publish-lead = Published versions are never changed or taken back. Those under way are told what it means for them.
draft-publish = Publish it now
draft-propose-title = Propose it to the committee
draft-propose = Propose it
draft-remove = Throw this draft away

## Committees
govern-title = Committees
govern-lead = Where you decide with others what is published, and what is taken back.
govern-none = You sit on no committee.
committee-title = Committee of { $program }
committee-rule = A proposal is carried by more votes for than against, with at least { $quorum } votes, and is open for { $days } days.
committee-not-in-term = You are not in term now, so you can read but neither propose nor vote.
proposals-title = Proposals
proposals-none = Nothing has been proposed yet.
proposals-earlier = Earlier proposals
propose-criteria = Propose new criteria
propose-policy = Propose a policy
propose-revocation = Propose a revocation
terms-title = Who sits
label-member = Member
label-term-from = From
label-term-until = Until
label-vote = Vote
term-ahead = Begins later
term-running = In term
term-ending = Ends soon
term-followed = Was in term
term-overdue = Overdue: nobody has taken this place
proposal-criteria = New criteria
proposal-policy = Policy
proposal-revocation = Revocation for cause
proposal-open = Open until { $moment }
proposal-accepted = Accepted on { $date }
proposal-rejected = Not carried on { $date }
proposal-failed = Accepted on { $date }, and could not be done
proposal-withdrawn = Taken back on { $date }
proposal-failure = It could not be done: { $why }
proposal-why = Why
proposal-by = Proposed by { $name }
proposal-text = The policy
proposal-badge = The badge
proposal-close = Close it: everyone has voted, or the time is up
proposal-withdraw = Take it back
propose-title = Propose: { $kind }
propose-lead = Those in term now will vote on it. What they accept is done at once.
propose-title-label = In a sentence
propose-reason-label = Why
propose-badge-label = Address or id of the badge
propose-policy-label = The policy, in Markdown
propose-send = Put it to the vote
votes-title = Votes
votes-quorum = At least { $quorum } votes are needed.
votes-count = { $for } for, { $against } against.
votes-abstained = { $count ->
    [0] Nobody abstained.
    [one] One abstained.
   *[other] { $count } abstained.
  }
vote-title = Your vote
vote-for = For
vote-against = Against
vote-abstain = Abstain
vote-recused = Recused
vote-recuse = Recuse yourself, because you have a part in it. This is final.
vote-given = Has voted
vote-missing = Has not voted
vote-out-of-term = not in term, so it does not count
vote-comment = What you say to it. A recusal needs its reason.
vote-send = Vote
minutes-title = Minutes
minutes-label = What was said and weighed, in Markdown. They are kept once.
minutes-keep = Keep the minutes
## A manager's people
team-title = Your people
team-lead-part = { $people } people report to you, straight or through others. Here are { $shown } of them, by name.
team-more = Who comes next
team-lead = { $people ->
    [one] One person reports
   *[other] { $people } people report
  } to you, straight or through others. { $held ->
    [0] None of them holds a certification that stands.
    [one] One certification stands.
   *[other] { $held } certifications stand.
  }
team-empty = Nobody reports to you at the moment. Who does is told by the company’s directory.
team-verify = Verify all at once
team-verify-again = Verify again
team-csv = Download as CSV
team-checked = { $count ->
    [one] One badge was judged again, and it is genuine.
   *[other] { $count } badges were judged again, and all of them are genuine.
  }
team-checked-faults = { $faults } of { $count } badges did not pass. They are marked below; tell whoever runs this service.
team-checked-at = Signature, record and status list, as of { $moment }
team-genuine = Genuine
team-fault = Did not pass
team-due = What ends, or has ended
team-person = Person
team-certification = Certification
team-when = When
team-next = Next step
next-under-way = Under way
next-open = Can be renewed now
next-grace = Can be renewed before { $date }
next-opens = Renewal opens on { $date }
next-after-end = Not before its end
next-lapsed = Is earned anew
renewals-title = Renewals
renewals-which = Which
renewals-all-levels = All levels
renewals-show = Show
renewals-due = To be renewed now
renewals-due-lead = Inside their window, or past their end and still in the grace. Those who are under way are linked.
renewals-later = Later
renewals-later-lead = What ends but can’t be renewed yet.
renewals-lapsed = Lapsed
renewals-lapsed-lead = What ended within the last year and was not renewed in time. It is earned anew, and keeps its address.
renewals-ends = End
renewals-none = There is nothing of this kind at the moment.
renewals-next = What ends after that
team-people = Everyone
team-reports-to = reports to { $name }
team-nothing = Holds nothing yet, and is not on the way to anything.
team-under-way = On the way since { $date }
team-mentor = with { $name }

## The record
record-title = The record
record-lead = Who did what, when, why, and on which version. Nothing here is ever changed or removed.
record-kind = What was done
record-person = Who did it, or to whom
record-subject = To what, by its id
record-find = Show
record-all = Show everything
record-events = What was done
record-none = Nothing is recorded for this.
record-nobody = Nobody is known by this address or id.
record-when = When
record-what = What
record-who = Who
record-why = Why
record-number = No. { $number }
record-version = Version { $version } of the criteria
record-older = Older
record-csv = Download as CSV
record-json = As JSON
record-end = The end of the chain
record-end-lead = Each entry seals the one before it. Note this end elsewhere: with it, laurel audit finds out later whether anything up to here was changed or removed.

## When there is nothing to show
error-status = Status { $status }
error-400 = We could not understand that request
error-400-advice = Check the address or the form and try again.
error-403 = This is not open to you
error-403-advice = Your roles may not allow it, or the form you sent was from a page that is no longer good. Open the page again; if it stays so, ask an administrator.
error-404 = There is nothing at this address
error-404-advice = Check the address for a missing letter. If it is a badge, its holder may have made it private.
error-405 = This address does not do that
error-405-advice = Open it as a page, or read about the calls it takes.
error-409 = It can’t be done as things stand
error-409-advice = Load the page that you came from again to see what has changed.
error-410 = What was here has been removed
error-410-advice = It will not come back. If someone gave you a badge as a file or a picture, check that one: it says by itself whether it stands.
error-413 = That file is too large
error-413-advice = A picture is at most 8 MB, a JSON document 1 MB, a program file 400 KB.
error-429 = That was a lot of requests in a short time
error-429-advice = Wait a while, then try again. Software that checks many badges should use the status list.
error-500 = Something on our side did not work
error-500-advice = It is not your doing, and nothing was changed. Try again in a few minutes; if it stays, tell the operator the request number.
error-request = Request { $id }
error-home = Go to the wall
error-verify = Verify a badge

# Why something can’t be done as things stand.
cannot-already-enrolled = You are on the way to this level already.
cannot-held = You hold this badge, and it is not yet time to renew it.
cannot-own-path = This is your own way to the level; someone else must do this.
cannot-way-ended = This way to the level has ended. Enrol again to begin a new one.
cannot-already-met = This requirement is met already.
cannot-needs-badge = Only a badge that verifies counts here; nobody can confirm it.
cannot-needs-word = A badge does not count here; someone must confirm it.
cannot-work-handed-in = Work is handed in and is being assessed, so what it rests on stays as it is.
cannot-handed-in = The work is handed in and stays as it is.
cannot-not-handed-in = The work is not handed in, so there is nothing to take back.
cannot-being-assessed = An assessor has begun with it, so it can’t be taken back any more.
cannot-changed-elsewhere = The text was changed in another window meanwhile, and yours was not kept. Load the page again.
cannot-no-panel = No work is handed in for this: no panel assesses it.
cannot-assessed = A panel assesses this, and its decision gives the badge.
cannot-lapsed = The time in which the badge could be renewed has passed. End this way; whoever enrols again earns it anew.
cannot-too-much-evidence = That is as much evidence as a panel can look at. Remove a piece before you add another.
cannot-has-mentor = You have a mentor already. Release them to ask for another.
cannot-no-mentor = There is no mentor to release.
cannot-no-mentor-to-read = There is no mentor to read this. Ask for one first.
cannot-scores-handed-in = Your scores are handed in. You can change them once the panel settles.
cannot-scoring = Some have still to hand in their scores; the panel settles after that.
cannot-not-agreed = Not everyone on the panel has agreed yet; it decides once all have.
cannot-decision-proposed = The panel’s decision waits for its second look. Whoever has that can return it.
cannot-panel-done = This panel has done its work; nothing of it changes any more.
cannot-second-look-done = This decision does not wait for a second look any more.
cannot-own-case = You are part of this case or have declared a conflict. Another owner must have the second look.
cannot-enrolment-ended = The learner is not on this path any more, so there is nothing to decide.
cannot-not-renewable = The badge that this would renew can’t be renewed as things stand.
cannot-already-held = The badge of this level is held already, and still stands.
cannot-no-rubric = This level has no rubric to assess by.
cannot-declared = You have declared this before, and it counts.
cannot-already-appealed = You have appealed against this before.
cannot-answer-final = This was the answer to your appeal, and it is final.
cannot-not-revoked = This badge was not revoked.
cannot-appeal-decided = This appeal was answered before.
cannot-passed = You have passed, so there is nothing to appeal against.
cannot-off-the-path = You are not on this path any more.
cannot-too-late = The time in which you could appeal is over.
cannot-own-appeal = You are part of this case. Another owner must answer the appeal.
cannot-not-decided = Only work that was decided can be a sample: nobody should score it twice at once.
cannot-already-sample = This work is a sample already.
cannot-sample-closed = This sample is closed.
cannot-sample-scored = Your scores are handed in and stay as they are.
cannot-not-your-proposal = Only whoever made a proposal can take it back.
cannot-proposal-closed = This proposal is closed.
cannot-voting-over = The time to vote is over.
cannot-no-vote = You have no vote on this: you were not in term when it was opened, or are recused.
cannot-votes-missing = Some have not voted yet, and there is still time.
cannot-no-minutes = Minutes are kept once, of a proposal that is closed.
cannot-changed-since = The program’s levels were changed since this was proposed. Propose it anew over what is published now.
cannot-committee-decides = This program has a committee. Propose the file to it; what it accepts is published.
cannot-left-no-sign-in = Whoever has left the company can’t sign in.
cannot-left-no-seat = Whoever has left can’t sit on a committee.
cannot-left-no-role = Whoever has left can’t be given a role.
cannot-term-not-running = This term does not run now.
cannot-role-held = They hold this role already.
cannot-role-not-held = They do not hold this role.
cannot-own-role = Another administrator must take this role from you.
cannot-own-erasing = Another administrator must erase you.
cannot-own-badge = Nobody endorses their own badge.
cannot-badge-over = This badge does not stand any more.
cannot-endorsed-before = You have endorsed this before; withdraw that first to say something else.
cannot-too-many-asked = Ten people were asked and have not answered yet. Wait for them, or until their links have ended.
cannot-withdrawn = It was withdrawn.
cannot-no-badge = None of your badges stands at the moment.
cannot-webhook-off = Nothing is sent to this webhook while it is switched off. Switch it on first.
cannot-webhook-unsigned = This webhook leads to a chat, which has no secret.
cannot-too-many-webhooks = There are 50 webhooks already. Remove one first.
cannot-already-there = This person is in the directory already.
cannot-email-taken = This address is that of another person.
cannot-user-name-taken = This user name is that of another person.
cannot-external-id-taken = This external id is in use already.
cannot-team-name-taken = Another team has this name already.
cannot-already-revoked = It was revoked before. A revocation is final, and its reason stays.
cannot-revoked = A badge that was revoked can’t be renewed.
cannot-superseded = This badge was renewed before.
cannot-endless = This badge does not end, so there is nothing to renew.
cannot-too-early = It is not yet time to renew this badge.
cannot-out-of-calendar = The badge would end outside the calendar.
cannot-not-for-wallet = Only a badge that is valid now can be put into a wallet.
cannot-no-key-to-ask = This deployment has no key that wallets would know a request by, so nothing can be asked of them.

## Apps of others
apps-title = Connected apps
apps-lead = What you let act for you, and what each may do.
apps-empty-title = No connected apps
apps-empty = When another platform asks for your badges and you allow it, it stands here until you disconnect it.
apps-since = since { $date }
apps-used = last used { $moment }
apps-never-used = not used yet
apps-disconnect = Disconnect
apps-note = An app that you disconnect gets nothing more from here at once. What it has copied before, it keeps.
account-apps = See which apps act for you
app-reads-badges = Read your badges
app-reads-badges-means = All that you hold here, also those that you show to nobody, and those in your backpack.
app-puts-badges = Put badges into your backpack
app-puts-badges-means = New ones, and newer versions of those that are there. It can’t change what you were given here.
app-reads-profile = Read your profile
app-reads-profile-means = Your name, your e-mail address, and what you or an app added.
app-changes-profile = Add to your profile
app-changes-profile-means = Such as a website or a few words about you. Name and address stay as your company has them.
consent-title = “{ $app }” asks for access
consent-lead = It is not part of { $organisation }. You decide what it may do, and can take that back at any time.
consent-may = If you allow it, it can
consent-not = It sees nothing else of you here, and can’t sign in as you.
consent-host = Leads back to
consent-website = Website
consent-promises = What it promises
consent-policy = Privacy policy
consent-terms = Terms of use
consent-how-long = For how long
consent-lasts = Until you disconnect it, or 90 days after it was last used
consent-an-hour = For an hour
consent-as = You are
consent-unchecked = The name “{ $app }” is what the app calls itself; nobody has checked it. Allow it only if you came here from { $host } and trust it.
consent-allow = Allow
consent-refuse = Don’t allow
no-consent-title = This request can’t be answered
no-consent-app = The app that sent you here is not known to us.
no-consent-address = The app that sent you here wants you led to an address that it did not give us before. Nothing was passed on.
no-consent-next = Go back to where you came from and try to connect again; if it stays, tell whoever runs that app.

## Badges from elsewhere
backpack-title = My backpack
backpack-lead = Badges that others gave you, kept as they are.
backpack-empty-title = Nothing in it yet
backpack-empty = Put in the badges you have from other places: they stay byte for byte as they came, you see whether they hold, and you can take them out again at any time.
backpack-by = by { $issuer }
backpack-issued = Issued { $date }
backpack-until = valid until { $date }
backpack-over = Ended { $date }
backpack-more = Older ones
backpack-unchecked = This is what the badges say of themselves. Open one to see whether it holds today.
backpack-room = There are { $count } badges of { $size } in it, and room for a few more.
backpack-add = Put one in
backpack-add-lead = Whatever a badge comes as: Open Badges 3.0, 2.0 and older, as JSON, JWT, or a picture with the badge inside.
backpack-file = A file
backpack-file-hint = JSON, JWT, PNG or SVG
backpack-address = Its address
backpack-address-hint = Where the badge itself is to be had, not a page about it
backpack-text = Its text
backpack-do = Put it in
backpack-nothing = Choose a file, or give an address or a text.
backpack-no-badge = This is no badge that can be read. { $why }
backpack-other = This is an endorsement or a presentation. Put in the badge itself.
backpack-not-genuine = This is no genuine badge, so it isn’t kept. { $why }
backpack-unproven = A copy of this badge is here already, and the signature of this one can’t be checked now: the one that is here stays. To keep this one, remove the other first.
backpack-too-large = The file is larger than 8 MiB.
backpack-full = Your backpack is full. Remove what you don’t need, then put it in again.
backpack-unreachable = No badge was found at this address: { $why }.
kept-untitled = A badge without a name
kept-replaced = This copy took the place of the one that was here.
kept-unchanged = This badge was here already, byte for byte.
kept-older = A newer version of this badge is here, so it stays.
kept-title = What is kept
kept-file = File
kept-form = Written as
kept-credential = Open Badges 3.0, JSON with its proof inside
kept-jwt = Open Badges 3.0, JWT
kept-older-form = Open Badges 2.0 or older
kept-how = How it came
kept-by-file = As a file, { $date }
kept-by-text = As a text, { $date }
kept-by-address = From { $from }, { $date }
kept-by-app = By the app “{ $from }”, { $date }
kept-by-platform = From the platform { $from }, { $date }
kept-download = Take it out as it came
kept-whole = Byte for byte the file that was put in. It stays here, too.
kept-remove-title = Remove it
kept-remove-lead = It is gone for good then. Take it out before, if you want to keep it somewhere else.
kept-remove = Remove for good

## Badges of another platform
platform-title = From another platform
platform-lead = Where a platform speaks the Open Badges API 3.0, your badges of there can be copied into your backpack. You allow it there, for this once.
platform-address = The platform’s address
platform-hint = Such as https://badges.example.org
platform-go = Look there
platform-problem = That did not work: { $why }.
platform-on-title = Go on to “{ $platform }”
platform-on-lead = It was found at { $host }. Sign in there and allow { $organisation } to read your badges; you are led back here then.
platform-once = They are copied once. Nothing that would let us in there again is kept.
platform-on = Go on to { $host }
platform-not = Don’t go on
brought-title = Badges from “{ $platform }”
brought-new = { $count ->
    [0] Nothing new came.
    [one] One badge is new in your backpack.
   *[other] { $count } badges are new in your backpack.
  }
brought-known = { $count ->
    [one] One was there already.
   *[other] { $count } were there already.
  }
brought-refused = Some were not taken:
brought-none-title = Nothing was copied
brought-none = It was not allowed there, took too long, or this page was opened once more. Nothing changed in your backpack.
brought-see = See my backpack
