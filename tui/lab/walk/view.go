package walk

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// View implements lab.Screen.
func (m *Model) View(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	bottom := m.bottom(width, t)
	if m.opened == nil {
		return board.Stack(width, height, m.waiting(width, height-len(bottom), t), bottom)
	}
	var body []string
	x := 0
	for i, p := range m.panels(width, height-len(bottom)) {
		var lines []string
		switch m.view {
		case onGrid:
			lines = m.grid(p, t)
		case onSamples:
			lines = m.samples(p, t)
		default:
			lines = m.place(p, t)
		}
		if i == 0 {
			body = board.Fit(lines, p.width, p.height)
		} else {
			body = board.Beside(body, x-1, 1, board.Fit(lines, p.width, p.height))
		}
		x += p.width + 1
	}
	return board.Stack(width, height, body, bottom)
}

// waiting shows the models as they learn.
func (m *Model) waiting(width, height int, t theme.Theme) []string {
	if m.err != nil {
		return nil
	}
	lines := board.Fit(m.learning.View(width, height-2, t), width, height-2)
	return append(lines, "", " "+t.Style(t.Muted).Render("Both models are kept, so only the first time takes this long."))
}

// panel is the place of a model on the screen.
type panel struct {
	model         int
	x             int // of its left edge
	width, height int
	pictureRows   int
	beside        bool // the picture stands beside the map, not above it
	mapX, mapY    int  // of the map's upper left cell on the screen
	mapRows       int  // the map has twice as many columns, so its circles are round
}

// What stands around a picture and a map.
const (
	titleRows    = 1
	factRows     = 5
	leastPicture = 20 // columns of a picture beside its map
)

// panels share the screen among the shown models: a large map with the picture beside it where there is room, else the
// picture above the map.
func (m *Model) panels(width, height int) []panel {
	models := m.shown.models()
	each := (width+1)/len(models) - 1
	var all []panel
	for i, model := range models {
		p := panel{model: model, x: i * (each + 1), width: each, height: max(height, 0)}
		rest := max(height-titleRows, 0)
		p.mapX, p.mapY = p.x+1, titleRows
		if free := each - 1 - 2*rest - 2; free >= leastPicture {
			p.beside, p.mapRows = true, rest
			p.pictureRows = max(min(free/2, rest-factRows), 0)
		} else {
			p.pictureRows = max(min(rest*11/20, (each-2-factsWidth)/2), 0)
			p.mapRows = max(min(rest-p.pictureRows, (each-1)/2), 0)
			p.mapY += p.pictureRows
		}
		all = append(all, p)
	}
	return all
}

// factsWidth is what the facts right of a picture take.
const factsWidth = 18

// place draws the picture of the present place, its facts and the map.
func (m *Model) place(p panel, t theme.Theme) []string {
	code := m.opened.Maps[p.model].Code(m.at)
	title := fmt.Sprintf("%s  z = (%.2f, %.2f)", lab.WalkNames()[p.model], code[0], code[1])
	lines := []string{" " + t.Style(t.Text).Bold(true).Render(title)}
	picture, facts := make([]string, p.pictureRows), m.facts(p.model, t)
	if m.sight != nil {
		ink := m.sight.Views[p.model].Picture
		picture = widget.Squares([][]float32{ink})[0].Render(2*p.pictureRows, p.pictureRows, t)
	}
	atlas := m.atlas(p, t)
	if p.beside {
		right := append(slices.Clone(picture), "")
		return append(lines, board.Beside(indent(atlas), 1+2*p.mapRows, 2, append(right, facts...))...)
	}
	lines = append(lines, board.Fit(board.Beside(indent(picture), 1+2*p.pictureRows, 1, facts), p.width, p.pictureRows)...)
	return append(lines, indent(atlas)...)
}

func indent(lines []string) []string {
	moved := make([]string, len(lines))
	for i, line := range lines {
		moved[i] = " " + line
	}
	return moved
}

// facts say where the learner is and what the picture is most like.
func (m *Model) facts(model int, t theme.Theme) []string {
	facts := []board.Fact{
		{Label: "across", Number: board.Fixed(m.at[0], 2), Unit: "σ", Tone: board.Bright},
		{Label: "up", Number: board.Fixed(m.at[1], 2), Unit: "σ", Tone: board.Bright},
		{Label: "like a", Number: "-"},
		{Label: "off by", Number: "-"},
	}
	if m.sight != nil {
		v := m.sight.Views[model]
		facts[2].Number = strconv.Itoa(int(v.Label))
		facts[3].Number = board.Fixed(v.Distance, 3)
		if v.Clear() {
			facts[3].Unit = "✓"
		}
	}
	return board.Facts(facts, factsWidth, t)
}

