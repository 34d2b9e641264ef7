package lessons

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// glossaryFile holds the glossary of a directory of lessons. Each term is a heading, then `page:` with the id of the
// page that introduces it, where needed `also:` with other names, parted by commas, and `formula:`, a blank line, and
// its text:
//
//	## loss
//	page: autoencoder/the-loss
//	formula: L(x) = mean (x − x′)²
//
//	One number that says how bad an answer is.
const glossaryFile = "glossary.md"

//go:embed glossary.md
var glossary embed.FS

// Term is an entry of the glossary.
type Term struct {
	Name    string
	Also    []string // other names: "VAE"
	Page    string   // the id of the page that introduces it
	Formula string   // empty for most
	Text    string   // one line
}

// names are the words of the term's names.
func (t Term) names() [][]string {
	names := [][]string{folded(t.Name)}
	for _, also := range t.Also {
		names = append(names, folded(also))
	}
	return names
}

// EmbeddedGlossary loads the glossary of the workshop. That it fits the lessons is tested, and not looked at again: an
// index of all pages takes as long as the rest of what comes before the first frame.
func EmbeddedGlossary() ([]Term, error) {
	g := parseGlossary(glossary, "")
	if err := g.err(); err != nil {
		return nil, err
	}
	return g.terms, nil
}

// LoadGlossary reads glossary.md, in which the terms of the lessons stand in the order of their names. Without such a file
// there are no terms. Its error joins a Problem for all that is wrong, sorted by line; then there are no terms.
func LoadGlossary(fsys fs.FS, all []Lesson) ([]Term, error) { return loadGlossary(fsys, "", all) }

// LoadGlossaryDir loads the glossary of a directory of lessons, as LoadGlossary does. The file of its problems is named as
// LoadDir names those of lessons.
func LoadGlossaryDir(dir string, all []Lesson) ([]Term, error) {
	return loadGlossary(os.DirFS(dir), dir, all)
}

func loadGlossary(fsys fs.FS, dir string, all []Lesson) ([]Term, error) {
	terms, problems := readGlossary(fsys, dir, all)
	if err := problems.err(); err != nil {
		return nil, err
	}
	return terms, nil
}

// readGlossary reads as many terms as it can, and compares them with the lessons.
func readGlossary(fsys fs.FS, dir string, all []Lesson) ([]Term, *report) {
	g := parseGlossary(fsys, dir)
	if len(g.terms) > 0 {
		g.check(NewIndex(all, nil))
	}
	return g.terms, &g.report
}

func parseGlossary(fsys fs.FS, dir string) *glossaryLoader {
	g := &glossaryLoader{file: filepath.Join(dir, glossaryFile), lines: map[string]int{}}
	text, err := fs.ReadFile(fsys, glossaryFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		g.problem(1, err.Error(), "make the file readable")
	default:
		g.read(string(text))
	}
	return g
}

type glossaryLoader struct {
	report
	file  string
	terms []Term
	at    []int          // the line of each term's heading
	lines map[string]int // of each name, folded
}

func (g *glossaryLoader) problem(line int, what, do string) { g.add(g.file, line, what, do) }

// read divides the file into terms.
func (g *glossaryLoader) read(text string) {
	if !utf8.ValidString(text) {
		g.problem(1, "the file is not UTF-8", "save it as UTF-8")
		return
	}
	inHead := false
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		line = oneLine(line)
		name, isHeading := strings.CutPrefix(line, "## ")
		switch last := len(g.terms) - 1; {
		case isHeading:
			g.terms, g.at = append(g.terms, Term{Name: strings.TrimSpace(name)}), append(g.at, i+1)
			inHead = true
		case line == "":
			inHead = false
		case last < 0:
			g.problem(i+1, "text before the first term", "begin each term with `## NAME`")
			return
		case inHead:
			g.key(&g.terms[last], i+1, line)
		case strings.HasPrefix(line, "#"):
			g.problem(i+1, fmt.Sprintf("the heading %q is none of a term", line), "begin each term with `## NAME`")
		default:
			g.terms[last].Text = strings.TrimSpace(g.terms[last].Text + " " + line)
		}
	}
	if len(g.terms) == 0 {
		g.problem(1, "the glossary has no term", "write `## NAME` and its text, or remove the file")
	}
}

// key reads a line below the heading of a term.
func (g *glossaryLoader) key(term *Term, line int, text string) {
	key, value, _ := strings.Cut(text, ":")
	value = strings.TrimSpace(value)
	var old string
	switch key {
	case "page":
		old, term.Page = term.Page, value
	case "formula":
		old, term.Formula = term.Formula, value
	case "also":
		old = strings.Join(term.Also, ", ")
		for also := range strings.SplitSeq(value, ",") {
			term.Also = append(term.Also, strings.TrimSpace(also))
		}
	default:
		g.problem(line, fmt.Sprintf("%q is no key of a term", key), "the keys are also, formula and page; a blank line parts them from the text")
		return
	}
	if value == "" {
		g.problem(line, key+" has no value", "write it behind the colon or remove the line")
	} else if old != "" {
		g.problem(line, key+" stands here twice", "keep one of the two lines")
	}
}

// check compares the terms with each other and with the pages.
func (g *glossaryLoader) check(ix *Index) {
	for i, term := range g.terms {
		line := g.at[i]
		if i > 0 && compareNames(g.terms[i-1], term) > 0 {
			g.problem(line, fmt.Sprintf("%q stands after %q", term.Name, g.terms[i-1].Name), "sort the terms by their names")
		}
		if term.Text == "" {
			g.problem(line, fmt.Sprintf("the term %q has no text", term.Name), "explain it in one to three sentences, below a blank line")
		}
		for _, name := range slices.Concat([]string{term.Name}, term.Also) {
			g.checkName(line, name)
		}
		g.checkPage(line, term, ix)
	}
}

func (g *glossaryLoader) checkName(line int, name string) {
	key := strings.Join(folded(name), " ")
	if key == "" {
		g.problem(line, fmt.Sprintf("the name %q has no words", name), "name the term with letters or digits")
		return
	}
	if other, ok := g.lines[key]; ok {
		g.problem(line, fmt.Sprintf("%q is the name of the term at line %d too", name, other), "give each term its own names")
		return
	}
	g.lines[key] = line
}

func (g *glossaryLoader) checkPage(line int, term Term, ix *Index) {
	names := term.names()
	if !slices.ContainsFunc(ix.pages, func(p indexedPage) bool { return p.uses(names) }) {
		g.problem(line, fmt.Sprintf("the term %q occurs nowhere in the lessons", term.Name), "remove it, or give the name that they use as `also:`")
		return
	}
	lesson, page, ok := Find(ix.lessons, term.Page)
	switch {
	case term.Page == "":
		g.problem(line, fmt.Sprintf("the term %q has no page", term.Name), "name the page that introduces it, `page: lesson/page`")
	case !ok || ix.lessons[lesson].Pages[page].ID != term.Page:
		g.problem(line, fmt.Sprintf("there is no page %q", term.Page), "name the page that introduces the term by its id, `page: lesson/page`")
	default:
		if introducing, _ := ix.page(Place{lesson, page}); !introducing.uses(names) {
			g.problem(line, fmt.Sprintf("the page %s does not have the term %q", term.Page, term.Name), "name the page that introduces it")
		}
	}
}

// compareNames orders terms as a reader looks for them: case and diacritics do not count.
func compareNames(a, b Term) int {
	return cmp.Or(slices.Compare(folded(a.Name), folded(b.Name)), cmp.Compare(a.Name, b.Name))
}
