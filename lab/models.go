package lab

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/noise"
)

// Recipe says how a model is made, so that labs that need the same one train it once.
type Recipe struct {
	Name           string // of lower-case letters, digits and dashes: "digits-16"
	Title          string // as a learner reads it: "the autoencoder of digits with 16 latent units"
	Config         engine.Config
	Train, HeldOut func() (*data.Dataset, error)
	// Noise spoils the inputs that the model learns from; without a kind they stay clean. It stands here and not as
	// Config.Corruption, which is a function: two functions cannot be told apart, and with them two models.
	Noise noise.Noise
	// Watch, if it is set, is called with the model every now and then while it is trained, between two steps.
	Watch func(*engine.Model)
}

// ModelStart begins the training of a model after a recipe.
type ModelStart struct {
	Model        string `json:"model"` // the title of its recipe
	Architecture string `json:"architecture"`
	Parameters   int    `json:"parameters"`
	Epochs       int    `json:"epochs"`
}

// Kind implements Event.
func (ModelStart) Kind() string { return "start" }

// Line says what is trained.
func (s ModelStart) Line() string {
	return fmt.Sprintf("training %s: %s, %d parameters", s.Model, s.Architecture, s.Parameters)
}

// begin is the first event of the recipe's training.
func (r Recipe) begin() ModelStart {
	a := r.Config.Architecture
	return ModelStart{r.Title, a.String(), a.Parameters(), r.Config.Epochs}
}

// Models keeps trained models as files of a directory. What is in it can always be made again, so it is bounded, and
// the model that was not used for longest goes first. Any number of processes may share it.
type Models struct {
	dir     string
	bytes   int64 // how much is kept
	flights flights
}

// keptBytes is room for about a hundred models of the labs.
const keptBytes = 256 << 20

// recipeVersion changes when the same recipe gives another model.
const recipeVersion = 1

const modelSuffix = ".model"

// NewModels keeps models in dir, which is made when the first model is kept.
func NewModels(dir string) *Models { return &Models{dir: dir, bytes: keptBytes} }

// find is the kept model of a recipe, if there is one.
func (m *Models) find(b *engine.Backend, r Recipe) (*engine.Model, bool) {
	if m == nil {
		return nil, false
	}
	path := m.path(r)
	model, err := engine.Load(b, path)
	if err != nil {
		return nil, false
	}
	_ = os.Chtimes(path, time.Time{}, time.Now()) // When it fails, the model only looks unused.
	return model, true
}

// keep keeps a model that was trained after the recipe. What cannot be kept will be trained again.
func (m *Models) keep(r Recipe, model *engine.Model) {
	if m != nil && os.MkdirAll(m.dir, 0o700) == nil && model.Save(m.path(r)) == nil {
		m.prune()
	}
}

// path names the file of a recipe by all that decides what comes out of it.
func (m *Models) path(r Recipe) string {
	c := r.Config
	c.Previews, c.PreviewEvery = nil, 0
	// Written as Go, for an Architecture's String tells neither activations nor kinds of layers.
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %#v %#v", recipeVersion, c, r.Noise))
	return filepath.Join(m.dir, r.Name+"-"+hex.EncodeToString(sum[:6])+modelSuffix)
}

// progressEvery is the least time between two Progress events.
const progressEvery = 50 * time.Millisecond

// watchEvery is the least time between two calls of Recipe.Watch, so that looking takes a small part of the time.
const watchEvery = 400 * time.Millisecond

// newRun is a run that follows the recipe.
func (r Recipe) newRun(b *engine.Backend) (*engine.Run, error) {
	train, err := r.Train()
	if err != nil {
		return nil, err
	}
	heldOut, err := r.HeldOut()
	if err != nil {
		return nil, err
	}
	c := r.Config
	if r.Noise.Kind != "" {
		c.Corruption = corruption(r.Noise)
	}
	return engine.NewRun(b, c, train, heldOut)
}

func (r Recipe) train(ctx context.Context, b *engine.Backend, emit func(Event)) (*engine.Model, error) {
	heldOut, err := r.HeldOut()
	if err != nil {
		return nil, err
	}
	r.Config.Previews, r.Config.PreviewEvery = chosen(heldOut), previewEvery
	run, err := r.newRun(b)
	if err != nil {
		return nil, err
	}
	emit(r.begin())
	var failed error
	var told, watched time.Time
	run.Start(ctx, func(e engine.Event) {
		switch e := e.(type) {
		case engine.ValidationEvent, engine.PreviewEvent, engine.EpochEvent:
			emit(e)
		case engine.StepEvent:
			emit(e)
			if time.Since(told) >= progressEvery {
				told = time.Now()
				emit(Progress{"training " + r.Title, e.Progress / float64(e.Epochs)})
			}
			if r.Watch != nil && time.Since(watched) >= watchEvery {
				r.Watch(run.Model())
				watched = time.Now()
			}
		case engine.ErrorEvent:
			failed = e.Err
		}
	})
	if failed != nil {
		return nil, fmt.Errorf("training %s: %w", r.Title, failed)
	}
	emit(Progress{"training " + r.Title, 1})
	return run.Model(), nil
}

// KeptModel is a model in the directory.
type KeptModel struct {
	Name  string    `json:"name"` // of the recipe, with a mark of its settings
	Bytes int64     `json:"bytes"`
	Used  time.Time `json:"used"` // last
}

// List is the kept models, the last used first.
func (m *Models) List() ([]KeptModel, error) {
	entries, err := os.ReadDir(m.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("listing the kept models: %w; set AETUTOR_CACHE to a directory that can be read", err)
	}
	var kept []KeptModel
	for _, e := range entries {
		name, isModel := strings.CutSuffix(e.Name(), modelSuffix)
		info, err := e.Info()
		if !isModel || err != nil { // Another process may have removed it meanwhile.
			continue
		}
		kept = append(kept, KeptModel{name, info.Size(), info.ModTime()})
	}
	slices.SortFunc(kept, func(a, b KeptModel) int { return cmp.Or(b.Used.Compare(a.Used), cmp.Compare(a.Name, b.Name)) })
	return kept, nil
}

// Remove removes a kept model by the name that List gives.
func (m *Models) Remove(name string) error {
	kept, err := m.List()
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(kept, func(k KeptModel) bool { return k.Name == name }) {
		return fmt.Errorf("there is no kept model %q in %s", name, m.dir)
	}
	if err := os.Remove(filepath.Join(m.dir, name+modelSuffix)); err != nil {
		return fmt.Errorf("removing the model %s: %w", name, err)
	}
	return nil
}

// prune removes what was not used for longest until the rest fits.
func (m *Models) prune() {
	kept, err := m.List()
	if err != nil {
		return
	}
	var total int64
	for _, k := range kept {
		if total += k.Bytes; total > m.bytes {
			_ = m.Remove(k.Name) // It may be gone already.
		}
	}
}

// has reports whether the model of a recipe is kept.
func (m *Models) has(r Recipe) bool {
	if m == nil {
		return false
	}
	_, err := os.Stat(m.path(r))
	return err == nil
}
