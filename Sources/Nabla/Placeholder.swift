@_exported import NablaAlgebra
