package words

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// TestNearestMatchesScikitLearn compares with testdata/nearest.json, which testdata/nearest.py made.
func TestNearestMatchesScikitLearn(t *testing.T) {
	var oracle struct {
		Rows    [][]float32
		Queries []struct {
			Terms, Signs, Ranking []int
			Similarity            []float64
		}
	}
	readJSON(t, "nearest.json", &oracle)
	names := make([]string, len(oracle.Rows))
	for i := range names {
		names[i] = fmt.Sprintf("word%d", i)
	}
	v, err := NewVectors(names, oracle.Rows)
	if err != nil {
		t.Fatal(err)
	}
	if len(oracle.Queries) == 0 {
		t.Fatal("nearest.json holds no queries")
	}
	for _, query := range oracle.Queries {
		var e Expression
		for i, term := range query.Terms {
			e = append(e, Term{names[term], query.Signs[i] < 0})
		}
		got, err := v.Nearest(e, len(names))
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(query.Ranking) {
			t.Fatalf("%v has %d neighbors, want %d", e, len(got), len(query.Ranking))
		}
		for i, want := range query.Ranking {
			if got[i].Word != names[want] || math.Abs(got[i].Similarity-query.Similarity[i]) > 1e-5 {
				t.Errorf("%v: neighbor %d is %v, want %s with %v", e, i, got[i], names[want], query.Similarity[i])
			}
		}
	}
}

// compass is four words in the plane, and one without a direction.
func compass(t *testing.T) *Vectors {
	t.Helper()
	v, err := NewVectors([]string{"north", "east", "northeast", "nowhere", "East-too"},
		[][]float32{{0, 2}, {1, 0}, {3, 3}, {0, 0}, {7, 0}})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestNearestInThePlane(t *testing.T) {
	v := compass(t)
	for _, test := range []struct {
		text string
		n    int
		want []Neighbor
	}{
		{"north", 1, []Neighbor{{"northeast", math.Sqrt2 / 2}}},
		// Equal similarities keep the order of the words; a zero vector has 0.
		{"north", 9, []Neighbor{{"northeast", math.Sqrt2 / 2}, {"east", 0}, {"nowhere", 0}, {"East-too", 0}}},
		{"EAST", 1, []Neighbor{{"East-too", 1}}},
		{"north + east", 1, []Neighbor{{"northeast", 1}}},
		{"north + nowhere", 1, []Neighbor{{"northeast", math.Sqrt2 / 2}}},
		// Lengths do not count: north is as long as east here.
		{"- north - east", 9, []Neighbor{{"nowhere", 0}, {"East-too", -math.Sqrt2 / 2}, {"northeast", -1}}},
	} {
		e, err := ParseExpression(test.text)
		if err != nil {
			t.Fatal(err)
		}
		got, err := v.Nearest(e, test.n)
		if err != nil || len(got) != len(test.want) {
			t.Errorf("Nearest(%v, %d) = %v, %v; want %v", e, test.n, got, err, test.want)
			continue
		}
		for i, want := range test.want {
			if got[i].Word != want.Word || math.Abs(got[i].Similarity-want.Similarity) > 1e-12 {
				t.Errorf("Nearest(%v, %d) = %v, want %v", e, test.n, got, test.want)
			}
		}
	}
}

func TestNearestErrors(t *testing.T) {
	v := compass(t)
	for want, test := range map[string]struct {
		e Expression
		n int
	}{
		"the 0 nearest words; take 1 or more":                            {Expression{{"north", false}}, 0},
		"the expression has no words":                                    {nil, 1},
		"north − north comes to nothing":                                 {Expression{{"north", false}, {"north", true}}, 1},
		"nowhere comes to nothing":                                       {Expression{{"nowhere", false}}, 1},
		`"nort" is not one of the 5 known words; spelled like it: north`: {Analogy("north", "nort", "east"), 1},
	} {
		if got, err := v.Nearest(test.e, test.n); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Nearest(%v, %d) = %v, %v; want an error that says %q", test.e, test.n, got, err, want)
		}
	}
}

// TestSumThatCancelsByRounding adds in an order that leaves a trace of rounding.
func TestSumThatCancelsByRounding(t *testing.T) {
	v, err := NewVectors([]string{"a", "b", "c"}, [][]float32{{1, 0.3}, {0.1, 0.7}, {0.9, 0.2}})
	if err != nil {
		t.Fatal(err)
	}
	e := Expression{{"a", false}, {"b", false}, {"c", false}, {"a", true}, {"c", true}, {"b", true}}
	if got, err := v.Nearest(e, 1); err == nil {
		t.Errorf("Nearest(%v) = %v, want an error", e, got)
	}
}

func TestAccuracy(t *testing.T) {
	v := compass(t)
	families := []Family{
		{"turns", []Question{
			{Expression{{"north", false}, {"east", false}}, "Northeast"}, // right
			{Expression{{"east", false}}, "east-too"},                    // right
			{Expression{{"north", false}}, "east"},                       // northeast is nearer
		}},
		{"empty", nil},
	}
	scores, err := v.Accuracy(families)
	if want := []Score{{"turns", 2, 3}, {"empty", 0, 0}}; err != nil || !slices.Equal(scores, want) {
		t.Errorf("Accuracy = %v, %v; want %v", scores, err, want)
	}
	var unknown *UnknownWordError
	for _, q := range []Question{{Expression{{"north", false}}, "south"}, {Expression{{"south", false}}, "north"}} {
		if _, err := v.Accuracy([]Family{{"unknown", []Question{q}}}); !errors.As(err, &unknown) || unknown.Word != "south" {
			t.Errorf("Accuracy of %v: %v", q, err)
		}
	}
}

func TestVectorsAreCopied(t *testing.T) {
	names, rows := []string{"a", "b"}, [][]float32{{1, 2}, {3, 4}}
	v, err := NewVectors(names, rows)
	if err != nil {
		t.Fatal(err)
	}
	names[0], rows[0][0] = "x", 9
	got := v.Rows()
	if v.Words()[0] != "a" || !slices.Equal(got[0], []float32{1, 2}) || !slices.Equal(got[1], []float32{3, 4}) {
		t.Errorf("the vectors changed with what they were made of: %v %v", v.Words(), got)
	}
	got[0][0], v.Words()[0] = 9, "x"
	if v.Words()[0] != "a" || v.Rows()[0][0] != 1 {
		t.Error("the vectors changed with what they gave")
	}
}

func TestNewVectorsErrors(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for name, test := range map[string]struct {
		words []string
		rows  [][]float32
		want  string
	}{
		"nothing":       {nil, nil, "0 words and 0 vectors"},
		"too few rows":  {[]string{"a", "b"}, [][]float32{{1}}, "2 words and 1 vectors"},
		"no values":     {[]string{"a"}, [][]float32{{}}, "of at least one value"},
		"ragged":        {[]string{"a", "b"}, [][]float32{{1, 2}, {1}}, `the vector of "b" has 1 values, that of "a" has 2`},
		"NaN":           {[]string{"a", "b"}, [][]float32{{1}, {nan}}, `the vector of "b" holds NaN`},
		"infinite":      {[]string{"a"}, [][]float32{{inf}}, `the vector of "a" holds +Inf`},
		"word twice":    {[]string{"a", "a"}, [][]float32{{1}, {2}}, `the word "a" is there twice`},
		"capitals only": {[]string{"Paris", "paris"}, [][]float32{{1}, {2}}, `the word "paris" is there twice`},
	} {
		if _, err := NewVectors(test.words, test.rows); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want an error that says %q", name, err, test.want)
		}
	}
}
