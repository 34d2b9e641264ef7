package theme

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// apc is one sequence of the protocol: its control data and its payload.
var apc = regexp.MustCompile("\x1b_G([^;\x1b]*);?([^\x1b]*)\x1b\\\\")

func noise(width, height int, seed uint64) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	random := rand.New(rand.NewPCG(seed, 0))
	for i := range m.Pix {
		m.Pix[i] = uint8(random.Uint32())
	}
	return m
}

// has fails the test unless control data holds each of the keys with its value.
func has(t *testing.T, control string, wanted ...string) {
	t.Helper()
	for _, key := range wanted {
		if !strings.Contains(","+control+",", ","+key+",") {
			t.Errorf("%s is missing in %q", key, control)
		}
	}
}

func TestGraphicsSendAPictureOnce(t *testing.T) {
	g := NewGraphics()
	g.next = 0x010203
	sent := noise(90, 50, 0) // more than one chunk of 4096 bytes
	lines := g.Place(sent, 6, 3)
	frame := strings.Join(lines, "\n")
	sequences := apc.FindAllStringSubmatch(g.Pending(frame), -1)
	if len(sequences) < 2 {
		t.Fatalf("%d sequences, want the chunks of a picture", len(sequences))
	}
	has(t, sequences[0][1], "a=T", "f=100", "U=1", "q=2", "c=6", "r=3", "i=66051", "m=1")
	has(t, sequences[len(sequences)-1][1], "m=0")
	var payload string
	for _, s := range sequences {
		if len(s[2]) > 4096 {
			t.Errorf("a chunk of %d bytes; terminals take 4096", len(s[2]))
		}
		payload += s[2]
	}
	decoded, err := base64.StdEncoding.DecodeString(payload)
	if err != nil {
		t.Fatal(err)
	}
	got, err := png.Decode(bytes.NewReader(decoded))
	if err != nil {
		t.Fatal(err)
	}
	for y := range 50 {
		for x := range 90 {
			if c := color.NRGBAModel.Convert(got.At(x, y)); c != sent.NRGBAAt(x, y) {
				t.Fatalf("pixel %d,%d is %v, want %v", x, y, c, sent.NRGBAAt(x, y))
			}
		}
	}
	again := strings.Join(g.Place(noise(90, 50, 0), 6, 3), "\n")
	if again != frame {
		t.Error("the same picture is drawn with other cells")
	}
	if more := g.Pending(frame); more != "" {
		t.Errorf("the same picture is sent twice: %.60q", more)
	}
	if other := strings.Join(g.Place(noise(90, 50, 1), 6, 3), "\n"); other == frame {
		t.Error("another picture has the same number")
	}
}

func TestGraphicsCells(t *testing.T) {
	g := NewGraphics()
	g.next = 0x010203
	lines := g.Place(noise(4, 4, 0), 3, 2)
	// Row 1, columns 0 to 2, as the protocol's table of diacritics numbers them: 0305 is 0, 030D is 1, 030E is 2.
	const want = "\x1b[38;2;1;2;3m\U0010EEEE\u030D\u0305\U0010EEEE\u030D\u030D\U0010EEEE\u030D\u030E\x1b[39m"
	if lines[1] != want {
		t.Errorf("got %q, want %q", lines[1], want)
	}
	for _, line := range lines {
		if w := ansi.StringWidth(line); w != 3 {
			t.Errorf("a line of %d cells, want 3", w)
		}
	}
}

func TestGraphicsForget(t *testing.T) {
	g := NewGraphics()
	g.next = maxNumber // The next number is 1 again.
	kept := strings.Join(g.Place(noise(2, 2, 0), 2, 1), "\n")
	for i := range maxPictures {
		g.Place(noise(2, 2, uint64(i)+1), 2, 1+i/200)
	}
	all := g.Pending("\x1b[m" + kept)
	if got := strings.Count(all, "a=d"); got != maxPictures {
		t.Errorf("%d pictures are forgotten, want the %d that the frame does not show", got, maxPictures)
	}
	if len(g.numbers) != 1 {
		t.Errorf("%d pictures are held, want 1", len(g.numbers))
	}
	last := apc.FindAllStringSubmatch(g.Pending("a page without pictures"), -1)
	if len(last) != 1 {
		t.Fatalf("%d sequences, want one", len(last))
	}
	has(t, last[0][1], "a=d", "d=I", "i=16777215", "q=2")
	if more := g.Pending(""); more != "" {
		t.Errorf("forgotten twice: %q", more)
	}
}
