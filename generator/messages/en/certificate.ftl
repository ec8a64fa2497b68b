# What `certificate` says.

certificate-done = { $out } is written. The name is nowhere else: give the file to the person.
certificate-in-repository = it lies in the folder of the badges: do not commit it.
certificate-forgotten = { $id } was forgotten on { $date }: nothing is left to put on paper
certificate-unsealed = { $id } is not signed yet: run `accolade seal` first
certificate-withdrawn = { $id } was withdrawn on { $date }: a paper would say otherwise
certificate-private = { $id } is private: it has no page where the paper could be checked
certificate-no-name = for whom? Add --name "First Last"; the register has no name for { $id }
certificate-name = a name has between 1 and { $most } characters, on one line
certificate-letters = the letters of the PDF lack these characters of the name: { $letters }. The person can print their page, which writes every name: their private link makes theirs appear
certificate-name-differs = this is not the name that the badge hides: whoever compares will see them differ
certificate-name-unchecked = this badge hides a name, and the register has nothing here to compare it with: check the spelling
certificate-holder-differs = the public page of this badge shows another name
certificate-expired = this badge expired on { $date }; the paper says so
certificate-undone = the PDF could not be made: { $reason }
