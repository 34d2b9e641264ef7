package widget

import "testing"

func TestTrimCutsTheSameRim(t *testing.T) {
	dot := func(y, x int) Picture {
		p := Picture{Height: 9, Width: 9, Pixels: make([]float32, 81)}
		p.Pixels[y*9+x] = 1
		return p
	}
	first, second := []Picture{dot(4, 4)}, []Picture{dot(4, 3), dot(5, 4)}
	Trim(first, second)
	// The ink comes as near as 3 to an edge; a pixel of the rim stays.
	for i, p := range append(first, second...) {
		if p.Height != 5 || p.Width != 5 {
			t.Errorf("picture %d has %d×%d pixels, want 5×5", i, p.Height, p.Width)
		}
	}
	if second[0].Pixels[2*5+1] != 1 {
		t.Errorf("the dot moved: %v", second[0].Pixels)
	}
	edge := []Picture{dot(0, 4)}
	if Trim(edge); edge[0].Height != 9 {
		t.Error("ink was cut off")
	}
	Trim(nil, []Picture{{}})
}
