# Ce que dit `certificate`.

certificate-done = { $out } est écrit. Le nom n’est nulle part ailleurs : donnez le fichier à la personne.
certificate-in-repository = il est dans le dossier des badges : ne le validez pas avec git.
certificate-forgotten = { $id } est oubliée depuis le { $date } : il n’en reste rien à mettre sur papier
certificate-unsealed = { $id } n’est pas encore signée : `accolade seal` d’abord
certificate-withdrawn = { $id } est retirée depuis le { $date } : un papier dirait le contraire
certificate-private = { $id } est privée : elle n’a pas de page où contrôler le papier
certificate-no-name = à quel nom ? Ajoutez --name "Prénom Nom" ; le registre n’en a pas pour { $id }
certificate-name = un nom a entre 1 et { $most } caractères, sur une seule ligne
certificate-letters = la police du PDF n’a pas ces caractères du nom : { $letters }. La personne peut imprimer sa page, qui écrit tous les noms : son lien privé y fait apparaître le sien
certificate-name-differs = ce nom n’est pas celui que cache le badge : qui compare les verra différer
certificate-name-unchecked = ce badge cache un nom, et le registre n’a pas ici de quoi le comparer : vérifiez l’orthographe
certificate-holder-differs = la page publique de ce badge montre un autre nom
certificate-expired = ce badge est expiré depuis le { $date } ; le papier le dit
certificate-undone = le PDF n’a pas pu être fait : { $reason }
