"""Writes beats.json: filters, waves, windows and features of the real ECG by NumPy and SciPy.

Run it as `/usr/bin/python3 beats.py > beats.json` in this directory, after record208.json is there. It needs NumPy and
SciPy (made with 1.24 and 1.10).
"""

import json

import numpy as np
from scipy.signal import butter, find_peaks, lfilter, lfilter_zi, peak_widths

RATE, WINDOW_RATE, WIDTH, R = 360, 180, 128, 45
PROMINENCE = 0.1

ecg = (np.load("../ecg/record208.npz")["ecg"].astype(float) - 1024) / 200


def band(x, rate):
    """A band-pass run forwards and then backwards, each time as if the first value had been there for ever."""
    b, a = butter(1, [5, 15], btype="bandpass", fs=rate)
    for _ in range(2):
        x = lfilter(b, a, x, zi=lfilter_zi(b, a) * x[0])[0][::-1]
    return x


def waves(x, least):
    peaks, about = find_peaks(x, prominence=least)
    widths = peak_widths(x, peaks, rel_height=0.5)[0]
    return {"values": np.asarray(x, float).tolist(), "least": least, "at": peaks.tolist(),
            "prominence": about["prominences"].tolist(), "width": widths.tolist()}


def window(peak):
    at = peak + (np.arange(WIDTH) - R) / WINDOW_RATE * RATE
    return np.interp(at, np.arange(len(ecg)), ecg)


def features(x, rr):
    x = np.float32(x).astype(float)
    peaks, about = find_peaks(x, prominence=PROMINENCE)
    width = 0.0
    if len(peaks):
        most = peaks[np.argmax(about["prominences"])]
        width = peak_widths(x, [most], rel_height=0.5)[0][0] / WINDOW_RATE * 1000
    return [x.min(), x.max(), x.mean(), np.median(x), x.std(), len(peaks), width, rr]


with open("record208.json") as file:
    peaks = json.load(file)["peaks"][60:100]
rr = np.diff(peaks, prepend=peaks[0] - (peaks[1] - peaks[0])) / RATE
tooth = [0, 1, 1, 1, 0, 2, 0, 0, 3, 1, 3, 3, 1, 2, 2]
hills = (np.random.default_rng(3).normal(size=60).cumsum() * 0.5).round(2)
print(json.dumps({
    "raw": ecg[3600:4600].tolist(), "band_360": band(ecg[3600:4600], 360).tolist(),
    "band_128": band(ecg[3600:4600], 128).tolist(),
    "waves": [waves(tooth, 0), waves(tooth, 1.5), waves(hills, 0.3), waves([1.0, 1.0, 1.0], 0), waves([1.0, 2.0], 0)],
    "peaks": peaks, "first_window": window(peaks[0]).tolist(), "last_window": window(peaks[-1]).tolist(),
    "features": [features(window(peak), interval) for peak, interval in zip(peaks, rr)],
    "flat": features(np.zeros(WIDTH), 1.0),
}))
