package widget

import (
	"math"
	"slices"
)

// mostPoints bounds what Extend keeps of a curve: an epoch of single examples has 60,000 steps, and a chart a few hundred
// columns.
const mostPoints = 8192

// latestPoints is how many of the latest points all stay, for who compares them with each other.
const latestPoints = 64

// Extend appends a point to a curve whose points are in the order of X. When there are mostPoints, it leaves out at least
// half of those between the first one and the latest ones, so that the others lie about evenly. It forms no means: they
// would vary less than the points that follow, which would look like spikes beside them. Spikes themselves stay.
func Extend(curve []Point, p Point) []Point {
	curve = append(curve, p)
	if len(curve) < mostPoints {
		return curve
	}
	at := len(curve) - latestPoints
	earlier, latest := curve[:at], curve[at:]
	distance := (earlier[len(earlier)-1].X - earlier[0].X) / (mostPoints / 2)
	return append(apart(earlier, distance), latest...)
}

// outstanding is how many times the usual change from one point to the next a spike is high. The noise of a whole run stays
// below, or else the points left would be the highest of their neighbours.
const outstanding = 12

// apart takes of points, two or more, those that are at least a distance apart, the first one and the spikes between them.
func apart(points []Point, distance float64) []Point {
	changes := make([]float64, 0, len(points))
	for i := range points[1:] {
		changes = append(changes, math.Abs(points[i+1].Y-points[i].Y))
	}
	slices.Sort(changes)
	spike := outstanding * changes[len(changes)/2]
	taken := append(make([]Point, 0, mostPoints), points[0])
	for _, p := range points[1:] {
		last := &taken[len(taken)-1]
		switch {
		case p.X-last.X >= distance && p.X > last.X:
			taken = append(taken, p)
		case p.Y-last.Y > spike && len(taken) > 1:
			*last = p
		}
	}
	return taken
}
