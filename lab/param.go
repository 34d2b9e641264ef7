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
	valid   func(value string) bool
}

// wholeParam is a whole number from low to high.
func wholeParam(key string, value, low, high int, what string) Param {
	return Param{key, strconv.Itoa(value), fmt.Sprintf("%s, a whole number from %d to %d", what, low, high),
		func(s string) bool {
			n, err := strconv.Atoi(s)
			return err == nil && n >= low && n <= high
		}}
}

// numberParam is a number from low to high.
func numberParam(key string, value, low, high float64, what string) Param {
	return Param{key, short(value), fmt.Sprintf("%s, a number from %s to %s", what, short(low), short(high)),
		func(s string) bool {
			x, err := strconv.ParseFloat(s, 64)
			return err == nil && x >= low && x <= high && !math.IsNaN(x)
		}}
}

// choiceParam is one of some words.
func choiceParam(key, value string, choices []string, what string) Param {
	return Param{key, value, what + ", one of " + strings.Join(choices, ", "), func(s string) bool {
		return slices.Contains(choices, s)
	}}
}

// seedParam decides all that is random.
func seedParam() Param {
	return Param{"seed", "1", "decides all that is random, a whole number", func(s string) bool {
		_, err := strconv.ParseInt(s, 10, 64)
		return err == nil
	}}
}

func short(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// Keys are the keys of some parameters, in their order.
func Keys(params []Param) []string {
	keys := make([]string, 0, len(params))
	for _, p := range params {
		keys = append(keys, p.Key)
	}
	return keys
}

// Values are valid values of a lab's parameters.
type Values struct {
	params []Param
	texts  map[string]string
}

// defaults are the values of parameters that nobody has set.
func defaults(params []Param) Values {
	v := Values{params, map[string]string{}}
	for _, p := range params {
		v.texts[p.Key] = p.Default
	}
	return v
}

// Set changes one value. An unknown key or a bad value gives an error that lists what there is.
func (v Values) Set(key, value string) error {
	i := slices.IndexFunc(v.params, func(p Param) bool { return p.Key == key })
	if i < 0 {
		return fmt.Errorf("the lab has no parameter %q; it has %s", key, strings.Join(Keys(v.params), ", "))
	}
	if !v.params[i].valid(value) {
		return fmt.Errorf("parameter %s cannot be %q; it is %s; the parameters are %s", key, value, v.params[i].Help,
			strings.Join(Keys(v.params), ", "))
	}
	v.texts[key] = value
	return nil
}

// Text is a value as it was given.
func (v Values) Text(key string) string { return v.texts[key] }

// Whole is the value of a whole number.
func (v Values) Whole(key string) int {
	n, _ := strconv.Atoi(v.texts[key]) // Set has let only whole numbers in.
	return n
}

// Number is the value of a number.
func (v Values) Number(key string) float64 {
	x, _ := strconv.ParseFloat(v.texts[key], 64) // Set has let only numbers in.
	return x
}

// Seed is the value of the parameter seed.
func (v Values) Seed() int64 {
	n, _ := strconv.ParseInt(v.texts["seed"], 10, 64) // Set has let only whole numbers in.
	return n
}
