@_exported import NablaAlgebra
@_exported import NablaDescent
@_exported import NablaNotation
