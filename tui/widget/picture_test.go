package widget

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

func flat(height, width int, ink float32) Picture {
	p := Picture{Height: height, Width: width, Pixels: make([]float32, height*width)}
	for i := range p.Pixels {
		p.Pixels[i] = ink
	}
	return p
}

func TestPictureKeepsItsSize(t *testing.T) {
	nan := float32(math.NaN())
	pictures := map[string]Picture{
		"digit":   flat(28, 28, 0.5),
		"empty":   {},
		"short":   {Height: 28, Width: 28, Pixels: []float32{1, 2, -3}},
		"strange": {Height: 2, Width: 2, Pixels: []float32{nan, float32(math.Inf(1)), -1, 7}},
		"one":     flat(1, 1, 1),
	}
	for name, p := range pictures {
		for themeName, th := range themes() {
			for _, size := range [][2]int{{1, 1}, {3, 2}, {10, 5}, {14, 7}, {28, 14}, {50, 31}, {0, 3}, {3, 0}} {
				t.Run(fmt.Sprint(name, themeName, size), func(t *testing.T) {
					lines := p.Render(size[0], size[1], th)
					if len(lines) != size[1] {
						t.Fatalf("%d lines, want %d", len(lines), size[1])
					}
					for _, line := range lines {
						if got := ansi.StringWidth(line); got != size[0] {
							t.Errorf("a line of %d cells, want %d: %q", got, size[0], line)
						}
					}
				})
			}
		}
	}
}

func TestPictureWithoutColour(t *testing.T) {
	// The left half is empty and the right half full; at two columns each cell averages one half.
	p := Picture{Height: 4, Width: 4, Pixels: []float32{0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0.5, 0.5, 0, 0, 0.5, 0.5}}
	for name, want := range map[string]string{"no colour": " █\n ▒", "ascii": " @\n +"} {
		if got := strings.Join(p.Render(2, 2, themes()[name]), "\n"); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestPictureAveragesByArea(t *testing.T) {
	// Three pixels on two: the middle one belongs half to each, so 0 1 1 becomes ⅓ and 1.
	p := Picture{Height: 1, Width: 3, Pixels: []float32{0, 1, 1}}
	got := p.scaled(2, 1)
	if math.Abs(got[0]-1.0/3) > 1e-9 || math.Abs(got[1]-1) > 1e-9 {
		t.Errorf("scaled to %v, want [0.333 1]", got)
	}
}

// foreground reads the 24-bit foreground of the first coloured cell.
func foreground(t *testing.T, line string) int {
	t.Helper()
	m := regexp.MustCompile(`\x1b\[38;2;(\d+);`).FindStringSubmatch(line)
	if m == nil {
		t.Fatalf("no colour in %q", line)
	}
	grey, err := strconv.Atoi(m[1])
	if err != nil {
		t.Fatal(err)
	}
	return grey
}

func TestPictureInkStandsOut(t *testing.T) {
	// More ink is farther from the background: lighter on dark, darker on light.
	for name, sign := range map[string]int{"dark": 1, "light": -1} {
		th := themes()[name]
		thin := foreground(t, flat(2, 1, 0.2).Render(1, 1, th)[0])
		full := foreground(t, flat(2, 1, 1).Render(1, 1, th)[0])
		if (full-thin)*sign < 100 {
			t.Errorf("%s: grey %d for little ink and %d for full ink", name, thin, full)
		}
		if got := flat(2, 1, 0).Render(1, 1, th)[0]; got != " " {
			t.Errorf("%s: no ink renders as %q, want the terminal's own background", name, got)
		}
	}
}

func TestPictureOnAnUnknownBackgroundBringsItsOwn(t *testing.T) {
	for _, unicode := range []bool{true, false} {
		th := theme.New(theme.Unknown, colorprofile.TrueColor, unicode)
		if got := flat(2, 1, 0).Render(1, 1, th)[0]; !strings.Contains(got, "8;2;8;8;8m") {
			t.Errorf("no ink renders as %q, want it painted nearly black", got)
		}
		if got := flat(2, 1, 1).Render(1, 1, th)[0]; !strings.Contains(got, "8;2;255;255;255m") {
			t.Errorf("full ink renders as %q, want it white", got)
		}
	}
}

func TestPictureHalves(t *testing.T) {
	th := themes()["dark"]
	for name, c := range map[string]struct {
		pixels []float32
		want   string
	}{
		"upper": {[]float32{1, 0}, "\x1b[38;2;220;220;220m▀\x1b[m"},
		"lower": {[]float32{0, 1}, "\x1b[38;2;220;220;220m▄\x1b[m"},
		"both":  {[]float32{1, 1}, "\x1b[38;2;220;220;220m█\x1b[m"},
	} {
		got := Picture{Height: 2, Width: 1, Pixels: c.pixels}.Render(1, 1, th)[0]
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestPictureCrop(t *testing.T) {
	p := Picture{Height: 3, Width: 3, Pixels: []float32{0, .1, .2, .3, .4, .5, .6, .7, .8}}
	got := p.Crop(1, 2, 2, 2)
	if want := []float32{.5, 0, .8, 0}; fmt.Sprint(got.Pixels) != fmt.Sprint(want) {
		t.Errorf("cropped %v, want %v", got.Pixels, want)
	}
}

func TestRowAndCaptions(t *testing.T) {
	th := plain()
	lines := Row([]Picture{flat(2, 2, 1), flat(2, 2, 0), flat(2, 2, 1)}, 3, 1, 1, th)
	if got, want := strings.Join(lines, "\n"), "███     ███"; got != want {
		t.Errorf("row is %q, want %q", got, want)
	}
	if got, want := Captions([]string{"7", "dress", ""}, 3, 1), " 7  dre    "; got != want {
		t.Errorf("captions are %q, want %q", got, want)
	}
}

func TestProgress(t *testing.T) {
	for _, c := range []struct {
		fraction    float64
		want, ascii string
	}{
		{0, "░░░░", "...."},
		{0.5, "██░░", "##.."},
		{0.28125, "█▏░░", "#..."},
		{0.9999, "███▉", "###."},
		{1, "████", "####"},
		{7, "████", "####"},
		{-1, "░░░░", "...."},
		{math.NaN(), "░░░░", "...."},
	} {
		if got := ansi.Strip(Progress(c.fraction, 4, plain())); got != c.want {
			t.Errorf("Progress(%v) = %q, want %q", c.fraction, got, c.want)
		}
		if got := ansi.Strip(Progress(c.fraction, 4, themes()["ascii"])); got != c.ascii {
			t.Errorf("Progress(%v) in ASCII = %q, want %q", c.fraction, got, c.ascii)
		}
	}
	still := plain()
	still.ReducedMotion = true
	if got := Progress(0.5, 4, still); got != "    " {
		t.Errorf("with reduced motion the bar is %q, want blanks", got)
	}
	if got := Progress(0.5, 0, plain()); got != "" {
		t.Errorf("a bar of no cells is %q", got)
	}
}
