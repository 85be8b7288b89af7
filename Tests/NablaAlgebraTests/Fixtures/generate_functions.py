"""Writes functions.txt beside this file: values of every function of the table, computed by mpmath 1.3
(https://mpmath.org) with 80 digits and rounded once.

    python3 -m venv venv && venv/bin/pip install mpmath && venv/bin/python generate_functions.py

A line is the function's name, its arguments, the value, 1 where a zero lies within 0.1 of the last argument and 0
elsewhere, and how far the rounded value lies from the true one, in units of its last place; `nan` where the function
has no real value.
"""

import math
import random
from pathlib import Path

from mpmath import mp, mpf
import mpmath as m

mp.dps = 80
random.seed(20240101)

around_zero = [s * x for x in (1e-300, 1e-20, 1e-8, 1e-3, 0.1, 0.25, 0.5, 0.9, 1.0) for s in (1, -1)]
moderate = sorted(random.uniform(-12, 12) for _ in range(25))
positive = [1e-300, 1e-20, 1e-9, 1e-4, 0.01, 0.3, 0.5, 0.99, 1.0, 1.0000001, 1.01, 1.5, 2.0, 2.5, 3.0, 7.3,
            10.0, 33.3, 1e3, 1e6, 1e15, 1e100, 1e300]
inside_one = [s * x for x in (1e-300, 1e-9, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999, 0.9999999, 1 - 2.0**-53)
              for s in (1, -1)]
outside_one = [s * x for x in (1 + 2.0**-52, 1.0000001, 1.001, 1.3, 1.9, 2.0, 2.1, 5.0, 1e3, 1e9, 1e160, 1e300)
               for s in (1, -1)]
poles = [0.0, -1.0, -2.0, -7.0, -100.0, -1e17]
beside_poles = [-n + d for n in (0, 1, 2, 5, 10, 17, 19, 20, 21, 50, 150) for d in (1e-9, -1e-9, 0.01, -0.01, 0.3, 0.5, -0.3)]
gamma_points = (positive + beside_poles + [-1e-300, 1e-310, 23.0, 24.0, 170.5, 171.6] + moderate
                + [1 + d for d in (1e-12, -1e-12, 1e-5, -1e-5, 0.1, -0.1, 0.3, -0.49)]
                + [2 + d for d in (1e-12, -1e-12, 1e-5, -1e-5, 0.1, -0.1, 0.3, 0.49)]
                + [random.uniform(0, 40) for _ in range(40)] + [random.uniform(-30, 0) for _ in range(40)])
psi_zeros = [1.4616321449683622, 1.46163214, 1.4616321449684, 1.46, 1.47, 1.4, 1.5, 1.21, 1.19, 1.74, 1.76,
             -0.504083008264455, -0.504, -1.573498473162390, -2.610720868444145, -9.7, -9.702672540001864]
angles = around_zero + moderate + [math.pi, math.pi / 2, -math.pi / 3, 3 * math.pi, 100.0, 1e5, -1e15, 1e22]
def spread(low, high, count):
    """Random points, evenly spread over the powers of ten."""
    return [10 ** random.uniform(math.log10(low), math.log10(high)) for _ in range(count)]

def both(points):
    return points + [-x for x in points]

def beside(x, reach=-1):
    """The number nearest to a point, its neighbours, and others nearer and nearer to it."""
    x = float(x)
    steps = [10.0 ** -k for k in range(-reach, 15, 2)]
    return [x, math.nextafter(x, math.inf), math.nextafter(x, -math.inf)] + [x + s * (abs(x) or 1) * d for d in steps for s in (1, -1)]

tiny = both(spread(1e-308, 1e-3, 15) + [5e-324, 1e-310])
whole_line = both(spread(1e-10, 1e3, 40) + spread(1e-300, 1e300, 10)) + tiny
half_line = spread(1e-10, 1e4, 50) + spread(1e-307, 1e307, 30) + beside(1)
large = [30.0, -30.0, 36.5, -37.5, 100.0, -100.0, 700.0, -700.0, 709.5, -720.0, -745.0]