// atlas draws the map of a model: the codes of held-out digits, the contours of N(0, 1) and the learner's place.
func (m *Model) atlas(p panel, t theme.Theme) []string {
	if p.mapRows == 0 {
		return nil
	}
	points := m.points[p.model]
	for i := range points {
		points[i].Color = t.Class(i)
	}
	s := widget.Scatter{
		Groups: append(points[:len(points):len(points)], widget.Circles(t.Text, 1, 2)...),
		Marks:  []widget.ScatterMark{{At: widget.Point{X: m.at[0], Y: m.at[1]}, Sign: '◆', Color: t.Accent}},
		Lo:     widget.Point{X: -farthest, Y: -farthest}, Hi: widget.Point{X: farthest, Y: farthest},
	}
	if !t.Unicode {
		s.Marks[0].Sign = '@'
	}
	return strings.Split(s.Render(2*p.mapRows, p.mapRows, t), "\n")
}

// grid draws what a model decodes at even distances.
func (m *Model) grid(p panel, t theme.Theme) []string {
	const least = 4 // rows of a picture that can be recognized
	rest := p.height - titleRows
	down := gridSide(rest / least)
	if down == 0 {
		return []string{" " + t.Style(t.Muted).Render("too small for a grid")}
	}
	rows := rest / down
	across := gridSide((p.width - 1) / (2*rows + 1))
	lines := []string{" " + t.Style(t.Text).Bold(true).Render(lab.WalkNames()[p.model]) +
		t.Style(t.Muted).Render(fmt.Sprintf("  from %g to %g σ", -lab.WalkReach, lab.WalkReach))}
	pictures := widget.Squares(m.opened.Maps[p.model].Grid)
	for y := range down {
		var strip []widget.Picture
		for x := range across {
			strip = append(strip, pictures[gridIndex(y, down)*lab.WalkGrid+gridIndex(x, across)].Inner(m.rim))
		}
		lines = append(lines, indent(widget.Row(strip, 2*rows, rows, 1, t))...)
	}
	return lines
}

// gridSide is how many places of the grid's side are shown where most fit.
func gridSide(most int) int {
	for _, n := range []int{13, 7, 5, 4, 3, 2} {
		if n <= most {
			return n
		}
	}
	return min(max(most, 0), 1)
}

// gridIndex is the place of the grid that is shown as number i of n.
func gridIndex(i, n int) int {
	if n == 1 {
		return lab.WalkGrid / 2
	}
	return i * (lab.WalkGrid - 1) / (n - 1)
}

// samples draws what a model decodes of draws from N(0, 1).
func (m *Model) samples(p panel, t theme.Theme) []string {
	lines := []string{" " + t.Style(t.Text).Bold(true).Render(lab.WalkNames()[p.model]) +
		t.Style(t.Muted).Render("  drawn from N(0, 1)")}
	if m.draws == nil {
		return lines
	}
	s := m.draws.Stats[p.model]
	lines = append(lines, " "+t.Style(t.Muted).Render("ink ")+t.Style(t.Text).Render(board.Fixed(s.Ink, 3))+
		t.Style(t.Muted).Render("  spread ")+t.Style(t.Text).Render(board.Fixed(s.Spread, 3))+
		t.Style(t.Muted).Render("  grey ")+t.Style(t.Text).Render(board.Fixed(s.Grey, 3)))
	rest := p.height - len(lines)
	strips := max(rest/7, min(2, rest/4))
	if strips == 0 {
		return lines
	}
	rows := rest / strips
	count := p.width / (2*rows + 1)
	if count <= 0 {
		return lines
	}
	pictures := widget.Squares(m.draws.Pictures[p.model])
	for i := 0; i < strips && (i+1)*count <= len(pictures); i++ {
		strip := pictures[i*count : (i+1)*count]
		for j := range strip {
			strip[j] = strip[j].Inner(m.rim)
		}
		lines = append(lines, indent(widget.Row(strip, 2*rows, rows, 1, t))...)
	}
	return lines
}

func (m *Model) bottom(width int, t theme.Theme) []string {
	b := board.Bottom{Text: m.notice, Tone: board.Bright, Question: m.question, Task: m.Task()}
	switch {
	case m.err != nil:
		b.Text, b.Tone = m.err.Error()+"; r tries again", board.Warning
	case m.notice != "":
	case m.view == onSamples:
		b.Text, b.Tone = "n new ones, m map; real digits: "+m.digits(), board.Quiet
	case m.view == onGrid:
		b.Text, b.Tone = "each picture is decoded from its place; g goes back to the map", board.Quiet
	}
	return b.Lines(width, t)
}

// digits are the figures of real digits.
func (m *Model) digits() string {
	d := m.opened.Digits
	return fmt.Sprintf("ink %.3f, spread %.3f, grey %.3f", d.Ink, d.Spread, d.Grey)
}
