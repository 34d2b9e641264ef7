package plain

import (
	"fmt"
	"strconv"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
)

// page writes a page whole.
func (s *session) page(p pageRef) {
	o := s.out
	o.raw("\n")
	o.say(fmt.Sprintf("Lesson %d, %s. Page %d of %d.", p.lesson.Number, p.lesson.Title, p.number, len(p.lesson.Pages)))
	o.say("Heading: " + p.Title)
	question := 0
	for _, block := range p.Blocks {
		o.raw("\n")
		switch b := block.(type) {
		case lessons.Prose:
			o.lines(markdown(b.Markdown, o.width))
		case lessons.Figure:
			// The caption says what the drawing shows; characters that form a picture cannot be heard.
			o.say("Figure: " + b.Caption)
		case lessons.Lab:
			o.lines(hanging("Lab "+b.ID+": ", markdown(b.Text, o.width-len(b.ID)-6)))
			o.say("The command lab " + b.ID + " runs it and asks for its settings; the keys that a page names are those of the screen.")
			if s.done.tasks[b.ID] {
				o.say("You have reached its task.")
			}
		case lessons.Exercise:
			title := ""
			if e, ok := exercises.Find(s.Exercises, b.ID); ok {
				title = ", " + e.Title
			}
			told := fmt.Sprintf("Exercise %s%s, in Go. The command exercise %s tells what to do.", b.ID, title, b.ID)
			if status := s.kept().Status(b.ID); status.Status != progress.Todo {
				told += " " + howFar(status)
			}
			o.say(told)
		case lessons.Quiz:
			o.quiz(question, p, b, s.done)
			question++
		}
	}
	o.raw("\n")
}

// quiz writes a question, with what was answered to it before.
func (o *output) quiz(number int, p pageRef, q lessons.Quiz, done record) {
	o.lines(hanging(fmt.Sprintf("Question %d: ", number+1), markdown(q.Question, o.width-12)))
	for i, choice := range q.Choices {
		marker := strconv.Itoa(i+1) + ") "
		o.lines(hanging(marker, markdown(choice.Text, o.width-len(marker))))
	}
	if choice, answered := done.answers[answerKey{p.ID, number}]; answered && choice < len(q.Choices) {
		o.say(fmt.Sprintf("Your answer was %d, which is %s.", choice+1, rightOrNot(q.Choices[choice])))
	}
}

func rightOrNot(c lessons.Choice) string {
	if c.Correct {
		return "right"
	}
	return "not right"
}

// blocks are the blocks of a kind on a page, in their order.
func blocks[B lessons.Block](p lessons.Page) []B {
	var all []B
	for _, block := range p.Blocks {
		if b, ok := block.(B); ok {
			all = append(all, b)
		}
	}
	return all
}
