#!/usr/bin/env python3
"""The workloads of the benchmarks in CasADi, ExprTk, SymEngine, JAX, numba, NumPy (from SymPy) and SymPy itself.

    swift build -c release --product Benchmarks
    python3 Tests/Benchmarks/Speed/peers.py                     # everything: ours, C and the peers
    EXPRTK=FOLDER python3 Tests/Benchmarks/Speed/peers.py       # with ExprTk, whose header stands in that folder

It makes a virtual environment of its own in the temporary folder and installs the peers from PyPI there; a peer that
cannot be had is skipped, and said so. CasADi's virtual machine and ExprTk are built as a library that `Benchmarks`
calls in turn with everything else; the others are measured here, after `Benchmarks` and before it once more.
Times are processor time of one core, medians; a JSON line a measurement, tables at the end.
"""
import json, math, os, re, subprocess, sys, tempfile, time

PACKAGES = ["numpy", "sympy", "casadi", "symengine", "numba", "jax"]
HOME = os.environ.get("NABLA_PEERS_HOME", os.path.join(tempfile.gettempdir(), "nabla-peers"))
NATIVE = os.path.join(HOME, "native")
HERE = os.path.dirname(os.path.abspath(__file__))
BENCHMARKS = os.path.join(HERE, "..", "..", "..", ".build", "release", "Benchmarks")
COUNTS = [2_000, 100_000]


def enter_environment():
    """Runs this file again inside the environment, made where it is missing."""
    python = os.path.join(HOME, "bin", "python")
    if os.environ.get("NABLA_PEERS_INSIDE") == "1":
        return
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
    for package in PACKAGES:
        known = subprocess.run([python, "-c", f"import {package}"], capture_output=True).returncode == 0
        if not known:
            got = subprocess.run([python, "-m", "pip", "install", "-q", package], capture_output=True)
            if got.returncode != 0:
                print(f"{package}: not installed (no network?), skipped", file=sys.stderr)
    environment = dict(os.environ, NABLA_PEERS_INSIDE="1", OMP_NUM_THREADS="1", JAX_ENABLE_X64="1",
                       XLA_FLAGS="--xla_cpu_multi_thread_eigen=false", JAX_PLATFORMS="cpu")
    os.execve(python, [python, os.path.abspath(__file__)] + sys.argv[1:], environment)


def nanoseconds(work, stretches=7, least=0.01):
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


def once(work, attempts=3):
    """The least processor time of a few attempts."""
    times = []
    for _ in range(attempts):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1e9)
    return min(times)


rows = []


def report(group, name, peer, value):
    rows.append((group, name, peer, value))
    print(json.dumps({"group": group, "name": name, "peer": peer, "nanoseconds": value}), flush=True)


def workloads():
    lines = subprocess.run([BENCHMARKS, "workloads"], capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in lines.splitlines()]


def python_text(workload):
    return workload["formula"].replace("^", "**").replace("ln(", "log(")


def rosenbrock(v):
    return sum(100 * (v[i + 1] - v[i] ** 2) ** 2 + (1 - v[i]) ** 2 for i in range(len(v) - 1))


def columns_of(workload, count):
    """The same points as in `Benchmarks`."""
    import numpy as np
    row = np.arange(count)
    if workload["name"] != "logistic":
        return [value + row * 1e-7 for value in workload["point"]]
    point = workload["point"]
    return [np.where(row % 3 == 0, -1.0, 1.0)] + [v + (row % 1000) * 1e-3 for v in point[1:4]] + point[4:]


# -- what `Benchmarks` loads

