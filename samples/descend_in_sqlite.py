"""Gradient descent on a loss over a table, added up by the database itself.

The statement is what `nabla export 'f(a, b) = (a x + b - y)^2' --to sql --sum --table points` prints; any other
database that binds :a and :b runs it as well, over as many rows as it holds.
"""

import sqlite3

STATEMENT = """
-- f(a, b) = (ax + b - y)^2
WITH nabla_0 AS (
  SELECT CAST(:a AS DOUBLE PRECISION) AS a,
    CAST(:b AS DOUBLE PRECISION) AS b,
    CAST(x AS DOUBLE PRECISION) AS x,
    CAST(y AS DOUBLE PRECISION) AS y
  FROM points
)
SELECT
  SUM((a * x + b - y) * (a * x + b - y)) AS f,
  SUM(2.0 * (a * x + b - y) * x) AS df_da,
  SUM(2.0 * (a * x + b - y)) AS df_db
FROM nabla_0;
"""

data = sqlite3.connect(":memory:")
data.execute("CREATE TABLE points (x, y)")
data.executemany("INSERT INTO points VALUES (?, ?)", [(0, 0.9), (1, 3.1), (2, 5.0), (3, 7.1), (4, 9.05)])

a, b = 0.0, 0.0
for step in range(2001):
    loss, slope_a, slope_b = data.execute(STATEMENT, {"a": a, "b": b}).fetchone()
    if step % 500 == 0:
        print(f"{step:5d}  loss {loss:.6f}")
    a -= 0.01 * slope_a
    b -= 0.01 * slope_b
print(f"a = {a:.2f}, b = {b:.2f}")
