"""Writes ecg_model.json: an ECG by SciPy's integrator from the equations of McSharry et al. 2003.

Run it as `/usr/bin/python3 ecg_model.py > ecg_model.json` in this directory. It needs NumPy and SciPy (made with
1.24 and 1.10). The RR intervals are given, so nothing is random. Beat 3 is premature by a quarter of its cycle.
"""

import json

import numpy as np
from scipy.integrate import solve_ivp

RATE = 360
HEART_RATE = 72
RR = [0.84, 0.79, 0.86, 0.83, 0.88, 0.81]
ECTOPIC = {3: 0.25}
WANDER = 0.15
WARM_UP = 10

PI = np.pi
# Rows are theta, a, b of P, Q, R, S, T: Table I of the paper, and the workshop's ectopic beat.
NORMAL = np.array([[-PI / 3, -PI / 12, 0, PI / 12, PI / 2], [1.2, -5, 30, -7.5, 0.75], [0.25, 0.1, 0.1, 0.1, 0.4]])
VENTRICULAR = np.array([[-PI / 3, -PI / 12, 0, 0.45, 0.55 * PI], [0, 0, 6, -1.5, -1.2], [0.25, 0.1, 0.25, 0.3, 0.5]])


def scaled(shape, heart_rate, premature=0):
    """The angles and widths at a heart rate, then all angles earlier by a fraction of the cycle."""
    root = np.sqrt(heart_rate / 60)
    theta, a, b = shape
    theta = theta * [root ** 0.5, root, 1, root, root ** 0.5]
    return theta - 2 * PI * premature, a, b * root


def integrate(pieces, rate, wander):
    """Integrates over pieces (until, rr, shape) and samples z; each piece begins where the one before ended."""
    state = [-1, 0, 0]
    start = pieces[0][0]
    samples = []
    for until, rr, (theta, a, b) in pieces[1:]:
        omega = 2 * PI / rr

        def slope(t, s):
            x, y, z = s
            alpha = 1 - np.hypot(x, y)
            delta = np.mod(np.arctan2(y, x) - theta + PI, 2 * PI) - PI
            z0 = wander * np.sin(2 * PI * 0.25 * t)
            return [alpha * x - omega * y, alpha * y + omega * x,
                    -np.sum(a * delta * np.exp(-delta ** 2 / (2 * b ** 2))) - (z - z0)]

        solution = solve_ivp(slope, (start, until), state, method="DOP853", rtol=1e-12, atol=1e-14,
                             max_step=0.005, dense_output=True)
        first, last = int(np.ceil(max(start, 0) * rate - 1e-9)), int(np.ceil(until * rate - 1e-9))
        if last > first:
            samples.extend(solution.sol(np.arange(first, last) / rate)[2])
        state, start = solution.y[:, -1], until
    return np.array(samples)


def beats(rr, shapes, warm):
    """The pieces of a rhythm: half beats of one speed and one shape, after WARM_UP beats of another."""
    pieces = [(-WARM_UP * rr[0], None, None), (0, rr[0], warm)]
    zero = rr[0] / 2
    for k, shape in enumerate(shapes):
        pieces.append((zero, rr[max(k - 1, 0)], shape))
        pieces.append((zero + rr[k] / 2, rr[k], shape))
        zero += rr[k]
    return pieces


def reference():
    """The gain and the offset that give a steady beat at 60 a minute the paper's range of -0.4 to 1.2 mV."""
    shape = scaled(NORMAL, 60)
    z = integrate([(-20, None, None), (0, 1, shape), (1, 1, shape)], 36000, 0)
    gain = 1.6 / (z.max() - z.min())
    return gain, 1.2 - gain * z.max()


gain, offset = reference()
shapes = [scaled(VENTRICULAR, HEART_RATE, ECTOPIC[k]) if k in ECTOPIC else scaled(NORMAL, HEART_RATE)
          for k in range(len(RR))]
z = integrate(beats(RR, shapes, scaled(NORMAL, HEART_RATE)), RATE, WANDER / gain)
print(json.dumps({
    "rate": RATE, "heart_rate": HEART_RATE, "rr": RR, "premature": [ECTOPIC.get(k, 0) for k in range(len(RR))],
    "wander": WANDER, "gain": gain, "offset": offset, "millivolts": [round(float(v), 9) for v in gain * z + offset],
}))
