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
	backgrounds := map[Background][]color.Color{
		// The plain backgrounds and common softer ones: Solarized, Dracula, an editor's grey.
		Dark:  {color.Black, color.Gray{0x1e}, color.RGBA{0x00, 0x2b, 0x36, 0xff}, color.RGBA{0x28, 0x2a, 0x36, 0xff}},
		Light: {color.White, color.RGBA{0xfd, 0xf6, 0xe3, 0xff}, color.Gray{0xf2}},
	}
	for background, grounds := range backgrounds {
		theme := New(background, colorprofile.TrueColor, true)
		text := map[string]color.Color{
			"accent": theme.Accent, "warning": theme.Warning, "text": theme.Text, "muted": theme.Muted,
			"train": theme.Train, "validation": theme.Validation, "last run": theme.LastRun,
		}
		for _, ground := range grounds {
			for name, c := range text {
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

// Colour-vision deficiencies as matrices on linear RGB, severity 1.0: Machado, Oliveira and Fernandes 2009.
var deficiencies = map[string][3][3]float64{
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// lab converts linear RGB to CIE 1976 L*a*b* under D65.
func lab(v [3]float64) [3]float64 {
	for i := range v {
		v[i] = min(max(v[i], 0), 1)
	}
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124*v[0] + 0.3576*v[1] + 0.1805*v[2]) / 0.95047)
	y := f(0.2126*v[0] + 0.7152*v[1] + 0.0722*v[2])
	z := f((0.0193*v[0] + 0.1192*v[1] + 0.9505*v[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func TestAccentAndWarningStayApart(t *testing.T) {
	for _, background := range []Background{Unknown, Dark, Light} {
		theme := New(background, colorprofile.TrueColor, true)
		for name, m := range deficiencies {
			seen := func(c color.Color) [3]float64 {
				v := rgb(c)
				var out [3]float64
				for i := range out {
					out[i] = m[i][0]*v[0] + m[i][1]*v[1] + m[i][2]*v[2]
				}
				return lab(out)
			}
			a, w := seen(theme.Accent), seen(theme.Warning)
			distance := math.Hypot(math.Hypot(a[0]-w[0], a[1]-w[1]), a[2]-w[2])
			// About 2.3 is just noticeable; 25 is told apart at a glance.
			if distance < 25 {
				t.Errorf("background %d: with %s accent and warning are %.1f apart, want at least 25", background, name, distance)
			}
		}
	}
}

// TestUnknownBackgroundIsReadable allows a little less contrast: a colour that is equally far from black and from white
// has 4.58 to both.
func TestUnknownBackgroundIsReadable(t *testing.T) {
	theme := New(Unknown, colorprofile.TrueColor, true)
	for name, c := range map[string]color.Color{"accent": theme.Accent, "warning": theme.Warning, "muted": theme.Muted, "faint": theme.Faint} {
		for _, ground := range []color.Color{color.Black, color.White} {
			if got := contrast(c, ground); got < 4.4 {
				t.Errorf("%s on %v has a contrast of %.2f, want at least 4.4", name, ground, got)
			}
		}
	}
	if got := theme.Style(theme.Text).Render("x"); got != "x" {
		t.Errorf("text renders as %q, want the terminal's own colour", got)
	}
}

func TestBackgroundOf(t *testing.T) {
	for value, want := range map[string]Background{
		"": Unknown, "15;0": Dark, "0;15": Light, "12;default;8": Dark, "0;7": Light, "7;6": Dark, "0;9": Light,
		"15;default": Unknown, "15;": Unknown, "0;-1": Unknown, "0;16": Unknown, "0": Dark,
	} {
		if got := BackgroundOf(value); got != want {
			t.Errorf("BackgroundOf(%q) is %d, want %d", value, got, want)
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
