package lab

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestParsePlaces(t *testing.T) {
	places, err := parsePlaces("0 0, 1.5 -0.5,-2  2")
	if want := []Place{{0, 0}, {1.5, -0.5}, {-2, 2}}; err != nil || !slices.Equal(places, want) {
		t.Errorf("the places are %v, error %v; want %v", places, err, want)
	}
	for _, bad := range []string{"", "1", "1 2 3", "0 0,", "a b", "NaN 0", "0 101", strings.Repeat("0 0,", mostPlaces) + "0 0"} {
		if places, err := parsePlaces(bad); err == nil {
			t.Errorf("%.20q gives the places %v", bad, places)
		}
	}
}

// TestVisitSeesWhatLookSees: the places of a learner count like those that a key leads to.
func TestVisitSeesWhatLookSees(t *testing.T) {
	w := smallWalk(t)
	places := []Place{{0.5, -1}, {3, 0}, {0.5, -1}}
	var events []Event
	if err := w.visit(t.Context(), places, func(e Event) { events = append(events, e) }); err != nil {
		t.Fatal(err)
	}
	var found Found
	for i, at := range places {
		want, err := w.Look(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		found.Add(want)
		got, ok := events[i].(WalkSight)
		if !ok || got.At != at || got.Reach != (i != 1) {
			t.Fatalf("event %d is %+v", i, events[i])
		}
		for m, view := range want.Views {
			if got.Digits[m] != view.Label || got.Apart[m] != view.Distance || got.Clear[m] != view.Clear() {
				t.Errorf("at %v model %d tells %+v, want %+v", at, m, got, view)
			}
		}
	}
	done, ok := events[len(events)-1].(WalkDone)
	if !ok || done.Places != 3 || done.Found != found.String() || done.Outcome() != found.Task() {
		t.Errorf("the last event is %+v, want the digits %q", events[len(events)-1], found)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.visit(ctx, places, func(Event) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestSightInWords(t *testing.T) {
	s := WalkSight{At: Place{1.5, -3}, Digits: [walkModels]uint8{3, 8}, Apart: [walkModels]float64{0.061, 0.02}, Clear: [walkModels]bool{false, true}}
	const want = "at 1.5 -3: the autoencoder draws nothing clear, nearest to a 3, difference 0.061; the VAE draws an 8, difference 0.020; " +
		"farther than 2 from the middle, so it does not count"
	if got := s.Line(); got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
}
