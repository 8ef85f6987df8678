# What is said in a company's chat, in German.

chat-earned = { $name ->
    [unnamed] Jemand bei { $organisation } hat { $level } in { $program } erreicht.
   *[other] { $name } hat { $level } in { $program } erreicht.
}
chat-renewed = { $name ->
    [unnamed] Jemand bei { $organisation } hat { $level } in { $program } erneuert.
   *[other] { $name } hat { $level } in { $program } erneuert.
}
chat-congratulations = Herzlichen Glückwunsch!
chat-see = Abzeichen ansehen
chat-trial = Ein Versuch von { $organisation }: Abzeichen, die alle sehen dürfen, werden ab jetzt hier gemeldet.
