// One import is enough: every type of a public signature comes with it.
@_exported import NablaAlgebra
@_exported import NablaBasics
@_exported import NablaDescent
@_exported import NablaEvaluation
@_exported import NablaNotation
