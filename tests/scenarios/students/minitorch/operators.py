import math


def sigmoid(x):
    return 1.0 / (1.0 + math.exp(-x)) if x >= 0 else math.exp(x) / (1.0 + math.exp(x))


def relu(x):
    return x if x > 0 else 0.0


def log_back(x, d):
    return d / x


def inv(x):
    return 1.0 / x


def inv_back(x, d):
    return -d / x**2


def relu_back(x, d):
    return d if x > 0 else 0.0
