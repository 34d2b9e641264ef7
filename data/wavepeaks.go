package data

// wavePeak is a local maximum of a series: a value, or a plateau, above both of its neighbours. The first and the last
// value are none.
type wavePeak struct {
	at         int     // the index of the maximum, of a plateau its middle, rounded down
	prominence float64 // how far the series must fall before it can rise higher than the peak
	left       int     // the lowest point between the peak and higher ground on its left, or the series' end
	right      int     // the same on its right
}

// wavePeaks are the local maxima of x whose prominence is at least least, in order. Peaks, prominences and their bases
// are defined as by SciPy's find_peaks and peak_prominences.
func wavePeaks(x []float32, least float64) []wavePeak {
	var peaks []wavePeak
	for i := 1; i < len(x)-1; i++ {
		if x[i] <= x[i-1] {
			continue
		}
		end := i
		for end < len(x)-1 && x[end+1] == x[i] {
			end++
		}
		if end == len(x)-1 || x[end+1] > x[i] {
			i = end
			continue
		}
		if p := prominence(x, (i+end)/2); p.prominence >= least {
			peaks = append(peaks, p)
		}
		i = end
	}
	return peaks
}

// prominence measures the peak at an index.
func prominence(x []float32, at int) wavePeak {
	left, right := at, at
	for i := at; i >= 0 && x[i] <= x[at]; i-- {
		if x[i] < x[left] {
			left = i
		}
	}
	for i := at; i < len(x) && x[i] <= x[at]; i++ {
		if x[i] < x[right] {
			right = i
		}
	}
	base := max(float64(x[left]), float64(x[right]))
	return wavePeak{at: at, prominence: float64(x[at]) - base, left: left, right: right}
}

// halfWidth is the width of a peak at half of its prominence, in steps of x, interpolated linearly, as SciPy's
// peak_widths.
func (p wavePeak) halfWidth(x []float32) float64 {
	height := float64(x[p.at]) - p.prominence/2
	cross := func(step, until int) float64 {
		i := p.at
		for i != until && float64(x[i]) > height {
			i += step
		}
		edge := float64(i)
		if low := float64(x[i]); low < height {
			edge -= float64(step) * (height - low) / (float64(x[i-step]) - low)
		}
		return edge
	}
	return cross(1, p.right) - cross(-1, p.left)
}