def real(f):
    def value(*x):
        try:
            y = f(*x)
        except (ValueError, ZeroDivisionError, OverflowError):
            return mpf('nan')
        if isinstance(y, m.mpc):
            return y.real if y.imag == 0 else mpf('nan')
        return mpf(y)
    return value

def undefined(condition, f):
    return lambda *x: mpf('nan') if condition(*x) else f(*x)

is_pole = lambda x: x <= 0 and x == m.floor(x)
def ln_gamma(x):
    return m.log(abs(m.gamma(x))) if abs(x) < 1e4 else m.loggamma(x).real
def psi(n, x):
    """With more digits where an argument beside a pole needs them."""
    with m.workdps(120):
        return m.polygamma(int(n), x)
def small_near_zero(f):
    """f with enough digits for arguments as small as 1e-300."""
    def value(*x):
        with m.workdps(700):
            return +f(*x)
    return value
lambert = lambda x: m.lambertw(x).real
round_away = lambda x: m.sign(x) * m.floor(abs(x) + mpf(1) / 2)

zeros_of_psi = [m.findroot(m.digamma, (-n - 1 + mpf('1e-9'), -n - mpf('1e-9')), solver='anderson') for n in range(12)]
def gamma_sign_free(x):
    return m.log(abs(m.gamma(x)))
zeros_of_ln_gamma = [m.findroot(gamma_sign_free, x) for x in (-2.457, -2.747, -3.143, -3.955, -4.039, -4.991, -5.008, -5.998, -6.0014)]
bessel_orders = (0, 1, 2, 3, 5, 10, 17, 40, 100, 500)
bessel_x = (spread(1e-6, 1e4, 14) + [1e-300, 0.5, 1.0, 2.0, 4.9, 10.0, 24.9, 25.1, 26.0, 50.0, 100.0, 1000.0, 1e6, 1e10, 1e15, 1e22])

