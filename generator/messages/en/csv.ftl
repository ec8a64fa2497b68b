# What `award --csv` says of a sheet of people, and `award --mail-merge` of the messages.
# An error is a message `csv-…`; its attribute `.help` says what to do.

csv-column-email = e-mail
csv-column-id = id
csv-column-name = name
csv-column-given-name = first name
csv-column-level = level
csv-column-language = language
csv-column-date = date
csv-column-expires = expires
csv-column-role = role
csv-column-criteria = criteria
csv-column-evidence = evidence
csv-column-link = link
csv-column-story = story
csv-column-visibility = visibility
csv-column-consent = consent

csv-at-row = row { $row }: { $text }
csv-at-cell = row { $row }, column “{ $column }”: { $text }
csv-at-value = row { $row }, column “{ $column }”, { $value }: { $text }
csv-at-row-value = row { $row }, { $value }: { $text }
csv-problem = { $text }
csv-row-ready = { $row }  ready    { $who }  { $what }{ $level ->
        [none] { "" }
       *[other] { "" }  level { $level }
    }
csv-row-already = { $row }  already  { $who }  { $what }
csv-counts = { $ready ->
        [0] no award ready
        [one] { $ready } award ready
       *[other] { $ready } awards ready
    }, { $already ->
        [0] none made before
       *[other] { $already } made before
    }, { $errors ->
        [0] no error
        [one] { $errors } error
       *[other] { $errors } errors
    }.
csv-more = { $count ->
        [one] And { $count } more error.
       *[other] And { $count } more errors: mend these first, or add --format json to see all of them.
    }
csv-nothing-written = Nothing was written: a single error stops the whole sheet. Mend it, save it, and run the same command again.
csv-dry-run = Nothing was written. Without --dry-run the same command awards.
csv-written = { $count ->
        [one] { $count } award written.
       *[other] { $count } awards written.
    }
csv-stopped = Stopped after { $done } awards of { $all }. Run the same command again: what is done will not be done twice.
csv-links = The links that carry the names are in the register: add --mail-merge FOLDER to write a message to each person.
csv-windows = The file is not UTF-8; its accents were read as those of Windows. Does a name look odd? Save it as “CSV UTF-8”.
csv-others = Columns left aside: { $columns }
csv-in-repository = `{ $file }` holds names or addresses, and the next commit or the site would publish it; keep it outside the repository, for example in your Documents

csv-not-text = this file is not text: it is a workbook, a picture or a damaged file
    .help = in your spreadsheet program choose “Save as”, then “CSV UTF-8”
csv-too-big = this file is larger than { $max } MB
    .help = keep the columns that are of use, or cut the list into several files
csv-too-many-rows = there are more than { $max } people in this file
    .help = cut the list into several files, and give them one after the other
csv-empty = there is nobody in this file
    .help = the first row names the columns, for example “e-mail;first name;name”; the people come below
csv-open-quote = a quotation mark opens in this row and never closes
    .help = close it, or take it out; the safest is to save the sheet again from the spreadsheet program
csv-header = this header looks like “{ $meant }” and is not
    .help = write “{ $meant }” if that is what it is; otherwise give the column another header, or take it out
csv-header-twice = this header means the same as “{ $earlier }”
    .help = take out one of the two columns, or give it another header
csv-no-person-column = no column says who receives the badge
    .help = name the column of addresses “e-mail”, or the one of your numbers “id”
csv-cells = { $cells } cells for { $headers } headers
    .help = a text that holds the separator goes between quotation marks; the safest is to save the sheet again from the spreadsheet program
csv-cell-long = this text has { $chars } characters, and { $max } are allowed
    .help = make it shorter, or publish it elsewhere and put its address into the column “link”
csv-lines = this text is on several lines
    .help = write it on one
csv-control = this text holds an invisible character
    .help = empty the cell and type the text anew instead of pasting it
csv-no-person = nothing says who this is
    .help = put an address, or a number into a column “id”; or empty the whole row
csv-email = this is not an e-mail address: { $why ->
        [empty] it is empty
        [no-at] “@” is missing
        [two-ats] there is more than one “@”
        [space] it holds a space
        [character] it holds “{ $character }”
        [incomplete] what goes before or after “@” is missing
        [dots] there is a dot too many
        [long] it is too long
       *[domain] what follows “@” is not a domain name, such as `example.org`
    }
    .help = one address a row, such as firstname@example.org; a person without one has a number in the column “id”
csv-twice = the same person is in row { $first } already
    .help = take out one of the two rows; if two people share an address, give each a number in the column “id”
csv-date = this is not a date
    .help = write 2026-03-12, or 12/03/2026 (the day first, the year in full)
