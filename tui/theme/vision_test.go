package theme

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"github.com/charmbracelet/colorprofile"
)

// Colour vision and its deficiencies as matrices on linear RGB, severity 1.0: Machado, Oliveira and Fernandes 2009,
// "A physiologically-based model for simulation of color vision deficiency", table 1.
var visions = map[string][3][3]float64{
	"usual vision": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// cielab converts linear RGB to CIE 1976 L*a*b* under D65.
func cielab(v [3]float64) [3]float64 {
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

// apart is how far two colours lie from each other for an eye, as the CIE 1976 ΔE*ab. About 2.3 is just noticeable.
func apart(eye [3][3]float64, a, b color.Color) float64 {
	seen := func(c color.Color) [3]float64 {
		v := rgb(c)
		var out [3]float64
		for i := range out {
			out[i] = eye[i][0]*v[0] + eye[i][1]*v[1] + eye[i][2]*v[2]
		}
		return cielab(out)
	}
	p, q := seen(a), seen(b)
	return math.Hypot(math.Hypot(p[0]-q[0], p[1]-q[1]), p[2]-q[2])
}

// TestDistanceFormula checks the simulation and the distance by colours whose values are known: red is L* 53.24, a*
// 80.09, b* 67.20, green 87.73, -86.18, 83.18; grey stays grey for every eye.
func TestDistanceFormula(t *testing.T) {
	red, green := color.RGBA{255, 0, 0, 255}, color.RGBA{0, 255, 0, 255}
	want := math.Hypot(math.Hypot(53.24-87.73, 80.09+86.18), 67.20-83.18)
	if got := apart(visions["usual vision"], red, green); math.Abs(got-want) > 0.1 {
		t.Errorf("red and green are %.2f apart, want %.2f", got, want)
	}
	for name, eye := range visions {
		if got, want := apart(eye, color.Gray{0x40}, color.Gray{0xc0}), apart(visions["usual vision"], color.Gray{0x40}, color.Gray{0xc0}); math.Abs(got-want) > 0.5 {
			t.Errorf("with %s two greys are %.2f apart, want %.2f", name, got, want)
		}
	}
	if usual, blind := apart(visions["usual vision"], red, green), apart(visions["deuteranopia"], red, green); blind > usual/2 {
		t.Errorf("red and green are %.1f apart with deuteranopia, want less than half of %.1f", blind, usual)
	}
}

func TestAccentAndWarningStayApart(t *testing.T) {
	for _, background := range []Background{Unknown, Dark, Light} {
		theme := New(background, colorprofile.TrueColor, true)
		for name, eye := range visions {
			// 25 is told apart at a glance.
			if got := apart(eye, theme.Accent, theme.Warning); got < 25 {
				t.Errorf("background %d: with %s accent and warning are %.1f apart, want at least 25", background, name, got)
			}
		}
	}
}

// grounds are the plain backgrounds and common softer ones: Solarized, Dracula, an editor's grey. Where the background
// is not known, both plain ones count.
func grounds(background Background) []color.Color {
	switch background {
	case Dark:
		return []color.Color{color.Black, color.Gray{0x1e}, color.RGBA{0x00, 0x2b, 0x36, 0xff}, color.RGBA{0x28, 0x2a, 0x36, 0xff}}
	case Light:
		return []color.Color{color.White, color.RGBA{0xfd, 0xf6, 0xe3, 0xff}, color.Gray{0xf2}}
	default:
		return []color.Color{color.Black, color.White}
	}
}

// TestSeriesAreToldApart holds for every two classes and for the curves of a chart, with any kind of colour vision,
// and for each against its background. 12 is five times what is just noticeable; 3 is the bound of WCAG 2.1 for
// graphics.
func TestSeriesAreToldApart(t *testing.T) {
	for _, background := range []Background{Unknown, Dark, Light} {
		theme := New(background, colorprofile.TrueColor, true)
		series := map[string][]color.Color{"curve": {theme.Validation, theme.LastRun}}
		if theme.Train != nil { // The terminal's own is not known.
			series["curve"] = append(series["curve"], theme.Train)
		}
		for i := range classes {
			series["class"] = append(series["class"], theme.Class(i))
		}
		for kind, colors := range series {
			for i, c := range colors {
				for _, ground := range grounds(background) {
					if got := contrast(c, ground); got < 3 {
						t.Errorf("background %d: %s %d on %v has a contrast of %.2f, want at least 3", background, kind, i, ground, got)
					}
				}
				for name, eye := range visions {
					for j := range i {
						if got := apart(eye, c, colors[j]); got < 12 {
							t.Errorf("background %d: with %s the %s colours %d and %d are %.1f apart, want at least 12", background, name, kind, j, i, got)
						}
					}
				}
			}
		}
	}
}

// TestClassesAreAmong256: a terminal without true colour draws the same ones.
func TestClassesAreAmong256(t *testing.T) {
	for _, background := range []Background{Unknown, Dark, Light} {
		for i := range classes {
			c := New(background, colorprofile.TrueColor, true).Class(i)
			if got := colorprofile.ANSI256.Convert(c); apart(visions["usual vision"], got, c) > 0 {
				t.Errorf("background %d: class %d is drawn as %v instead of %v", background, i, got, c)
			}
		}
	}
}

// TestClassesGoRound: there may be more classes than colours.
func TestClassesGoRound(t *testing.T) {
	theme := New(Dark, colorprofile.TrueColor, true)
	if theme.Class(classes) != theme.Class(0) || fmt.Sprint(theme.Class(25)) != fmt.Sprint(theme.Class(5)) {
		t.Error("the colours do not begin again")
	}
}
