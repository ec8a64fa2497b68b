# Ce qui a fait obstacle, mis dans d'autres messages à la place de { $reason } : sans majuscule ni point.

reason-system = { $kind ->
        [missing] il n’existe pas ; le chemin est-il juste, vu du dossier courant ?
        [denied] vous n’en avez pas le droit ici ; regardez les permissions du fichier et de son dossier
        [full] le disque est plein ; faites de la place, puis relancez la commande
        [read-only] ce disque ne permet que la lecture ; travaillez dans une copie, ailleurs
        [too-large] il dépasse la taille permise ici
        [folder] c’est un dossier, et il faut un fichier
        [not-a-folder] une partie de son chemin est un fichier, et il faut un dossier
        [exists] quelque chose porte déjà ce nom
        [name] le système n’accepte pas ce nom
        [busy] un autre programme s’en sert ; réessayez plus tard
        [not-a-file] c’est un dossier, un tube ou un périphérique, et il faut un fichier
       *[other] le système a refusé (« { $detail } »)
    }
reason-outside = le chemin sort du dépôt
reason-too-big = il dépasse { $bytes } octets
reason-not-utf8 = ce n’est pas un texte UTF-8, à partir de l’octet { $byte } ; enregistrez-le de nouveau avec l’encodage UTF-8
reason-listing = le dossier `{ $folder }` ne peut pas être parcouru : { $reason }
reason-too-deep = `{ $folder }` est sous trop de dossiers
reason-no-repository = `{ $folder }` ne contient pas d’accolade.yaml
reason-in-file = `{ $file }` : { $reason }

reason-picture-kind = ce n’est ni une image PNG ni une image SVG
reason-png = { $problem ->
        [truncated] le PNG s’arrête au milieu, après l’octet { $at } : une partie s’est perdue en route
        [header] le PNG ne commence pas comme un PNG
       *[checksum] le PNG est abîmé à l’octet { $at }
    }
reason-svg = { $problem ->
        [not-utf8] le SVG n’est pas un texte UTF-8
        [encoding] le SVG annonce un autre encodage qu’UTF-8, ou une autre version que XML 1.0
        [not-well-formed] le SVG est cassé à l’octet { $at } : une balise n’est pas fermée, ou un signe est là où il ne peut pas être
        [document-type] le SVG a un `<!DOCTYPE …>` ; ôtez-le
        [entity] le SVG utilise une entité à l’octet { $at } ; écrivez le signe lui-même
        [namespaces] le SVG utilise à l’octet { $at } un préfixe qu’il n’explique pas
        [too-deep] le SVG emboîte trop d’éléments
        [attributes] un élément du SVG a trop d’attributs
        [root] le premier élément n’est pas `<svg xmlns="http://www.w3.org/2000/svg">`
        [no-size] le SVG n’a pas de taille ; donnez-lui un `viewBox`
       *[other] le SVG ne se lit pas
    }
reason-several = elle porte { $count } enregistrements de cette sorte, et un seul est permis
reason-slot = { $problem ->
        [too-long] l’enregistrement dépasse ce qu’une image peut porter
        [not-utf8] l’enregistrement n’est pas un texte UTF-8
        [damaged] la partie qui le contient est abîmée
       *[form] ce qui s’y trouve n’est ni du JSON, ni un jeton signé, ni une adresse
    }
reason-record = { $problem ->
        [too-long] il a { $bytes } octets, plus qu’une image n’en peut porter
        [control] il contient un caractère de contrôle, ce que le JSON ne fait jamais
        [form] ce n’est ni un objet JSON, ni un jeton signé, ni une adresse
        [address] une image porte l’attestation Open Badges 3.0 elle-même, et non son adresse
       *[not-an-address] l’adresse de l’assertion hébergée ne commence pas par `https://`
    }
