package maps

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/labtest"
)

func settings() lab.MapsSettings {
	return lab.MapsSettings{Seed: 1, Latent: 16, K: 4, On: lab.OnPCA}
}

// recordedPoints are ten heaps on a circle, the wider apart the better the map.
func recordedPoints(apart float64) (points [][2]float64, labels []uint8) {
	for i := range 600 {
		angle, away := float64(i%10)*math.Pi/5, float64(i)*0.7
		points = append(points, [2]float64{
			apart*math.Cos(angle) + math.Sin(away*1.3)*math.Cos(away), apart*math.Sin(angle) + math.Sin(away*1.3)*math.Sin(away),
		})
		labels = append(labels, uint8(i%10))
	}
	return points, labels
}

func recordedClusters(on string, k int, ari float64) lab.ClusterEvent {
	e := lab.ClusterEvent{On: on, Width: 16, K: k, ARI: ari, NMI: ari + 0.1, Seconds: 0.18}
	for i := range 600 {
		e.Labels = append(e.Labels, i%10%k)
	}
	for i := range k {
		e.Holds = append(e.Holds, lab.ClusterShare{Digit: uint8(i % 10), Part: 0.9 - 0.05*float64(i%10), Size: 100})
	}
	return e
}

// recorded are the events of the work; models says how many of the two are trained.
func recorded(models int) []lab.Event {
	points, labels := recordedPoints(2)
	events := []lab.Event{
		lab.FeaturesEvent{On: lab.OnPixels, Width: 784, Labels: labels}, lab.PlaneEvent{On: lab.OnPCA, Points: points, Ready: true},
		lab.FeaturesEvent{On: lab.OnPCA, Width: 16, Labels: labels}, recordedClusters(lab.OnPCA, 4, 0.28),
		lab.ProbeEvent{On: lab.OnPCA, Width: 16, Accuracy: 0.845, Seconds: 0.16}, lab.ProbeEvent{On: lab.OnPixels, Width: 784, Accuracy: 0.913, Seconds: 1.5},
	}
	for i, on := range []string{lab.OnAutoencoder, lab.OnVAE}[:models] {
		points, _ := recordedPoints(float64(3 + i))
		events = append(events, lab.PlaneEvent{On: on, Points: points, Ready: true}, lab.FeaturesEvent{On: on, Width: 16, Labels: labels},
			recordedClusters(on, 4, 0.18+0.11*float64(i)), lab.ProbeEvent{On: on, Width: 16, Accuracy: 0.883 - 0.016*float64(i), Seconds: 0.13})
	}
	return events
}

// bench is a player of the lab with the work that the test drives.
type bench struct {
	*labtest.Player
	model *Model
	made  chan lab.Event     // what the making of maps tells; closed, it ends
	told  int                // events that it has handed over
	asked []lab.MapsSettings // with which maps were made
	ks    []int              // of the clusterings
	hold  chan struct{}      // clusterings wait for it, if it is set
	ari   float64            // of the next clustering
	fails error
}

func play(t *testing.T, script func(b *bench)) {
	t.Helper()
	b := &bench{}
	labtest.Play(t, func() screen.Screen {
		b.made = make(chan lab.Event, 100)
		b.model = New(Work{b.make, b.cluster}, settings(), "Which map keeps the digits apart?")
		return b.model
	}, func(p *labtest.Player) {
		b.Player = p
		script(b)
	})
}

