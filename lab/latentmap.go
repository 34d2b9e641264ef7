package lab

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"github.com/aetutor/aetutor/data"
)

// LatentMapSettings are the parameters of the lab latent-map.
type LatentMapSettings struct {
	Latent     int // units of the code, one of LatentSizes
	K          int // neighbours that vote
	References int // training images that are searched
	Queries    int // held-out images whose neighbours are sought
}

// LatentSizes are the sizes of the code among which the lab latent-map chooses.
func LatentSizes() []int { return []int{4, 8, 16, 32} }

// MostNeighbors is how many neighbours of each query a search finds, and so the largest k.
const MostNeighbors = 30

// The task of the lab latent-map: an accuracy at most latentMapPoints below the best of the pixels with at most one in
// latentMapShare of their bytes.
const (
	latentMapPoints = 0.02
	latentMapShare  = 20
)

func latentMapLab() Lab {
	var sizes []string
	for _, n := range LatentSizes() {
		sizes = append(sizes, strconv.Itoa(n))
	}
	return Lab{
		ID: "latent-map", Lesson: "knn",
		About:    "finds the neighbours of held-out digits among codes and among pixels, and compares both",
		Question: "Which digits lie side by side, and what do their neighbours have in common?",
		Task:     LatentMapTask(SpaceEvent{}, SpaceEvent{}, 0).Text,
		Params: []Param{
			choiceParam("latent", "16", sizes, "units of the code"),
			wholeParam("k", 5, 1, MostNeighbors, "neighbours that vote"),
			wholeParam("references", 20_000, MostNeighbors, 60_000, "training images that are searched"),
			wholeParam("queries", 5000, 10, 10_000, "held-out images whose neighbours are sought"),
		},
		Run: runLatentMap,
	}
}

// LatentMapSettingsOf reads the settings of the lab latent-map from its values.
func LatentMapSettingsOf(v Values) LatentMapSettings {
	return LatentMapSettings{
		Latent: v.Whole("latent"), K: v.Whole("k"), References: v.Whole("references"), Queries: v.Whole("queries"),
	}
}

// DigitsEvent brings the digits that a lab works with.
type DigitsEvent struct {
	References *data.Dataset `json:"-"`
	Queries    *data.Dataset `json:"-"`
	Found      int           `json:"references"`
	Asked      int           `json:"queries"`
}

// Kind implements Event.
func (DigitsEvent) Kind() string { return "digits" }

// The spaces in which digits are compared.
const (
	Pixels = "pixels"
	Latent = "latent"
)

// SpaceEvent says how well the neighbours in a space predict the classes of the queries searched so far.
type SpaceEvent struct {
	Space      string    `json:"space"` // Pixels or Latent
	Width      int       `json:"width"` // values of one digit
	Queries    int       `json:"queries"`
	Ended      bool      `json:"ended"`        // all queries are searched
	Accuracies []float64 `json:"accuracies"`   // of a vote of 1, 2 … neighbours
	PerQuery   float64   `json:"ms_per_query"` // of the search
	Bytes      int       `json:"bytes"`        // of the references, 4 a value
	Neighbors  []int     `json:"-"`            // numbers of references, nearest first, [Queries, MostNeighbors]
	Votes      [][]uint8 `json:"-"`            // winning classes, [MostNeighbors, Queries]; first of one voter
}

// Kind implements Event.
func (SpaceEvent) Kind() string { return "space" }

// Line tells the result, and nothing of what comes before it.
func (e SpaceEvent) Line() string {
	if !e.Ended {
		return ""
	}
	best, k := e.Best()
	return fmt.Sprintf("%s: %d values a digit, %d bytes, %.3f ms a query, best accuracy %.4f with k = %d",
		e.Space, e.Width, e.Bytes, e.PerQuery, best, k)
}

