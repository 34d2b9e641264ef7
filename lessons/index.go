package lessons

// Place is where a page stands: the index of its lesson and its index in that lesson.
type Place struct{ Lesson, Page int }

// Spot is a word on a page: the Nth, from 0, of those that fold to Word in a block. Block is -1 for the page's top.
type Spot struct {
	Block int
	Word  string
	Nth   int
}

// Index is the text of all pages and the glossary, made ready to be searched. It is not changed once it is made.
type Index struct {
	lessons []Lesson
	terms   []Term
	pages   []indexedPage
}

type indexedPage struct {
	place         Place
	lesson, title []Word // of its titles
	passages      []passage
}

// NewIndex reads all pages.
func NewIndex(all []Lesson, terms []Term) *Index {
	ix := &Index{lessons: all, terms: terms}
	markdown := proseParser()
	for i, l := range all {
		lesson := Words(l.Title)
		for j, p := range l.Pages {
			ix.pages = append(ix.pages, indexedPage{Place{i, j}, lesson, Words(p.Title), passages(markdown, p)})
		}
	}
	return ix
}

// spot is the place of a word of a passage among those of its block.
func (p indexedPage) spot(passage, word int) Spot {
	at := p.passages[passage]
	spot := Spot{Block: at.block, Word: at.words[word].Folded}
	for i, other := range p.passages[:passage+1] {
		if other.block != at.block {
			continue
		}
		for j, w := range other.words {
			if (i < passage || j < word) && w.Folded == spot.Word {
				spot.Nth++
			}
		}
	}
	return spot
}

// find is where the first of some names stands in the page's text.
func (p indexedPage) find(names [][]string) (Spot, bool) {
	for i, at := range p.passages {
		for j := range at.words {
			for _, name := range names {
				if standsAt(at.words[j:], name) {
					return p.spot(i, j), true
				}
			}
		}
	}
	return Spot{Block: -1}, false
}

// standsAt reports whether words begin with a name, the last word of which may be a plural.
func standsAt(words []Word, name []string) bool {
	if len(name) == 0 || len(words) < len(name) {
		return false
	}
	last := len(name) - 1
	for i, want := range name {
		if got := words[i].Folded; got != want && (i < last || got != want+"s" && got != want+"es") {
			return false
		}
	}
	return true
}

// uses reports whether a page's title or text has one of some names.
func (p indexedPage) uses(names [][]string) bool {
	if _, ok := p.find(names); ok {
		return true
	}
	for i := range p.title {
		for _, name := range names {
			if standsAt(p.title[i:], name) {
				return true
			}
		}
	}
	return false
}

// Terms are the indices of the glossary's terms that a page uses, in the glossary's order.
func (ix *Index) Terms(place Place) []int {
	page, ok := ix.page(place)
	var used []int
	for i, term := range ix.terms {
		if ok && page.uses(term.names()) {
			used = append(used, i)
		}
	}
	return used
}

// Introduction is the page that introduces a term and where the term stands on it.
func (ix *Index) Introduction(term Term) (Place, Spot) {
	lesson, number, _ := Find(ix.lessons, term.Page)
	place := Place{lesson, number}
	page, ok := ix.page(place)
	if !ok {
		return place, Spot{Block: -1}
	}
	spot, _ := page.find(term.names())
	return place, spot
}

func (ix *Index) page(place Place) (indexedPage, bool) {
	for _, p := range ix.pages {
		if p.place == place {
			return p, true
		}
	}
	return indexedPage{}, false
}
