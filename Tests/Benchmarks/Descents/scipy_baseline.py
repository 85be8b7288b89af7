#!/usr/bin/env python3
"""The problems of Problems/*.jsonl by scipy's minimizers, counted as the Swift benchmark counts.

  python3 scipy_baseline.py [set ...]                    needs scipy and sympy
  python3 scipy_baseline.py --beside PROGRAM [set ...]   PROGRAM minimize on the rows that trust-exact solves too
  python3 scipy_baseline.py --record                     writes trust-exact.tsv, which DescentBenchmarks reads

Derivatives are exact (sympy); a run is judged by its value, a false success is `success` without a minimum.
`until` is how many values of f were computed until one first passed the test of the global minimum; of PROGRAM's runs,
until an iterate of its trace did."""
import argparse, json, math, os, re, subprocess, warnings
import numpy as np
import sympy as sp
from scipy.optimize import minimize
from sympy.parsing.sympy_parser import convert_xor, implicit_multiplication, parse_expr, standard_transformations

warnings.filterwarnings('ignore')
HERE = os.path.dirname(os.path.abspath(__file__))
METHODS = ['trust-exact', 'BFGS', 'L-BFGS-B', 'Newton-CG']
TRANSFORMATIONS = standard_transformations + (convert_xor, implicit_multiplication)


def expanded(text):
    """sum(i, a, b, body) written out, x[i+1] as x_(i+1)."""
    match = re.search(r'sum\((\w), *(\d+), *(\d+), *', text)
    if not match:
        return re.sub(r'(\w)\[(\d+)\]', r'\1\2', text)
    depth, end = 1, match.end()
    while depth:
        depth += {'(': 1, ')': -1}.get(text[end], 0)
        end += 1
    body, index = text[match.end():end - 1], match.group(1)
    terms = []
    for k in range(int(match.group(2)), int(match.group(3)) + 1):
        term = re.sub(r'(\w)\[([^\]]*)\]', lambda m: f'{m[1]}{eval(m[2], {index: k})}', body)
        terms.append('(' + re.sub(rf'\b{index}\b', str(k), term) + ')')
    return expanded(text[:match.start()] + '(' + '+'.join(terms) + ')' + text[end:])


def functions(problem):
    names = [re.sub(r'_', '', v) for v in problem['vars']]
    text = expanded(problem['formula'])
    for a in names:
        for b in names:
            if len(a) == len(b) == 1:
                text = re.sub(rf'(?<![A-Za-z]){a}{b}(?![A-Za-z])', f'{a}*{b}', text)
    table = {n: sp.Symbol(n, real=True) for n in names}
    table.update({'abs': sp.Abs, 'log': sp.log, 'exp': sp.exp, 'pi': sp.pi})
    f = parse_expr(text, local_dict=table, transformations=TRANSFORMATIONS)
    x = [table[n] for n in names]
    gradient = [sp.diff(f, v) for v in x]
    hessian = [[sp.diff(g, v) for v in x] for g in gradient]
    extra = [{'DiracDelta': lambda t: 0.0 * t}, 'numpy', 'scipy']
    return tuple(sp.lambdify([x], part, extra) for part in (f, gradient, hessian))


def kind(problem, f):
    if not math.isfinite(f):
        return None
    sign = -1 if problem['sense'] == 'max' else 1
    try:
        best = float(problem['fstar'])
        excess = sign * (f - best) / max(1, abs(best))
        if -1e-7 <= excess <= 1e-8:
            return 'global'
    except ValueError:
        pass
    for m in problem.get('minima') or []:
        value = float(m['f'])
        if abs(f - value) <= max(1e-7 * abs(value), 1e-9):
            return m['kind']
    return None


def problems(name):
    return [json.loads(line) for line in open(os.path.join(HERE, 'Problems', name + '.jsonl'))]


