"""Prints the coefficients in Asinh.java: a Chebyshev interpolation of atanh(sqrt z) / sqrt z for 0 <= z <= z_max.

z = t * t with t = x / (1 + sqrt(1 + x * x)), so that asinh(x) = 2 atanh(t); z_max belongs to x = 2.
"""

import numpy as np
from numpy.polynomial import Chebyshev, Polynomial

DEGREE = 7
REACH = 2.0


def wanted(z):
    root = np.sqrt(np.maximum(z, 1e-30))
    return np.arctanh(root) / root


z_max = (REACH / (1 + np.sqrt(1 + REACH * REACH))) ** 2
fit = Chebyshev.interpolate(wanted, DEGREE, domain=[0, z_max]).convert(kind=Polynomial)
grid = np.linspace(0, z_max, 100_001)
for power, coefficient in enumerate(fit.coef):
    print(f"z^{power}: {coefficient:.10g}")
print(f"greatest relative error {np.max(np.abs(fit(grid) / wanted(grid) - 1)):.1e}")
