import Synchronization

/// An object that is made when first asked for: several threads may make one, all get the same. Nothing waits.
final class Once<Value: AnyObject & Sendable>: Sendable {
  private let address = Atomic<UInt>(0)

  init() {}

  deinit {
    if let pointer { Unmanaged<Value>.fromOpaque(pointer).release() }
  }

  private var pointer: UnsafeRawPointer? {
    UnsafeRawPointer(bitPattern: address.load(ordering: .acquiring))
  }

  /// The object, where there is one.
  var value: Value? { pointer.map { Unmanaged<Value>.fromOpaque($0).takeUnretainedValue() } }

  /// The object, made by `make` where there is none.
  func get(_ make: () -> Value) -> Value {
    Unmanaged<Value>.fromOpaque(pointer ?? kept(make())).takeUnretainedValue()
  }

  /// What `body` makes of the object, made by `make` where there is none; counts no references.
  @inline(__always)
  func with<Result>(_ make: () -> Value, _ body: (Value) -> Result) -> Result {
    Unmanaged<Value>.fromOpaque(pointer ?? kept(make()))._withUnsafeGuaranteedRef(body)
  }

  @inline(never)
  private func kept(_ made: Value) -> UnsafeRawPointer {
    let new = Unmanaged.passRetained(made)
    let (exchanged, original) = address.compareExchange(
      expected: 0, desired: UInt(bitPattern: new.toOpaque()), ordering: .acquiringAndReleasing)
    guard !exchanged, let first = UnsafeRawPointer(bitPattern: original) else {
      return UnsafeRawPointer(new.toOpaque())
    }
    new.release()
    return first
  }
}
