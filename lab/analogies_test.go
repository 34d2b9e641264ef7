package lab

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine/words"
)

// flatWords are vectors of which the pairs ab, cd and ef differ by a step of the second value; h lies next to b.
func flatWords(t *testing.T) *words.Vectors {
	t.Helper()
	names := []string{"a", "b", "c", "d", "e", "f", "g", "king", "man", "woman", "queen", "h"}
	v, err := words.NewVectors(names, [][]float32{
		{1, 0, 0}, {1, 1, 0}, {0.9, 0, 0.4}, {0.9, 1, 0.4}, {0, 0, 1}, {0, 0.2, 1}, {0, 0.1, 1}, {-1, 0, 0}, {-1, 0.4, 0.2}, {-1, 1, 0.2}, {-1, 0.7, 0}, {1, 1.05, -0.05},
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestParseClaim(t *testing.T) {
	for text, want := range map[string]string{
		"he - man + woman = she": "he − man + woman = she", "king-man+woman": "king − man + woman", " a = b ": "a = b",
	} {
		c, err := ParseClaim(text)
		if err != nil || c.String() != want {
			t.Errorf("%q is read as %q, %v", text, c, err)
		}
	}
	for _, text := range []string{"", "= b", "a =", "a = b c", "a = b = c", "a - - b", "a b = c"} {
		if c, err := ParseClaim(text); err == nil {
			t.Errorf("%q is read as %q", text, c)
		}
	}
}

func TestClaimsAreJudged(t *testing.T) {
	v := flatWords(t)
	for text, want := range map[string]string{
		"b - a + c = d":              "",
		"c - a + b = d":              "",
		"b - a + c = f":              "f ranks ",
		"b - a + c = A":              "A is part of the sum",
		"b + a + c = d":              "not of the form",
		"b - a = d":                  "not of the form",
		"b - b + c = d":              "a word comes twice",
		"b - a + c":                  "no word after =",
		"woman - man + king = Queen": "the family gender asks it",
	} {
		c, err := ParseClaim(text)
		if err != nil {
			t.Fatal(err)
		}
		verdict, err := c.Judge(v)
		if err != nil {
			t.Fatal(err)
		}
		if got := verdict.Missing; got != want && (want == "" || !strings.Contains(got, want)) {
			t.Errorf("%s: %q is missing, want %q; nearest %v", text, got, want, verdict.Nearest[0])
		}
		if own := want == "" || strings.Contains(want, "ranks"); verdict.Own != own {
			t.Errorf("%s: it counts as the learner's own: %v", text, verdict.Own)
		}
		if task := AnalogiesTask(&verdict); task.Reached != (want == "") || task.Text == "" || task.Now == "" {
			t.Errorf("%s: the task is %+v", text, task)
		}
	}
	var unknown *words.UnknownWordError
	for _, text := range []string{"x - a + b = c", "a - b + c = x"} {
		c, _ := ParseClaim(text)
		if _, err := c.Judge(v); !errors.As(err, &unknown) || unknown.Word != "x" {
			t.Errorf("%s is judged with %v", text, err)
		}
	}
	if AnalogiesTask(nil).Reached {
		t.Error("the task is reached without a claim")
	}
}

// TestAnswerNextToAWordDoesNotCount: g, the answer to e − a + c, is nearest to e alone already.
func TestAnswerNextToAWordDoesNotCount(t *testing.T) {
	v, err := words.NewVectors([]string{"a", "c", "e", "g", "far"}, [][]float32{{1, 0}, {0.99, 0.1}, {0, 1}, {0.05, 1}, {-1, 0}})
	if err != nil {
		t.Fatal(err)
	}
	verdict, err := Claim{words.Analogy("e", "a", "c"), "g"}.Judge(v)
	if err != nil || verdict.Rank != 1 || verdict.Missing != "g is next to e anyway" {
		t.Errorf("rank %d, missing %q, %v", verdict.Rank, verdict.Missing, err)
	}
}

func TestSlidesAreAskedByFamilies(t *testing.T) {
	claims := DeckClaims()
	if len(claims) != 7 {
		t.Fatalf("%d claims, the slide has 7", len(claims))
	}
	for _, c := range claims {
		if familyOf(c) == "" {
			t.Errorf("no family asks %s", c)
		}
	}
}

// TestTaskCanBeReached learns the corpus as the lab does and tries a claim that a learner may find.
func TestTaskCanBeReached(t *testing.T) {
	values := analogiesLab().Defaults()
	if err := values.Set("digits", "none"); err != nil {
		t.Fatal(err)
	}
	if err := values.Set("epochs", "6"); err != nil {
		t.Fatal(err)
	}
	var done AnalogiesDone
	kinds := map[string]int{}
	if err := runAnalogies(t.Context(), Env{}, values, func(e Event) {
		kinds[e.Kind()]++
		if e, ok := e.(AnalogiesDone); ok {
			done = e
		}
	}); err != nil {
		t.Fatal(err)
	}
	if !done.Reached || done.Rank != 1 || done.Nearest[0].Word != "she" || len(done.Scores) != 6 {
		t.Errorf("it ends with %+v", done)
	}
	if kinds["corpus"] != 1 || kinds["words"] != 100 || kinds["scores"] != 5 || kinds["done"] != 1 {
		t.Errorf("the events are %v", kinds)
	}
	for _, want := range []string{"she 0.", "gender: 1", "task: your own", "reached"} {
		if !strings.Contains(Line(done), want) {
			t.Errorf("the last line lacks %q: %s", want, Line(done))
		}
	}
}

func TestTrainWordsStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := AnalogiesSettingsOf(analogiesLab().Defaults())
	_, err := TrainWords(ctx, Env{}, s, func(e Event) {
		if e.Kind() == "words" {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
}

func TestAnalogiesRefusesValues(t *testing.T) {
	for key, values := range map[string][]string{
		"claim": {"", "king", "a - - b"}, "digits": {"", "7", "7 8"}, "sentences": {"0", "x"}, "epochs": {"0"},
	} {
		for _, value := range values {
			if analogiesLab().Defaults().Set(key, value) == nil {
				t.Errorf("%s takes %q", key, value)
			}
		}
	}
}

// halves is a Coder that keeps the ink of the left and of the right half of a picture, and paints the halves evenly.
type halves struct{}

func (halves) Encode(_ context.Context, x []float32) ([]float32, error) {
	var z []float32
	for ; len(x) > 0; x = x[16:] {
		sums := [2]float32{}
		for i, v := range x[:16] {
			sums[i%4/2] += v / 8
		}
		z = append(z, sums[0], sums[1])
	}
	return z, nil
}

func (halves) Decode(_ context.Context, z []float32) ([]float32, error) {
	var x []float32
	for ; len(z) > 0; z = z[2:] {
		for i := range 16 {
			x = append(x, z[i%4/2])
		}
	}
	return x, nil
}

// inkedDigits are 4×4 pictures: class 0 has its ink in the left half, class 1 in the right one, ten pictures each of
// rising ink.
func inkedDigits(t *testing.T) *data.Dataset {
	t.Helper()
	pixels, labels := make([]byte, 20*16), make([]byte, 20)
	for i := range 20 {
		labels[i] = byte(i % 2)
		for p := range 16 {
			if p%4/2 == i%2 {
				pixels[i*16+p] = byte(10 * (i/2 + 1))
			}
		}
	}
	d, err := data.NewImages("halves", 4, 4, pixels, labels, []string{"0", "1"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDigitCodes(t *testing.T) {
	codes, err := newDigitCodes(t.Context(), halves{}, inkedDigits(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(codes.Names(), " "); got != "0 thin0 thick0 upright0 slanted0 1 thin1 thick1 upright1 slanted1" {
		t.Errorf("the names are %s", got)
	}
	e, _ := words.ParseExpression("thick0 - thin0 + THIN1")
	answer, err := codes.Solve(t.Context(), e, 3)
	if err != nil {
		t.Fatal(err)
	}
	// A fifth of ten pictures is two: thin is the mean of 10 and 20, thick that of 90 and 100, of 255.
	const step = 80.0 / 255
	if left, right := answer.Picture[0], answer.Picture[2]; math.Abs(float64(left)-step) > 1e-6 || math.Abs(float64(right)-15.0/255) > 1e-6 {
		t.Errorf("the sum decodes to %v and %v", left, right)
	}
	if len(answer.Terms) != 3 || math.Abs(float64(answer.Terms[0][0])-95.0/255) > 1e-6 || len(answer.Nearest) != 3 || len(answer.Match) != 16 {
		t.Errorf("the answer is %+v", answer)
	}
	for i := 1; i < len(answer.Nearest); i++ {
		if answer.Nearest[i].Distance < answer.Nearest[i-1].Distance {
			t.Errorf("the nearest are %v", answer.Nearest)
		}
	}
	for _, n := range answer.Nearest {
		if n.Name == "thin1" || n.Name == "thick0" {
			t.Errorf("%s of the sum itself is an answer", n.Name)
		}
	}
	var unknown *words.UnknownWordError
	if _, err := codes.Solve(t.Context(), words.Expression{{Word: "thik0"}}, 1); !errors.As(err, &unknown) || unknown.Closest[1] != "thick0" {
		t.Errorf("an unknown name gives %v", err)
	}
	if _, err := codes.Solve(t.Context(), nil, 1); err == nil {
		t.Error("an empty sum is solved")
	}
}

func TestInkAndSlant(t *testing.T) {
	// Strokes of a picture of 3×3: upright, leaning right like a slash, and leaning left.
	for name, c := range map[string]struct {
		pixels []float32
		slant  float64
	}{
		"upright": {[]float32{0, 1, 0, 0, 1, 0, 0, 1, 0}, 0},
		"slash":   {[]float32{0, 0, 1, 0, 1, 0, 1, 0, 0}, 1},
		"left":    {[]float32{1, 0, 0, 0, 1, 0, 0, 0, 1}, -1},
		"blank":   {make([]float32, 9), 0},
	} {
		if _, slant := inkAndSlant(c.pixels, 3); math.Abs(slant-c.slant) > 1e-9 {
			t.Errorf("%s leans by %v, want %v", name, slant, c.slant)
		}
	}
	if ink, _ := inkAndSlant([]float32{0, 1, 0, 1}, 2); ink != 0.5 {
		t.Errorf("the ink is %v", ink)
	}
}

// TestTurn turns points by known rotations and mirrorings and has them turned back.
func TestTurn(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		sin, cos := math.Sincos(random.Float64() * 7)
		mirror := float64(1 - 2*random.IntN(2))
		known := [2][2]float64{{cos, -sin * mirror}, {sin, cos * mirror}}
		var points, like [][2]float64
		for range 5 {
			p := [2]float64{random.NormFloat64(), random.NormFloat64()}
			points, like = append(points, p), append(like, apply(known, p))
		}
		turn := Turn(points, like)
		for i, p := range points {
			got := apply(turn, p)
			if math.Hypot(got[0]-like[i][0], got[1]-like[i][1]) > 1e-9 {
				t.Fatalf("%v goes to %v, want %v", p, got, like[i])
			}
		}
	}
	if got := Turn([][2]float64{{0, 0}}, [][2]float64{{1, 1}}); got != [2][2]float64{{1, 0}, {0, 1}} {
		t.Errorf("nothing to turn by gives %v", got)
	}
}

func TestPlaneKeepsItsPlace(t *testing.T) {
	rows := [][]float32{{1, 0, 0}, {0, 2, 0}, {0, 0, 0.1}, {-1, -1, 0}}
	plane, err := FitPlane(t.Context(), rows, nil)
	if err != nil {
		t.Fatal(err)
	}
	before, err := plane.Place(t.Context(), rows)
	if err != nil {
		t.Fatal(err)
	}
	like := make([][2]float64, len(before))
	for i, p := range before {
		like[i] = [2]float64{-p[1], -p[0]}
	}
	plane, err = FitPlane(t.Context(), rows, like)
	if err != nil {
		t.Fatal(err)
	}
	after, _ := plane.Place(t.Context(), rows)
	for i := range after {
		if math.Hypot(after[i][0]-like[i][0], after[i][1]-like[i][1]) > 1e-6 {
			t.Errorf("point %d is at %v, want %v", i, after[i], like[i])
		}
	}
	if _, err := FitPlane(t.Context(), nil, nil); err == nil {
		t.Error("a plane is fitted to nothing")
	}
	if got := Unit([]float32{3, 4}); got[0] != 0.6 || Unit([]float32{0})[0] != 0 {
		t.Errorf("Unit gives %v", got)
	}
}
