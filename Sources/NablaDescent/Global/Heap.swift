/// A collection whose first element is the least (Williams, Heapsort, 1964): one in or out takes log n comparisons.
///
///     var heap = Heap<Int>(by: <)
///     heap.push(3)
///     heap.push(1)
///     heap.pop()   // 1
struct Heap<Element> {
  /// All elements, in no order that matters.
  private(set) var elements: [Element] = []
  private let precedes: (Element, Element) -> Bool

  init(by precedes: @escaping (Element, Element) -> Bool) { self.precedes = precedes }

  mutating func push(_ element: Element) {
    elements.append(element)
    var place = elements.count - 1
    while place > 0, precedes(elements[place], elements[(place - 1) / 2]) {
      elements.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func pop() -> Element? {
    guard let first = elements.first, let last = elements.popLast() else { return nil }
    guard !elements.isEmpty else { return first }
    elements[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < elements.count {
        if precedes(elements[child], elements[least]) { least = child }
      }
      if least == place { return first }
      elements.swapAt(place, least)
      place = least
    }
  }
}