// Best is the highest accuracy and the smallest k that has it.
func (e SpaceEvent) Best() (accuracy float64, k int) {
	for i, a := range e.Accuracies {
		if a > accuracy {
			accuracy, k = a, i+1
		}
	}
	return accuracy, k
}

// MapEvent lays a space out in the plane of its first two principal components.
type MapEvent struct {
	Space      string       `json:"space"`
	Width      int          `json:"width"`
	Explained  float64      `json:"explained"` // the part of the variance that the plane shows
	Queries    [][2]float64 `json:"-"`
	References [][2]float64 `json:"-"`
	Codes      []float32    `json:"-"` // of the queries, [queries, Width]; nil for pixels
	// Decode draws codes, [n, Width] → [n, 784]; nil for pixels.
	Decode func(ctx context.Context, codes []float32) ([]float32, error) `json:"-"`
}

// Kind implements Event.
func (MapEvent) Kind() string { return "map" }

// LatentMapDone ends the lab latent-map.
type LatentMapDone struct {
	Latent        int     `json:"latent"`
	K             int     `json:"k"`
	Accuracy      float64 `json:"accuracy"`
	PixelAccuracy float64 `json:"pixel_accuracy"` // with the same k
	PixelBest     float64 `json:"pixel_best"`     // with the best k
	PerQuery      float64 `json:"ms_per_query"`
	PixelPerQuery float64 `json:"pixel_ms_per_query"`
	Bytes         int     `json:"bytes"`
	PixelBytes    int     `json:"pixel_bytes"`
	Task
}

// Kind implements Event.
func (LatentMapDone) Kind() string { return "done" }

// Line says what the comparison gave.
func (d LatentMapDone) Line() string {
	return fmt.Sprintf("k = %d: accuracy %.4f with codes of %d, %.4f with pixels\n%s", d.K, d.Accuracy, d.Latent,
		d.PixelAccuracy, d.Task.Line())
}

// LatentMapTask judges a vote of k neighbours in the latent space. Before both searches have ended nothing is reached.
func LatentMapTask(latent, pixels SpaceEvent, k int) Task {
	task := Task{Text: "within 2 points of pixels' best at ≤ 1/" + strconv.Itoa(latentMapShare) + " of the bytes"}
	if !latent.Ended || !pixels.Ended || k < 1 || k > len(latent.Accuracies) || latent.Bytes == 0 {
		return task
	}
	best, _ := pixels.Best()
	below := best - latent.Accuracies[k-1]
	share := float64(pixels.Bytes) / float64(latent.Bytes)
	task.Now = fmt.Sprintf("%.1f below, 1/%d", math.Max(0, 100*below), int(share))
	const rounding = 1e-9
	task.Reached = below <= latentMapPoints+rounding && share >= latentMapShare
	if share >= latentMapShare {
		task.Figure = highest("accuracy of codes at 1/"+strconv.Itoa(latentMapShare)+" of the bytes or less",
			latent.Accuracies[k-1])
	}
	return task
}

func runLatentMap(ctx context.Context, env Env, v Values, emit func(Event)) error {
	s := LatentMapSettingsOf(v)
	spaces := map[string]SpaceEvent{}
	err := ExploreDigits(ctx, env, s, true, func(e Event) {
		if space, ok := e.(SpaceEvent); ok {
			spaces[space.Space] = space
		}
		emit(e)
	})
	if err != nil {
		return err
	}
	latent, pixels := spaces[Latent], spaces[Pixels]
	best, _ := pixels.Best()
	emit(LatentMapDone{
		Latent: s.Latent, K: s.K, Accuracy: latent.Accuracies[s.K-1], PixelAccuracy: pixels.Accuracies[s.K-1], PixelBest: best,
		PerQuery: latent.PerQuery, PixelPerQuery: pixels.PerQuery, Bytes: latent.Bytes, PixelBytes: pixels.Bytes,
		Task: LatentMapTask(latent, pixels, s.K),
	})
	return nil
}
