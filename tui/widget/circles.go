package widget

import (
	"image/color"
	"math"
)

// Circles are the contours of N(0, 1) in two dimensions: a group of points around the origin for each radius, in standard
// deviations. They lie over the points of a Scatter when they are its last groups and few points share a cell.
func Circles(c color.Color, radii ...float64) []ScatterGroup {
	const points = 240
	groups := make([]ScatterGroup, len(radii))
	for i, r := range radii {
		groups[i] = ScatterGroup{Color: c, Points: make([]Point, points)}
		for j := range groups[i].Points {
			sin, cos := math.Sincos(2 * math.Pi * float64(j) / points)
			groups[i].Points[j] = Point{r * cos, r * sin}
		}
	}
	return groups
}
