package page

import (
	"maps"
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

// Answer is what a learner chose at a question.
type Answer struct {
	Question int // which one of the page, from 0
	Choice   int // from 0
	Right    bool
}

// quizzes are the blocks of the page's questions, in their order.
func (r Reader) quizzes() []int {
	var blocks []int
	for i, b := range r.page.Blocks {
		if _, ok := b.(lessons.Quiz); ok {
			blocks = append(blocks, i)
		}
	}
	return blocks
}

// Answers are those that the learner gave on this page, in the order of the questions.
func (r Reader) Answers() []Answer {
	var answers []Answer
	for number, block := range r.quizzes() {
		quiz, _ := r.page.Blocks[block].(lessons.Quiz)
		if choice, ok := r.chosen[block]; ok {
			answers = append(answers, Answer{number, choice, quiz.Choices[choice].Correct})
		}
	}
	return answers
}

// Choices is how many answers the question has that the letter keys answer, 0 without a question.
func (r Reader) Choices() int {
	if block := r.quizBlock(); block >= 0 {
		if quiz, ok := r.page.Blocks[block].(lessons.Quiz); ok {
			return len(quiz.Choices)
		}
	}
	return 0
}

// Answer takes a choice, 0 for the first. A question out of view only comes into view: nobody answers what they do not
// see.
func (r Reader) Answer(choice int) Reader {
	block := r.quizBlock()
	if block < 0 || choice < 0 || choice >= r.Choices() {
		return r
	}
	if !r.inView(block) {
		return r.selecting(block)
	}
	return r.answered(block, choice)
}

func (r Reader) answered(block, choice int) Reader {
	chosen := maps.Clone(r.chosen)
	if chosen == nil {
		chosen = map[int]int{}
	}
	chosen[block] = choice
	r.chosen = chosen
	return r.selecting(block)
}
