# What is said in a company's chat, in English.

chat-earned = { $name ->
    [unnamed] Someone at { $organisation } has earned { $level } in { $program }.
   *[other] { $name } has earned { $level } in { $program }.
}
chat-renewed = { $name ->
    [unnamed] Someone at { $organisation } has renewed { $level } in { $program }.
   *[other] { $name } has renewed { $level } in { $program }.
}
chat-congratulations = Congratulations!
chat-see = See the badge
chat-trial = A trial from { $organisation }: badges that everyone may see are told of here from now on.
