package data

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
)

func TestReadCSV(t *testing.T) {
	for name, test := range map[string]struct {
		text, label      string
		columns, classes []string
		labels           []uint8
		values           []float32
		origins          []int
	}{
		"plain": {"x,y\n1,2\n-3.5,4e2\n", "", []string{"x", "y"}, nil, nil, []float32{1, 2, -3.5, 400}, []int{2, 3}},
		"a column named Class, blank lines, spaces": {"x, Class ,y\n 1 ,b, 2\n\n3,a,4\n5, b,6", "", []string{"x", "y"},
			[]string{"b", "a"}, []uint8{0, 1, 0}, []float32{1, 2, 3, 4, 5, 6}, []int{2, 4, 5}},
		"named labels":   {"class,kind\n1,7\n2,8\n", "kind", []string{"class"}, []string{"7", "8"}, []uint8{0, 1}, []float32{1, 2}, []int{2, 3}},
		"semicolons":     {"x;y, in mm;label\n1;2;ok\n", "", []string{"x", "y, in mm"}, []string{"ok"}, []uint8{0}, []float32{1, 2}, []int{2}},
		"quotes":         {"\"x;a;b\",label\r\n\"1\",\"say \"\"a, b\"\"\"\r\n", "", []string{"x;a;b"}, []string{`say "a, b"`}, []uint8{0}, []float32{1}, []int{2}},
		"signs in cells": {"x,label\n1,a;b;c;d\n", "", []string{"x"}, []string{"a;b;c;d"}, []uint8{0}, []float32{1}, []int{2}},
		"blank lines":    {"\r\n\nx;y\n1;2\n", "", []string{"x", "y"}, nil, nil, []float32{1, 2}, []int{4}},
		"as many commas": {"x;y,z\n1,2\n", "", []string{"x;y", "z"}, nil, nil, []float32{1, 2}, []int{2}},
		"UTF-8 mark":     {"\ufeffx,y\n1,2\n", "", []string{"x", "y"}, nil, nil, []float32{1, 2}, []int{2}},
		"quoted mark":    {"\ufeff\"x\"\n1\n", "", []string{"x"}, nil, nil, []float32{1}, []int{2}},
		"other letters":  {"größe,重さ\n1,2\n", "", []string{"größe", "重さ"}, nil, nil, []float32{1, 2}, []int{2}},
		"tiny is zero":   {"x\n1e-60\n", "", []string{"x"}, nil, nil, []float32{0}, []int{2}},
		"a lone column":  {"x\n1\n2", "", []string{"x"}, nil, nil, []float32{1, 2}, []int{2, 3}},
		"one name is 1":  {"x,1\n1,2\n", "", []string{"x", "1"}, nil, nil, []float32{1, 2}, []int{2}},
		"text over line": {"x,label\n\"1\n\",a\n2,b\n", "", []string{"x"}, []string{"a", "b"}, []uint8{0, 1}, []float32{1, 2}, []int{2, 4}},
	} {
		d, err := ReadCSV(strings.NewReader(test.text), "f.csv", test.label)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d.Name != "f.csv" || !slices.Equal(d.Shape, []int{len(test.columns)}) || !slices.Equal(d.Columns, test.columns) ||
			!slices.Equal(d.Classes, test.classes) || !slices.Equal(d.Labels, test.labels) || !slices.Equal(d.Origins, test.origins) ||
			!slices.Equal(rows(d), test.values) || (d.Labels == nil) != (test.labels == nil) {
			t.Errorf("%s: got %+v with the values %v", name, d, rows(d))
		}
	}
}

