// Package lessons holds the workshop's prose and the loader of its format: one NN-slug/lesson.md a lesson, with front
// matter, a page for each top heading, and fenced directives for labs, quizzes, exercises and figures. AUTHORING.md
// describes the format with an example of each.
package lessons

import "fmt"

// Lesson is one lesson of the workshop.
type Lesson struct {
	Number  int    // its place in the workshop, from 0
	Slug    string // "autoencoder"
	Title   string
	Minutes int // what a learner new to the subject needs
	Pages   []Page
}

// directory is the name of the directory that holds the lesson's file.
func (l Lesson) directory() string { return fmt.Sprintf("%02d-%s", l.Number, l.Slug) }

// Page is what a learner reads at a time.
type Page struct {
	ID     string // "autoencoder/the-bottleneck", from the lesson's slug and the page's title
	Title  string
	Blocks []Block
}

// Block is one part of a page, in its order: Prose, Lab, Quiz, Exercise or Figure.
type Block interface{ block() }

// Prose is Markdown without directives and without the heading of its page.
type Prose struct{ Markdown string }

// Lab opens a lab of the engine.
type Lab struct {
	ID   string            // "train"
	Text string            // one line: what it shows
	Set  map[string]string // parameters that differ from the lab's defaults
}

// Quiz is one question with its choices.
type Quiz struct {
	Question string
	Choices  []Choice
}

// Choice is one answer of a Quiz. Why explains it: what is wrong with a wrong one, or why the right one is right.
type Choice struct {
	Text    string
	Correct bool
	Why     string
}

// Exercise names an exercise that `aetutor check` checks.
type Exercise struct{ ID string }

// Figure is a drawing in characters, with a sentence that says the same to who cannot see it.
type Figure struct {
	Caption string
	Art     string
}

func (Prose) block()    {}
func (Lab) block()      {}
func (Quiz) block()     {}
func (Exercise) block() {}
func (Figure) block()   {}
