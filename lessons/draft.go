package lessons

import (
	"errors"
	"os"
)

// Draft is a directory of lessons as its author sees it: each file as it is or, while it has mistakes, as it last was
// without.
type Draft struct {
	Lessons  []Lesson
	Glossary []Term
	// Mistakes are sorted by file and line. Those in the file of a lesson that is shown as it was are found by the lesson's
	// slug, and all others by "": those of the glossary and of files that have been right at no time.
	Mistakes map[string][]Problem
}

// Drafts reads a directory of lessons again and again. It belongs to one goroutine at a time.
type Drafts struct {
	dir   string
	known Known
	good  map[string]Lesson // by directory, each as it last was without mistakes
	terms []Term            // of the glossary as it last was without mistakes
}

// NewDrafts follows a directory whose lessons and glossary were loaded without a mistake. Its files are named as LoadDir
// names them.
func NewDrafts(dir string, known Known, all []Lesson, terms []Term) *Drafts {
	d := &Drafts{dir: dir, known: known, good: map[string]Lesson{}, terms: terms}
	for _, l := range all {
		d.good[l.directory()] = l
	}
	return d
}

// Read reads the files anew. Its error says that there is no lesson to show, and why.
func (d *Drafts) Read() (Draft, error) {
	all, problems, err := read(os.DirFS(d.dir), d.dir, d.known)
	if err != nil {
		return Draft{}, err
	}
	draft := Draft{Mistakes: map[string][]Problem{}}
	good, slugs := map[string]Lesson{}, map[string]string{}
	for _, f := range all {
		lesson, ok := f.lesson, !problems.in(f.file)
		if !ok {
			if lesson, ok = d.good[f.dir]; !ok {
				continue
			}
		}
		good[f.dir], slugs[f.file] = lesson, lesson.Slug
		draft.Lessons = append(draft.Lessons, lesson)
	}
	if len(draft.Lessons) == 0 {
		return Draft{}, errors.Join(errors.New("none of the lessons can be shown"), problems.err())
	}
	d.good = good

	terms, mistakes := readGlossary(os.DirFS(d.dir), d.dir, draft.Lessons)
	if len(mistakes.problems) == 0 {
		d.terms = terms
	}
	for _, term := range d.terms {
		// The page of an older glossary may be gone.
		if _, _, ok := Find(draft.Lessons, term.Page); ok {
			draft.Glossary = append(draft.Glossary, term)
		}
	}
	problems.problems = append(problems.problems, mistakes.problems...)
	for _, p := range problems.sorted() {
		draft.Mistakes[slugs[p.File]] = append(draft.Mistakes[slugs[p.File]], p)
	}
	return draft, nil
}
