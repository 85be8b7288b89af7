/// What commands raise behind `^`: degrees and primes.
///
///     90^\circ   is   90°
///     f^{\prime\prime}   is   f''
extension Commands {
  /// Whether `\circ` or `{\circ}` stands there.
  func isDegree(_ place: Int) -> Bool {
    let isBraced = at(place) == .leftCurly && at(place + 2) == .rightCurly
    let sign = isBraced ? place + 1 : place
    return at(sign) == .command && name(tokens[sign]) == "circ"
  }

  /// `^\circ`
  mutating func degree(_ token: Token) {
    emit(.degree, token, through: at(place + 1) == .leftCurly ? 4 : 2)
  }

  /// How many primes `^\prime` or `^{\prime\prime}` has behind its caret.
  func primes(_ place: Int) -> Int {
    func isPrime(_ place: Int) -> Bool {
      at(place) == .prime || (at(place) == .command && name(tokens[place]) == "prime")
    }
    guard at(place) == .leftCurly else { return isPrime(place) ? 1 : 0 }
    var end = place + 1
    while isPrime(end) { end += 1 }
    return at(end) == .rightCurly ? end - place - 1 : 0
  }

  /// `^{\prime\prime}` as two primes, the first with the caret, the last with the brace that closes.
  mutating func prime(_ token: Token) {
    let (count, isBraced) = (primes(place + 1), at(place + 1) == .leftCurly)
    for number in 1...count {
      let behind = isBraced && number == count ? 1 : 0
      number == 1
        ? emit(.prime, token, through: (isBraced ? 3 : 2) + behind)
        : emit(.prime, tokens[place], through: 1 + behind)
    }
  }
}
