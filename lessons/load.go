package lessons

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

//go:embed */lesson.md
var files embed.FS

// Known is what the directives of lessons may name.
type Known struct {
	Labs      map[string][]string // the id of each lab and the keys of its parameters
	Exercises map[string]bool     // the id of each exercise
}

// Embedded loads the lessons of the workshop, which are part of the program.
func Embedded(known Known) ([]Lesson, error) { return Load(files, known) }

// LoadDir loads the lessons of a directory, as Load does. The files of its problems are named so that they can be opened
// from where the program runs.
func LoadDir(dir string, known Known) ([]Lesson, error) { return load(os.DirFS(dir), dir, known) }

// Load reads NN-slug/lesson.md for each lesson, in the order of their numbers. Its error joins a Problem for all that is
// wrong in any of them, sorted by file and line; then there are no lessons.
func Load(fsys fs.FS, known Known) ([]Lesson, error) { return load(fsys, "", known) }

func load(fsys fs.FS, dir string, known Known) ([]Lesson, error) {
	found, problems, err := read(fsys, dir, known)
	if err == nil {
		err = problems.err()
	}
	if err != nil {
		return nil, err
	}
	all := make([]Lesson, 0, len(found))
	for _, f := range found {
		all = append(all, f.lesson)
	}
	return all, nil
}

// found is what the directory of a lesson holds. Where there are problems in its file, the lesson is what could be read
// of it.
type found struct {
	dir, file string
	lesson    Lesson
}

// read reads the lessons of fsys in the order of their directories' names, which begin with their numbers.
func read(fsys fs.FS, dir string, known Known) ([]found, *report, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, nil, fmt.Errorf("reading the lessons: %w", err)
	}
	l := loader{fsys: fsys, dir: dir, known: known, report: &report{}, slugs: map[string]string{}, numbers: map[int]string{}}
	var all []found
	for _, entry := range entries {
		if entry.IsDir() {
			if lesson, ok := l.lesson(entry.Name()); ok {
				all = append(all, lesson)
			}
		}
	}
	if len(all) == 0 {
		return nil, nil, errors.New("there are no lessons; write NN-slug/lesson.md")
	}
	return all, l.report, nil
}

// loader keeps what one lesson must not share with another.
type loader struct {
	fsys    fs.FS
	dir     string // goes before the names of files in problems
	known   Known
	report  *report
	slugs   map[string]string // slug to the file that has it
	numbers map[int]string    // number to the file that has it
}

var lessonDir = regexp.MustCompile(`^(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)$`)

// lesson reads the lesson of a directory. It is not ok where there is none.
func (l *loader) lesson(dir string) (found, bool) {
	text, err := fs.ReadFile(l.fsys, path.Join(dir, "lesson.md"))
	f := found{dir: dir, file: filepath.Join(l.dir, dir, "lesson.md")}
	if errors.Is(err, fs.ErrNotExist) {
		// Directories like testdata hold no lesson; a number promises one.
		promised := dir[0] >= '0' && dir[0] <= '9'
		if promised {
			l.report.add(f.file, 1, "there is no such file", "write the lesson or remove its directory")
		}
		return f, promised
	}
	if err != nil {
		l.report.add(f.file, 1, err.Error(), "make the file readable")
		return f, true
	}
	d := document{file: f.file, known: l.known, report: l.report}
	if front, ok := d.open(text); ok {
		l.place(&d, dir, front)
		f.lesson = Lesson{
			Number: front.Number.value, Slug: front.Slug.value, Title: front.Title.value, Minutes: front.Minutes.value,
			Pages: d.divide(front.Slug.value),
		}
	}
	return f, true
}

// place checks a lesson's number and slug against its directory and the other lessons.
func (l *loader) place(d *document, dir string, front frontMatter) {
	match := lessonDir.FindStringSubmatch(dir)
	if match == nil {
		d.problem(1, fmt.Sprintf("the directory is named %q", dir), `name it by number and slug, like "02-autoencoder"`)
		return
	}
	number, slug := front.Number, front.Slug
	if slug.line > 0 && slug.value != match[2] {
		d.problem(slug.line, fmt.Sprintf("the slug is %q, the directory says %q", slug.value, match[2]), "make them the same")
	}
	if number.line > 0 && fmt.Sprintf("%02d", number.value) != match[1] {
		d.problem(number.line, fmt.Sprintf("the number is %d, the directory says %s", number.value, match[1]), "make them the same")
	}
	if other, ok := l.numbers[number.value]; ok && number.line > 0 {
		d.problem(number.line, fmt.Sprintf("number %d is the number of %s too", number.value, other), "give each lesson its own")
	}
	if other, ok := l.slugs[slug.value]; ok && slug.line > 0 {
		d.problem(slug.line, fmt.Sprintf("slug %q is the slug of %s too", slug.value, other), "give each lesson its own")
	}
	l.numbers[number.value], l.slugs[slug.value] = d.file, d.file
}

// list writes the known names behind a colon, or says that there are none.
func list(names []string) string {
	if len(names) == 0 {
		return "so far there are none"
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// names are the keys of a map.
func names[V any](m map[string]V) []string { return slices.Collect(maps.Keys(m)) }
