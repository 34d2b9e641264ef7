package lab

import (
	"context"
	"math"
	"slices"

	"github.com/aetutor/aetutor/engine/downstream"
)

// Plane is the plane on which some vectors spread most, by PCA, turned as one likes it.
type Plane struct {
	pca  *downstream.PCA
	turn [2][2]float64
}

// FitPlane fits a plane to vectors of one width, at least two of at least two values. like are places, one for each
// vector, that the plane is turned and mirrored to come close to, so that a map that is drawn again and again does not
// jump; nil leaves it as PCA gives it.
func FitPlane(ctx context.Context, vectors [][]float32, like [][2]float64) (*Plane, error) {
	width := 0
	if len(vectors) > 0 {
		width = len(vectors[0])
	}
	pca, err := downstream.FitPCA(ctx, slices.Concat(vectors...), width)
	if err != nil {
		return nil, err
	}
	p := &Plane{pca, [2][2]float64{{1, 0}, {0, 1}}}
	if len(like) != len(vectors) {
		return p, nil
	}
	points, err := p.Place(ctx, vectors)
	if err != nil {
		return nil, err
	}
	p.turn = Turn(points, like)
	return p, nil
}

// Place is where vectors lie, [n, 2].
func (p *Plane) Place(ctx context.Context, vectors [][]float32) ([][2]float64, error) {
	flat, err := p.pca.Transform(ctx, slices.Concat(vectors...), 2)
	if err != nil {
		return nil, err
	}
	points := make([][2]float64, len(vectors))
	for i := range points {
		points[i] = apply(p.turn, [2]float64{float64(flat[2*i]), float64(flat[2*i+1])})
	}
	return points, nil
}

// Turn is the rotation, mirrored where that is better, that brings points nearest to like in the sum of squares, both
// taken about the origin (Schönemann 1966). Where neither is, it changes nothing.
func Turn(points, like [][2]float64) [2][2]float64 {
	var m [2][2]float64 // Σ like · pointᵀ
	for i, p := range points {
		for row := range 2 {
			for column := range 2 {
				m[row][column] += like[i][row] * p[column]
			}
		}
	}
	// The best of all rotations and the best of all mirrorings have a closed form in two dimensions.
	rotated := math.Hypot(m[0][0]+m[1][1], m[1][0]-m[0][1])
	mirrored := math.Hypot(m[0][0]-m[1][1], m[1][0]+m[0][1])
	switch {
	case rotated == 0 && mirrored == 0:
		return [2][2]float64{{1, 0}, {0, 1}}
	case rotated >= mirrored:
		cos, sin := (m[0][0]+m[1][1])/rotated, (m[1][0]-m[0][1])/rotated
		return [2][2]float64{{cos, -sin}, {sin, cos}}
	}
	cos, sin := (m[0][0]-m[1][1])/mirrored, (m[1][0]+m[0][1])/mirrored
	return [2][2]float64{{cos, sin}, {sin, -cos}}
}

func apply(turn [2][2]float64, p [2]float64) [2]float64 {
	return [2]float64{turn[0][0]*p[0] + turn[0][1]*p[1], turn[1][0]*p[0] + turn[1][1]*p[1]}
}

// Unit is x scaled to length 1; a vector of zeros stays as it is.
func Unit(x []float32) []float32 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	unit := make([]float32, len(x))
	for i, v := range x {
		if sum > 0 {
			unit[i] = float32(float64(v) / math.Sqrt(sum))
		}
	}
	return unit
}
