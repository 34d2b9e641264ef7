package lab

import "math"

// Figure is the number that a lab's task is about, of which a learner's best is kept. The zero Figure is one that was
// not measured, or not as the task asks for it.
type Figure struct {
	Name  string  `json:"name"` // with its unit, where it has one: "PSNR gain in dB"
	Value float64 `json:"value"`
	Lower bool    `json:"lower_is_better"`
}

// lowest is a figure of which the lowest value is the best. A value that is no finite number was not measured.
func lowest(name string, value float64) Figure { return measured(Figure{name, value, true}) }

// highest is a figure of which the highest value is the best. A value that is no finite number was not measured.
func highest(name string, value float64) Figure { return measured(Figure{name, value, false}) }

func measured(f Figure) Figure {
	if math.IsNaN(f.Value) || math.IsInf(f.Value, 0) {
		return Figure{}
	}
	return f
}

// Better reports whether f is measured and better than o; any figure is better than one that was not measured.
func (f Figure) Better(o Figure) bool {
	switch {
	case f.Name == "":
		return false
	case o.Name == "":
		return true
	case f.Lower:
		return f.Value < o.Value
	}
	return f.Value > o.Value
}
