package board

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Thousands writes n with commas: 437,664.
func Thousands(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// Counted is a number with what it counts: 1 epoch, 4,096 examples.
func Counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return Thousands(n) + " " + what
}

// Scientific writes v as a learning rate is written: 1.0e-3.
func Scientific(v float64) string {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', 1, 64), "e")
	power, err := strconv.Atoi(exponent)
	if err != nil {
		return mantissa // NaN and Inf have no exponent
	}
	return fmt.Sprintf("%se%d", mantissa, power)
}

// Loss writes a mean squared error with three or four significant digits and, if it can, in six characters.
func Loss(v float64) string {
	switch {
	case math.IsNaN(v):
		return "-"
	case v >= 10000 || v < 0.0001 && v > 0:
		return Scientific(v)
	case v >= 1:
		return strconv.FormatFloat(v, 'f', 2, 64)
	}
	return strconv.FormatFloat(v, 'f', 4, 64)
}

// Fixed writes v with some decimals; what is no number is a dash.
func Fixed(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "-"
	}
	return strconv.FormatFloat(v, 'f', decimals, 64)
}

// Percent writes a fraction as a percentage: 97.1 %.
func Percent(v float64) string {
	if math.IsNaN(v) {
		return "-"
	}
	return strconv.FormatFloat(100*v, 'f', 1, 64) + " %"
}

// Duration splits d into a number and its unit, as coarse as a person waiting for it needs.
func Duration(d time.Duration) (number, unit string) {
	seconds := int(math.Round(d.Seconds()))
	switch {
	case seconds < 60:
		return strconv.Itoa(seconds), "s"
	case seconds < 3600:
		return fmt.Sprintf("%d:%02d", seconds/60, seconds%60), "min"
	}
	return fmt.Sprintf("%s:%02d", Thousands(seconds/3600), seconds/60%60), "h"
}

// Bytes writes a number of bytes: 3.8 MB.
func Bytes(n int64) string {
	switch {
	case n >= 1e9:
		return Fixed(float64(n)/1e9, 1) + " GB"
	case n >= 1e6:
		return Fixed(float64(n)/1e6, 1) + " MB"
	case n >= 1e3:
		return Fixed(float64(n)/1e3, 1) + " kB"
	}
	return strconv.FormatInt(n, 10) + " B"
}
