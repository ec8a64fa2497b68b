verify-now = `{ $text }` is not a moment with a zone, such as `2026-09-01T09:00:00Z`
verify-address = `{ $text }` is not an address
verify-standard-input = standard input cannot be read, or is larger than a badge
verify-not-a-site = `{ $folder }` is not a built site: it has no `catalog.json`; run `accolade build` first
verify-map = `{ $file }` is not a map of documents: { $reason }

verify-record = “{ $name }”, by its own words from { $issuer } (Open Badges { $version })
verify-domain = Domain: { $domain }
verify-shared-host = Anyone can publish under this host: the path matters as much as the name.
verify-international = The name has letters outside ASCII, which may imitate others: read it closely.

verify-yes = ✔
verify-no = ✘
verify-unknown = ?

verify-reason = { "  " }– { $code }: { $detail }
verify-stand-ins = Documents were read from stand-ins for the web, not from the web itself.

verify-verdict-valid = Valid at { $now } ({ $status }).
verify-verdict-invalid = Not valid at { $now } ({ $status }).
verify-verdict-unknown = It could not be decided ({ $status }).

verify-status-active = in force
verify-status-expired = expired
verify-status-not-yet-valid = not in force yet
verify-status-revoked = withdrawn
verify-status-suspended = suspended
verify-status-unknown = status unknown
