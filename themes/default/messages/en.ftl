# The words of the pages, in English.
# A theme may define any message again; the others stay.

language_name = English
# The way the letters run: ltr or rtl.
direction = ltr
# The language and its country, for social networks.
locale = en_GB

# Around the pages
skip = Skip to the content
nav = Pages of this site
languages = Languages
home = Home
badges = Badges
issuers = Who issues
verify = Verify
feed = Atom feed of issued badges
catalog = Catalogue (JSON)
machines = For machines
licence_of_texts = Texts under
colophon = These pages are plain files published with Accolade: no tracker, no account, no request to another site.
see_badges = See the badges
see_verify = Verify a badge

# Dates and durations
date = { $day } { $month } { $year }
month_1 = January
month_2 = February
month_3 = March
month_4 = April
month_5 = May
month_6 = June
month_7 = July
month_8 = August
month_9 = September
month_10 = October
month_11 = November
month_12 = December
month_year = { $month } { $year }
size = { $n } kB
years = { $n ->
    [one] { $n } year
   *[other] { $n } years
  }
months = { $n ->
    [one] { $n } month
   *[other] { $n } months
  }
weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
  }
days = { $n ->
    [one] { $n } day
   *[other] { $n } days
  }
and = { $first } and { $second }

# Kinds of recognition
kind = Kind
kind_participation = Participation
kind_engagement = Engagement
kind_know_how = Know-how
kind_competence = Competence
kind_achievement = Achievement
kind_project = Project
kind_role = Role
kind_membership = Membership
kind_facilitation = Facilitation
kind_mentoring = Mentoring
kind_label = Label

# Home and gallery
latest = Latest badges issued
latest_hint = Only badges whose listing was asked for appear here.
all_badges = { $n ->
    [one] The network’s badge
   *[other] The network’s { $n } badges
  }
gallery_description = Every badge, by issuer, by kind and by tag.
gallery_count = { $badges ->
    [one] One badge
   *[other] { $badges } badges
  }, { $issuers ->
    [one] from one issuer.
   *[other] from { $issuers } issuers.
  }
search = Search
search_hint = a word, a place, an issuer
search_results = Badges found
search_reset = Show them all
search_failed = The search could not be loaded. Every badge is in the lists below.
found = Badges found:
found_none = No badge matches. Take a filter away, or type part of a word.
show_more = Show more
sort = Order
sort_issuer = by issuer
sort_name = by name
sort_recent = newest first
can_be_requested = can be requested
pages = Pages of the list
facet_issuer = Issuer
facet_kind = Kind
facet_tag = Tag
facet_level = Level
facet_language = Language
facet_territory = Territory
all = All
by_tag = By tag
tags = Tags

# A badge
criteria = Criteria
evidence_expected = What to show
request = Asking for it
request_write = Write to the issuer
request_on = Ask for it on { $host }
since = Offered since
next_badges = And then
related_badges = Close to this one
rule_all = { $of ->
    [one] To be shown
   *[other] All { $of } points to be shown
  }
rule_at_least = { $n ->
    [one] At least one of { $of } points to be shown
   *[other] At least { $n } of { $of } points to be shown
  }
level = Level
level_title = Level { $id }: { $name }
level_reached = reached
level_shown = this page
levels = The levels
scale_one = level { $low }
scale_range = levels { $low } to { $high }
alignment = Frameworks
holders = Those who hold it
holders_hint = Only people who asked to be here are listed. The list does not say whether their badge still counts today.
holders_more = { $n ->
    [one] And one more.
   *[other] And { $n } more.
  }
holders_none = Nobody has asked to be listed here. By default a badge is known only to the person who received it and to those they show it to.
facts = In short
issued_by = Issued by
validity = Lasts
validity_for = Counts for { $duration } from the day it is issued.
never_expires = No end date
text = Text
version = version { $n }
version_current = current
version_frozen = This is the text as issued badges have fixed it; it will not change again.
version_working = No badge has been issued on this text yet; it may still change.
version_newer = There is a newer version.
version_see_current = See the badge’s page
creator = Designed by
licence = Licence
check_class = An issued badge has its own page and its own files, which anyone can check. This page only says what it recognises.
record_badgeclass = Badge class
record_achievement = Achievement
record_issuer = Issuer profile
record_profile = Issuer profile
record_did = Identity and keys
record_status = List of withdrawn badges
record_ob2 = Open Badges 2.0
record_ob3 = Open Badges 3.0
record_did_note = did:web
record_status_note = Bitstring Status List

