# Le message à la personne qui reçoit un badge, dans la langue du badge.

mail-subject = Votre badge « { $badge } »
mail-badge-level = { $badge }, niveau { $level } ({ $name })
mail-hello = { $name ->
        [none] Bonjour,
       *[other] Bonjour { $name },
    }
mail-what =
    { $issuer } vous a attribué le badge « { $badge } ».

    { $description }

    Voici sa page :
mail-link =
    Ce lien est à vous : montrez-le à qui vous voulez, gardez-le pour vous si vous préférez. La page ne dit pas votre adresse. On y trouve l’image du badge, à garder, et les critères.
mail-link-name =
    Ce lien est à vous : montrez-le à qui vous voulez, gardez-le pour vous si vous préférez. Ce qui suit le signe # porte votre nom et ce qui le prouve ; votre navigateur ne l’envoie jamais au site. Sans cette partie, le lien montre le même badge sans votre nom. Conservez ce message.
mail-ends =
    Ce badge compte jusqu’au { $day }.
mail-day = { $day ->
        [1] 1er
       *[other] { $day }
    } { $month } { $year }
mail-refuse =
    Vous n’en voulez pas, ou vous n’en voulez plus ? Répondez à ce message, ou écrivez à { $contact } : le badge sera retiré, et ce que nous gardons de vous effacé si vous le demandez. Vous n’avez pas à dire pourquoi.
mail-sign =
    { $issuer }
    { $url }
