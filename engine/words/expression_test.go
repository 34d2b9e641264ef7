package words

import (
	"slices"
	"strings"
	"testing"
)

func TestParseExpression(t *testing.T) {
	king := Expression{{"king", false}, {"man", true}, {"woman", false}}
	for text, want := range map[string]Expression{
		"king":                 {{"king", false}},
		"king - man + woman":   king,
		"king-man+woman":       king,
		"  king −man + woman ": king, // U+2212
		"king – man+ woman":    king, // U+2013
		"- man + king":         {{"man", true}, {"king", false}},
		"+ king":               {{"king", false}},
		"Library - Books":      {{"Library", false}, {"Books", true}},
		"king + king":          {{"king", false}, {"king", false}},
	} {
		got, err := ParseExpression(text)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("ParseExpression(%q) = %v, %v; want %v", text, got, err, want)
		}
		if again, err := ParseExpression(got.String()); err != nil || !slices.Equal(again, got) {
			t.Errorf("%q is written as %q, which reads as %v, %v", text, got, again, err)
		}
	}
	if !slices.Equal(Analogy("king", "man", "woman"), king) {
		t.Error("Analogy is not a − b + c")
	}
}

func TestParseExpressionErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                "there is no word",
		"  ":              "there is no word",
		"-":               "there is no word",
		"king - ":         "ends with a sign",
		"king - + woman":  "two signs in a row",
		"- - king":        "two signs in a row",
		"king man":        "no sign between king and man",
		"king - man girl": "no sign between man and girl",
	} {
		if got, err := ParseExpression(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseExpression(%q) = %v, %v; want an error that says %q", text, got, err, want)
		}
	}
}

func TestExpressionString(t *testing.T) {
	for want, e := range map[string]Expression{
		"king − man + woman": Analogy("king", "man", "woman"),
		"−man + king":        {{"man", true}, {"king", false}},
		"king":               {{"king", false}},
		"":                   nil,
	} {
		if got := e.String(); got != want {
			t.Errorf("String() = %q, want %q", got, want)
		}
	}
}
