package classroom

import (
	"cmp"
	"slices"
	"strings"
)

// order is how the learners are listed. Those who are here come first in each.
type order int

const (
	byName     order = iota
	byProgress       // who is least far first
	bySeen           // who was here last first
	byTime           // who is longest in their lesson first
	orders           // how many there are
)

func (o order) String() string {
	return [orders]string{"by name", "least far first", "last seen first", "longest in their lesson first"}[o]
}

func (o order) compare(a, b Member) int {
	first := 0
	switch {
	case a.Here != b.Here:
		first = map[bool]int{true: -1, false: 1}[a.Here]
	case o == byProgress:
		first = cmp.Compare(a.Percent, b.Percent)
	case o == bySeen:
		first = b.Seen.Compare(a.Seen)
	case o == byTime:
		first = cmp.Compare(b.present(), a.present())
	}
	return cmp.Or(first, cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
}

// arranged lists those who pass the filter. The choice stays with its learner, or else in its row.
func (m Model) arranged() Model {
	m.shown = nil
	for _, member := range m.class.Members {
		if strings.Contains(strings.ToLower(member.Name), strings.ToLower(m.filter)) {
			m.shown = append(m.shown, member)
		}
	}
	slices.SortFunc(m.shown, m.order.compare)
	if i := slices.IndexFunc(m.shown, func(o Member) bool { return o.ID == m.chosen }); i >= 0 {
		m.at = i
	}
	return m.choose(m.at)
}

// choose chooses the row that is nearest to i.
func (m Model) choose(i int) Model {
	m.at = min(max(i, 0), max(len(m.shown)-1, 0))
	if len(m.shown) == 0 {
		m.open = false
		return m
	}
	if m.chosen != m.shown[m.at].ID {
		m.chosen, m.lessonTop = m.shown[m.at].ID, 0
	}
	return m
}
