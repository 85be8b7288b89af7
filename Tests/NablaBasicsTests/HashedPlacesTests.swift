import NablaBasics
import Testing

@Suite struct HashedPlacesTests {
  @Test(
    "Every place is found, also where the table has grown many times", arguments: [1, 17, 3_000, 150_000])
  func findsEveryPlace(count: Int) {
    var random = SplitMix64(start: UInt64(count))
    let hashes = (0..<count).map { _ in random.next() }
    var places = HashedPlaces()
    #expect(places.isEmpty && places.place(of: 0) { _ in true } == nil)
    for (place, hash) in hashes.enumerated() { places.insert(place, hash: hash) }
    #expect(hashes.enumerated().allSatisfy { place, hash in places.place(of: hash) { $0 == place } == place })
    #expect(places.place(of: random.next()) { hashes[$0] == 0 } == nil)
  }

  @Test("Room is made once, and what is beyond it has room as well", arguments: [0, 9, 1_000, 100_000])
  func roomDoesNotMatter(room: Int) {
    var places = HashedPlaces()
    places.reserve(room)
    #expect(places.isEmpty && places.place(of: 3) { _ in true } == nil)
    for place in 0..<2_000 { places.insert(place, hash: UInt64(place) &* 0x9E37_79B9_7F4A_7C15) }
    places.reserve(50_000)
    #expect(
      (0..<2_000).allSatisfy { place in
        places.place(of: UInt64(place) &* 0x9E37_79B9_7F4A_7C15) { $0 == place } == place
      })
  }

  @Test(
    "Every place is found near its number: each with its own, a few with one, all with one, by a leap, negative ones",
    arguments: [1, 8, 1_000_000_007, 0, -3])
  func findsEveryPlaceNearItsNumber(factor: Int) {
    var random = SplitMix64(start: UInt64(bitPattern: Int64(factor)))
    let hashes = (0..<20_000).map { _ in random.next() }
    let number: (Int) -> Int = { factor == 8 ? $0 / 8 : $0 &* factor }
    var places = HashedPlaces()
    for (place, hash) in hashes.enumerated() {
      #expect(places.place(of: hash, near: number(place)) { $0 == place } == nil)
      places.insert(place, hash: hash, near: number(place), number: number)
    }
    #expect(
      hashes.enumerated().allSatisfy { place, hash in
        places.place(of: hash, near: number(place)) { $0 == place } == place
      })
    #expect(
      hashes.enumerated().allSatisfy { place, hash in
        places.place(of: hash, near: number(place)) { _ in false } == nil
      })
  }

  @Test("Entries of one hash are told apart by the list")
  func tellsEqualHashesApart() {
    var places = HashedPlaces()
    for place in 0..<100 { places.insert(place, hash: 7) }
    #expect((0..<100).allSatisfy { place in places.place(of: 7) { $0 == place } == place })
    #expect(places.place(of: 7) { $0 == 100 } == nil)
    #expect(places.place(of: 8) { _ in true } == nil)
  }
}
