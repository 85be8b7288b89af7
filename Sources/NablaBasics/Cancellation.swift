import Synchronization

/// A flag that one thread raises and long passes on other threads see.
///
///     let cancellation = Cancellation()
///     cancellation.cancel()
///     cancellation.isCancelled   // true
public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  /// The flag that Ctrl-C raises in a program: every pass with a budget looks at it.
  package static let interruption = Cancellation()

  /// A flag that is not raised.
  public init() {}

  /// Raises the flag; it stays up until `reset`. Safe to call from a signal handler.
  public func cancel() { flag.store(true, ordering: .relaxed) }

  /// Takes the flag down, for the next piece of work.
  package func reset() { flag.store(false, ordering: .relaxed) }

  /// Whether the flag is up.
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
