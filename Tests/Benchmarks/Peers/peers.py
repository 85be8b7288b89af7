#!/usr/bin/env python3
"""The same questions put to Nabla, SymPy, Maxima, gnuplot and SciPy as a person would put them: the table of the README.

    python3 -m venv v && v/bin/pip install sympy scipy
    v/bin/python Tests/Benchmarks/Peers/peers.py .build/release/nabla

Maxima and gnuplot are asked where they are installed. Each cell is what the program said in this run, with its default
settings; nothing is remembered from other runs.
"""
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
NIST = os.path.join(HERE, "../../NablaTests/Fixtures/nist.txt")
NABLA = sys.argv[1] if len(sys.argv) > 1 else ".build/release/nabla"
PEERS = ["Nabla", "SymPy", "Maxima", "gnuplot", "SciPy"]


def told(command, text="", seconds=600):
    """What a command prints, and its exit."""
    try:
        run = subprocess.run(command, input=text, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return "", "timeout", -1
    return run.stdout, run.stderr, run.returncode


def python(code, seconds=600):
    return told([sys.executable, "-c", code], seconds=seconds)


def maxima(code, seconds=600):
    out, err, exit = told(["maxima", "--very-quiet", "--batch-string", "display2d:false$ " + code], seconds=seconds)
    lines = [line for line in out.splitlines() if line.strip()]
    return "\n".join(lines), exit


def has(peer):
    return shutil.which({"Maxima": "maxima", "gnuplot": "gnuplot"}[peer]) is not None


# 1. The article's function, as one pastes it.

PASTED = "3x^2 + 8xy - 3y^5"


def reading():
    out, _, _ = told([NABLA, PASTED, "--format", "plain"])
    row = {"Nabla": "⟨" + re.search(r"<(.*)>", out)[1].replace("*", "") + "⟩" if "<" in out else out.strip()}
    out, err, exit = python(f"import sympy; print(sympy.sympify({PASTED!r}))")
    row["SymPy"] = "read" if exit == 0 else err.strip().splitlines()[-1].split(":")[0].split(".")[-1]
    if has("Maxima"):
        out, _ = maxima(f"diff({PASTED}, x);")
        row["Maxima"] = "syntax error" if "incorrect syntax" in out else out.splitlines()[-1]
    if has("gnuplot"):
        out, err, exit = told(["gnuplot", "-e", f"f(x,y) = {PASTED}; print f(1,2)"])
        row["gnuplot"] = "read" if exit == 0 and not err else "syntax error"
    return row


# 2. A quotient.

def quotient():
    out, _, _ = told([NABLA, "(x^2-1)/(x^2+1)", "--format", "plain"])
    row = {"Nabla": out.strip().splitlines()[-1].split("=", 1)[1].strip()}
    row["SymPy"] = python("from sympy import *; x = symbols('x'); print(diff((x**2-1)/(x**2+1), x))")[0].strip()
    if has("Maxima"):
        row["Maxima"] = maxima("diff((x^2-1)/(x^2+1), x);")[0].splitlines()[-1]
    return {name: f"`{text}`" for name, text in row.items()}


# 3. A thousand variables.

def rosenbrock():
    text = "sum(i, 1, 999, 100(x[i+1] - x[i]^2)^2 + (1 - x[i])^2)"
    begin = time.monotonic()
    _, _, exit = told([NABLA, text, "--all", "--quiet"])
    row = {"Nabla": f"{time.monotonic() - begin:.2f} s" if exit == 0 else "refused"}
    code = ("from sympy import *; x = symbols('x1:1001');"
            "f = Add(*[100*(x[i+1]-x[i]**2)**2+(1-x[i])**2 for i in range(999)]);"
            "print(len([diff(f, v) for v in x]))")
    begin = time.monotonic()
    out, _, exit = python(code)
    row["SymPy"] = f"{time.monotonic() - begin:.1f} s" if exit == 0 else "failed"
    if has("Maxima"):
        code = ("f: sum(100*(x[i+1]-x[i]^2)^2+(1-x[i])^2, i, 1, 999)$ g: makelist(diff(f, x[k]), k, 1, 1000)$ length(g);")
        begin = time.monotonic()
        out, exit = maxima(code)
        row["Maxima"] = f"{time.monotonic() - begin:.1f} s" if out.splitlines()[-1].strip() == "1000" else "failed"
    return row


# 4. Long and deep.

def long():
    text = "x" + "+x" * 19_999
    out, _, exit = told([NABLA, text, "--quiet"])
    row = {"Nabla": out.strip().splitlines()[-1].split("=", 1)[1].strip() if exit == 0 else "refused"}
    _, err, exit = python(f"import sympy; print(sympy.diff(sympy.sympify({text!r})))")
    row["SymPy"] = "read" if exit == 0 else re.split(r"[:(]", err.strip().splitlines()[-1])[0] if err else f"exit {exit}"
    if has("Maxima"):
        with tempfile.NamedTemporaryFile("w", suffix=".mac") as file:
            file.write(f"display2d:false$\nprint(diff({text}, x))$\n")
            file.flush()
            out, err, exit = told(["maxima", "--very-quiet", "-b", file.name])
            said = [line.strip() for line in out.splitlines() if line.strip() and file.name not in line]
            row["Maxima"] = said[-1][:40] if said else f"exit {exit}"
    return row


# 5. e^(−x) has no minimum.

def infimum():
    out, _, _ = told([NABLA, "minimize", "e^(-x)", "--from", "0", "--json"])
    answer = json.loads(out)
    row = {"Nabla": answer["verdict"]}
    import numpy as np
    from scipy.optimize import minimize
    said = minimize(lambda x: np.exp(-x[0]), [0.0], jac=lambda x: -np.exp(-x))
    row["SciPy"] = f"success: {said.success}, x = {said.x[0]:.1f}"
    return row


# 6. NIST's reference sets, both starts: the digits of the worst parameter.

def sets():
    found = []
    for line in open(NIST, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#") or not line:
            continue
        word, _, rest = line.partition(" ")
        if word == "set":
            found.append({"name": rest, "starts": [], "certified": {}, "rows": []})
        elif word == "model":
            found[-1]["model"] = rest
        elif word == "start":
            found[-1]["starts"].append({k: float(v) for k, v in (pair.split("=") for pair in rest.split(","))})
        elif word == "certified":
            name, value, _ = rest.split(" ")
            found[-1]["certified"][name] = float(value)
        else:
            found[-1]["rows"].append(line)
    return found


def digits(estimates, certified):
    worst = 15.0
    for name, truth in certified.items():
        value = estimates.get(name, math.nan)
        if not math.isfinite(value):
            return 0.0
        error = abs(value - truth) / (abs(truth) or 1)
        worst = min(worst, 15.0 if error == 0 else -math.log10(error))
    return max(0.0, worst)


def nist():
    import numpy as np
    from scipy.optimize import curve_fit
    reached = {"Nabla": [], "SciPy": [], "gnuplot": []}
    for problem in sets():
        columns = problem["rows"][0].split(",")
        data = np.array([[float(v) for v in row.split(",")] for row in problem["rows"][1:]])
        left, right = problem["model"].split("=")
        names = list(problem["certified"])
        scope = {"exp": np.exp, "log": np.log}
        at = {c: data[:, k] for k, c in enumerate(columns)}
        y = eval(left.replace("^", "**"), scope | at)
        body = compile(right.strip().replace("^", "**"), "model", "eval")
        for start in problem["starts"]:
            with tempfile.TemporaryDirectory() as folder:
                csv = os.path.join(folder, "data.csv")
                with open(csv, "w") as file:
                    file.write("\n".join(problem["rows"]) + "\n")
                from_ = ",".join(f"{k}={v!r}" for k, v in start.items())
                out, _, _ = told([NABLA, "fit", problem["model"], csv, "--from", from_, "--json"])
                answer = json.loads(out)
                reached["Nabla"].append(digits({p["name"]: p["estimate"] for p in answer["parameters"]}, problem["certified"]))
                try:
                    best, _ = curve_fit(lambda _, *b: eval(body, scope | at | dict(zip(names, b))), y, y, [start[n] for n in names])
                    reached["SciPy"].append(digits(dict(zip(names, best)), problem["certified"]))
                except RuntimeError:
                    reached["SciPy"].append(0.0)
                if has("gnuplot"):
                    using = ":".join(f"{columns.index(c) + 1}" for c in columns if c not in left.replace("log", ""))
                    target = "(" + left.strip().replace("y", f"${columns.index('y') + 1}") + ")"
                    inputs = [c for c in columns if c not in left.replace("log", "")]
                    code = "".join(f"{k} = {v!r}\n" for k, v in start.items())
                    code += "set datafile separator ','\nset fit quiet nolog\nset dummy " + ",".join(inputs) + "\n"
                    code += f"m({','.join(inputs)}) = {right.strip().replace('^', '**')}\n"
                    code += f"fit m({','.join(inputs)}) '{csv}' every ::1 using {using}:{target} via {','.join(names)}\n"
                    code += "".join(f"print sprintf('{n} %.15g', {n})\n" for n in names)
                    out, err, exit = told(["gnuplot"], code)
                    values = dict((line.split()[0], float(line.split()[1])) for line in err.splitlines()
                                  if len(line.split()) == 2 and line.split()[0] in names)
                    reached["gnuplot"].append(digits(values, problem["certified"]))
    result = {}
    for name, found in reached.items():
        if found:
            result[name] = f"{sum(d >= 9 for d in found)} of {len(found)} (median {sorted(found)[len(found) // 2]:.1f} digits)"
    return result


ROWS = [
    (f"reads `{PASTED}` as it stands", reading),
    ("derivative of (x² − 1)/(x² + 1)", quotient),
    ("whole gradient of Rosenbrock's chain, 1,000 variables", rosenbrock),
    ("derivative of x + x + … with 20,000 terms", long),
    ("the minimum of e^(−x), from 0", infimum),
    ("NIST's nine sets from both starts: nine digits", nist),
]


def main():
    print("| | " + " | ".join(PEERS) + " |")
    print("| --- |" + " --- |" * len(PEERS))
    for title, ask in ROWS:
        answers = ask()
        print(f"| {title} | " + " | ".join(answers.get(peer, "—") for peer in PEERS) + " |", flush=True)


if __name__ == "__main__":
    main()
