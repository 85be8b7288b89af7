import NablaBasics

extension Command {
  static let tour: Command = .init(
    name: "tour", operands: "",
    summary: "ten short screens from a formula to a descent, each a line to run and change",
    details: """
      On a terminal every line can be edited and run again. Elsewhere all screens are printed with their answers.
      """,
    options: [.format, .digits], examples: ["tour"]
  ) { invocation throws(Failure) in
    try invocation.allow(values: 0)
    let session = Session(process: invocation.process, options: invocation.sessionOptions)
    if invocation.input.isTerminal, invocation.console.output.isTerminal,
      TerminalCodes.areTaken(invocation.process.environment)
    {
      var conversation = Conversation(session: session, invocation: invocation)
      return conversation.tour(TourStop.all)
    }
    let console = invocation.console
    for (place, stop) in TourStop.all.enumerated() {
      if place > 0 { console.answer() }
      console.answer(Styled("\(place + 1)/\(TourStop.all.count)  \(stop.title)", .keyword))
      console.answer(console.glyphs.worded(stop.text(width: 80)))
      console.answer()
      console.answer(Styled("> ", .hint) + Styled(console.glyphs.worded(stop.line)))
      if case .next(.pipeClosed) = session.run(stop.line) { return .pipeClosed }
    }
    return .answered
  }
}
