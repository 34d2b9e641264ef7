"""Writes record208.json: R peaks of the real ECG found by SciPy's find_peaks, to compare our detector with.

Run it as `/usr/bin/python3 record208.py > record208.json` in this directory. It needs NumPy and SciPy (made with 1.24
and 1.10). The method differs from the detector's on purpose: no derivative, no running levels. A beat is a peak of the
smoothed envelope of the signal between 5 and 20 Hz that stands out by a third of what the peaks around it do; the R peak
is the highest sample around it once the baseline, a running median, is taken away.
"""

import hashlib
import json

import numpy as np
from scipy.ndimage import gaussian_filter1d, median_filter
from scipy.signal import butter, find_peaks, sosfiltfilt

RATE = 360

raw = np.load("../ecg/record208.npz")["ecg"]
ecg = (raw.astype(float) - 1024) / 200
flat = ecg - median_filter(ecg, int(0.6 * RATE) | 1)
band = sosfiltfilt(butter(2, [5, 20], btype="bandpass", fs=RATE, output="sos"), ecg)
envelope = gaussian_filter1d(np.abs(band), 0.04 * RATE)
found, about = find_peaks(envelope, distance=int(0.25 * RATE), prominence=0.02)
height = about["prominences"]
around = np.array([np.median(height[max(i - 15, 0):i + 16]) for i in range(len(found))])
peaks = []
for at in found[height > around / 3]:
    low = max(at - int(0.08 * RATE), 0)
    peaks.append(int(low + np.argmax(flat[low:at + int(0.08 * RATE)])))
print(json.dumps({
    "samples": len(ecg), "mean": ecg.mean(), "std": ecg.std(), "first": ecg[:5].tolist(), "last": ecg[-5:].tolist(),
    "raw_sha256": hashlib.sha256(raw.astype("<u2").tobytes()).hexdigest(), "peaks": sorted(set(peaks)),
}))