func TestReadCSVRefuses(t *testing.T) {
	numbers := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for name, test := range map[string]struct {
		text, label string
		want        []string
	}{
		"empty":                    {"", "", []string{"the file is empty; the first line must name the columns"}},
		"header alone":             {"x,y\n", "", []string{"no line follows the header"}},
		"no header":                {"1,2\n3,4\n", "", []string{"line 1: all names are numbers"}},
		"empty cell":               {"x,y\n1,\n", "", []string{"line 2, column 2 (y): an empty cell; want a number"}},
		"text":                     {"x,y\n1,2\nabc,4\n", "", []string{`line 3, column 1 (x): "abc" is no number`}},
		"NaN":                      {"x\nNaN\n", "", []string{`line 2, column 1 (x): "NaN"; want a finite number`}},
		"Inf":                      {"x\n-inf\n", "", []string{`line 2, column 1 (x): "-inf"; want a finite number`}},
		"too large":                {"x\n1e39\n", "", []string{`line 2, column 1 (x): "1e39" is too large; want at most 3.4e38`}},
		"decimal comma":            {"x;y\n1,5;2\n", "", []string{`line 2, column 1 (x): "1,5" has a decimal comma; write a point`}},
		"too few cells":            {"x,y\n1\n", "", []string{"line 2: 1 cells; the header names 2 columns"}},
		"too many cells":           {"x,y\n1,2,3\n", "", []string{"line 2: 3 cells; the header names 2 columns"}},
		"mark within":              {"x,\ufeffy\n1,2\n", "", []string{`line 1, column 2: a name that holds a sign that cannot be printed: "\ufeffy"`}},
		"UTF-16":                   {"\xff\xfex\x00\n\x00", "", []string{"the file begins as UTF-16 text; save it as UTF-8"}},
		"UTF-16, other order":      {"\xfe\xff\x00x", "", []string{"UTF-16"}},
		"Latin-1":                  {"gr\xf6\xdfe\n1\n", "", []string{"line 1, column 1: a name that is not UTF-8 text"}},
		"same name":                {"x,y, x\n1,2,3\n", "", []string{`line 1, column 3: the name "x" is that of column 1 already`}},
		"blank lines":              {"\n\nx,x\n1,2\n", "", []string{`line 3, column 2: the name "x" is that of column 1 already`}},
		"no name":                  {"x,\n1,2\n", "", []string{"line 1, column 2: a name that is empty"}},
		"a terminal's signs":       {"x,\x1b[2J\n1,2\n", "", []string{`holds a sign that cannot be printed: "\x1b[2J"`}},
		"a long name":              {"x," + strings.Repeat("n", 201) + "\n1,2\n", "", []string{"a name that has 201 bytes; at most 200 are allowed"}},
		"no such label":            {"x,y\n1,2\n", "z", []string{`no column is named "z"`}},
		"two labels":               {"x,label,CLASS\n1,2,3\n", "", []string{"columns 2 (label) and 3 (CLASS) may both hold the labels; say which"}},
		"labels alone":             {"label\na\n", "", []string{`the only column, "label", is that of the labels`}},
		"an empty label":           {"x,label\n1,\n", "", []string{"line 2, column 2 (label): a label that is empty"}},
		"a label's signs":          {"x,label\n1,\"a\nb\"\n", "", []string{`a label that holds a sign that cannot be printed: "a\nb"`}},
		"257 classes":              {"x,label\n" + numbers(257, "1,%d\n"), "", []string{`line 258, column 2 (label): "256" is class number 257; at most 256 are allowed`}},
		"4097 columns":             {"x" + numbers(4096, ",c%d") + "\n", "", []string{"line 1: 4097 columns; at most 4096 are allowed"}},
		"an open quote":            {"x,y\n1,\"2\n", "", []string{"line 2, byte 6: a quote that nothing closes"}},
		"an open quote over lines": {"x\n1\n\"2\n3\n", "", []string{"a quote that nothing closes, or text after a closing quote, in cells that begin in line 3"}},
		"a bare quote":             {"x\n1\n2\"\n3\n", "", []string{"line 3, byte 2: a quote inside of an unquoted cell"}},
		"header quote":             {"x\"\n1\n", "", []string{"line 1, byte 2: a quote inside of an unquoted cell"}},
		"many at once": {"x,y\na,1\n2\n3,\n4,5\n6\"7,8\n9,1e99\n", "", []string{
			`line 2, column 1 (x): "a" is no number`, "line 3: 1 cells", "line 4, column 2 (y): an empty cell", "line 6, byte 2: a quote",
			`line 7, column 2 (y): "1e99" is too large`,
		}},
	} {
		d, err := ReadCSV(strings.NewReader(test.text), "f.csv", test.label)
		if err == nil || d != nil {
			t.Errorf("%s: got %v, %v; want an error", name, d, err)
			continue
		}
		for _, want := range test.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q does not say %q", name, err, want)
			}
		}
		if lines := strings.Split(err.Error(), "\n"); len(lines) != len(test.want) && len(test.want) > 1 || !strings.HasPrefix(lines[0], "f.csv: ") {
			t.Errorf("%s: %d problems, want %d: %q", name, len(lines), len(test.want), err)
		}
	}
}

