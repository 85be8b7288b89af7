/// The version of the command, as `nabla --version` prints it.
enum Version {
  static let text = "0.1.0"
}
