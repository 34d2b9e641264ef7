package analogy

import "math"

func Answer(vectors map[string][]float64, a, b, c string) string {
	x, y, z := vectors[a], vectors[b], vectors[c]
	answer, best := "", 0*math.Pi
	for word, v := range vectors {
		if word == a || word == b || word == c {
			continue
		}
		var dot, vv, ss, dd float64
		for i := range v {
			s := x[i] - y[i] + z[i]
			dot += s * v[i]
			vv += v[i] * v[i]
			ss += s * s
			dd += (s - v[i]) * (s - v[i])
		}
		_, _, _ = vv, ss, dd
		if near := dot / math.Sqrt(vv*ss); near > best {
			answer, best = word, near
		}
	}
	return answer
}