# An issuer
issuer = Issuer
identity = Its identity
domain_hint = A name can be copied, a domain cannot: the domain is how to recognise the issuer.
issuer_badges = Its badges
issuer_no_badges = No badge yet.
keys = Signing keys
keys_hint = Every badge is signed. These are the public keys that let anyone check it.
keys_none = No key is published yet: this issuer has not signed anything so far.
key_active = in use
key_retired = retired
key_revoked = revoked
key_active_sentence = In use since { $created }.
key_retired_sentence = In use from { $created } to { $until }; what it signed stays good.
key_revoked_sentence = Created on { $created }, revoked on { $until }: nothing it signed counts.

# An issued badge
award_eyebrow = Issued badge
award_title = { $badge } – { $holder }
statement_holder = { $issuer } issued this badge to { $holder } on { $date }.
statement = { $issuer } issued this badge on { $date }.
recognises = What this badge recognises
evidence = What was seen
evidence_file = Open the file { $name }
evidence_page = See it on { $host }
evidence_image = Picture attached as evidence, without a description
genre_photo = Photograph
genre_text = Account
genre_link = Link
genre_video = Video
genre_audio = Recording
holder = Issued to
holder_hidden = Holder not shown
holder_matches = This name comes from the link you opened, and matches the hash in this badge.
holder_differs = The name in the link you opened does not match this badge.
role = Office
issued_on = Issued on
expires_on = Until
renews = Follows
renewed_by = Followed by
award_of = badge of { $date }
recipient_email = The badge is bound to an e-mail address. The address is not published: only a fingerprint of it is, which the person can have recognised.
recipient_did = The badge is bound to an identifier that the person controls.
recipient_url = The badge was issued to an organisation:
recipient_opaque = The badge is bound to no published address and no published name.
signed_again = The issuer signed this badge again on { $date }. A picture or a file from before is refused when it is checked: take a new one here.
withdrawn_title = Withdrawn badge.
withdrawn_on = The issuer withdrew it on { $date }.
withdrawn_because = The issuer withdrew it on { $date }: { $reason }.
replaced_by = See the badge that takes its place
reason_error = issued by mistake
reason_superseded = replaced by another
reason_holder_request = at the person’s request
reason_criteria_not_met = criteria not met
reason_term_ended = end of the term or period
reason_other = another reason
starts_in = { $n ->
    [0] starts today
    [1] not valid yet: starts tomorrow
   *[other] not valid yet: starts in { $n } days
  }
ends_in = { $n ->
    [0] expires today
    [1] expires tomorrow
   *[other] expires in { $n } days
  }
ended_since = { $n ->
    [0] expired today
    [1] expired yesterday
   *[other] expired { $n } days ago
  }
verify_now = Verify now
qr = QR code of the address of this page
paper = This sheet proves nothing by itself: check the badge at its address.
paper_story = The criteria and the evidence are at the same address.
paper_received = received the badge
paper_qr = QR code of the address of the badge
paper_record = The signed badge, Open Badges 3.0
print = For paper, print this page: it fits one sheet of A4.
preview_alt = { $badge }, a badge issued by { $host }

# Sharing
share = Share
share_lede = Nothing is sent to anyone before you press.
share_withdrawn = This badge is withdrawn: it is no longer offered for profiles and networks. Its link stays, and tells how things are.
share_link = Link to this page
share_own_link = Your own link, with the name
share_own_hint = Whoever opens this link sees the name. This site never receives it.
share_system = Send…
share_mail = By e-mail
share_fediverse = On the Fediverse (Mastodon…)
share_bluesky = On Bluesky
share_facebook = On Facebook
share_linkedin = Add to a LinkedIn profile
share_linkedin_hint = LinkedIn does not always fill in its form. Here is what to fill it in with.
field_name = Name
field_organisation = Organisation
field_issued = Issued
field_expires = Expires
field_id = Credential ID
field_url = Credential URL
copy = Copy
copied = Copied
embed = Show it on another site
embed_frame = In a frame
embed_picture = The picture alone
embed_link = See this badge and verify it
check_title = Verify
check_honest = This page says what was issued, and when. It does not say whether the badge still counts today: only a check made now can tell.
check_command = Download the picture below, then:
check_command_file = Download the signed file below, then:
check_more = How to verify a badge
take_title = Take it with you
file_png = PNG picture
file_svg = SVG picture
file_ob3 = Signed file
file_ob2 = Hosted record
file_both_note = holds the badge, Open Badges 2.0 and 3.0
file_picture_note = the picture alone: the badge is withdrawn
file_status = List of withdrawn badges
file_status_note = signed by the issuer

