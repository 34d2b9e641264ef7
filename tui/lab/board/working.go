package board

import (
	"math"
	"strconv"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// Working is the line of a lab that is busy: what it does and how far it is, in at most width cells. A long text takes room
// from the bar, because the percent beside the bar say the same.
func Working(p lab.Progress, width int, t theme.Theme) string {
	const mostBar, leastBar = 20, 8
	doing := p.Doing
	if doing == "" {
		doing = "opening the data and the backend"
	}
	room := width - 1 - 2 - percent - 1 // for the text and the bar
	if room < 10+mostBar {
		return ansi.Truncate(" "+Style(Quiet, t).Render(doing+" …"), max(width, 0), "")
	}
	bar := min(max(room-ansi.StringWidth(doing+" …"), leastBar), mostBar)
	return " " + Style(Quiet, t).Render(ansi.Truncate(doing+" …", room-bar, "…")) + "  " + Bar(p.Fraction, bar+percent, t)
}

// percent is what the number behind a bar takes.
const percent = 5

// Bar is a bar of width cells that is filled to fraction, 0 to 1, with the percent at its end.
func Bar(fraction float64, width int, t theme.Theme) string {
	if math.IsNaN(fraction) {
		fraction = 0
	}
	number := strconv.Itoa(int(100*min(max(fraction, 0), 1))) + "%"
	return widget.Progress(fraction, width-percent, t) + Style(Plain, t).Render(PadLeft(number, percent))
}
