package lab

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Param is a parameter of a lab, as `--set key=value` and a lesson's directive give it.
type Param struct {
	Key     string
	Default string
	Help    string // what it is and which values it takes
}

// Keys are the keys of some parameters, in their order.
func Keys(params []Param) []string {
	keys := make([]string, 0, len(params))
	for _, p := range params {
		keys = append(keys, p.Key)
	}
	return keys
}

// unknownKey says which keys there are.
func unknownKey(key string, params []Param) error {
	return fmt.Errorf("the lab has no parameter %q; it has %s", key, strings.Join(Keys(params), ", "))
}

// badValue says what a parameter takes.
func badValue(key, value string, params []Param) error {
	i := slices.IndexFunc(params, func(p Param) bool { return p.Key == key })
	return fmt.Errorf("parameter %s cannot be %q; it is %s; the parameters are %s", key, value, params[i].Help,
		strings.Join(Keys(params), ", "))
}

// setNumber sets a whole number and says whether it is within its bounds.
func setNumber(to *int, value string, low, high int) (ok bool) {
	*to, ok = number(value, low, high)
	return ok
}

// number reads a whole number and says whether it is within its bounds.
func number(value string, low, high int) (int, bool) {
	n, err := strconv.Atoi(value)
	return n, err == nil && n >= low && n <= high
}

// fraction is a positive number of at most high.
func fraction(value string, high float64) (float64, bool) {
	x, err := strconv.ParseFloat(value, 64)
	return x, err == nil && x > 0 && x <= high && !math.IsNaN(x)
}
