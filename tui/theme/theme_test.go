package theme

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"github.com/charmbracelet/colorprofile"
)

// linear undoes the sRGB transfer curve, as in IEC 61966-2-1.
func linear(c uint32) float64 {
	v := float64(c) / 0xffff
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func rgb(c color.Color) [3]float64 {
	r, g, b, _ := c.RGBA()
	return [3]float64{linear(r), linear(g), linear(b)}
}

// contrast is the contrast ratio of WCAG 2.1, between 1 and 21.
func contrast(a, b color.Color) float64 {
	luminance := func(c color.Color) float64 {
		v := rgb(c)
		return 0.2126*v[0] + 0.7152*v[1] + 0.0722*v[2]
	}
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestContrastFormula(t *testing.T) {
	// #777777 on white is the textbook near miss of level AA: 4.48.
	if got := contrast(color.Gray{0x77}, color.White); math.Abs(got-4.48) > 0.005 {
		t.Errorf("contrast of #777777 on white is %.3f, want 4.48", got)
	}
}

func TestPaletteIsReadable(t *testing.T) {
	for _, background := range []Background{Unknown, Dark, Light} {
		grounds := grounds(background)
		theme := New(background, colorprofile.TrueColor, true)
		text := map[string]color.Color{
			"accent": theme.Accent, "warning": theme.Warning, "text": theme.Text, "muted": theme.Muted,
			"train": theme.Train, "validation": theme.Validation, "last run": theme.LastRun,
		}
		for _, ground := range grounds {
			for name, c := range text {
				if c == nil {
					continue // The terminal's own.
				}
				if got := contrast(c, ground); got < 4.5 {
					t.Errorf("background %d: %s on %v has a contrast of %.2f, want at least 4.5", background, name, ground, got)
				}
			}
		}
		// Rules and what is off need to be seen, not read: 3 is the bound of WCAG 1.4.11.
		if got := contrast(theme.Faint, grounds[0]); got < 3 {
			t.Errorf("background %d: faint has a contrast of %.2f, want at least 3", background, got)
		}
	}
}

func TestUnknownBackgroundKeepsTheTerminalsText(t *testing.T) {
	theme := New(Unknown, colorprofile.TrueColor, true)
	if got := theme.Style(theme.Text).Render("x"); got != "x" {
		t.Errorf("text renders as %q, want the terminal's own colour", got)
	}
}

func TestBackgroundOf(t *testing.T) {
	for value, want := range map[string]Background{
		"": Unknown, "15;0": Dark, "0;15": Light, "12;default;8": Dark, "0;7": Light, "7;6": Dark, "0;9": Light,
		"15;default": Unknown, "15;": Unknown, "0;-1": Unknown, "0;16": Unknown, "0": Dark,
	} {
		if got := backgroundOf(value); got != want {
			t.Errorf("backgroundOf(%q) is %d, want %d", value, got, want)
		}
	}
}

func TestStyleWithoutColour(t *testing.T) {
	theme := New(Dark, colorprofile.ASCII, true)
	if got := theme.Style(theme.Text).Render("x"); got != "x" {
		t.Errorf("text renders as %q, want it plain", got)
	}
	if got, want := theme.Style(theme.Warning).Render("x"), "\x1b[1mx\x1b[m"; got != want {
		t.Errorf("warning renders as %q, want bold %q", got, want)
	}
	theme = New(Dark, colorprofile.TrueColor, true)
	if got, want := theme.Style(theme.Warning).Render("x"), "\x1b[38;2;255;180;84mx\x1b[m"; got != want {
		t.Errorf("warning renders as %q, want %q", got, want)
	}
}

func TestUnicodeLocale(t *testing.T) {
	for _, c := range []struct {
		env  []string
		goos string
		want bool
	}{
		{nil, "linux", true},
		{nil, "windows", true},
		{nil, "darwin", true},
		{[]string{"LANG=en_US.UTF-8"}, "linux", true},
		{[]string{"LANG=C.utf8"}, "linux", true},
		{[]string{"LANG=C"}, "linux", false},
		{[]string{"LANG=POSIX"}, "darwin", false},
		{[]string{"LANG=de_DE.ISO-8859-1"}, "linux", false},
		{[]string{"LANG=en_US.UTF-8", "LC_ALL=C"}, "linux", false},
		{[]string{"LC_ALL=", "LC_CTYPE=en_US.UTF-8", "LANG=C"}, "linux", true},
		{[]string{"LANG=C", "LANG=en_US.UTF-8"}, "linux", true},
		{[]string{"Lang=C"}, "windows", false},
		{[]string{"Lang=C"}, "linux", true},
		{[]string{"LC_ALL"}, "linux", true},
	} {
		t.Run(fmt.Sprint(c.goos, c.env), func(t *testing.T) {
			if got := UnicodeLocale(c.env, c.goos); got != c.want {
				t.Errorf("UnicodeLocale(%q, %q) = %v, want %v", c.env, c.goos, got, c.want)
			}
		})
	}
}
