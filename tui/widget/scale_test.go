package widget

import (
	"strings"
	"testing"
)

// TestLabelsStandAtEqualDistances looks at every height that a terminal may have.
func TestLabelsStandAtEqualDistances(t *testing.T) {
	for rows := 3; rows <= 100; rows++ {
		at := labelRows(rows)
		if len(at) > mostLabels+1 || at[0] != 0 || at[len(at)-1] != rows-1 {
			t.Errorf("%d rows have labels at %v", rows, at)
		}
		for i := 2; i+1 < len(at); i++ {
			if at[i+1]-at[i] != at[2]-at[1] {
				t.Errorf("%d rows have labels at %v", rows, at)
			}
		}
		if usual := at[2%len(at)] - at[1]; len(at) > 2 && 2*(at[1]-at[0]) <= usual {
			t.Errorf("of %d rows the lowest two labels are at %v, %d apart", rows, at[:2], usual)
		}
	}
}

func TestLabelsHaveNoNegativeZero(t *testing.T) {
	labels := newScale(-1.0001, 1, 9, false).labels()
	if all := strings.Join(labels, " "); !strings.Contains(all, " 0.00") || strings.Contains(all, "-0.00") {
		t.Errorf("the labels are %q", labels)
	}
	if labels := newScale(-0.3, -0.1, 3, false).labels(); !strings.HasPrefix(labels[0], "-0.3") {
		t.Errorf("the labels are %q", labels)
	}
}
