"""The operators of Module 0."""

import math

EPS = 1e-6


def mul(x, y):
    # Task 0.1
    return x * y


def add(x, y):
    # Task 0.1
    return x + y


def neg(x):
    # Task 0.1
    return -x


def lt(x, y):
    # Task 0.1
    return 1.0 if x < y else 0.0


def eq(x, y):
    # Task 0.1
    return 1.0 if x == y else 0.0


def sigmoid(x):
    # Task 0.1
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    return math.exp(x) / (1.0 + math.exp(x))


def relu(x):
    # Task 0.1
    return x if x > 0 else 0.0


def log(x):
    return math.log(x + EPS)


def exp(x):
    return math.exp(x)


def log_back(x, d):
    # Task 0.1
    return d / (x + EPS)


def inv(x):
    # Task 0.1
    return 1.0 / x


def inv_back(x, d):
    # Task 0.1
    return -d / x**2


def relu_back(x, d):
    # Task 0.1
    return d if x > 0 else 0.0