def prepare_native():
    """Builds the library of C++ peers and writes their functions."""
    import casadi as ca
    import sympy as sp
    os.makedirs(NATIVE, exist_ok=True)
    root = os.path.dirname(ca.__file__)
    library = os.path.join(NATIVE, "peers.so")
    flags = ["-DWITH_CASADI", f"-I{root}/include"]
    exprtk = os.environ.get("EXPRTK")
    if exprtk:
        flags += ["-DWITH_EXPRTK", f"-I{exprtk}"]
    else:
        print("ExprTk: EXPRTK does not name the folder of exprtk.hpp, skipped", file=sys.stderr)
    kind = os.path.join(NATIVE, "flags")
    source = os.path.join(HERE, "peers.cpp")
    is_old = not os.path.exists(library) or os.path.getmtime(library) < os.path.getmtime(source)
    if is_old or open(kind).read() != " ".join(flags):
        subprocess.run(["g++", "-O2", "-std=c++17", "-shared", "-fPIC", *flags, source, "-o",
                        library, f"-L{root}", "-l:libcasadi.so", f"-Wl,-rpath,{root}"], check=True)
        open(kind, "w").write(" ".join(flags))
    for workload in workloads():
        base = os.path.join(NATIVE, workload["name"])
        letters = workload["variables"]
        v = ca.SX.sym("v", len(letters))
        scope = dict(exp=ca.exp, sin=ca.sin, cos=ca.cos, log=ca.log, sqrt=ca.sqrt, pi=ca.pi)
        scope.update({letter: v[place] for place, letter in enumerate(letters)})
        f = eval(python_text(workload), scope)
        ca.Function("f", [v], [f, ca.densify(ca.gradient(f, v))]).save(base + ".casadi")
        symbols = {letter: sp.Symbol(letter, real=True) for letter in letters}
        f = sp.sympify(python_text(workload), locals=symbols)
        partials = [sp.diff(f, symbols[letter]) for letter in letters]
        text = lambda e: re.sub(r"\bpi\b", repr(math.pi), str(e).replace("**", "^"))
        with open(base + ".exprtk", "w") as file:
            file.write("\n".join([" ".join(letters)] + [text(e) for e in [f] + partials]) + "\n")
        shared, (value, *slopes) = sp.cse([f] + partials, symbols=(sp.Symbol(f"shared{k}") for k in range(10 ** 6)))
        script = "".join(f"var {name} := {text(e)}; " for name, e in shared)
        script += "".join(f"slopes[{place}] := {text(e)}; " for place, e in enumerate(slopes)) + text(value) + ";"
        with open(base + ".exprtk-shared", "w") as file:
            file.write(" ".join(letters) + "\n" + script + "\n")
    v = ca.SX.sym("v", 1000)
    f = rosenbrock([v[i] for i in range(1000)])
    ca.Function("f", [v], [f, ca.densify(ca.gradient(f, v))]).save(os.path.join(NATIVE, "rosen1000.casadi"))
    letters = [f"x{i}" for i in range(1, 1001)]
    terms = [f"100*({b} - {a}^2)^2 + (1 - {a})^2" for a, b in zip(letters, letters[1:])]
    partials = []
    for place, x in enumerate(letters):
        left = f"200*({x} - {letters[place - 1]}^2)" if place else "0"
        right = f" - 400*{x}*({letters[place + 1]} - {x}^2) - 2*(1 - {x})" if place < 999 else ""
        partials.append(left + right)
    with open(os.path.join(NATIVE, "rosen1000.exprtk"), "w") as file:
        file.write("\n".join([" ".join(letters), " + ".join(terms)] + partials) + "\n")