def runs(name, method):
    """Every start of a collection by one method: the problem, the start, f, success and the counts."""
    for problem in problems(name):
        if len(problem['vars']) > 20:
            continue
        value, gradient, hessian = functions(problem)
        sign = -1.0 if problem['sense'] == 'max' else 1.0
        for start in problem['starts']:
            count = dict(f=0, g=0, h=0, until=None)

            def call(key, function):
                def inner(x):
                    count[key] += 1
                    return sign * np.asarray(function(x), dtype=float)
                return inner
            inner = call('f', value)

            def counted(x):
                f = float(inner(x))
                if count['until'] is None and kind(problem, sign * f) == 'global':
                    count['until'] = count['f']
                return f
            options = dict(jac=call('g', gradient))
            if method in ('trust-exact', 'Newton-CG', 'trust-constr'):
                options['hess'] = call('h', hessian)
            x0, bounds = np.array(start['x'], dtype=float), problem.get('bounds')
            if bounds:
                bounds = [b or (None, None) for b in bounds]
                options['bounds'] = bounds
                x0 = np.array([min(max(v, -np.inf if a is None else a), np.inf if b is None else b)
                               for v, (a, b) in zip(x0, bounds)])
            try:
                result = minimize(counted, x0, method=method, **options)
                f, success = sign * float(result.fun), bool(result.success)
            except Exception:
                f, success = math.nan, False
            yield problem, start, f, success, count


def totals(name, method):
    total = dict(runs=0, right=0, globally=0, lies=0, f=0, g=0, h=0, until=0)
    for problem, start, f, success, count in runs(name, method):
        found = kind(problem, f)
        hard = problem['fstar'] == 'unbounded' or problem['expect'] != 'converge'
        total['runs'] += 1
        total['right'] += bool(found and success) or (hard and not success)
        total['lies'] += success and not found
        if found == 'global' and success:
            total['globally'] += 1
            for key in ('f', 'g', 'h', 'until'):
                total[key] += count[key]
    print(name, method, total, flush=True)


def solved(name):
    """What trust-exact evaluated on the rows that it solves, by problem and start."""
    return {(problem['name'], start['label']): count for problem, start, f, _, count in runs(name, 'trust-exact')
            if kind(problem, f) == 'global'}


def beside(program, name):
    """The same counts of a program that answers `minimize --json-lines --trace`, as ratios."""
    keys = [(problem, start) for problem in problems(name) for start in problem['starts']]
    asked = [json.dumps({'formula': p['formula'], 'variables': p['vars'], 'start': s['x'], 'sense': p['sense'],
                         'bounds': p.get('bounds')}) for p, s in keys]
    said = subprocess.run([program, 'minimize', '--json-lines', '--trace'], input='\n'.join(asked) + '\n',
                          capture_output=True, text=True).stdout
    ours = {}
    for (problem, start), line in zip(keys, said.splitlines()):
        answer = json.loads(line)
        reached = [row['evaluations']['f'] for row in answer.get('trace', [])
                   if row['f'] is not None and kind(problem, row['f']) == 'global']
        if reached and answer['success'] and kind(problem, answer['f']) == 'global':
            e = answer['evaluations']
            ours[problem['name'], start['label']] = dict(
                until=reached[0], f=e['f'], all=e['f'] + e['gradient'] + e['hessian'])
    theirs = {key: dict(until=c['until'], f=c['f'], all=c['f'] + c['g'] + c['h']) for key, c in solved(name).items()}
    for title, belongs in (('standard', lambda l: l == 'standard'), ('other', lambda l: l != 'standard')):
        rows = [key for key in ours if key in theirs and belongs(key[1])]
        for what in ('until', 'f', 'all') if rows else ():
            a, b = [[side[key][what] for key in rows] for side in (ours, theirs)]
            mean = math.exp(sum(math.log(x / y) for x, y in zip(a, b)) / len(rows))
            words = {'until': 'values until solved', 'f': 'values to the end',
                     'all': 'values, gradients and Hessians to the end'}[what]
            print(f'{name}, {title} starts, {len(rows)} rows that both solve: {words} {sum(a)} to {sum(b)}, '
                  f'ratio {sum(a) / sum(b):.2f}, geometric mean {mean:.2f}', flush=True)


parser = argparse.ArgumentParser()
parser.add_argument('--beside')
parser.add_argument('--record', action='store_true')
parser.add_argument('sets', nargs='*')
given = parser.parse_args()
if given.record:
    with open(os.path.join(HERE, 'trust-exact.tsv'), 'w') as table:
        print('set', 'problem', 'start', 'until solved', 'values', 'gradients', 'Hessians', sep='\t', file=table)
        for name in given.sets or ['mgh', 'classic']:
            for (problem, start), c in solved(name).items():
                print(name, problem, start, c['until'], c['f'], c['g'], c['h'], sep='\t', file=table)
elif given.beside:
    for name in given.sets or ['mgh', 'classic']:
        beside(given.beside, name)
else:
    for name in given.sets or ['mgh', 'classic', 'nasty', 'bound']:
        for method in METHODS if name != 'bound' else ['L-BFGS-B', 'trust-constr']:
            totals(name, method)
