package learning

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/labtest"
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

func TestViewFits(t *testing.T) {
	for name, r := range runs() {
		for themeName, th := range labtest.Themes() {
			for width := 1; width < 210; width += 13 {
				for _, height := range []int{-1, 0, 1, 3, 5, 9, 13, 20, 37, 57} {
					lines := r.View(width, height, th)
					if len(lines) > max(height, 0) {
						t.Errorf("%s/%s/%dx%d: %d lines", name, themeName, width, height, len(lines))
					}
					text := th.Terminal(strings.Join(lines, "\n"))
					for line := range strings.SplitSeq(text, "\n") {
						if got := ansi.StringWidth(line); got > width {
							t.Errorf("%s/%s/%dx%d: %d cells: %q", name, themeName, width, height, got, ansi.Strip(line))
						}
					}
					if !th.Unicode && strings.ContainsFunc(text, func(r rune) bool { return r > 127 }) {
						t.Errorf("%s: more than ASCII on an ASCII screen", name)
					}
				}
			}
		}
	}
}

func TestGolden(t *testing.T) {
	for name, r := range runs() {
		got := labtest.Themes()["no-colour"].Terminal(strings.Join(r.View(80, 18, labtest.Themes()["no-colour"]), "\n")) + "\n"
		path := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("the screen differs from %s (-update writes it anew):\n%s", path, got)
		}
	}
}

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
