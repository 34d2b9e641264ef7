package judge

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/aetutor/aetutor/exercises/wire"
)

// Bounds of what is printed of a value.
const (
	shownRow  = 6  // elements of an axis
	shownAll  = 24 // elements of a value that is printed in full
	shownText = 60 // bytes of a string
)

// describe is values in short: "x = [[1 2] [3 4]], y = 0.5".
func describe(names []string, values []wire.Value) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = valueText(v)
		if len(names) > 0 {
			parts[i] = nameOf(names, i) + " = " + parts[i]
		}
	}
	return strings.Join(parts, ", ")
}

func nameOf(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("result %d", i+1)
}

// valueText is a value in short. What is not printed in full has its shape before it.
func valueText(v wire.Value) string {
	text := axisText(v, v.Shape, 0)
	if v.Size() > shownAll {
		return shapeText(v.Shape) + " " + text
	}
	return text
}

func axisText(v wire.Value, shape []int, from int) string {
	if len(shape) == 0 {
		return elementText(v, from)
	}
	step := 1
	for _, n := range shape[1:] {
		step *= n
	}
	shown := shape[0]
	if size := v.Size(); size > shownAll || size == 0 { // Without elements an axis may be of any length.
		shown = min(shown, shownRow)
		if len(shape) > 1 {
			shown = min(shown, 2)
		}
	}
	var parts []string
	for i := range shown {
		parts = append(parts, axisText(v, shape[1:], from+i*step))
	}
	if shown < shape[0] {
		parts = append(parts, "…")
	}
	return "[" + strings.Join(parts, " ") + "]"
}

func elementText(v wire.Value, i int) string {
	switch data := v.Data.(type) {
	case []string:
		if len(data[i]) > shownText {
			return fmt.Sprintf("%.*q…", shownText, data[i])
		}
		return strconv.Quote(data[i])
	case []bool:
		return strconv.FormatBool(data[i])
	case []int:
		return strconv.Itoa(data[i])
	default:
		return numberText(v.Floats()[i])
	}
}

// numberText has as many digits as a float32 can tell.
func numberText(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }

// shapeText is [2, 3], or "a single number" for no axes.
func shapeText(shape []int) string {
	if len(shape) == 0 {
		return "[] (a single number)"
	}
	parts := make([]string, len(shape))
	for i, n := range shape {
		parts[i] = strconv.Itoa(n)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