reason-bake = { $problem ->
        [occupied] l’image porte déjà un tel enregistrement
        [hosted] une assertion hébergée, dans un SVG, a besoin d’un `id` qui soit son adresse
       *[other] l’image garnie ne redonne pas ce qui y fut mis ; signalez-le-nous
    }

reason-drawing = { $problem ->
        [too-large] le dessin a { $bytes } octets, et c’est trop
        [text] le dessin contient des lettres ; convertissez-les en chemins, car aucune police n’est la même partout
        [no-room] une image de { $side } pixels ne peut pas être faite
       *[broken] le dessin ne se laisse pas dessiner (« { $detail } »)
    }
reason-no-picture = la classe n’a pas d’image

reason-json = { $problem ->
        [size] le document dépasse { $most } octets
        [mark] le document commence par une marque d’ordre des octets, invisible ; enregistrez-le sans elle
        [not-utf8] le document n’est pas un texte UTF-8
        [depth] des listes et des objets s’emboîtent sur plus de { $most } niveaux
        [end] le document finit trop tôt : un crochet ou un guillemet n’est pas fermé
        [trailing] quelque chose suit la fin du document
        [duplicate] le membre `{ $member }` y est deux fois
        [text] un texte contient un signe à échapper, ou un échappement que JSON n’a pas
        [number] un nombre n’est pas écrit comme JSON écrit les nombres, ou il est trop grand
       *[grammar] ce n’est pas du JSON
    }, ligne { $line }, colonne { $column }
reason-proof = { $problem ->
        [none] il n’y a pas de signature
        [many] il y a plus de signatures qu’on n’en regarde
        [malformed] la signature n’a pas de bon `{ $detail }`
        [unknown] les signatures de la sorte `{ $detail }` ne sont pas connues ici
        [purpose] la signature n’a pas été faite pour des badges
        [changed] la signature n’est pas celle de ce fichier et de cette clé
       *[other] la signature ne se laisse pas suivre (« { $detail } »)
    }
reason-key = { $problem ->
        [type] ce n’est pas la clé privée d’un émetteur ; elle commence par `z3u2`, et se copie en entier
        [length] la clé est trop courte ou trop longue : a-t-elle été copiée en entier ?
        [halves] la moitié secrète et la moitié publique à côté d’elle ne vont pas ensemble
       *[text] ce n’est pas une clé privée telle que l’écrit `accolade keygen`
    }

reason-freeze = la classe `{ $class }` ne peut pas être figée : { $reason }
reason-award = l’attribution { $award } ne peut pas être signée : { $reason }
reason-list = la liste de `{ $issuer }` ne peut pas être signée : { $reason }
reason-list-broken = la liste de `{ $issuer }` ne se lit pas : { $reason } ; reprenez badges/issuers/{ $issuer }/status/ dans l’historique
reason-list-full = toutes les places de la liste de `{ $issuer }` sont prises
reason-list-place = la liste de `{ $issuer }` n’a pas de place { $index }
reason-sign = { $problem ->
        [alike] deux de ses parties se ressemblent tant qu’on pourrait le lire de deux façons
       *[other] elle ne prend pas la forme qui se signe (« { $detail } »)
    }
reason-check = la signature toute neuve ne tient pas : { $reason }
reason-no-version = l’attribution { $award } nomme une version de classe qui n’est pas là

reason-theme = le fichier `{ $file }` du thème ne peut pas servir :
    { $detail }
reason-template = le gabarit `{ $template }` a échoué à la page `/{ $page }` :
    { $detail }
reason-drawn = l’image de `{ $of }` ne se laisse pas dessiner : { $reason }
reason-carrier = l’image de `{ $of }` ne peut pas porter de badges : { $reason }
reason-sealed = le fichier scellé de `{ $id }` n’est pas celui qui fut vérifié ; vient-il de changer ? Relancez la commande

reason-watch-limit = le système ne suit pas plus de dossiers ; `sudo sysctl fs.inotify.max_user_watches=524288` lui en fait suivre davantage
