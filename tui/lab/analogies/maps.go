package analogies

import (
	"context"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/engine/words"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/widget"
)

// view is which map is shown: that of a family by its place, then that of the sum, then sentences of the corpus.
type view int

// theSum and theSentences are the views after those of the families.
func theSum() view       { return view(len(words.Families())) }
func theSentences() view { return theSum() + 1 }

// title names a view.
func (v view) title() string {
	families := words.Families()
	switch {
	case v == theSum():
		return "the words of the sum and those near it"
	case v == theSentences():
		return "made-up sentences with the word "
	}
	return "the family " + families[v].Name
}

// fitting is the view for a claim: the present one if it shows all of its words, else the first family that does, else the
// map of the sum.
func (v view) fitting(c lab.Claim) view {
	need := c.Word
	holds := func(family view) bool {
		if family >= theSum() {
			return false
		}
		known := familyWords(words.Families()[family])
		for _, term := range append(slices.Clone(c.Sum), words.Term{Word: need}) {
			if term.Word != "" && !slices.ContainsFunc(known, func(w string) bool { return strings.EqualFold(w, term.Word) }) {
				return false
			}
		}
		return need != ""
	}
	if v == theSentences() || holds(v) {
		return v
	}
	for family := range theSum() {
		if holds(family) {
			return family
		}
	}
	return theSum()
}

// turnView opens the next view or the one before.
func (m *Model) turnView(action keymap.Action) {
	n := int(theSentences()) + 1
	step := 1
	if action == lastMap {
		step = n - 1
	}
	m.view = view((int(m.view) + step) % n)
	m.shown = shown{}
	m.refresh()
}

// familyWords are the words of a family's questions, each once, in their order.
func familyWords(f words.Family) []string {
	var all []string
	add := func(word string) {
		if !slices.Contains(all, word) {
			all = append(all, word)
		}
	}
	for _, q := range f.Questions {
		for _, term := range q.Expression {
			add(term.Word)
		}
		add(q.Answer)
	}
	return all
}

// familyPairs are the pairs that a family's relation sets apart: the answer and the word of the sum that it belongs to.
func familyPairs(f words.Family) [][2]string {
	var pairs [][2]string
	for _, q := range f.Questions {
		last := q.Expression[len(q.Expression)-1]
		pair := [2]string{q.Expression[0].Word, last.Word}
		if len(q.Expression) == 3 {
			pair = [2]string{q.Expression[1].Word, last.Word} // a − b + c: b and c differ as a and the answer do.
		}
		if !slices.Contains(pairs, pair) && !slices.Contains(pairs, [2]string{pair[1], pair[0]}) {
			pairs = append(pairs, pair)
		}
	}
	return pairs
}

// shown is what a view shows.
type shown struct {
	words     []string
	places    [][2]float64 // of words
	pairs     [][2]int     // indices into words that a line joins
	path      [][2]float64 // of the sum: after its first term, after its second …; empty where not all its words are shown
	sentences []string
}

// nearSum is how many words near a sum its map shows.
const nearSum = 7

// show computes what the view shows.
func (m *Model) show(v *words.Vectors) {
	if m.view == theSentences() {
		m.shown = shown{}
		if c := m.now.corpus; c != nil && c.Corpus != nil {
			m.shown.sentences, _ = c.Corpus.Examples(m.claim.Sum[0].Word, 60) // An unknown word has none.
		}
		return
	}
	unit := unitRows(v)
	next := shown{}
	switch {
	case m.view == theSum():
		next.words = m.sumWords()
	default:
		family := words.Families()[m.view]
		next.words = familyWords(family)
		for _, pair := range familyPairs(family) {
			next.pairs = append(next.pairs, [2]int{slices.Index(next.words, pair[0]), slices.Index(next.words, pair[1])})
		}
	}
	var rows [][]float32
	for _, word := range next.words {
		row, ok := unit[strings.ToLower(word)]
		if !ok { // A small corpus may lack a word of a family.
			m.shown = shown{}
			return
		}
		rows = append(rows, row)
	}
	var like [][2]float64
	if slices.Equal(m.shown.words, next.words) {
		like = m.shown.places
	}
	plane, err := lab.FitPlane(context.Background(), rows, like)
	if err != nil {
		m.shown = shown{}
		return
	}
	next.places, err = plane.Place(context.Background(), rows)
	if err == nil && m.sumIsShown(next.words) {
		next.path, err = plane.Place(context.Background(), partialSums(m.claim.Sum, unit))
	}
	if err != nil {
		next = shown{}
	}
	m.shown = next
}

