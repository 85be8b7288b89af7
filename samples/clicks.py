#!/usr/bin/env python3
"""Rows for a logistic regression: python3 samples/clicks.py 10000000 > clicks.csv

Columns a, b, c are normal, t is 1 or -1 with log-odds 0.8a - 0.5b + 0.3c. Then
    nabla fit clicks.csv --minimize 'ln(1 + exp(-t(u a + v b + w c)))'
"""
import math
import random
import sys

rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
draw = random.Random(1958)
normal, uniform = draw.gauss, draw.random
lines = ["a,b,c,t"]
for _ in range(rows):
    a, b, c = normal(0, 1), normal(0, 1), normal(0, 1)
    odds = 0.8 * a - 0.5 * b + 0.3 * c
    t = 1 if uniform() < 1 / (1 + math.exp(-odds)) else -1
    lines.append(f"{a:.6f},{b:.6f},{c:.6f},{t}")
    if len(lines) == 10000:
        sys.stdout.write("\n".join(lines) + "\n")
        lines = []
if lines:
    sys.stdout.write("\n".join(lines) + "\n")
