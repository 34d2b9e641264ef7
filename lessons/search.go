package lessons

import (
	"cmp"
	"slices"
	"strings"
)

// Kind says what of a page a search found. Lower kinds stand first.
type Kind int

// What a search can find.
const (
	InTitle Kind = iota // all words are in the title
	InTerm              // all words are in the name of a term of the glossary
	InLab               // all words are in the name of a lab
	InText              // all words are in one passage
	Spread              // the words are here and there on the page
)

// Found is a place that has all words of a search.
type Found struct {
	Kind  Kind
	Place Place
	Spot  Spot
	Term  string // the term's name, where Kind is InTerm
	// Excerpt is the passage, or the term's text. The marks are where words of the search stand, in bytes.
	Excerpt    string
	Marks      []Word
	TitleMarks []Word

	exact, count int // words that are as they were sought; words that fit
}

// Search finds the pages and terms that have every word of a query, or a word that begins with it, best first: titles
// before text, whole words before beginnings, many places before few, then in the order of the workshop.
func (ix *Index) Search(query string) []Found {
	sought := folded(query)
	slices.Sort(sought)
	sought = slices.Compact(sought)
	if len(sought) == 0 {
		return nil
	}
	var all []Found
	for _, page := range ix.pages {
		if found, ok := page.search(sought, ix.lessons[page.place.Lesson].Pages[page.place.Page].Blocks); ok {
			all = append(all, found)
		}
	}
	for _, term := range ix.terms {
		names := Words(strings.Join(append([]string{term.Name}, term.Also...), " "))
		if m := match(names, sought); m.kinds == len(sought) {
			place, spot := ix.Introduction(term)
			all = append(all, Found{
				Kind: InTerm, Place: place, Spot: spot, Term: term.Name, exact: m.exact,
				Excerpt: term.Text, Marks: match(Words(term.Text), sought).marks,
			})
		}
	}
	slices.SortStableFunc(all, func(a, b Found) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.exact, a.exact), cmp.Compare(b.count, a.count))
	})
	return all
}

// matched is how the words of a text fit a search.
type matched struct {
	fits  []bool // which of the words sought are there
	kinds int    // how many of them
	exact int    // how many of them not only as a beginning
	first int    // the first word of the text that fits
	marks []Word
}

func match(words []Word, sought []string) matched {
	m := matched{fits: make([]bool, len(sought)), first: -1}
	exact := make([]bool, len(sought))
	for i, w := range words {
		marked := false
		for j, want := range sought {
			if !strings.HasPrefix(w.Folded, want) {
				continue
			}
			marked, m.fits[j] = true, true
			exact[j] = exact[j] || w.Folded == want
		}
		if marked {
			m.marks = append(m.marks, w)
			if m.first < 0 {
				m.first = i
			}
		}
	}
	m.kinds, m.exact = count(m.fits), count(exact)
	return m
}

func count(set []bool) int {
	n := 0
	for _, yes := range set {
		if yes {
			n++
		}
	}
	return n
}

// search finds the words sought on a page.
func (p indexedPage) search(sought []string, blocks []Block) (Found, bool) {
	title, lesson := match(p.title, sought), match(p.lesson, sought)
	texts := make([]matched, len(p.passages))
	best, inLab := -1, -1
	found := Found{Kind: Spread, Place: p.place, Spot: Spot{Block: -1}, TitleMarks: title.marks, count: len(title.marks)}
	for i, at := range p.passages {
		texts[i] = match(at.words, sought)
		found.count += len(texts[i].marks)
		if texts[i].kinds > 0 && (best < 0 || texts[i].compare(texts[best]) > 0) {
			best = i
		}
		if lab, ok := blocks[at.block].(Lab); ok && match(Words(lab.ID), sought).kinds == len(sought) {
			inLab = i
		}
	}
	opensLesson := p.place.Page == 0 && lesson.kinds == len(sought)
	switch {
	case title.kinds == len(sought) || opensLesson:
		found.Kind = InTitle
		found.exact = max(title.exact, lesson.exact)
	case inLab >= 0:
		found.Kind, best = InLab, inLab
	case best >= 0 && texts[best].kinds == len(sought):
		found.Kind = InText
	case !covered(len(sought), slices.Concat(texts, []matched{title, lesson})), best < 0 && title.kinds == 0:
		// A word is missing, or only the title of the lesson has them, which would find each of its pages.
		return Found{}, false
	}
	if best >= 0 {
		found.Excerpt, found.Marks = p.passages[best].text, texts[best].marks
		if found.Kind != InTitle {
			found.exact = texts[best].exact
			found.Spot = p.spot(best, texts[best].first)
		}
	} else if len(p.passages) > 0 {
		found.Excerpt = p.passages[0].text
	}
	return found, true
}

// compare orders texts by how well they fit.
func (m matched) compare(other matched) int {
	return cmp.Or(cmp.Compare(m.kinds, other.kinds), cmp.Compare(m.exact, other.exact))
}

// covered reports whether each of n words sought is in some of the texts.
func covered(n int, texts []matched) bool {
	for i := range n {
		if !slices.ContainsFunc(texts, func(m matched) bool { return m.fits[i] }) {
			return false
		}
	}
	return true
}

// FilterTerms picks from the terms at some indices those that have every word of a query, or a word that begins with it:
// first those that have them in a name, then those that have them in name or text, each in the order given.
func FilterTerms(terms []Term, order []int, query string) []int {
	sought := folded(query)
	var named, explained []int
	for _, i := range order {
		name := strings.Join(append([]string{terms[i].Name}, terms[i].Also...), " ")
		if match(Words(name), sought).kinds == len(sought) {
			named = append(named, i)
		} else if match(Words(name+" "+terms[i].Text), sought).kinds == len(sought) {
			explained = append(explained, i)
		}
	}
	return append(named, explained...)
}

// Explain picks the term that has a name, or else those that FilterTerms finds for it; for an empty name all of them.
func Explain(terms []Term, name string) []Term {
	var found []Term
	for _, i := range FilterTerms(terms, indices(terms), name) {
		if slices.ContainsFunc(terms[i].names(), func(n []string) bool { return slices.Equal(n, folded(name)) }) {
			return []Term{terms[i]}
		}
		found = append(found, terms[i])
	}
	return found
}

func indices(terms []Term) []int {
	all := make([]int, len(terms))
	for i := range all {
		all[i] = i
	}
	return all
}
