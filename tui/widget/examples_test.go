package widget

import (
	"math"
	"strings"
	"testing"
)

func TestRimLeavesTheInkOfAll(t *testing.T) {
	a, b := make([]float32, 100), make([]float32, 100)
	a[4*10+4], b[6*10+3] = 1, 0.5
	a[0] = 0.05 // Too faint to count.
	pictures := Squares([][]float32{a, b, make([]float32, 103)})
	if pictures[2].Width != 10 || pictures[2].Height != 10 {
		t.Errorf("103 values are a picture of %d×%d", pictures[2].Height, pictures[2].Width)
	}
	// The ink keeps 3 pixels from the nearest edge, at column 3 and at row 6 of 10; one of them stays as a rim.
	if rim := Rim(pictures); rim != 2 {
		t.Errorf("the rim has %d pixels", rim)
	}
	if rim := Rim(Squares([][]float32{make([]float32, 4)})); rim != 0 {
		t.Errorf("a small empty picture has a rim of %d pixels", rim)
	}
}

func TestCirclesHaveTheirRadius(t *testing.T) {
	groups := Circles(muted, 1, 2)
	if len(groups) != 2 || len(groups[0].Points) < 100 {
		t.Fatalf("%d circles", len(groups))
	}
	for i, g := range groups {
		for _, p := range g.Points {
			if r := math.Hypot(p.X, p.Y); math.Abs(r-float64(i+1)) > 1e-12 {
				t.Fatalf("a point of circle %d is %v from the middle", i, r)
			}
		}
	}
}

func TestChartWithoutLegendHasItsLine(t *testing.T) {
	c := Chart{Series: []Series{{Name: "train", Points: points(3, 2, 1)}}, NoLegend: true}
	checkSize(t, c.Render(30, 8, plain()), 30, 8)
	with, without := Chart{Series: c.Series}.Render(30, 8, plain()), c.Render(30, 9, plain())
	if !strings.Contains(with, "train") || strings.Contains(without, "train") {
		t.Errorf("the legend is not where it is wanted:\n%s\n%s", with, without)
	}
}
