#!/usr/bin/env python3
"""How long the whole command takes for one formula, beside an empty Swift program that imports FoundationEssentials.

    swift build -c release && python3 Tests/Benchmarks/Startup/startup.py .build/release/nabla
    python3 Tests/Benchmarks/Startup/startup.py --static NABLA      # against an empty program linked statically

The empty program is built beside it in a temporary folder. Both run in turn; printed are medians of the time from start
to end, of processor time, of page faults, and the ratios of the medians. Only ratios of one run can be compared.
"""
import argparse, os, statistics, subprocess, tempfile, time

FORMULA = "f(x, y) = 3x^2 + 8xy - 3y^5"
MANIFEST = """// swift-tools-version: 6.2
import PackageDescription
let package = Package(name: "empty", targets: [.executableTarget(name: "empty", path: ".")])
"""


def empty_program(folder, is_static):
    """Builds the program that does nothing; its path."""
    for name, text in [("Package.swift", MANIFEST), ("main.swift", "import FoundationEssentials\n")]:
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
    command = ["swift", "build", "-c", "release", "--package-path", folder]
    command += ["--static-swift-stdlib"] if is_static else []
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return os.path.join(folder, ".build/release/empty")


def run(command):
    """Milliseconds from start to end, milliseconds of processor time, page faults."""
    nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=nowhere)
    _, status, used = os.wait4(child, 0)
    spent = time.perf_counter() - start
    if status != 0:
        raise SystemExit(f"{command[0]} ended with {status}")
    return spent * 1e3, (used.ru_utime + used.ru_stime) * 1e3, used.ru_minflt


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("nabla")
    arguments.add_argument("--static", action="store_true")
    arguments.add_argument("--runs", type=int, default=200)
    options = arguments.parse_args()
    nabla = os.path.abspath(options.nabla)
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "empty": [empty_program(folder, options.static)],
            "nabla --version": [nabla, "--version"],
            "nabla FORMULA": [nabla, FORMULA],
        }
        measured = {name: [] for name in commands}
        for turn in range(options.runs + 3):
            for name, command in commands.items():
                values = run(command)
                if turn >= 3:
                    measured[name].append(values)
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in measured.items()}
    print(f"{'':16} {'ms':>8} {'ratio':>6} {'cpu ms':>8} {'ratio':>6} {'faults':>7}")
    for name, (wall, cpu, faults) in medians.items():
        first = medians["empty"]
        print(f"{name:16} {wall:8.2f} {wall / first[0]:6.2f} {cpu:8.2f} {cpu / first[1]:6.2f} {faults:7.0f}")


main()
