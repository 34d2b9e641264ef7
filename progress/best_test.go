package progress

import (
	"testing"
	"time"
)

func TestBeats(t *testing.T) {
	low, high := Best{Lab: "a", Figure: "error", Lower: true, Value: 1}, Best{Lab: "a", Figure: "gain", Value: 1}
	with := func(b Best, value float64) Best { b.Value = value; return b }
	for _, c := range []struct {
		f, o Best
		want bool
	}{
		{with(low, 0.5), low, true}, {low, low, false}, {with(low, 2), low, false},
		{with(high, 2), high, true}, {high, high, false}, {with(high, 0.5), high, false},
		{with(low, 9), with(high, 1), true}, {with(high, -9), Best{}, true},
	} {
		if got := c.f.Beats(c.o); got != c.want {
			t.Errorf("%+v beats %+v: %v", c.f, c.o, got)
		}
	}
	for value, want := range map[float64]string{
		0.0179: "0.0179", 0.46123: "0.461", 0.28: "0.280", 8: "8", 100: "100", 0: "0", 12345.6: "12346", -3.25: "-3.25",
		2.5e-7: "2.5e-07",
	} {
		if got := with(low, value).Number(); got != want {
			t.Errorf("%v is written %s, want %s", value, got, want)
		}
	}
}

func TestUnitIsTheEndOfTheName(t *testing.T) {
	for name, want := range map[string]string{
		"PSNR gain in dB": "dB", "accuracy in %": "%", "F1 on unseen images": "", "rank of d in an analogy of your own": "",
	} {
		if got := (Best{Figure: name}).Unit(); got != want {
			t.Errorf("the unit of %q is %q, want %q", name, got, want)
		}
	}
}

// TestLatestBests keeps of a lab's figures the one that was reached last, whatever its value.
func TestLatestBests(t *testing.T) {
	day := func(n int) time.Time { return time.UnixMilli(0).AddDate(0, 0, n) }
	old := Best{Lab: "a", Figure: "loss", Lower: true, Value: 0.1, At: day(1)}
	now := Best{Lab: "a", Figure: "error", Lower: true, Value: 0.2, At: day(2)}
	other := Best{Lab: "b", Figure: "ARI", Value: 0.3, At: day(1)}
	for _, order := range [][]Best{{old, now, other}, {other, now, old}} {
		got := Progress{Bests: order}.LatestBests()
		if len(got) != 2 || got["a"] != now || got["b"] != other {
			t.Errorf("the latest of %v are %v", order, got)
		}
	}
}