func TestReadCSVNamesTenProblems(t *testing.T) {
	_, err := ReadCSV(strings.NewReader("x,y\n"+strings.Repeat("a,b\n", 20)), "f.csv", "")
	if err == nil {
		t.Fatal("the file was accepted")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 11 || lines[9] != `f.csv: line 6, column 2 (y): "b" is no number` || lines[10] != "there may be more" {
		t.Errorf("got %q", lines)
	}
}

func TestReadCSVIsBounded(t *testing.T) {
	full := "x\n" + strings.Repeat("1\n", 49)
	if d, err := readCSV(strings.NewReader(full), "f.csv", "", 100); err != nil || d.Len() != 49 {
		t.Errorf("a file of the allowed size: %v", err)
	}
	if _, err := readCSV(strings.NewReader(full+"1"), "f.csv", "", 100); err == nil {
		t.Error("a file one byte too large was accepted")
	}
	line := []byte("1,2\n")
	endless := io.MultiReader(strings.NewReader("x,y\n"), repeat(line))
	if _, err := readCSV(endless, "f.csv", "", 1<<20); err == nil || err.Error() != "f.csv: the file is larger than 1 MiB" {
		t.Errorf("an endless file: %v", err)
	}
	quoted := io.MultiReader(strings.NewReader("x\n\""), repeat([]byte("a")))
	if _, err := readCSV(quoted, "f.csv", "", 1<<20); err == nil || err.Error() != "f.csv: the file is larger than 1 MiB" {
		t.Errorf("an endless cell: %v", err)
	}
	broken := io.MultiReader(strings.NewReader("x,y\n1,2\n"), iotest.ErrReader(errors.New("disk on fire")))
	if _, err := ReadCSV(broken, "f.csv", ""); err == nil || err.Error() != "f.csv: reading: disk on fire" {
		t.Errorf("a broken file: %v", err)
	}
}

// repeat reads text for ever.
func repeat(text []byte) io.Reader {
	block := slices.Repeat(text, 1<<16/len(text))
	return readerFunc(func(p []byte) (int, error) { return copy(p, block[:len(block)-len(block)%len(text)]), nil })
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// TestBreastCancerAsALearnersFile writes the set with its names as a CSV file and reads it back.
func TestBreastCancerAsALearnersFile(t *testing.T) {
	want, err := BreastCancer()
	if err != nil {
		t.Fatal(err)
	}
	got, err := ReadCSV(strings.NewReader(asCSV(want)), "wdbc.csv", "")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rows(got), rows(want)) || !slices.Equal(got.Columns, want.Columns) || !slices.Equal(got.Labels, want.Labels) ||
		!slices.Equal(got.Classes, want.Classes) {
		t.Error("the set changed on its way")
	}
}

// asCSV writes a table as a CSV file, its labels last in a column "label".
func asCSV(d *Dataset) string {
	quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	var b strings.Builder
	for i, column := range d.Columns {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(quote(column))
	}
	if d.Labels != nil {
		b.WriteString(",label")
	}
	row := make([]float32, d.Width())
	for i := range d.Len() {
		d.Row(row, i)
		b.WriteByte('\n')
		for j, v := range row {
			if j > 0 {
				b.WriteByte(',')
			}
			fmt.Fprint(&b, v)
		}
		if d.Labels != nil {
			b.WriteString("," + quote(d.Classes[d.Labels[i]]))
		}
	}
	return b.String()
}

// readsBack says whether asCSV's text means the same to ReadCSV: no column but asCSV's own may pass for the labels, and
// the header must not pass for numbers.
func readsBack(d *Dataset) bool {
	words := d.Labels != nil
	for _, column := range d.Columns {
		if strings.EqualFold(column, "label") || strings.EqualFold(column, "class") {
			return false
		}
		_, err := strconv.ParseFloat(column, 32)
		words = words || err != nil
	}
	return words
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"x,y\n1,2\n", "x;y;label\n1;2;a\n3;4;b\n", "\ufeff\"x\",class\r\n1,\"a \"\"b\"\"\"\r\n", "x,y\n1\n,\nNaN,1e99\n\"", "\xff\xfe", "1,2\n3,4\n",
		"x,\"y\nz\"\n1,2", "x\n0x1p-2\n1_0\n", "label\na\n", "a,a\n\n1,2\n",
	} {
		f.Add(seed, "")
	}
	f.Add("x,kind\n1,a\n", "kind")
	f.Fuzz(func(t *testing.T, text, label string) {
		d, err := ReadCSV(strings.NewReader(text), "f.csv", label)
		if err != nil {
			if lines := strings.Count(err.Error(), "\n"); d != nil || lines > maxProblems || !strings.HasPrefix(err.Error(), "f.csv: ") {
				t.Fatalf("got %v, %q", d, err)
			}
			return
		}
		if d.Len() < 1 || d.Width() != len(d.Columns) || len(d.Origins) != d.Len() || !slices.IsSorted(d.Origins) || d.Origins[0] < 2 {
			t.Fatalf("%d examples of %d values, columns %q, origins %v", d.Len(), d.Width(), d.Columns, d.Origins)
		}
		if !readsBack(d) {
			return
		}
		// A copy in our own words must read back as the same set.
		copied, err := ReadCSV(strings.NewReader(asCSV(d)), "f.csv", "")
		if err != nil {
			t.Fatalf("the copy %q: %v", asCSV(d), err)
		}
		if !slices.Equal(rows(copied), rows(d)) || !slices.Equal(copied.Columns, d.Columns) || !slices.Equal(copied.Labels, d.Labels) ||
			!slices.Equal(copied.Classes, d.Classes) {
			t.Fatalf("got %+v, want %+v", copied, d)
		}
	})
}
