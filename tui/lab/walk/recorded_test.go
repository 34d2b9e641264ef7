package walk

import (
	"context"
	"errors"
	"math"

	"github.com/aetutor/aetutor/lab"
)

// blob is a picture of a blurred bar that leans by some pixels.
func blob(lean, wide float64) []float32 {
	pixels := make([]float32, 784)
	for i := range pixels {
		x, y := float64(i%28)-13.5, float64(i/28)-13.5
		if math.Abs(y) < 9 {
			d := (x + lean*y/9) / wide
			pixels[i] = float32(math.Exp(-d * d))
		}
	}
	return pixels
}

// recordedWalker decodes a place to a bar that leans as far as the place is to the right.
type recordedWalker struct {
	looks chan lab.Place // notes the places, and makes the work wait where it has no room; nil does neither
	fails error
}

func (w *recordedWalker) Look(_ context.Context, at lab.Place) (lab.Sight, error) {
	if w.looks != nil {
		w.looks <- at
	}
	s := lab.Sight{At: at}
	for i := range s.Views {
		s.Views[i] = lab.View{
			Picture: blob(3*at[0], 2+float64(i)), Distance: 0.02 + 0.02*float64(1-i), Label: uint8(int(math.Abs(4*at[0]+at[1]*8)) % 10),
		}
	}
	return s, w.fails
}

func (w *recordedWalker) Draw(_ context.Context, seed int64) (lab.Draws, error) {
	var d lab.Draws
	for i := range d.Pictures {
		for j := range 60 {
			d.Pictures[i] = append(d.Pictures[i], blob(float64((j+int(seed))%9-4), 1.5+float64(i)))
		}
		d.Stats[i] = lab.PixelStats{Ink: 0.12 + float64(seed)/1000, Spread: 0.03, Grey: 0.19}
	}
	return d, nil
}

// recordedOpened is two maps whose digits lie in directions of their own.
func recordedOpened(w Walker) Opened {
	o := Opened{Walker: w, Digits: lab.PixelStats{Ink: 0.1325, Spread: 0.0437, Grey: 0.0503}}
	for i := range o.Maps {
		m := &o.Maps[i]
		for j := range 800 {
			angle := float64(j%10)*0.63 + 0.25*math.Sin(float64(j)) + float64(i)
			far := 2.4 * math.Abs(math.Sin(float64(j)*0.37))
			m.Codes, m.Labels = append(m.Codes, lab.Place{far * math.Cos(angle), far * math.Sin(angle)}), append(m.Labels, uint8(j%10))
		}
		for range lab.WalkGrid {
			for column := range lab.WalkGrid {
				m.Grid = append(m.Grid, blob(3*lab.GridAt(column), 2+float64(i)))
			}
		}
	}
	return o
}

// opens is an Open that succeeds.
func opens(w Walker) Open {
	return func(_ context.Context, emit func(lab.Event)) (Opened, error) {
		emit(lab.Progress{Doing: "training the VAE of digits with 2 latent units", Fraction: 0.4})
		return recordedOpened(w), nil
	}
}

var errNoRoom = errors.New("no room for the model; close other programs")