def benchmarks():
    """`Benchmarks` with the C++ peers."""
    environment = dict(os.environ, NABLA_PEERS=NATIVE)
    lines = subprocess.run([BENCHMARKS], env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    print(lines, flush=True)
    for line in lines.splitlines():
        if not line.startswith("{"):
            continue
        row = json.loads(line)
        if row["group"].startswith("many points"):
            for peer in set(row) - {"group", "name"}:
                rows.append((row["group"], row["name"], peer, row[peer]))


# -- peers with an entry from Python

def many_points(name, per_workload):
    """Measures a peer at many points; `per_workload` gives a function of columns, or nothing."""
    for count in COUNTS:
        group = f"many points, ns a point, {count} of them"
        logarithms = []
        for workload in workloads():
            run = per_workload(workload, count)
            if run is None:
                continue
            value = nanoseconds(run) / count
            if "." in workload["name"]:
                logarithms.append(math.log(value))
            else:
                label = "logistic, a row" if workload["name"] == "logistic" else workload["name"]
                report(group, label, name, value)
        if logarithms:
            report(group, "F*", name, math.exp(sum(logarithms) / len(logarithms)))


def symbolic(workload):
    """The formula and the derivatives that are asked for, in SymPy."""
    import sympy as sp
    symbols = {letter: sp.Symbol(letter, real=True) for letter in workload["variables"]}
    f = sp.sympify(python_text(workload), locals=symbols)
    by = workload["variables"][4:] if workload["name"] == "logistic" else workload["variables"]
    return list(symbols.values()), [f] + [sp.diff(f, symbols[letter]) for letter in by]


def numpy():
    import sympy as sp

    def run(workload, count):
        symbols, outputs = symbolic(workload)
        compiled = sp.lambdify(symbols, outputs, "numpy", cse=True)
        columns = columns_of(workload, count)
        if workload["name"] == "logistic":
            return lambda: [part.sum() for part in compiled(*columns)]
        return lambda: compiled(*columns)
    many_points("NumPy (SymPy)", run)


def numba():
    import numba as nb
    import numpy as np
    import sympy as sp

    def run(workload, count):
        symbols, outputs = symbolic(workload)
        single = nb.njit(sp.lambdify(symbols, outputs, "math", cse=True), fastmath=True)
        columns = columns_of(workload, count)
        n, k = len(columns), len(outputs)
        if workload["name"] == "logistic":
            scope = dict(single=single, np=np)
            names = ", ".join(f"c{i}" for i in range(n))
            entries = ", ".join(f"c{i}[row]" if i < 4 else f"c{i}" for i in range(n))
            text = f"def batch({names}, sums):\n  sums[:] = 0\n  for row in range(c0.shape[0]):\n    v = single({entries})\n"
            text += "".join(f"    sums[{j}] += v[{j}]\n" for j in range(k))
            exec(text, scope)
            sums = np.zeros(k)
            batch = nb.njit(scope["batch"], fastmath=True)
            return lambda: batch(*columns, sums)
        scope = dict(single=single)
        names = ", ".join(f"c{i}" for i in range(n))
        entries = ", ".join(f"c{i}[row]" for i in range(n))
        text = f"def batch({names}, result):\n  for row in range(c0.shape[0]):\n    v = single({entries})\n"
        text += "".join(f"    result[{j}, row] = v[{j}]\n" for j in range(k))
        exec(text, scope)
        result = np.empty((k, count))
        batch = nb.njit(scope["batch"], fastmath=True)
        return lambda: batch(*columns, result)
    many_points("numba", run)


def jax():
    import jax as j
    import jax.numpy as jnp
    scope = {"exp": jnp.exp, "sin": jnp.sin, "cos": jnp.cos, "log": jnp.log, "sqrt": jnp.sqrt, "pi": jnp.pi}

    def run(workload, count):
        letters = workload["variables"]
        f = eval("lambda " + ", ".join(letters) + ": " + python_text(workload), scope)
        columns = [jnp.asarray(column) for column in columns_of(workload, count)]
        if workload["name"] == "logistic":
            loss = lambda weights, *data: jnp.sum(f(*data, *weights))
            both = j.jit(j.value_and_grad(loss))
            weights = jnp.asarray(workload["point"][4:])
            return lambda: j.block_until_ready(both(weights, *columns[:4]))
        both = j.jit(j.vmap(j.value_and_grad(f, argnums=tuple(range(len(letters))))))
        return lambda: j.block_until_ready(both(*columns))
    many_points("JAX", run)


def symengine():
    import numpy as np
    import symengine as se

    def run(workload, count):
        symbols, outputs = symbolic(workload)
        compiled = se.Lambdify([se.sympify(s) for s in symbols], [se.sympify(o) for o in outputs], cse=True,
                               backend="llvm")
        columns = columns_of(workload, count)
        flat = np.ascontiguousarray(np.stack([np.broadcast_to(column, (count,)) for column in columns], axis=1))
        if workload["name"] == "logistic":
            return lambda: compiled(flat).sum(axis=0)
        return lambda: compiled(flat)
    many_points("SymEngine LLVM", run)


def building():
    group = "building, microseconds"

    def casadi_rosenbrock():
        import casadi as ca
        v = ca.SX.sym("v", 1000)
        f = rosenbrock([v[i] for i in range(1000)])
        return ca.gradient(f, v)

    def casadi_product():
        import casadi as ca
        v = ca.SX.sym("v", 1000)
        f = v[0]
        for i in range(1, 1000):
            f = f * v[i]
        return ca.gradient(f, v)

    def casadi_sines():
        import casadi as ca
        v = ca.SX.sym("v")
        f = v
        for _ in range(200):
            f = ca.sin(f)
        return ca.gradient(f, v)

    def casadi_small():
        import casadi as ca
        v = ca.SX.sym("v", 2)
        f = 3 * v[0] ** 2 + 8 * v[0] * v[1] - 3 * v[1] ** 5
        return ca.Function("f", [v], [f, ca.gradient(f, v)])

    def symengine_rosenbrock():
        import symengine as se
        v = [se.Symbol(f"x{i}") for i in range(1000)]
        f = rosenbrock(v)
        return [se.diff(f, s) for s in v]
    for name, peer, work in [("gradient, rosen1000", "CasADi, from Python", casadi_rosenbrock),
                             ("gradient, x_1*...*x_1000", "CasADi, from Python", casadi_product),
                             ("gradient, sin nested 200", "CasADi, from Python", casadi_sines),
                             ("gradient and closures, poly", "CasADi, from Python", casadi_small),
                             ("gradient, rosen1000", "SymEngine", symengine_rosenbrock)]:
        report(group, name, peer, once(work) / 1000)


def main():
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    enter_environment()
    chosen = sys.argv[1:] or ["native", "numpy", "numba", "jax", "symengine", "building", "again"]
    steps = dict(native=lambda: (prepare_native(), benchmarks()), prepare=prepare_native, numpy=numpy, numba=numba,
                 jax=jax, symengine=symengine, building=building, again=benchmarks)
    for name in chosen:
        try:
            steps[name]()
        except Exception as trouble:
            print(f"{name}: {type(trouble).__name__}: {trouble}, skipped", file=sys.stderr)
    print()
    group = None
    for row in sorted(rows, key=lambda r: r[:3]):
        if row[0] != group:
            group = row[0]
            print(group)
        print(f"  {row[1]:<36}{row[2]:<26}{row[3]:>14,.2f}")


main()