# Verify
verify_title = Verify a badge
verify_lede = A page can say anything, a badge’s page too. A badge can be checked without taking our word for it.
verify_questions = Five questions
question_issuer = Does it really come from this domain?
question_issuer_how = The badge names its issuer by an address. The issuer’s keys are read there; one of them must have made the signature.
question_integrity = Is it unaltered?
question_integrity_how = The signature covers every word of the badge, the picture and the evidence files. One comma changed, and it no longer fits.
question_dates = Is it in date?
question_dates_how = A badge may have a beginning and an end. The day of the check decides, not this page.
question_status = Has it been withdrawn?
question_status_how = The issuer publishes a signed list of withdrawn badges. The check reads it at the moment it is made.
question_person = Is it this person’s?
question_person_how = If the badge is bound to an address, ask the person for it: the check compares it with the fingerprint and publishes nothing.
verify_unknown = Each question has three possible answers: yes, no, or “could not be checked”. The last is neither a yes nor a no.
verify_command = With the accolade command
verify_command_how = Download the badge’s picture from its page. The badge is inside.
verify_command_recipient = first.last@example.org
verify_others = With another tool
verify_others_how = The badges follow two open standards. Any tool that reads one of them can check the picture, or one of these files, which are online beside each badge’s page:
verify_ob2 = Open Badges 2.0, hosted record:
verify_ob3 = Open Badges 3.0, signed file:
verify_not = What a check does not say
verify_not_how = It says who issued the badge, and that nobody altered it. It does not say whether the issuer is serious: read the criteria and the evidence, and ask yourself whether you trust this domain.

# The page that verifies, as its script says it
checker_drop = Drop the picture of a badge here.
checker_drop_how = PNG or SVG, as it was downloaded; a JSON file will do, too. It stays on your device.
checker_choose = Choose a file
checker_scan = Scan a QR code
checker_scan_stop = Stop the camera
checker_scanning = Show the QR code to the camera.
checker_scan_failed = The camera could not be used.
checker_paste = Or paste the badge’s address, its JSON text or its signed token
checker_person = The person’s e-mail address (optional)
checker_person_how = It is compared here, in your browser. It is sent to nobody.
checker_start = Verify
checker_nothing = Nothing to verify yet: drop a picture, or paste an address.
checker_working = Verifying…
checker_failed = The check broke off. Reload the page and try again.
checker_insecure = This browser cannot check a signature on this page: open it over https, or in a recent browser.
checker_ask_title = Ask {$host}?
checker_ask = To answer, this page has to read documents at {$host}. That host will see that they are read; it receives neither the picture you dropped nor the e-mail address you typed.
checker_ask_yes = Ask {$host}
checker_ask_no = Do not ask
checker_valid = This badge is valid
checker_invalid = This badge is not valid
checker_unknown = It cannot be decided
checker_valid_how = Every question that was asked was answered yes, just now.
checker_copy = Checked against a copy at {$host}
checker_copy_how = The keys and lists were read at {$host}, and not at {$name}. That shows how the check goes, not that the badge is valid.
checker_yes = Yes
checker_yes_copy = Yes, says the copy
checker_no = No
checker_not_checked = Not checked
checker_not_asked = Not asked
checker_issuer = Domain that stands as its issuer
checker_letters = This domain’s name has letters that may imitate others: read it closely.
checker_said = Calls itself “{$name}”.
checker_awarded = Awarded on {$date}
checker_expires = Until {$date}
checker_limits = What this does not prove:
checker_value = Value:
checker_answers = The five answers
checker_notes = Remarks
checker_documents = What was read
checker_documents_how = SHA-256 digests of the documents, as they were received.
checker_document_copy = copy read at {$host}
checker_document_led = answered by {$host}
checker_document_bytes = {$n} bytes
checker_document_none = not obtained
checker_at = Checked on {$date}, in this browser.
checker_at_function = Answered by {$host}, on {$date}.
checker_second = This badge carries another signature ({$what}), which this page does not check. The verification function and the command accolade verify do.
checker_further = To go further, give the badge to the command accolade verify.
checker_function = Ask {$host}
checker_function_how = This page could not check everything. {$host} can: the badge will be sent there; the e-mail address you typed will not.
checker_function_failed = {$host} gave no answer that could be used.
checker_offline = Without a network neither keys nor lists can be read: nothing will be called valid.
checker_unreadable = The browser could not read this host. It may be out of reach, or not let pages of other sites read it.
checker_print = Print
checker_again = Verify another badge

# Other pages
awards_title = Issued badges
awards_lede = Every issued badge has its own page. Most are known only to the person who received the badge, so there is no list of them here.
not_found_title = This page does not exist
not_found_lede = The address may be incomplete, or the page has moved.
not_found_badge = If you were looking for an issued badge, take the whole link: it ends in twenty-six letters and digits, then a slash.
tombstone_title = This badge is no longer published
tombstone_lede = It was erased on { $date }. Nothing of it is left here.
tombstone_how = An erased badge can no longer be checked. That says nothing about the person who had received it.
