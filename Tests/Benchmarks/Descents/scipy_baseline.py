#!/usr/bin/env python3
"""The problems of Problems/*.jsonl by scipy's minimizers, counted as the Swift benchmark counts.

  python3 scipy_baseline.py [set ...]      needs scipy and sympy

Derivatives are exact (sympy); a run is judged by its value, a false success is `success` without a minimum."""
import json, math, os, re, sys, warnings
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


for name in sys.argv[1:] or ['mgh', 'classic', 'nasty', 'bound']:
    problems = [json.loads(line) for line in open(os.path.join(HERE, 'Problems', name + '.jsonl'))]
    for method in METHODS if name != 'bound' else ['L-BFGS-B', 'trust-constr']:
        total = dict(runs=0, right=0, globally=0, lies=0, f=0, g=0, h=0)
        for problem in problems:
            if len(problem['vars']) > 20:
                continue
            value, gradient, hessian = functions(problem)
            sign = -1.0 if problem['sense'] == 'max' else 1.0
            for start in problem['starts']:
                count = dict(f=0, g=0, h=0)

                def call(key, function):
                    def inner(x):
                        count[key] += 1
                        return sign * np.asarray(function(x), dtype=float)
                    return inner
                options = dict(jac=call('g', gradient))
                if method in ('trust-exact', 'Newton-CG', 'trust-constr'):
                    options['hess'] = call('h', hessian)
                x0, bounds = np.array(start['x'], dtype=float), problem.get('bounds')
                if bounds:
                    bounds = [b or (None, None) for b in bounds]
                    options['bounds'] = bounds
                    x0 = np.array([min(max(v, -np.inf if a is None else a), np.inf if b is None else b)
                                   for v, (a, b) in zip(x0, bounds)])
                total['runs'] += 1
                try:
                    fun = call('f', value)
                    result = minimize(lambda x: float(fun(x)), x0, method=method, **options)
                    f, success = sign * float(result.fun), bool(result.success)
                except Exception:
                    f, success = math.nan, False
                found = kind(problem, f)
                hard = problem['fstar'] == 'unbounded' or problem['expect'] != 'converge'
                total['right'] += bool(found and success) or (hard and not success)
                total['lies'] += success and not found
                if found == 'global' and success:
                    total['globally'] += 1
                    for key in 'fgh':
                        total[key] += count[key]
        print(name, method, total, flush=True)
