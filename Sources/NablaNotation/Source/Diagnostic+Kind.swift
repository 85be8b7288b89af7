extension Diagnostic {
  /// What can be the matter with a text, each with its stable id and its sentence.
  public enum Kind: Hashable, Sendable {
    // Characters and numbers
    case unexpectedCharacter(String)
    case badNumber(String)
    case commaInNumber(String)
    case percent
    case infinity
    case degreeUnsupported
    case unsupportedCommand(String)
    case reversedText(String)
    case lostBackslash(String)
    // Shape
    case emptyFormula
    case emptyBrackets
    case expectedOperand(after: String)
    case operandMissingBefore(String)
    case unexpectedToken(String)
    case unclosedBracket(String)
    case unopenedBracket(String)
    case wrongBracket(open: String, close: String)
    case unexpectedComma
    case doubledCaret
    case repeatedFactorial
    case numberAfterOperand(String)
    case numberBeforeBracket(String)
    case missingBranch
    // Names
    case unknownFunction(String)
    case notDefined(String)
    case spelledOtherwise(String, known: String)
    case wordsSideBySide(String, String)
    case wordBetween(String)
    case taskWord(String)
    case notDone(String, what: String)
    case digitsAfterConstant(String)
    case digitsTouchLetters(String)
    case digitsAfterFunction(String)
    case functionInsideRun(String, function: String)
    case subscriptOnFunction(String)
    case badSubscript(String)
    case notIndexed(String)
    case functionNeedsArgument(String)
    case wrongArgumentCount(String, expected: String, given: Int)
    case needsBrackets(String)
    case nameHidesFunction(String)
    case negativePowerOfFunction(String)
    case quotientOfDifferentials(String)
    case derivativeUnsupported
    case derivativeByValue(String)
    case primeWithoutDefinition(String)
    case bigSum
    case modBetween
    // Definitions and equations
    case definesFunctionName(String)
    case repeatedParameter(String)
    case definedByItself(String)
    case equation
    case lineWithoutName
    case notAName(String)
    case namedTwice(String)
    // Sums over an index
    case badFold(String)
    case boundNotInteger(String)
    case boundTooFar
    case indexNotInteger
    case doubleIndex(String)
    case indexTaken(String)
    case notConstant(String)
    // Limits
    case sourceTooLong(limit: Int)
    case nestedTooDeep(limit: Int)
    case tooManyTerms(limit: Int)
    case tooManyVariables(limit: Int)
    case expressionTooLarge(limit: Int)
    case numberTooLong(limit: Int)
    case tooMuchWork
    // Readings that get a note
    case impliedAfterDivision(String, reading: String)
    case shortExponent(String, reading: String)
    case bareArgument(String, reading: String)
    case exponentBeforeDivision(String, reading: String)
    case bareRoot(String, reading: String)
    case barsInARow(String, reading: String)
    case powerOfSuperscript(String, reading: String)
    case commaBetweenDigits(String)
    case baseComesSecond(String, what: String)
    case exponentOrEuler(String, reading: String)
    case naturalLogarithm
    case inverseFunction(String, reading: String)
    case oneName(String)
    case carved(String, reading: String)
    case inverseHidesProduct(String, reading: String)
    case splitRun(String, reading: String)
    case capitalOfSmall(String, small: String)
    case knownName(String, other: String)
    case lowered(String, reading: String)
    case multipliedBracket(String, reading: String)
    case greekFunction(String)
    case variableBeforeBracket(String)
    case realNumbersOnly(String)
    case capitalE
    case definedAsOneName(String)
    case emptyRange(String)
    case derivativeOf(String, reading: String)
    case indexAfterSum(String)
    case lookAlike(String, reading: String)
    case greekCapital(String, name: String, latin: String)
    case invisibleCharacter(String)
    case redefined(String)
    case usedBeforeDefined(String)
    case unusedValue(String)
    case notListed(String)
    case membersOfName(String, members: String)
    case quotationMarks
    case transposed(String, reading: String)
    case numberOfEquation(String)
    case endingOfNumber(String, String)
    case raisedIndex(String, reading: String)
    case lineGoesOn
    case unusedDefinition(String)
    case leftOut(String)
    case conditionLeftOut(String)
    case unit(String)
    case parametersInList(String)
    case norm(String, reading: String)
    case radians(String)

    /// Whether the text asks for something to be done, so that it is no formula at all.
    package var isAboutATask: Bool {
      switch self {
      case .taskWord, .notDone, .wordBetween: true
      default: false
      }
    }

    /// The stable id, whether there is a reading all the same, and the sentence.
    var facts: (id: String, severity: Severity, message: String) {
      switch self {
      case .unexpectedCharacter(let text): ("unexpected-character", .error, "\(text) means nothing here")
      case .badNumber(let text): ("bad-number", .error, "‘\(text)’ has two decimal points")
      case .commaInNumber(let text):
        ("comma-in-number", .error, "‘\(text)’: a comma separates arguments; numbers have a decimal point")
      case .percent: ("percent", .error, "‘%’ could be a hundredth or a remainder")
      case .infinity: ("infinity", .error, "‘∞’ is not a number to calculate with")
      case .degreeUnsupported: ("degree", .error, "a degree sign stands after a number")
      case .unsupportedCommand(let text): ("unsupported-command", .error, "‘\(text)’ is not understood")
      case .reversedText(let code):
        (
          "reversed-text", .error,
          "\(code) turns the displayed order around: what is seen is not what stands here"
        )
      case .lostBackslash(let command):
        ("lost-backslash", .error, "the backslash of ‘\(command)’ has been lost on the way")
      case .emptyFormula: ("empty-formula", .error, "there is no formula")
      case .emptyBrackets: ("empty-brackets", .error, "there is nothing between the brackets")
      case .expectedOperand(let after):
        ("expected-operand", .error, "something is missing after ‘\(after)’")
      case .operandMissingBefore(let text):
        ("missing-before", .error, "something is missing before ‘\(text)’")
      case .unexpectedToken(let text): ("unexpected-token", .error, "‘\(text)’ cannot stand here")
      case .unclosedBracket(let text): ("unclosed-bracket", .error, "‘\(text)’ is never closed")
      case .unopenedBracket(let text): ("unopened-bracket", .error, "‘\(text)’ closes nothing")
      case .wrongBracket(let open, let close):
        ("wrong-bracket", .error, "‘\(open)’ is closed by ‘\(close)’")
      case .unexpectedComma: ("unexpected-comma", .error, "a comma separates the arguments of a function")
      case .doubledCaret: ("doubled-caret", .error, "‘^^’ is no operator")
      case .repeatedFactorial: ("repeated-factorial", .error, "‘!!’ could be (n!)! or the double factorial")
      case .numberAfterOperand(let text):
        ("number-after-operand", .error, "the number ‘\(text)’ cannot follow without an operator")
      case .numberBeforeBracket(let text):
        ("number-before-bracket", .error, "‘\(text)’ could mean two things")
      case .missingBranch: ("missing-branch", .error, "a condition and ‘:’ must come before each value")
      case .unknownFunction(let name): ("unknown-function", .error, "unknown function ‘\(name)’")
      case .notDefined(let name): ("not-defined", .error, "‘\(name)’ is not defined")
      case .spelledOtherwise(let name, let known):
        ("spelled-otherwise", .error, "‘\(name)’ is not a name here; ‘\(known)’ is")
      case .wordsSideBySide(let left, let right):
        ("words-side-by-side", .error, "two names, ‘\(left)’ and ‘\(right)’, with nothing between them")
      case .wordBetween(let word):
        ("word-between", .error, "‘\(word)’ is a word between two formulas, not a part of one")
      case .taskWord(let word):
        ("task-word", .error, "‘\(word)’ names a task, not a part of the formula")
      case .notDone(let text, let what):
        ("not-done", .error, "\(text) asks for what Nabla does not do: it finds no \(what)")
      case .digitsAfterConstant(let text):
        ("digits-after-constant", .error, "‘\(text)’ is neither a product nor a name")
      case .digitsTouchLetters(let text):
        ("digits-touch-letters", .error, "‘\(text)’ could mean two things")
      case .digitsAfterFunction(let text):
        ("digits-after-function", .error, "‘\(text)’ could mean two things")
      case .functionInsideRun(let text, let function):
        ("function-inside-run", .error, "‘\(text)’ holds ‘\(function)’ but does not end in it")
      case .subscriptOnFunction(let name):
        ("subscript-on-function", .error, "‘\(name)’ takes no subscript")
      case .badSubscript(let text):
        ("bad-subscript", .error, "‘\(text)’: a subscript is letters and digits, or an index in a sum")
      case .notIndexed(let name):
        ("not-indexed", .error, "‘\(name)’ has no members: ‘[’ is an index only in sum(…) and prod(…)")
      case .functionNeedsArgument(let name):
        ("function-needs-argument", .error, "the function ‘\(name)’ needs an argument")
      case .wrongArgumentCount(let name, let expected, let given):
        ("argument-count", .error, "‘\(name)’ takes \(expected), not \(given)")
      case .needsBrackets(let name):
        ("needs-brackets", .error, "‘\(name)’ takes more than one argument and needs brackets")
      case .nameHidesFunction(let name):
        ("name-hides-function", .error, "‘\(name)’ is a variable here and hides the function of that name")
      case .negativePowerOfFunction(let text):
        ("negative-power-of-function", .error, "‘\(text)’ could mean two things")
      case .quotientOfDifferentials(let text):
        ("quotient-of-differentials", .error, "‘\(text)’ is a derivative, not a formula to differentiate")
      case .derivativeUnsupported: ("derivative", .error, "a derivative cannot stand here")
      case .derivativeByValue(let name):
        ("derivative-by-value", .error, "‘\(name)’ has a value and is no variable to differentiate by")
      case .primeWithoutDefinition(let name):
        ("prime-without-definition", .error, "‘\(name)′’ is the derivative of a function that is not defined")
      case .bigSum: ("big-sum", .error, "a sum or product needs its index and its bounds")
      case .modBetween: ("mod-between", .error, "‘mod’ is a function of two arguments")
      case .definesFunctionName(let name):
        ("defines-function-name", .error, "‘\(name)’ is the name of a function and cannot be defined anew")
      case .repeatedParameter(let name):
        ("repeated-parameter", .error, "‘\(name)’ stands twice in the list of variables")
      case .definedByItself(let name): ("defined-by-itself", .error, "‘\(name)’ is defined by itself")
      case .equation: ("equation", .error, "this is an equation, not a formula")
      case .lineWithoutName:
        ("line-without-name", .error, "nothing uses this line: each line but the last defines a name")
      case .notAName(let text): ("not-a-name", .error, "‘\(text)’ is no name of a variable")
      case .namedTwice(let name): ("named-twice", .error, "the variable ‘\(name)’ is named twice")
      case .badFold(let name):
        ("bad-fold", .error, "‘\(name)’ takes an index, its first and last value, and what to take")
      case .boundNotInteger(let text):
        ("bound-not-integer", .error, "‘\(text)’ is not a whole number: the bounds of an index must be")
      case .boundTooFar: ("bound-too-far", .error, "the bounds of an index lie between −10¹⁵ and 10¹⁵")
      case .indexNotInteger: ("index-not-integer", .error, "an index must be a whole number, 0 or more")
      case .doubleIndex(let text):
        ("double-index", .error, "‘\(text)’ has two indices, and a member has one")
      case .indexTaken(let name):
        ("index-taken", .error, "‘\(name)’ is the index of a sum or product around this one")
      case .notConstant(let name):
        ("not-constant", .error, "a number is wanted here, and ‘\(name)’ has no value")
      case .sourceTooLong(let limit): ("source-too-long", .error, "the text is longer than \(limit) bytes")
      case .nestedTooDeep(let limit): ("nested-too-deep", .error, "nested more than \(limit) deep")
      case .tooManyVariables(let limit):
        ("too-many-variables", .error, "the indices of this sum reach over \(limit) variables")
      case .tooManyTerms(let limit): ("too-many-terms", .error, "written out, this has over \(limit) terms")
      case .expressionTooLarge(let limit):
        ("expression-too-large", .error, "written out, this has over \(limit) parts")
      case .numberTooLong(let limit): ("number-too-long", .error, "the number has over \(limit) digits")
      case .tooMuchWork: ("too-much-work", .error, "reading this takes too much work")
      case .impliedAfterDivision(let text, let reading):
        ("implied-after-division", .note, "‘\(text)’ is read as \(reading)")
      case .shortExponent(let text, let reading):
        ("short-exponent", .note, "‘\(text)’ is read as \(reading)")
      case .bareArgument(let text, let reading):
        ("bare-argument", .note, "‘\(text)’ is read as \(reading)")
      case .exponentBeforeDivision(let text, let reading):
        ("exponent-before-division", .note, "‘\(text)’ is read as \(reading)")
      case .bareRoot(let text, let reading): ("bare-root", .note, "‘\(text)’ is read as \(reading)")
      case .barsInARow(let text, let reading): ("bars-in-a-row", .note, "‘\(text)’ is read as \(reading)")
      case .powerOfSuperscript(let text, let reading):
        ("power-of-superscript", .note, "‘\(text)’ is read as \(reading)")
      case .commaBetweenDigits(let text):
        ("comma-between-digits", .note, "‘\(text)’ is read as two arguments")
      case .baseComesSecond(let text, let what):
        ("base-comes-second", .note, "in ‘\(text)’ the \(what) is the second argument")
      case .exponentOrEuler(let text, let reading):
        ("exponent-or-euler", .note, "‘\(text)’ is read as the number \(reading)")
      case .naturalLogarithm: ("natural-logarithm", .note, "‘log’ is read as the natural logarithm")
      case .inverseFunction(let text, let reading):
        ("inverse-function", .note, "‘\(text)’ is read as \(reading)")
      case .oneName(let name): ("one-name", .note, "‘\(name)’ is read as one variable")
      case .carved(let text, let reading): ("carved-run", .note, "‘\(text)’ is read as \(reading)")
      case .inverseHidesProduct(let text, let reading):
        ("inverse-hides-product", .note, "‘\(text)’ is read as \(reading)")
      case .splitRun(let text, let reading): ("split-run", .note, "‘\(text)’ is read as \(reading)")
      case .capitalOfSmall(let capital, let small):
        ("capital-of-small", .note, "‘\(capital)’ and ‘\(small)’ are two variables")
      case .knownName(let name, let other):
        ("known-name", .note, "‘\(name)’ is read as one name, not as \(other)")
      case .lowered(let text, let reading):
        ("lowered-digit", .note, "‘\(text)’ is read as the variable \(reading)")
      case .multipliedBracket(let text, let reading):
        ("multiplied-bracket", .note, "‘\(text)’ is read as \(reading)")
      case .greekFunction(let name):
        ("greek-function", .note, "‘\(name)’ before a bracket is read as the function")
      case .variableBeforeBracket(let name):
        ("variable-before-bracket", .note, "‘\(name)’ is a variable here and multiplies the bracket")
      case .realNumbersOnly(let name):
        ("real-numbers-only", .note, "‘\(name)’ is read as a variable: all numbers are real")
      case .capitalE: ("capital-e", .note, "‘E’ is read as a variable")
      case .definedAsOneName(let name):
        ("defined-as-one-name", .note, "‘\(name)’ is defined as one name")
      case .derivativeOf(let text, let reading):
        ("derivative-of", .note, "‘\(text)’ is read as \(reading)")
      case .indexAfterSum(let name):
        ("index-after-sum", .note, "‘\(name)’ after the sum is not its index but a variable")
      case .emptyRange(let text): ("empty-range", .note, "the index runs from \(text): there are no terms")
      case .lookAlike(let typed, let reading): ("look-alike", .note, "\(typed) is read as \(reading)")
      case .greekCapital(let letter, let name, let latin):
        ("greek-capital", .note, "‘\(letter)’ is the Greek letter \(name), not \(latin)")
      case .invisibleCharacter(let code):
        ("invisible-character", .note, "the invisible character \(code) is passed over")
      case .redefined(let name):
        ("redefined", .note, "‘\(name)’ is defined anew; the value before does not count")
      case .usedBeforeDefined(let name):
        ("used-before-defined", .note, "‘\(name)’ is a variable here: its definition comes later")
      case .unusedValue(let name):
        ("unused-value", .note, "‘\(name)’ is given a value that nothing uses")
      case .notListed(let name):
        ("not-listed", .note, "‘\(name)’ is a parameter: the list of variables leaves it out")
      case .membersOfName(let name, let members):
        ("members-of-name", .note, "‘\(name)’ stands for its members \(members)")
      case .quotationMarks:
        ("quotation-marks", .note, "the quotation marks around the text are passed over")
      case .transposed(let text, let reading):
        ("transposed", .note, "‘\(text)’ is read as the power \(reading), and not as a transpose")
      case .numberOfEquation(let text):
        ("number-of-equation", .note, "‘\(text)’ is read as a factor")
      case .endingOfNumber(let text, let letter):
        ("ending-of-number", .note, "‘\(text)’ is read as a product with the variable \(letter)")
      case .raisedIndex(let text, let reading):
        ("raised-index", .note, "‘\(text)’ is read as the power \(reading)")
      case .lineGoesOn: ("line-goes-on", .note, "this line goes on with the formula of the line above")
      case .unusedDefinition(let name):
        ("unused-definition", .note, "nothing uses ‘\(name)’: the formula is the last line alone")
      case .leftOut(let text): ("left-out", .note, "‘\(text)’ is left out: it is no part of the formula")
      case .conditionLeftOut(let text): ("condition-left-out", .note, "the condition ‘\(text)’ is left out")
      case .unit(let text): ("unit", .note, "‘\(text)’ is read as factors: numbers have no units here")
      case .parametersInList(let names):
        ("parameters-in-list", .note, "\(names) behind the bar or ‘;’: read as parameters")
      case .radians(let text): ("radians", .note, "‘\(text)’ is read in radians")
      case .norm(let text, let reading): ("norm", .note, "‘\(text)’ is read as \(reading), of one number")
      }
    }
  }
}
