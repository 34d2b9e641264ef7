package theme

import (
	"strconv"
	"strings"
)

// Background is what the terminal draws on.
type Background int

// The backgrounds. One that the terminal does not tell gets colours that can be read on both.
const (
	Unknown Background = iota
	Dark
	Light
)

// backgroundOf reads the variable COLORFGBG, "foreground;background" in the numbers of the 16 ANSI colours, which rxvt
// and Konsole set and others understand.
func backgroundOf(colorfgbg string) Background {
	number, err := strconv.Atoi(colorfgbg[strings.LastIndexByte(colorfgbg, ';')+1:])
	switch {
	case err != nil || number < 0 || number > 15:
		return Unknown
	case number <= 6 || number == 8:
		return Dark
	}
	return Light
}
