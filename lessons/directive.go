package lessons

import (
	"fmt"
	"slices"
	"strings"
)

// directive makes the block of a directive. words is the fence's info, line its line, body what is in it; the body's
// first line is the one after.
func (d *document) directive(words []string, line int, body []byte) Block {
	name, arguments := words[0], words[1:]
	argument := ""
	switch takesID := name == "lab" || name == "exercise"; {
	case takesID && len(arguments) != 1:
		d.problem(line, fmt.Sprintf("the %s names %d ids", name, len(arguments)), fmt.Sprintf("name one, like ```%s ID", name))
	case takesID:
		argument = arguments[0]
	case len(arguments) > 0:
		d.problem(line, fmt.Sprintf("%q after %s", strings.Join(arguments, " "), name), "put all of it into the body")
	}
	switch name {
	case "lab":
		return d.lab(argument, line, body)
	case "quiz":
		return d.quiz(line, body)
	case "exercise":
		return d.exercise(argument, line, body)
	default:
		return d.figure(line, body)
	}
}

// require adds a problem when a value is blank.
func (d *document) require(line int, value, what, do string) {
	if strings.TrimSpace(value) == "" {
		d.problem(line, what, do)
	}
}

func (d *document) lab(id string, line int, body []byte) Lab {
	keys, known := d.known.Labs[id]
	if id != "" && !known {
		d.problem(line, fmt.Sprintf("there is no lab %q", id), "name one that there is: "+list(names(d.known.Labs)))
	}
	var lab struct {
		Text scalar   `yaml:"text"`
		Set  settings `yaml:"set"`
	}
	if err := decodeYAML(body, &lab); err != nil {
		d.yamlProblem(err, line+1, "a lab has `text: …` and may have `set:` with a list of `key: value` lines")
		return Lab{}
	}
	d.require(line+lab.Text.line, lab.Text.value, "the lab has no text", "say in one line what it shows, `text: …`")
	block := Lab{ID: id, Text: strings.TrimSpace(lab.Text.value)}
	for _, s := range lab.Set {
		if known && !slices.Contains(keys, s.key) {
			d.problem(line+s.line, fmt.Sprintf("the lab %s has no parameter %q", id, s.key), "set one that it has: "+list(slices.Clone(keys)))
		}
		if block.Set == nil {
			block.Set = map[string]string{}
		}
		block.Set[s.key] = s.value.value
	}
	return block
}

// choiceBody is one choice of a quiz as it is written.
type choiceBody struct {
	Text    scalar `yaml:"text"`
	Correct scalar `yaml:"correct"`
	Why     scalar `yaml:"why"`
}

// maxChoices are those of the letters a to d; e opens the exercise of a page.
const maxChoices = 4

func (d *document) quiz(line int, body []byte) Quiz {
	var quiz struct {
		Question scalar       `yaml:"question"`
		Choices  []choiceBody `yaml:"choices"`
	}
	if err := decodeYAML(body, &quiz); err != nil {
		d.yamlProblem(err, line+1, "a quiz has `question: …` and `choices:`, a list of text, correct and why")
		return Quiz{}
	}
	d.require(line+quiz.Question.line, quiz.Question.value, "the quiz has no question", "ask one, `question: …`")
	block := Quiz{Question: strings.TrimSpace(quiz.Question.value)}
	right := 0
	for i, c := range quiz.Choices {
		at := line + max(c.Text.line, c.Why.line)
		d.require(at, c.Text.value, fmt.Sprintf("choice %d has no text", i+1), "write it, `text: …`")
		d.require(at, c.Why.value, fmt.Sprintf("choice %d does not say why", i+1), "say why it is right or wrong, `why: …`")
		if c.Correct.value == "true" {
			right++
		} else if c.Correct.line > 0 && c.Correct.value != "false" {
			d.problem(line+c.Correct.line, fmt.Sprintf("correct is %q", c.Correct.value), "write true, or false, or leave it out")
		}
		block.Choices = append(block.Choices,
			Choice{strings.TrimSpace(c.Text.value), c.Correct.value == "true", strings.TrimSpace(c.Why.value)})
	}
	if right == 0 {
		d.problem(line, "the quiz has no right choice", "mark at least one with `correct: true`")
	}
	if right == len(quiz.Choices) {
		d.problem(line, "the quiz has no wrong choice", "add one that a learner may believe")
	}
	if n := len(quiz.Choices); n > maxChoices {
		d.problem(line, fmt.Sprintf("the quiz has %d choices", n), "keep the best of them, the keys a to d choose")
	}
	return block
}

func (d *document) exercise(id string, line int, body []byte) Exercise {
	if id != "" && !d.known.Exercises[id] {
		d.problem(line, fmt.Sprintf("there is no exercise %q", id), "name one that there is: "+list(names(d.known.Exercises)))
	}
	if strings.TrimSpace(string(body)) != "" {
		d.problem(line+1, "text in the exercise's fence", "leave it empty; the exercise brings its own text")
	}
	return Exercise{ID: id}
}

func (d *document) figure(line int, body []byte) Figure {
	var figure struct {
		Caption scalar `yaml:"caption"`
		Art     scalar `yaml:"art"`
	}
	if err := decodeYAML(body, &figure); err != nil {
		d.yamlProblem(err, line+1, "a figure has `caption: …` and `art: |` with the drawing below")
		return Figure{}
	}
	d.require(line+figure.Caption.line, figure.Caption.value, "the figure has no caption", "say in a sentence what it shows, `caption: …`")
	d.require(line+figure.Art.line, figure.Art.value, "the figure has no art", "draw it below `art: |`")
	return Figure{Caption: strings.TrimSpace(figure.Caption.value), Art: strings.TrimRight(figure.Art.value, " \n")}
}
