# The message to the person who receives a badge, in the language of the badge.

mail-subject = Your badge “{ $badge }”
mail-badge-level = { $badge }, level { $level } ({ $name })
mail-hello = { $name ->
        [none] Hello,
       *[other] Hello { $name },
    }
mail-what =
    { $issuer } awarded you the badge “{ $badge }”.

    { $description }

    This is its page:
mail-link =
    This link is yours: show it to whom you like, or keep it to yourself. The page does not tell your address. It has the badge’s picture, to keep, and the criteria.
mail-link-name =
    This link is yours: show it to whom you like, or keep it to yourself. What stands after the sign # carries your name and what proves it; your browser never sends it to the site. Without that part the link shows the same badge without your name. Keep this message.
mail-ends =
    This badge counts until { $day }.
mail-day = { $day } { $month } { $year }
mail-refuse =
    You do not want it, or not any more? Answer this message, or write to { $contact }: the badge will be withdrawn, and what we keep of you erased if you ask for it. You need not say why.
mail-sign =
    { $issuer }
    { $url }