unary = {
    'exp': (m.exp, around_zero + moderate + large),
    'ln': (undefined(lambda x: x <= 0, m.log), positive + [0.0, -1.0]),
    'log10': (undefined(lambda x: x <= 0, m.log10), positive + [0.0, -1.0]),
    'log2': (undefined(lambda x: x <= 0, lambda x: m.log(x) / m.log(2)), positive + [0.0, -1.0]),
    'log1p': (undefined(lambda x: x <= -1, small_near_zero(lambda x: m.log(1 + x))), inside_one + positive + [-1.0, -2.0]),
    'expm1': (small_near_zero(lambda x: m.exp(x) - 1), around_zero + moderate + large),
    'sigmoid': (lambda x: 1 / (1 + m.exp(-x)), around_zero + moderate + large),
    'softplus': (small_near_zero(lambda x: m.log(1 + m.exp(x))), around_zero + moderate + large),
    'relu': (lambda x: max(x, mpf(0)), moderate),
    'sqrt': (undefined(lambda x: x < 0, m.sqrt), positive + [0.0, -1.0]),
    'cbrt': (lambda x: m.sign(x) * m.cbrt(abs(x)), around_zero + moderate + [1e300, -27.0]),
    'sin': (m.sin, angles), 'cos': (m.cos, angles), 'tan': (m.tan, angles),
    'cot': (undefined(lambda x: x == 0, m.cot), angles + [0.0]), 'sec': (m.sec, angles),
    'csc': (undefined(lambda x: x == 0, m.csc), angles + [0.0]),
    'arcsin': (m.asin, inside_one + [1.0, -1.0, 1.5]), 'arccos': (m.acos, inside_one + [1.0, -1.0, -1.5]),
    'arctan': (m.atan, around_zero + moderate + positive),
    'arccot': (undefined(lambda x: x == 0, lambda x: m.atan(1 / x)), around_zero + moderate + positive + [0.0]),
    'arcsec': (undefined(lambda x: abs(x) < 1, lambda x: m.acos(1 / x)), outside_one + [1.0, -1.0, 0.5]),
    'arccsc': (undefined(lambda x: abs(x) < 1, lambda x: m.asin(1 / x)), outside_one + [1.0, -1.0, 0.5]),
    'sinh': (small_near_zero(m.sinh), around_zero + moderate + [700.0, -700.0]),
    'cosh': (m.cosh, around_zero + moderate + [700.0]),
    'tanh': (small_near_zero(m.tanh), around_zero + moderate + [30.0, -300.0]),
    'coth': (undefined(lambda x: x == 0, small_near_zero(m.coth)), around_zero + moderate + [0.0, 30.0, 800.0]),
    'sech': (m.sech, around_zero + moderate + [699.0, 700.0, -708.0]),
    'csch': (undefined(lambda x: x == 0, small_near_zero(m.csch)), around_zero + moderate + [0.0, 699.0, 700.0, -708.0]),
    'asinh': (small_near_zero(m.asinh), around_zero + moderate + [1e300]),
    'acosh': (undefined(lambda x: x < 1, m.acosh), [x for x in outside_one if x > 0] + [1.0, 0.5, -3.0]),
    'atanh': (undefined(lambda x: abs(x) >= 1, small_near_zero(m.atanh)), inside_one + [1.0, -1.0, 2.0]),
    'acoth': (undefined(lambda x: abs(x) <= 1, small_near_zero(lambda x: m.atanh(1 / x))), outside_one + [1.0, -1.0, 0.5]),
    'asech': (undefined(lambda x: x <= 0 or x > 1, lambda x: m.acosh(1 / x)), inside_one + [1.0, 0.0, 1.5, 1e-310]),
    'acsch': (undefined(lambda x: x == 0, small_near_zero(lambda x: m.asinh(1 / x))), around_zero + outside_one + [0.0, 1e-310, -1e-310]),
    'abs': (abs, moderate), 'sign': (m.sign, moderate + [0.0]),
    'floor': (m.floor, moderate + [-0.5, 3.0]), 'ceil': (m.ceil, moderate + [-1.5, 3.0]),
    'round': (round_away, moderate + [0.5, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, 4503599627370497.0]),
    'erf': (small_near_zero(m.erf), around_zero + moderate), 'erfc': (m.erfc, around_zero + moderate + [20.0, 26.0]),
    'gamma': (undefined(is_pole, m.gamma), poles + [x for x in gamma_points if -170 < x < 171.62 and abs(x) > 1e-307]),
    'factorial': (undefined(lambda x: is_pole(x + 1), lambda x: m.gamma(x + 1)),
                  [-1.0, -2.0, 0.0] + [x for x in gamma_points if -170 < x < 170.6]),
    'lnGamma': (undefined(is_pole, ln_gamma), poles + gamma_points + [-1e5 - 0.25, -1e10 - 0.3, 1e305]),
    'psi': (undefined(is_pole, lambda x: psi(0, x)), poles + gamma_points + psi_zeros + [-1e10 - 0.3]),
    'trigamma': (undefined(is_pole, lambda x: psi(1, x)), poles + [x for x in gamma_points if abs(x) > 1e-150]),
    'lambertW': (undefined(lambda x: x < -m.exp(-1), lambert),
                 positive + [-0.367879441171442, -0.3678794, -0.36787, -0.3678, -0.3675, -0.3674, -0.367, -0.36, -0.3, -0.2,
                             -0.19, -0.1, -1e-5, -1e-300, -0.4, -1.0] + [random.uniform(0, 20) for _ in range(20)]),
}

