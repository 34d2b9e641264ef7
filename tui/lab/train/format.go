package train

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// thousands writes n with commas: 437,664.
func thousands(n int) string {
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

// scientific writes v as a learning rate is written: 1.0e-3.
func scientific(v float64) string {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', 1, 64), "e")
	power, err := strconv.Atoi(exponent)
	if err != nil {
		return mantissa // NaN and Inf have no exponent
	}
	return fmt.Sprintf("%se%d", mantissa, power)
}

// loss writes a mean squared error with three or four significant digits and, if it can, in six characters.
func loss(v float64) string {
	switch {
	case math.IsNaN(v):
		return "-"
	case v >= 10000 || v < 0.0001 && v > 0:
		return scientific(v)
	case v >= 1:
		return strconv.FormatFloat(v, 'f', 2, 64)
	}
	return strconv.FormatFloat(v, 'f', 4, 64)
}

// duration splits d into a number and its unit, as coarse as a person waiting for it needs.
func duration(d time.Duration) (number, unit string) {
	seconds := int(math.Round(d.Seconds()))
	switch {
	case seconds < 60:
		return strconv.Itoa(seconds), "s"
	case seconds < 3600:
		return fmt.Sprintf("%d:%02d", seconds/60, seconds%60), "min"
	}
	return fmt.Sprintf("%s:%02d", thousands(seconds/3600), seconds/60%60), "h"
}
