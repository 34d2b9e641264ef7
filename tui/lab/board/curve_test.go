package board

import (
	"math"
	"testing"

	"github.com/aetutor/aetutor/tui/widget"
)

func curve(values ...float64) []widget.Point {
	points := make([]widget.Point, len(values))
	for i, v := range values {
		points[i] = widget.Point{X: float64(i), Y: v}
	}
	return points
}

func TestTrend(t *testing.T) {
	for _, c := range []struct {
		points []widget.Point
		most   int
		want   int
	}{
		{nil, 5, 0}, {curve(1), 5, 0}, {curve(2, 1), 1, -1}, {curve(1, 2), 1, 1}, {curve(1, 1.0005), 1, 0},
		{curve(9, 1, 2, 2), 1, 0}, {curve(1, 9, 3, 4), 2, -1}, {curve(0, 0, 9, 1, 1), 2, -1},
	} {
		if got := trend(c.points, c.most); got != c.want {
			t.Errorf("the trend of %v over %d is %d, want %d", c.points, c.most, got, c.want)
		}
	}
	if !math.IsNaN(Latest(nil)) || Latest(curve(1, 3)) != 3 {
		t.Error("Latest is not the last value")
	}
	f := Curve("loss", curve(2, 1), 1, Loss)
	if f.Number != "1.00" || f.Unit != "▼" || f.Label != "loss" || Curve("loss", nil, 1, Loss).Number != "-" {
		t.Errorf("the fact is %+v", f)
	}
}