unary.update({
    'logit': (undefined(lambda x: x <= 0 or x >= 1, small_near_zero(lambda x: m.log(x / (1 - x)))),
              [x for x in positive + inside_one if 0 < x < 1] + beside(0.5) + [0.0, 1.0, -1.0, 0.25, 0.75]),
    'gelu': (small_near_zero(lambda x: x * m.erfc(-x / m.sqrt(2)) / 2), around_zero + moderate + [-20.0, -30.0, -38.0, 37.0, 1e300]),
    'sinc': (lambda x: m.sin(x) / x if x else mpf(1), angles + [0.0]),
    'erfi': (small_near_zero(m.erfi), around_zero + moderate + [6.4, 6.6, 20.0, 26.0, -26.5]),
    'erfinv': (undefined(lambda x: abs(x) >= 1, small_near_zero(m.erfinv)), inside_one + [1.0, -1.0, 2.0, 0.5, 0.4999]),
})
# More points over the whole domain of each function.
more = {
    'exp': both(spread(1e-10, 745, 60)), 'expm1': both(spread(1e-10, 709, 60)) + tiny,
    'ln': half_line, 'log10': half_line, 'log2': half_line,
    'log1p': half_line + [-x for x in spread(1e-10, 1, 40) if x < 1] + tiny + [-1 + 10.0 ** -k for k in range(1, 16)],
    'sigmoid': both(spread(1e-10, 740, 60)), 'softplus': both(spread(1e-10, 740, 60)),
    'logit': spread(1e-300, 0.99, 40) + [1 - x for x in spread(1e-16, 0.5, 30)] + beside(0.5),
    'gelu': both(spread(1e-10, 38, 60)) + [-x for x in spread(5, 37.5, 40)],
    'sqrt': half_line, 'cbrt': whole_line,
    'sinh': whole_line, 'cosh': both(spread(1e-10, 710, 60)), 'tanh': whole_line, 'coth': whole_line,
    'sech': both(spread(1e-10, 740, 60)), 'csch': both(spread(1e-10, 740, 60)),
    'asinh': whole_line, 'acosh': [1 + x for x in spread(1e-15, 1e3, 50)] + spread(1, 1e307, 30),
    'atanh': both(spread(1e-300, 0.99, 30)) + both([1 - x for x in spread(1e-16, 0.5, 20)]),
    'acoth': both([1 + x for x in spread(1e-15, 1e3, 40)] + spread(1, 1e307, 20)),
    'asech': spread(1e-307, 1, 40) + [1 - x for x in spread(1e-16, 0.5, 30)],
    'acsch': whole_line,
    'arcsin': both(spread(1e-300, 0.99, 30) + [1 - x for x in spread(1e-16, 0.5, 20)]),
    'arccos': both(spread(1e-300, 0.99, 30) + [1 - x for x in spread(1e-16, 0.5, 20)]),
    'arctan': whole_line, 'arccot': whole_line,
    'arcsec': both([1 + x for x in spread(1e-15, 1e3, 40)] + spread(1, 1e307, 20)),
    'arccsc': both([1 + x for x in spread(1e-15, 1e3, 40)] + spread(1, 1e307, 20)),
    'erf': whole_line, 'erfc': both(spread(1e-10, 26.5, 60)) + spread(5, 26.5, 40),
    'erfi': both(spread(1e-10, 26.6, 60)) + tiny + spread(4, 9, 40),
    'erfinv': both(spread(1e-300, 0.99, 30) + [1 - x for x in spread(1e-16, 0.5, 30)]) + beside(0.5),
    'gamma': [x for x in spread(1e-300, 171, 60) if x > 1e-307] + [-x for x in spread(0.01, 170, 60)]
             + [y for n in (1, 2, 3, 10, 50, 120) for y in (-n + 10.0 ** -k for k in range(1, 14, 3))],
    'factorial': spread(1e-300, 170, 50) + [-x for x in spread(0.01, 169, 60)],
    'lnGamma': spread(1e-300, 1e305, 60) + [-x for x in spread(0.01, 1e5, 60)] + beside(1) + beside(2)
               + [y for z in zeros_of_ln_gamma for y in beside(z)] + spread(1, 3, 30) + spread(15, 30, 20),
    'psi': spread(1e-300, 1e300, 60) + [-x for x in spread(0.01, 1e4, 60)] + [y for z in zeros_of_psi for y in beside(z)]
               + spread(1, 2, 30) + beside(1.4616321449683622),
    'trigamma': spread(1e-100, 1e300, 60) + [-x for x in spread(0.01, 1e4, 60)],
    'lambertW': half_line + [-x for x in spread(1e-300, 0.36, 50)] + [-0.36787944117144233 + 10.0 ** -k for k in range(1, 17)],
}
right_angles = [y for k in (1, 2, 3, 4, 5, 7, 10, 99, 1000, 12345, 10 ** 6, 10 ** 9, 10 ** 15)
                for y in (float(k * m.pi / 2), math.nextafter(float(k * m.pi / 2), math.inf))]
