package lessons

import "strconv"

// Find is the place of a page: the one with the id name, or the first of the lesson whose slug or number name is. Both
// indices are 0 where there is none.
func Find(all []Lesson, name string) (lesson, page int, ok bool) {
	for i, l := range all {
		if len(l.Pages) > 0 && (l.Slug == name || strconv.Itoa(l.Number) == name) {
			return i, 0, true
		}
		for j, p := range l.Pages {
			if p.ID == name {
				return i, j, true
			}
		}
	}
	return 0, 0, false
}
