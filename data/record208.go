package data

import (
	"embed"
	"sync"
)

//go:embed ecg/record208.npz
var ecgFiles embed.FS

// How the database's analogue-to-digital converter wrote a voltage: 0 mV as 1024, one millivolt as 200 steps.
const (
	record208Zero = 1024
	record208Gain = 200
)

var record208 = sync.OnceValues(func() (*Series, error) {
	raw, err := readNPZ(ecgFiles, "ecg/record208.npz")
	if err != nil {
		return nil, err
	}
	millivolts := make([]float32, len(raw))
	for i, steps := range raw {
		millivolts[i] = (float32(steps) - record208Zero) / record208Gain
	}
	return &Series{Name: "MIT-BIH record 208", Rate: 360, Millivolts: millivolts}, nil
})

// Record208 is a real ECG: five minutes, from 19:35 on, of lead MLII of record 208 of the MIT-BIH Arrhythmia Database
// (Moody and Mark 2001), at 360 Hz. It holds normal beats, many premature ventricular ones and artefacts; none is
// labelled here. All calls return the same Series.
func Record208() (*Series, error) { return record208() }