for name in ('sin', 'cos', 'tan', 'cot', 'sec', 'csc', 'sinc'):
    more[name] = both(spread(1e-300, 1e300, 20) + spread(1e-3, 1e6, 40)) + right_angles
for name, points in more.items():
    f, own = unary[name]
    seen = set(own)
    unary[name] = (f, own + [x for x in points if not (x in seen or seen.add(x))])

pairs = [(random.uniform(-9, 9), random.uniform(-9, 9)) for _ in range(20)]
binary = {
    'log': (undefined(lambda x, b: x <= 0 or b <= 0 or b == 1, lambda x, b: m.log(x) / m.log(b)),
            [(8.0, 2.0), (2.0, 8.0), (1 / 9, 3.0), (243.0, 3.0), (1e300, 10.0), (0.5, 4.0), (7.0, 0.3), (1.0, 5.0),
             (1.0000001, 3.0), (3.0, 1.0000001), (-1.0, 2.0), (2.0, 1.0), (2.0, -2.0), (0.0, 2.0)]),
    'root': (None, []),
    'mod': (undefined(lambda x, y: y == 0, lambda x, y: x - y * m.floor(x / y)),
            pairs + [(7.0, 3.0), (-7.0, 3.0), (7.0, -3.0), (-6.0, 3.0), (1.0, 0.0), (5.5, 2.0), (1e17, 3.0)]),
    'min': (min, pairs), 'max': (max, pairs),
    'hypot': (m.hypot, pairs + [(3.0, 4.0), (1e300, 1e300), (1e-300, 1e-300)]),
    'atan2': (m.atan2, pairs + [(0.0, -1.0), (1.0, 0.0), (-1e-300, 1e-300)]),
    'polygamma': (undefined(lambda n, x: n < 0 or n != m.floor(n) or is_pole(x), psi),
                  [(float(n), x) for n in (1, 2, 3, 4, 5, 10, 25, 60) for x in
                   (1e-3, 0.2, 0.5, 1.0, 1.3, 2.0, 7.7, 20.0, 100.0, 1e4, -0.3, -0.6, -1.001, -3.2, -8.7, -20.5, -300.4)]
                  + [(1.0, 1e100), (2.0, 1e100), (1.0, -1e6 - 0.25), (2.0, -1e6 - 0.25), (3.0, 0.0), (2.0, -4.0),
                     (0.5, 1.0), (-1.0, 2.0), (100.0, 3.5), (150.0, 2.0), (200.0, 90.0), (1000.0, 400.0), (0.0, 2.5)]),
}
root_points = [(27.0, 3.0), (-27.0, 3.0), (-32.0, 5.0), (2.0, 7.0), (1e300, 9.0), (1e-300, 4.0), (5.0, -2.0), (-8.0, -3.0),
               (3.0, 2.5), (-3.0, 2.5), (-4.0, 2.0), (4.0, 2.0), (2.0, 0.0), (243.0, 5.0), (0.0, 3.0)]
def nth_root(x, n):
    if n == 0 or (x < 0 and (n != m.floor(n) or n % 2 == 0)):
        return mpf('nan')
    return m.sign(x) * abs(x) ** (1 / n)
halves = [random.uniform(0.01, 30) for _ in range(30)]
binary['beta'] = (undefined(lambda a, b: a <= 0 or b <= 0, small_near_zero(m.beta)),
                  list(zip(halves, reversed(halves))) + list(zip([random.uniform(0.1, 200) for _ in range(20)], halves))
                  + [(2.0, 3.0), (0.5, 0.5), (1000.0, 0.5), (1e-300, 3.0), (1e-5, 1e-5), (1e5, 1e-5), (1e10, 2.0), (12.0, 11.0),
                     (1e300, 0.01), (9.99, 10.01), (300.0, 300.0), (1e6, 12.0), (0.0, 1.0), (2.0, -1.0)])
binary['root'] = (nth_root, root_points)

