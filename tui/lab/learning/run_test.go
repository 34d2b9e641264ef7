package learning

import (
	"flag"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/labtest"
	"github.com/aetutor/aetutor/tui/theme"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// told is a run that was told some events.
func told(events ...lab.Event) *Run {
	r := &Run{}
	for _, e := range events {
		r.Add(e)
	}
	return r
}

const title = "the autoencoder of digits with 16 latent units"

func runs() map[string]*Run {
	return map[string]*Run{
		"nothing":  {},
		"waiting":  told(lab.Progress{Doing: "preparing the data"}),
		"begun":    told(labtest.Training(title, 784, 0)[:2]...),
		"pictures": told(labtest.Training(title, 784, 900)...),
		"curves":   told(labtest.Training("the autoencoder of normal heartbeats", 128, 900)...),
		"table":    told(labtest.Training("the autoencoder of benign tissue", 30, 300)...),
	}
}

// whole makes screens of the views.
type whole struct {
	screen.Screen
	*Run
}

// View implements lab.Screen.
func (w whole) View(width, height int, t theme.Theme) string {
	return board.Stack(width, height, w.Run.View(width, height, t), nil)
}

func screens() map[string]screen.Screen {
	all := map[string]screen.Screen{}
	for name, r := range runs() {
		all[name] = whole{Run: r}
	}
	return all
}

func TestViewKeepsItsSize(t *testing.T) { labtest.Sizes(t, screens()) }

func TestGolden(t *testing.T) { labtest.Golden(t, *update, screens(), "pictures") }

// TestEachStepMovesTheChart tells one step more, and the examples anew.
func TestEachStepMovesTheChart(t *testing.T) {
	r := told(labtest.Training(title, 784, 5)...)
	th := labtest.Themes()["no-colour"]
	before := strings.Join(r.View(80, 18, th), "\n")
	r.Add(engine.StepEvent{Step: 6, Epoch: 1, Epochs: 5, Progress: 3, Loss: 0.01})
	after := strings.Join(r.View(80, 18, th), "\n")
	if after == before || !strings.Contains(after, "0.0100") {
		t.Errorf("after another step the screen is\n%s", after)
	}
	again := r.preview
	again.Reconstructions = again.Inputs
	r.Add(again)
	if strings.Join(r.View(80, 18, th), "\n") == after {
		t.Error("new reconstructions are not drawn")
	}
}

func TestTheNextModelBeginsAnew(t *testing.T) {
	r := told(labtest.Training(title, 784, 900)...)
	r.Add(lab.ModelStart{Model: "the VAE", Epochs: 10})
	text := strings.Join(r.View(80, 18, labtest.Themes()["no-colour"]), "\n")
	if !strings.Contains(text, "no step yet") || !strings.Contains(text, "/ 10") || !r.Began() {
		t.Errorf("the next model begins with\n%s", text)
	}
}
