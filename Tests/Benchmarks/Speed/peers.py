#!/usr/bin/env python3
"""The workloads of the benchmarks in CasADi, SymEngine, JAX, numba, NumPy (from SymPy) and SymPy itself.

    python3 Tests/Benchmarks/Speed/peers.py            # then: swift run -c release Benchmarks

It makes a virtual environment of its own in the temporary folder and installs the peers from PyPI there; a peer that
cannot be had is skipped, and said so. Times are processor time of one core, medians; a JSON line a measurement, a
table at the end.
"""
import json, math, os, subprocess, sys, tempfile, time

PACKAGES = ["numpy", "sympy", "casadi", "symengine", "numba", "jax"]
HOME = os.path.join(tempfile.gettempdir(), "nabla-peers")


def enter_environment():
    """Runs this file again inside the environment, made where it is missing."""
    python = os.path.join(HOME, "bin", "python")
    if os.environ.get("NABLA_PEERS") == "1":
        return
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
    for package in PACKAGES:
        known = subprocess.run([python, "-c", f"import {package}"], capture_output=True).returncode == 0
        if not known:
            got = subprocess.run([python, "-m", "pip", "install", "-q", package], capture_output=True)
            if got.returncode != 0:
                print(f"{package}: not installed (no network?), skipped", file=sys.stderr)
    environment = dict(os.environ, NABLA_PEERS="1", OMP_NUM_THREADS="1", XLA_FLAGS="--xla_cpu_multi_thread_eigen=false",
                       JAX_ENABLE_X64="1", JAX_PLATFORMS="cpu")
    os.execve(python, [python, os.path.abspath(__file__)] + sys.argv[1:], environment)


