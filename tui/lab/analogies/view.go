package analogies

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// Sizes in cells.
const (
	leastLeft   = 30 // of the chart and the families
	mostLeft    = 44
	factLines   = 7 // families and what has been learned
	answerLines = 1 + lab.NearestShown
	leastTop    = 6
)

// View implements lab.Screen.
func (m *Model) View(width, height int, t theme.Theme) string {
	if height <= 0 {
		return ""
	}
	bottom := m.bottom(width, t)
	var body []string
	if top := m.inputRow(width, height); top > 0 {
		if m.atDigits {
			body = m.digitsTop(width, top, t)
		} else {
			body = m.wordsTop(width, top, t)
		}
		body = append(board.Fit(body, width, top), m.answers(width, t)...)
	} else {
		body = m.answers(width, t)
	}
	return board.Stack(width, height, body, bottom)
}

// inputRow is the row of the input line; above it are the charts, or nothing where there is no room for them.
func (m *Model) inputRow(width, height int) int {
	bottom := len(m.bottom(width, theme.Theme{}))
	if top := height - bottom - answerLines; top >= leastTop {
		return top
	}
	return 0
}

func (m *Model) wordsTop(width, height int, t theme.Theme) []string {
	leftWidth := min(max(width/3, leastLeft), mostLeft)
	left := m.learning(leftWidth, height, t)
	right := width - leftWidth - 2
	if right < 20 {
		return left
	}
	title := m.view.title()
	if m.view == theSentences() {
		title += m.claim.Sum[0].Word
	}
	lines := []string{t.Style(t.Muted).Render(ansi.Truncate(title, right, "…"))}
	if m.view == theSentences() {
		for _, sentence := range m.shown.sentences {
			lines = append(lines, t.Style(t.Text).Render(ansi.Truncate(sentence, right, "…")))
		}
	} else {
		lines = append(lines, strings.Split(m.wordMap(t).Render(right, height-1, t), "\n")...)
	}
	return board.Beside(left, leftWidth, 2, lines)
}

// learning draws the loss and how many questions of each family come out right.
func (m *Model) learning(width, height int, t theme.Theme) []string {
	chart := widget.Chart{
		Series: []widget.Series{{Points: m.now.losses, Color: t.Accent}}, XMax: float64(m.settings.Epochs), XUnit: "epoch",
		Settle: 0.04, Empty: "making up the corpus",
	}
	rows := height - factLines
	var lines []string
	if rows >= 4 {
		lines = strings.Split(chart.Render(width, rows, t), "\n")
	}
	label := func(name, value string) string {
		return " " + t.Style(t.Muted).Render(board.Pad(name, 12)) + value
	}
	pairs := "-"
	if last := m.now.last; last != nil {
		pairs = fmt.Sprintf("%s  %5s k", board.Loss(last.Loss), board.Thousands(last.Pairs/1000))
	}
	lines = append(lines, label("loss, pairs", t.Style(t.Accent).Render(pairs)))
	for _, f := range m.now.scores {
		part := float64(f.Right) / float64(max(f.Asked, 1))
		lines = append(lines, label(f.Family, bar(part, 5, t)+t.Style(t.Text).Render(fmt.Sprintf(" %3d of %3d", f.Right, f.Asked))))
	}
	return lines
}

// answers draws the sum and the words nearest to it, with what is nearest to each of its words alone.
func (m *Model) answers(width int, t theme.Theme) []string {
	lines := []string{m.inputLine(width, t)}
	left, right := m.nearestWords(t), m.aloneLines(t)
	if m.atDigits {
		left, right = m.nearestDigits(t), m.nameLines(t)
	}
	if width < 76 {
		right = nil
	}
	return board.Fit(append(lines, board.Beside(left, 42, 3, right)...), width, answerLines)
}

// inputLine is the line that the learner types into, or the sum that is answered.
func (m *Model) inputLine(width int, t theme.Theme) string {
	accent := t.Style(t.Accent)
	if m.typing {
		return " " + accent.Render("> ") + m.entry().draw(max(width-4, 0), t)
	}
	text := m.claim.String()
	if m.atDigits {
		text = ""
		if e := m.digits.asked; e != nil {
			text = e.String()
		} else if a := m.digits.answer; a != nil {
			text = a.Sum.String()
		}
	}
	return " " + accent.Bold(true).Render(text) + t.Style(t.Muted).Render("   enter types another")
}

const barWidth = 14

// bar is a bar of width cells, half a line high, so that bars below each other stay apart.
func bar(part float64, width int, t theme.Theme) string {
	n := int(math.Round(min(max(part, 0), 1) * float64(width)))
	return t.Style(t.Accent).Render(strings.Repeat("▄", n)) + t.Style(t.Faint).Render(strings.Repeat("▁", width-n))
}

func (m *Model) nearestWords(t theme.Theme) []string {
	if m.verdict == nil {
		return nil
	}
	var lines []string
	for i, n := range m.verdict.Nearest[:min(lab.NearestShown, len(m.verdict.Nearest))] {
		style := t.Style(t.Text)
		if i == 0 {
			style = t.Style(t.Accent)
		}
		lines = append(lines, fmt.Sprintf(" %d ", i+1)+style.Render(board.Pad(ansi.Truncate(n.Word, 14, "…"), 15))+
			bar(n.Similarity, barWidth, t)+t.Style(t.Text).Render(fmt.Sprintf(" %5.2f", n.Similarity)))
	}
	return lines
}

// aloneLines say what is nearest to each word of the sum by itself, and where the expected word ranks.
func (m *Model) aloneLines(t theme.Theme) []string {
	if m.verdict == nil {
		return nil
	}
	muted, text := t.Style(t.Muted), t.Style(t.Text)
	lines := []string{muted.Render("nearest to one word alone")}
	for _, pair := range m.alone[:min(len(m.alone), 3)] {
		word, nearest, _ := strings.Cut(pair, " ")
		lines = append(lines, muted.Render(board.Pad(ansi.Truncate(word, 13, "…"), 14))+text.Render(nearest))
	}
	if m.claim.Word != "" && m.verdict.Rank > 0 {
		lines = append(lines, text.Render(m.claim.Word+" ranks "+strconv.Itoa(m.verdict.Rank)))
	}
	return lines
}

// bottom says what happens, what the last key did or the question, and the task.
func (m *Model) bottom(width int, t theme.Theme) []string {
	b := board.Bottom{Question: m.question, Task: m.Task()}
	switch {
	case m.notice.Text != "":
		b.Text, b.Tone = m.notice.Text, m.notice.Tone
	case m.typing:
		b.Text = "type a sum such as king - man + woman, and = with the word that you expect"
		if m.atDigits {
			b.Text = "type a sum such as thick0 - thin0 + thin7"
		}
	case m.atDigits && m.digits.err != nil:
		b.Text, b.Tone = m.digits.err.Error()+"; r starts over", board.Warning
	case m.atDigits:
		b.Text = "does the picture of the sum look like its nearest code?"
	case m.now.err != nil:
		b.Text, b.Tone = m.now.err.Error()+"; r starts over", board.Warning
	case m.now.corpus == nil:
		b.Text = "making up the corpus …"
	case m.paused:
		b.Text, b.Tone = "paused: ask the words as they are now; space goes on", board.Bright
	}
	return b.Lines(width, t)
}