def bessel(f):
    """A Bessel function with as many digits as its argument has, and enough beside its zeros."""
    def value(n, x):
        if n != m.floor(n):
            return mpf('nan')
        with m.workdps(60 + int(max(0, m.log10(abs(x) + 1)))):
            return +f(int(n), x)
    return value
def bessel_points(f):
    points = [(float(n), x) for n in bessel_orders for x in bessel_x]
    with m.workdps(30):
        for n in (0, 1, 2, 7):
            for k in (1, 2, 3, 7, 8, 9, 20, 100):
                zero = float((m.besseljzero if f == 'j' else m.besselyzero)(n, k))
                points += [(float(n), y) for y in (zero, math.nextafter(zero, math.inf), zero + 1e-6, zero - 0.05, zero + 0.11)]
    return points
binary['besselj'] = (bessel(m.besselj), bessel_points('j') + [(-1.0, 2.0), (-2.0, 3.0), (3.0, -1.5), (2.0, -30.0), (0.0, 0.0),
                                                              (4.0, 0.0), (0.5, 1.0), (1000.0, 990.0), (1000.0, 1010.0), (5000.0, 5000.0)])
binary['bessely'] = (undefined(lambda n, x: x <= 0, bessel(m.bessely)),
                     bessel_points('y') + [(-1.0, 2.0), (-2.0, 3.0), (0.0, 0.0), (1.0, -2.0), (0.5, 1.0), (1000.0, 990.0), (1000.0, 1010.0)])

def polysinc(n, x):
    """The n-th derivative of sin(x)/x by its series, with digits for what cancels there."""
    if n < 0 or n != m.floor(n):
        return mpf('nan')
    n = int(n)
    with m.workdps(60 + int(2 * abs(x)) + n):
        total, k = mpf(0), (n + 1) // 2
        term = (-1) ** k * x ** (2 * k - n) / m.factorial(2 * k - n)
        while abs(term) > m.mpf(10) ** -m.mp.dps * abs(total) or 2 * k - n < abs(x):
            total += term / (2 * k + 1)
            term *= -x * x / ((2 * k - n + 1) * (2 * k - n + 2))
            k += 1
            if term == 0:
                break
        return +total
binary['polysinc'] = (polysinc, [(float(n), s * x) for n in (0, 1, 2, 3, 4, 7, 10, 25, 60)
                                 for x in (0.0, 1e-300, 1e-9, 1e-3, 0.1, 0.7, 1.0, 1.9, 2.1, 3.0, 4.4934, 7.9, 11.5, 26.5, 59.0, 61.5, 100.0)
                                 for s in (1, -1) if x or s > 0] + [(0.5, 1.0), (-1.0, 2.0), (500.0, 3.0), (500.0, 480.0)])

def is_beside_zero(f, value, *x):
    """Whether f changes its sign within 0.1 of the last argument, by passing through zero and not through a pole."""
    for reach in ('0.1', '0.01', '0.001', '0.0001'):
        sides = [f(*x[:-1], mpf(x[-1]) + d) for d in (mpf(reach), -mpf(reach))]
        if any(m.isnan(side) or m.isinf(side) for side in sides):
            continue
        if sides[0] * sides[1] <= 0 and all(abs(side) >= abs(value) for side in sides):
            return True
    return False

def line(name, f, *x):
    exact = f(*(mpf(value) for value in x))
    rounded = float(exact)
    rest = 0.0
    if math.isfinite(rounded) and rounded != 0:
        rest = float((exact - mpf(rounded)) / mpf(math.ulp(rounded)))
    zero = math.isfinite(rounded) and is_beside_zero(f, exact, *(mpf(value) for value in x))
    return f"{name} {' '.join(repr(value) for value in x)} {rounded!r} {int(zero)} {rest:.2f}"

lines = [line(name, real(f), x) for name, (f, points) in unary.items() for x in points]
lines += [line(name, real(f), x, y) for name, (f, points) in binary.items() for x, y in points]
Path(__file__).with_name('functions.txt').write_text('\n'.join(lines) + '\n')
print(len(lines), 'lines')