def nanoseconds(work, stretches=7, least=0.02):
    """The processor time of one run."""
    runs = 1
    work()
    while True:
        start = time.process_time()
        for _ in range(runs):
            work()
        if time.process_time() - start >= least:
            break
        runs *= 2
    times = []
    for _ in range(stretches):
        start = time.process_time()
        for _ in range(runs):
            work()
        times.append((time.process_time() - start) / runs * 1e9)
    return sorted(times)[stretches // 2]


rows = []


def report(group, name, peer, value):
    rows.append((group, name, peer, value))
    print(json.dumps({"group": group, "name": name, "peer": peer, "nanoseconds": value}), flush=True)


FORMULAS = {
    "poly": (["x", "y"], "3*x**2 + 8*x*y - 3*y**5", [1.2, 0.7]),
    "trans": (["x", "y"], "exp(-x**2 - y**2)*sin(3*x)*cos(2*y) + log(1 + x**2 + y**2)", [0.3, 0.4]),
}
COUNT = 100_000


def rosenbrock(v):
    return sum(100 * (v[i + 1] - v[i] ** 2) ** 2 + (1 - v[i]) ** 2 for i in range(len(v) - 1))


def sympy_and_numpy():
    import numpy as np
    import sympy as sp
    for name, (letters, text, point) in FORMULAS.items():
        symbols = sp.symbols(letters)
        f = sp.sympify(text)
        outputs = [f] + [sp.diff(f, s) for s in symbols]
        compiled = sp.lambdify(symbols, outputs, "numpy", cse=True)
        columns = [np.full(COUNT, p) + np.arange(COUNT) * 1e-7 for p in point]
        report("many points, ns a point", name, "NumPy (SymPy)", nanoseconds(lambda: compiled(*columns)) / COUNT)
        try:
            import numba
            jit = numba.njit(sp.lambdify(symbols, outputs, "math", cse=True))
            jit(*point)
            report("one point, ns", name, "numba, from Python", nanoseconds(lambda: jit(*point)))
            count = len(outputs)

            @numba.njit(fastmath=True)
            def batch(a, b, result):
                for row in range(a.shape[0]):
                    values = jit(a[row], b[row])
                    for k in range(count):
                        result[k, row] = values[k]
            result = np.empty((count, COUNT))
            batch(columns[0], columns[1], result)
            time_ = nanoseconds(lambda: batch(columns[0], columns[1], result)) / COUNT
            report("many points, ns a point", name, "numba", time_)
        except Exception as trouble:
            print(f"numba, {name}: {trouble}", file=sys.stderr)
    start = time.process_time()
    v = sp.symbols("x1:101")
    f = rosenbrock(v)
    [sp.diff(f, s) for s in v]
    report("building", "gradient, rosen100", "SymPy", (time.process_time() - start) * 1e9)


def casadi():
    import casadi as ca
    for name, (letters, text, point) in FORMULAS.items():
        v = ca.SX.sym("v", len(letters))
        scope = dict(zip(letters, [v[i] for i in range(len(letters))]), exp=ca.exp, sin=ca.sin, cos=ca.cos, log=ca.log)
        f = eval(text, scope)
        start = time.process_time()
        function = ca.Function("f", [v], [f, ca.gradient(f, v)])
        report("building", "closures, " + name, "CasADi", (time.process_time() - start) * 1e9)
        buffer, run = function.buffer()
        import numpy as np
        x, out, slopes = np.array(point), np.zeros(1), np.zeros(len(letters))
        buffer.set_arg(0, memoryview(x)); buffer.set_res(0, memoryview(out)); buffer.set_res(1, memoryview(slopes))
        report("one point, ns", name, "CasADi VM, from Python", nanoseconds(run))
    v = ca.SX.sym("v", 1000)
    start = time.process_time()
    f = rosenbrock([v[i] for i in range(1000)])
    function = ca.Function("f", [v], [f, ca.gradient(f, v)])
    report("building", "gradient and closures, rosen1000", "CasADi, from Python", (time.process_time() - start) * 1e9)
    import numpy as np
    buffer, run = function.buffer()
    x, out, slopes = np.ones(1000), np.zeros(1), np.zeros(1000)
    buffer.set_arg(0, memoryview(x)); buffer.set_res(0, memoryview(out)); buffer.set_res(1, memoryview(slopes))
    report("one point, ns", "rosen1000", "CasADi VM, from Python", nanoseconds(run))


def symengine():
    import symengine as se
    start = time.process_time()
    v = [se.Symbol(f"x{i}") for i in range(1000)]
    f = rosenbrock(v)
    [se.diff(f, s) for s in v]
    report("building", "gradient, rosen1000", "SymEngine", (time.process_time() - start) * 1e9)
    for name, (letters, text, point) in FORMULAS.items():
        symbols = [se.Symbol(s) for s in letters]
        f = se.sympify(text)
        compiled = se.Lambdify(symbols, [f] + [se.diff(f, s) for s in symbols], cse=True)
        report("one point, ns", name, "SymEngine, from Python", nanoseconds(lambda: compiled(point)))


def jax():
    import jax as j
    import jax.numpy as jnp
    scope = {"exp": jnp.exp, "sin": jnp.sin, "cos": jnp.cos, "log": jnp.log}
    for name, (letters, text, point) in FORMULAS.items():
        f = eval("lambda " + ", ".join(letters) + ": " + text, scope)
        both = j.jit(j.vmap(j.value_and_grad(f, argnums=tuple(range(len(letters))))))
        columns = [jnp.full(COUNT, p) + jnp.arange(COUNT) * 1e-7 for p in point]
        time_ = nanoseconds(lambda: j.block_until_ready(both(*columns))) / COUNT
        report("many points, ns a point", name, "JAX", time_)
    weights = jnp.array([0.1, 0.2, 0.3, 0.4])
    t = jnp.where(jnp.arange(COUNT) % 3 == 0, -1.0, 1.0)
    data = [v + (jnp.arange(COUNT) % 1000) * 1e-3 for v in (0.3, -0.2, 0.5)]

    def loss(w):
        return jnp.sum(jnp.log1p(jnp.exp(-t * (w[0] + w[1] * data[0] + w[2] * data[1] + w[3] * data[2]))))
    both = j.jit(j.value_and_grad(loss))
    time_ = nanoseconds(lambda: j.block_until_ready(both(weights))) / COUNT
    report("many points, ns a point", "logistic, a row", "JAX", time_)


def main():
    enter_environment()
    for peer in (casadi, symengine, sympy_and_numpy, jax):
        try:
            peer()
        except ImportError as trouble:
            print(f"{peer.__name__}: {trouble}, skipped", file=sys.stderr)
    print()
    group = None
    for row in sorted(rows, key=lambda r: (r[0], r[1], r[3])):
        if row[0] != group:
            group = row[0]
            print(group)
        print(f"  {row[1]:<36}{row[2]:<26}{row[3]:>14,.1f}")


main()