// sumWords are the words of the claim and the nearest ones.
func (m *Model) sumWords() []string {
	var all []string
	add := func(word string) {
		if word != "" && !slices.ContainsFunc(all, func(w string) bool { return strings.EqualFold(w, word) }) {
			all = append(all, word)
		}
	}
	for _, term := range m.claim.Sum {
		add(term.Word)
	}
	add(m.claim.Word)
	if m.verdict != nil {
		for _, n := range m.verdict.Nearest[:min(nearSum, len(m.verdict.Nearest))] {
			add(n.Word)
		}
	}
	return all
}

func (m *Model) sumIsShown(shown []string) bool {
	for _, term := range m.claim.Sum {
		if !slices.ContainsFunc(shown, func(w string) bool { return strings.EqualFold(w, term.Word) }) {
			return false
		}
	}
	return true
}

// unitRows are the vectors of all words, by the word in small letters, scaled to length 1 as sums take them.
func unitRows(v *words.Vectors) map[string][]float32 {
	all := v.Rows()
	unit := make(map[string][]float32, len(all))
	for i, word := range v.Words() {
		unit[strings.ToLower(word)] = lab.Unit(all[i])
	}
	return unit
}

// partialSums are what a sum is after each of its terms.
func partialSums(e words.Expression, unit map[string][]float32) [][]float32 {
	var path [][]float32
	var sum []float32
	for _, term := range e {
		row := unit[strings.ToLower(term.Word)]
		if sum == nil {
			sum = make([]float32, len(row))
		}
		sum = slices.Clone(sum)
		for i, x := range row {
			if term.Minus {
				x = -x
			}
			sum[i] += x
		}
		path = append(path, sum)
	}
	return path
}

// wordMap draws the places of words, the lines of pairs and the arrow of the sum.
func (m *Model) wordMap(t theme.Theme) widget.WordMap {
	w := widget.WordMap{Empty: "the map appears with the first vectors"}
	s := m.shown
	point := func(p [2]float64) widget.Point { return widget.Point{X: p[0], Y: p[1]} }
	for _, pair := range s.pairs {
		w.Strokes = append(w.Strokes, widget.Stroke{From: point(s.places[pair[0]]), To: point(s.places[pair[1]]), Color: t.Faint})
	}
	at := func(word string) (widget.Point, bool) {
		i := slices.IndexFunc(s.words, func(w string) bool { return strings.EqualFold(w, word) })
		if i < 0 {
			return widget.Point{}, false
		}
		return point(s.places[i]), true
	}
	if len(s.path) == 3 && m.claim.Sum[1].Minus && !m.claim.Sum[2].Minus {
		// a − b + c: the arrow from b to c, and the same one from a.
		from, _ := at(m.claim.Sum[1].Word)
		to, _ := at(m.claim.Sum[2].Word)
		w.Strokes = append(w.Strokes, widget.Stroke{From: from, To: to, Color: t.Accent, Arrow: true},
			widget.Stroke{From: point(s.path[0]), To: point(s.path[2]), Color: t.Accent, Arrow: true})
	} else {
		for i := 1; i < len(s.path); i++ {
			w.Strokes = append(w.Strokes, widget.Stroke{From: point(s.path[i-1]), To: point(s.path[i]), Color: t.Accent, Arrow: true})
		}
	}
	label := func(word string, bright bool) {
		if p, ok := at(word); ok {
			color := t.Text
			if bright {
				color = t.Accent
			}
			w.Labels = append(w.Labels, widget.Label{At: p, Text: word, Color: color})
		}
	}
	// The words of the claim choose their places first.
	var first []string
	for _, term := range m.claim.Sum {
		first = append(first, term.Word)
	}
	if m.verdict != nil && len(m.verdict.Nearest) > 0 {
		first = append(first, m.verdict.Nearest[0].Word)
	}
	for _, word := range first {
		label(word, true)
	}
	for _, word := range s.words {
		if !slices.ContainsFunc(first, func(f string) bool { return strings.EqualFold(f, word) }) {
			label(word, false)
		}
	}
	return w
}
