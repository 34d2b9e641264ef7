package widget

import (
	"cmp"
	"image/color"
	"math"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/tui/theme"
)

// HistogramGroup is one group of counts, the same bins for each.
type HistogramGroup struct {
	Name   string
	Counts []int
	Color  color.Color
}

// Histogram draws groups of counts over common bins as bars before each other; the first group is drawn solid,
// the second hatched, so they stay apart without colours.
type Histogram struct {
	Groups []HistogramGroup
	Lo, Hi float64 // of the first bin's lower and the last bin's upper edge
	Line   float64 // a threshold over the bars; NaN for none
	Unit   string  // what the x axis counts, "error"
	Root   bool    // heights are square roots of counts, so that few against many can be seen
}

// Render draws exactly height lines of at most width cells: the bars, the axis, and the names of the groups.
func (h Histogram) Render(width, height int, t theme.Theme) string {
	if height <= 0 || width <= 0 {
		return strings.Repeat("\n", max(height-1, 0))
	}
	rows := height
	if height >= 4 {
		rows -= 2
	}
	p := plot{cells: make([][]cell, rows), columns: width}
	for y := range rows {
		p.cells[y] = make([]cell, width)
		for x := range width {
			p.cells[y][x].glyph = ' '
		}
	}
	heights, most := h.heights(width)
	order := make([]int, len(h.Groups))
	for g := range order {
		order[g] = g
	}
	for x := range width {
		// The lower bar stands in front, or the higher would hide it.
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(heights[b][x], heights[a][x]) })
		for _, g := range order {
			h.bar(p.cells, g, x, heights[g][x]/max(most, 1)*float64(rows), t)
		}
	}
	if x := h.column(h.Line, width); x >= 0 {
		for y := range rows {
			p.cells[y][x] = cell{'┃', t.Accent}
			if !t.Unicode {
				p.cells[y][x].glyph = '|'
			}
		}
	}
	lines := p.render(t)
	if height >= 4 {
		lines = append(lines, h.axis(width, t), h.legend(width, t))
	}
	return strings.Join(lines, "\n")
}

// column is the column of a value, -1 where it is not shown.
func (h Histogram) column(v float64, width int) int {
	if math.IsNaN(v) || v < h.Lo || v > h.Hi || !(h.Hi > h.Lo) {
		return -1
	}
	return column(v, h.Lo, h.Hi, width)
}

// heights are the groups' counts for each column, and the largest of them. A column shows the highest bin in it.
func (h Histogram) heights(width int) (heights [][]float64, most float64) {
	for _, g := range h.Groups {
		columns := make([]float64, width)
		for x := range columns {
			from, to := x*len(g.Counts)/width, (x+1)*len(g.Counts)/width
			for i := from; i < max(to, from+1) && i < len(g.Counts); i++ {
				v := float64(g.Counts[i])
				if h.Root {
					v = math.Sqrt(v)
				}
				columns[x] = max(columns[x], v)
			}
			most = max(most, columns[x])
		}
		heights = append(heights, columns)
	}
	return heights, most
}

// bar draws one bar of a height in rows; bars of later groups are hatched.
func (h Histogram) bar(cells [][]cell, group, x int, height float64, t theme.Theme) {
	if height <= 0 {
		return
	}
	eighths := max(int(math.Round(height*8)), 1)
	full, part := eighths/8, eighths%8
	solid, tips := '█', []rune("▁▂▃▄▅▆▇")
	if group > 0 {
		solid, tips = '▒', []rune("░░░░▒▒▒")
	}
	if !t.Unicode {
		solid, tips = '#', []rune("___====")
		if group > 0 {
			solid, tips = ':', []rune(".......")
		}
	}
	bottom := len(cells) - 1
	for y := range min(full, len(cells)) {
		cells[bottom-y][x] = cell{solid, h.Groups[group].Color}
	}
	if part > 0 && full < len(cells) && cells[bottom-full][x].glyph == ' ' {
		cells[bottom-full][x] = cell{tips[part-1], h.Groups[group].Color}
	}
}

func (h Histogram) axis(width int, t theme.Theme) string {
	c := Chart{XUnit: h.Unit}
	return c.xAxis(plot{xMin: h.Lo, xMax: h.Hi, columns: width}, width, t)
}

// legend names the groups with their look and says how high the axis is.
func (h Histogram) legend(width int, t theme.Theme) string {
	line, used := "", 0
	looks := []string{"■", "▒"}
	if !t.Unicode {
		looks = []string{"#", ":"}
	}
	for i, g := range h.Groups {
		if used+len(g.Name)+5 > width {
			break
		}
		line += t.Style(g.Color).Render(looks[min(i, 1)]) + t.Style(t.Muted).Render(" "+g.Name) + "   "
		used += len(g.Name) + 5
	}
	if h.Root && used+22 <= width {
		line += t.Style(t.Muted).Render("height: √ of the count")
	}
	return line
}