func (b *bench) make(ctx context.Context, s lab.MapsSettings, emit func(lab.Event)) error {
	b.asked = append(b.asked, s)
	for {
		select {
		case e, ok := <-b.made:
			if !ok {
				return b.fails
			}
			emit(e)
			b.told++
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (b *bench) cluster(ctx context.Context, _ *lab.Features, k int, _ int64, emit func(lab.Event)) (lab.ClusterEvent, error) {
	b.ks = append(b.ks, k)
	emit(lab.Progress{Doing: "clustering", Fraction: 0.4})
	if b.hold != nil {
		select {
		case <-b.hold:
		case <-ctx.Done():
			return lab.ClusterEvent{}, ctx.Err()
		}
	}
	return recordedClusters(b.model.rows[b.model.at].on, k, b.ari), b.fails
}

func (b *bench) emit(events ...lab.Event) {
	for _, e := range events {
		b.made <- e
	}
	b.Settle()
}

func TestMapsFillTheTable(t *testing.T) {
	play(t, func(b *bench) {
		b.Expect("opening the backend")
		b.emit(lab.Progress{Doing: "fitting PCA", Fraction: 0})
		b.Expect("fitting PCA")
		b.emit(recorded(0)...)
		b.Expect("pixels 784 - - - - 0.913 1.50 s", "PCA 16 4 0.280 0.380 0.18 s 0.845", "a:0 90% b:1 85%", "0.280, pca, k 4")
		b.Press("down")
		b.Expect("autoencoder, 16 → 2 by PCA", "none; enter makes 4")
		b.Press("enter")
		b.Expect("autoencoder is not there yet")
		b.emit(recorded(2)...)
		b.Press("down", "c")
		b.Expect("VAE, 16 → 2 by PCA", "colours and letters show the clusters")
		b.Press("c", "up", "up", "up", "c")
		b.Expect("pixels has no clusters yet")
		close(b.made)
		b.Settle()
		b.Press("space")
		b.Expect("nothing trains any more")
	})
}

func TestClustersAnswerTheKeys(t *testing.T) {
	play(t, func(b *bench) {
		b.emit(recorded(2)...)
		b.ari = 0.4599
		b.Press("+")
		b.Expect("PCA 16 5 0.460", "0.460, pca, k 5")
		if b.model.Task().Reached {
			b.Error("0.4599 counts as 0.46")
		}
		b.ari = 0.47
		b.Press("-")
		b.Expect("reached ✓")
		b.ari = 0.1
		b.Press("enter")
		b.Expect("PCA 16 4 0.100", "reached ✓") // It stays reached.
		b.Press("-", "-", "-")
		b.Expect("k stays between 2 and 26")
		if want := []int{5, 4, 4, 3, 2}; !slices.Equal(b.ks, want) {
			b.Errorf("clustered into %v, want %v", b.ks, want)
		}
		b.Press("up", "+")
		b.Expect("enter clusters the pixels")
		b.Press("enter")
		b.Expect("pixels 784 3 0.100")
		b.fails = errors.New("k is too large")
		b.Press("enter")
		b.Expect("k is too large")
	})
}

func TestNewerClusteringReplacesTheOlder(t *testing.T) {
	play(t, func(b *bench) {
		b.emit(recorded(2)...)
		b.hold = make(chan struct{})
		b.Press("+")
		b.Expect("clustering")
		old := b.model.clustering
		b.Press("+")
		b.model.Update(job.Msg{Job: old, Events: []lab.Event{recordedClusters(lab.OnPCA, 5, 0.9)}, Ended: true})
		close(b.hold)
		b.Settle()
		b.Expect("PCA 16 6 0.000")
	})
}

func TestPauseAndRestart(t *testing.T) {
	play(t, func(b *bench) {
		b.emit(recorded(0)...)
		b.Press("space")
		b.Expect("paused")
		before := b.told
		b.emit(lab.Progress{}, lab.Progress{})
		if b.told != before {
			b.Errorf("%d events came through a shut gate", b.told-before)
		}
		b.Press("space")
		if b.told != before+2 {
			b.Errorf("%d events came through, want 2", b.told-before)
		}
		b.Press("l")
		b.Expect("opening the backend")
		b.Press("r", "l")
		var latents []int
		for _, s := range b.asked {
			latents = append(latents, s.Latent)
		}
		if want := []int{16, 2, 2, 16}; !slices.Equal(latents, want) {
			b.Errorf("maps were made with %v units, want %v", latents, want)
		}
		b.fails = errors.New("t10k-images-idx3-ubyte.gz: truncated")
		close(b.made)
		b.Settle()
		b.Expect("truncated; r starts over")
	})
}

func TestClickChoosesARow(t *testing.T) {
	m := New(Work{}, settings(), "Which?")
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 22})
	m.Update(tea.MouseClickMsg{Button: tea.MouseLeft, X: 5, Y: m.tableRow(80, 22) + 4})
	if m.at != 3 {
		t.Errorf("a click on the VAE chooses row %d", m.at)
	}
}
