verify-now = `{ $text }` is not a moment with a zone, such as `2026-09-01T09:00:00Z`
verify-address = `{ $text }` is not an address
verify-not-a-site = `{ $folder }` is not a built site: it has no `catalog.json`; run `accolade build` first
verify-map = `{ $file }` is not a map of documents: one object, with an object such as {"{"} "file": "did.json" {"}"} for each address
verify-map-not-json = `{ $file }` is not JSON: see line { $line }, column { $column }
verify-map-address = `{ $file }` names `{ $address }`, which is not an address; write it in full, with https://
verify-map-entry = `{ $file }` does not say what stands in for `{ $address }`: one of `file`, `body`, `redirect` or `status`, as text (a status as a number)
verify-map-status = `{ $file }` gives `{ $address }` a status that is none; write a number from 200 to 599
verify-map-key = `{ $file }` has `{ $key }` for `{ $address }`, which is not known here; known are `file`, `body`, `status`, `content_type` and `redirect`
verify-recipient-empty = whose badge should it be? `--recipient` takes an e-mail address, a URL or a DID
verify-list-empty = `{ $file }` names no badge: write one address or file a line
verify-list-too-long = the list has more than { $lines } lines; cut it into several

verify-name = “{ $name }”
verify-by = By the badge’s own words, from { $issuer } (Open Badges { $version })
verify-withdrawn-because = Reason for the withdrawal, in the issuer’s words: { $reason }
verify-domain = Domain
verify-in-letters = This name is displayed as { $host }
verify-shared-host = Anyone can publish under this host: the path matters as much as the name.
verify-international = The name has letters outside ASCII, which may imitate others: read it closely.
verify-mixed-scripts = The name mixes scripts, which is often done to imitate another one: beware.

verify-answer-yes = Yes
verify-answer-no = No
verify-answer-unknown = Not known
verify-answer-nobody-can-say = There is no way to know
verify-answer-not-asked = Not asked
verify-answer-not-reached = Not checked

verify-remarks = Remarks
verify-stand-ins = Some documents were read from files given in the place of the web, not on the web itself.
verify-whose-not-asked = Whose it is was not asked: `--recipient` asks.

verify-verdict-valid = Valid on { $now }: { $status }.
verify-verdict-invalid = Not valid on { $now }: { $status }.
verify-verdict-unknown = It could not be decided on { $now }: { $status }.
verify-verdict-invalid-bare = Not valid on { $now }.
verify-verdict-invalid-person = Not valid for this person on { $now }. The badge itself is in force.
verify-verdict-unknown-bare = It could not be decided on { $now }.
verify-verdict-nothing = Nothing was verified.
verify-remark-count = { $sentence } ({ $count })
verify-remark-why = { $address }: { $why }

verify-moment = { $day } { $month } { $year } at { $hour }:{ $minute } UTC
verify-month-1 = January
verify-month-2 = February
verify-month-3 = March
verify-month-4 = April
verify-month-5 = May
verify-month-6 = June
verify-month-7 = July
verify-month-8 = August
verify-month-9 = September
verify-month-10 = October
verify-month-11 = November
verify-month-12 = December

verify-not-proved = What this does not prove
verify-documents = What was looked at
verify-documents-more = and { $count } more: `--json` names them all
verify-source-network = read on the web
verify-source-stand-in = read from a file given in the place of the web
verify-source-cache = read on the web a moment ago

verify-status-active = in force
verify-status-expired = expired
verify-status-not-yet-valid = not in force yet
verify-status-revoked = withdrawn
verify-status-suspended = suspended
verify-status-unknown = status unknown

verify-line-nothing-given = There is nothing to verify here.
verify-line-address-malformed = This is not an address.
verify-line-standard-input = Standard input cannot be read from a list.
verify-line-file-outside = A table names files of its own folder only.
verify-line-file-unreadable = This file does not exist, or cannot be read.
verify-line-file-too-large = This file is larger than any badge.

verify-table-empty = `{ $file }` is empty
verify-table-no-rows = `{ $file }` has titles and no row under them
verify-table-too-long = `{ $file }` has more than { $rows } rows; cut it into several
verify-table-no-column = `{ $file }` has no column of badge addresses; name it with `--column`: { $known }
verify-table-unknown-column = `{ $file }` has no column `{ $asked }`; it has: { $known }
verify-table-unreadable = `{ $file }` no longer reads as a table from line { $line }

verify-column-verdict = verdict
verify-column-status = status
verify-column-domain = issuer domain
verify-column-name = badge name
verify-column-holder = this person's
verify-column-reasons = reasons
verify-column-checked = checked at
verify-cell-valid = valid
verify-cell-invalid = not valid
verify-cell-unknown = undecided
