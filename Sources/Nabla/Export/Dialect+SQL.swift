extension Dialect {
  /// SQL as PostgreSQL, DuckDB and SQLite read it: one statement, shared parts in subqueries of their own.
  public static let sql: Dialect = .init(
    name: "sql", title: "SQL", fileExtension: "sql",
    functions: [
      "sqrt": "SQRT($0)", "cbrt": "(SIGN($0) * POWER(ABS($0), 0.3333333333333333))", "exp": "EXP($0)",
      "ln": "LN($0)", "log10": "LOG10($0)", "sin": "SIN($0)", "cos": "COS($0)", "tan": "TAN($0)",
      "arcsin": "ASIN($0)", "arccos": "ACOS($0)", "arctan": "ATAN($0)", "sinh": "SINH($0)",
      "cosh": "COSH($0)",
      "tanh": "TANH($0)", "asinh": "ASINH($0)", "acosh": "ACOSH($0)", "atanh": "ATANH($0)", "abs": "ABS($0)",
      "sign": "SIGN($0)", "floor": "FLOOR($0)", "ceil": "CEIL($0)", "atan2": "ATAN2($0, $1)",
    ],
    powers: (
      "POWER($0, $1)", "(SIGN($0) * POWER(ABS($0), $1))", "POWER(ABS($0), $1)"
    ),
    number: { $0.allSatisfy(\.isNumber) ? $0 + ".0" : $0 },
    choice: ("CASE WHEN $0 THEN $1 ELSE $2 END", .atom), truth: "CASE WHEN $0 THEN 1.0 ELSE 0.0 END",
    logic: ("=", "<>", "AND", "OR", "NOT "),
    reserved: [
      "all", "and", "any", "as", "asc", "between", "by", "case", "cast", "column", "create", "cross",
      "current",
      "date", "day", "default", "delete", "desc", "distinct", "drop", "else", "end", "except", "exists",
      "false",
      "for", "foreign", "from", "full", "group", "having", "hour", "in", "index", "inner", "insert",
      "interval",
      "into", "is", "join", "key", "left", "like", "limit", "month", "natural", "not", "null", "offset", "on",
      "or", "order", "outer", "primary", "right", "row", "rows", "select", "set", "sum", "table", "then",
      "time",
      "timestamp", "to", "true", "union", "unique", "update", "using", "value", "values", "when", "where",
      "with",
      "year",
    ],
    cheap: 3, layout: nil)
}
