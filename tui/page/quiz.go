package page

import (
	"strings"

	"github.com/aetutor/aetutor/lessons"
)

// choiceIndent is the width of the mark and the letter before a choice, "✓ b  ".
const choiceIndent = 5

// drawQuiz draws a question and its choices; the chosen one tells with a mark and in words whether it is right.
func (r Reader) drawQuiz(block int, quiz lessons.Quiz) part {
	t := r.prose.theme
	mark := t.Style(t.Accent).Bold(true)
	p := part{lines: Hanging(mark.Render("?")+" ", r.prose.lines(quiz.Question, r.width-2, r.width-2))}
	chosen, answered := r.chosen[block]
	for i, choice := range quiz.Choices {
		letter := string(rune('a' + i))
		prefix := "  " + t.Style(t.Accent).Render(letter) + "  "
		var verdict []string
		if answered && chosen == i {
			sign, word, style := "✗", "Not right.", t.Style(t.Warning)
			if choice.Correct {
				sign, word, style = "✓", "Right.", t.Style(t.Accent)
			}
			prefix = style.Render(sign+" "+letter) + "  "
			why := r.prose.lines(strings.TrimSpace(word+" "+choice.Why), r.width-choiceIndent, r.width-choiceIndent)
			verdict = Hanging(strings.Repeat(" ", choiceIndent), why)
			verdict[0] = strings.Replace(verdict[0], word, style.Render(word), 1)
		}
		from := len(p.lines)
		p.lines = append(p.lines, Hanging(prefix, r.prose.lines(choice.Text, r.width-choiceIndent, r.width-choiceIndent))...)
		p.spots = append(p.spots, spot{choice: i, lines: extent{from, len(p.lines)}, width: r.width})
		p.lines = append(p.lines, verdict...)
	}
	if !answered {
		p.lines = append(p.lines, t.Style(t.Muted).Render("  "+r.howToAnswer(block, len(quiz.Choices))))
	}
	return p
}

func (r Reader) howToAnswer(block, choices int) string {
	if block != r.quizBlock() {
		return "click an answer, or tab to come here"
	}
	letters := make([]string, choices)
	for i := range letters {
		letters[i] = string(rune('a' + i))
	}
	if choices < 2 {
		return "press " + strings.Join(letters, "")
	}
	return "press " + strings.Join(letters[:choices-1], ", ") + " or " + letters[choices-1]
}