csv-date-none = there is no such day
    .help = look at the calendar; the day stands first, then the month: 12/03/2026 is 12 March
csv-date-future = this day has not come yet
    .help = mend the date, or award the badge on that day
csv-date-order = the badge would end before it begins, on { $awarded }
    .help = mend one of the two dates
csv-level = this badge has no such level
    .help = write one of these: { $known }
csv-level-missing = this badge has levels, and the row names none
    .help = fill a column “level”, or add --level to the command if it is the same for all; there is: { $known }
csv-level-none = this badge has no levels
    .help = empty the column “level”
csv-earlier = level { $level } wants level { $requires } first, and this person does not have it
    .help = award level { $requires } first; or, if there is a reason to go without it, add --override "reason"
csv-earlier-unknown = level { $level } wants level { $requires } first, and nothing here tells whether this person has it
    .help = if you know it, add --override "reason" to the command
csv-language = this badge is not written in this language
    .help = write one of these: { $known }
csv-criterion = this badge has no criteria item `{ $item }`
    .help = { $known ->
        [none] this badge has no list of criteria; empty this column
       *[other] write their ids, separated by a comma: { $known }
    }
csv-criteria-missing = this badge asks for { $needed ->
        [one] { $needed } criterion
       *[other] { $needed } criteria
    }, and the row names none
    .help = fill a column “criteria”, or add --met to the command if they are the same for all; there is: { $known }
csv-criteria-few = { $met ->
        [one] { $met } criterion is
       *[other] { $met } criteria are
    } met, and this badge asks for { $needed }
    .help = add those that are missing, or do not award the badge yet; there is: { $known }
csv-link = this is not an address that begins with https://
    .help = copy the whole address from the browser; a text goes into a column “story”, and a file is given for one person alone, with --evidence
csv-visibility = this column says who sees the badge, and this does not say it
    .help = write “listed”, “unlisted” or “private”, or leave it empty
csv-consent = this column says whether the person agrees that their name is shown
    .help = write “yes” or “no”, or leave it empty (which is no)
csv-consent-nameless = the person agrees that their name is shown, and there is no name
    .help = fill a column “name”, or take the consent out
csv-address-in-text = this text would be published, and it holds an e-mail address
    .help = take it out: addresses go into the column “e-mail”, which is never published
csv-register = { $place ->
        [absent] the register, which keeps names, numbers and addresses, is not here ({ $folder })
       *[none] this sheet has names, numbers or addresses to keep, and there is no register
    }
    .help = { $place ->
        [absent] check it out at that place, or make the folder
       *[none] make a folder outside the repository, name it in accolade.yaml (privacy: {"{"} register: ../register {"}"}), and run this again; or take these columns out
    }
csv-public-hash = this repository is public, and the salted hash of each address would be public for ever: whoever guesses an address can test the guess
    .help = if these people agree, add --public-hash; otherwise --no-recipient gives each a badge by link, and the addresses stay in the register
csv-refused = { $reason }
    .help = mend this row, or empty it

mail-in-repository = the messages hold names, addresses and private links, and the next commit or the site would publish `{ $folder }`; choose a folder outside the repository
mail-no-register = without a register nothing here says whom to write to; add --mail-merge to the command that awards, or name a register in accolade.yaml (privacy: {"{"} register: ../register {"}"})
mail-register-absent = the register is not here ({ $folder }); check it out at that place
mail-dry-run = { $count ->
        [0] There is nobody to write to.
        [one] { $count } message would be written.
       *[other] { $count } messages would be written.
    }
mail-written = { $count ->
        [0] No message to write into { $folder }.
        [one] { $count } message written into { $folder }.
       *[other] { $count } messages written into { $folder }.
    }
mail-there = { $count ->
        [one] { $count } message was in the folder already, and is not written over.
       *[other] { $count } messages were in the folder already, and are not written over.
    }
mail-earlier = { $count ->
        [one] { $count } person has had the message before.
       *[other] { $count } people have had their messages before.
    }
mail-no-address = { $count ->
        [one] { $count } person has no address: give them their link in another way.
       *[other] { $count } people have no address: give them their links in another way.
    }
mail-private = { $count ->
        [one] { $count } badge is private and has no page: hand the signed file to the person.
       *[other] { $count } badges are private and have no page: hand the signed files to the people.
    }
mail-withdrawn = { $count ->
        [one] { $count } badge is withdrawn: no message.
       *[other] { $count } badges are withdrawn: no message.
    }
mail-send = Nothing is sent. Publish the site first, then open these files in your mail program, read them over, and send them. Delete them afterwards.
