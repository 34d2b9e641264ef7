package data

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// What a CSV file may hold, so that a wrong file cannot make the program take memory without bound.
const (
	maxCSVBytes   = 64 << 20
	maxCSVColumns = 4096
	maxCSVClasses = 256 // a label is a byte
	maxNameBytes  = 200
)

// ReadCSV reads a learner's own table: a header line of column names, then a line for each example. Cells are separated
// by commas or, where the header holds more of them, by semicolons; a cell may stand in double quotes (RFC 4180). All
// columns hold numbers, written with a decimal point, except that of the labels, whose cells name classes by any text.
// It is the column named label; with an empty label it is the column named "label" or "class", in letters of any case,
// if there is one. Classes are in the order in which they first occur; Origins are the lines. name says what the set
// is, often the file.
//
// The file may have 64 MiB, 4096 columns and 256 classes. An error names the first ten bad cells by line and column.
func ReadCSV(r io.Reader, name, label string) (*Dataset, error) {
	return readCSV(r, name, label, maxCSVBytes)
}

func readCSV(r io.Reader, name, label string, maxBytes int64) (*Dataset, error) {
	limited := &io.LimitedReader{R: r, N: maxBytes + 1}
	buffered := bufio.NewReaderSize(limited, 1<<16)
	begin, _ := buffered.Peek(1 << 16) // A read error comes again when the lines are read.
	switch {
	case bytes.HasPrefix(begin, []byte("\xff\xfe")), bytes.HasPrefix(begin, []byte("\xfe\xff")):
		return nil, fmt.Errorf("%s: the file begins as UTF-16 text; save it as UTF-8", name)
	case bytes.HasPrefix(begin, []byte(byteOrderMark)): // Spreadsheets write it before UTF-8 text.
		_, _ = buffered.Discard(len(byteOrderMark)) // It was peeked, so it is there.
		begin = begin[len(byteOrderMark):]
	}
	lines := csv.NewReader(buffered)
	// Blank lines before the header are passed over, as all others are.
	lines.Comma = separator(bytes.TrimLeft(begin, "\r\n"))
	lines.FieldsPerRecord = -1 // Counted here, to report all lines that are too short or too long.
	lines.ReuseRecord = true

	t := csvTable{name: name, lines: lines, classes: map[string]uint8{}}
	err := t.read(label)
	if limited.N == 0 {
		return nil, fmt.Errorf("%s: the file is larger than %d MiB", name, maxBytes>>20)
	}
	if err != nil {
		return nil, err
	}
	return NewRows(t.set, t.values)
}

const byteOrderMark = "\ufeff"

// separator is the sign that stands more often in the first line outside of quotes.
func separator(begin []byte) rune {
	counts, quoted := map[byte]int{}, false
	line, _, _ := bytes.Cut(begin, []byte("\n"))
	for _, b := range line {
		if b == '"' {
			quoted = !quoted
		} else if !quoted {
			counts[b]++
		}
	}
	if counts[';'] > counts[','] {
		return ';'
	}
	return ','
}

// csvTable is what was read of a CSV file so far.
type csvTable struct {
	name     string
	lines    *csv.Reader
	header   []string
	headerAt int // its line
	labelAt  int // column of the labels, or -1
	classes  map[string]uint8
	set      Dataset
	values   []float32
	problems csvProblems
}

// read reads the header and all lines.
func (t *csvTable) read(label string) error {
	header, err := t.lines.Read()
	if err != nil {
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("%s: the file is empty; the first line must name the columns", t.name)
		}
		return t.readError(err)
	}
	t.header = slices.Clone(header)
	t.headerAt, _ = t.lines.FieldPos(0)
	if err := t.readHeader(label); err != nil {
		return err
	}
	for {
		record, err := t.lines.Read()
		var bad *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return t.finish()
		case errors.As(err, &bad):
			t.problems.add("%w", t.readError(err))
		case err != nil:
			return t.readError(err)
		default:
			t.readRecord(record)
		}
		if t.problems.full() {
			return t.problems.err()
		}
	}
}

// readError words an error of the csv package.
func (t *csvTable) readError(err error) error {
	var bad *csv.ParseError
	if !errors.As(err, &bad) {
		return fmt.Errorf("%s: reading: %w", t.name, err)
	}
	why := "a quote that nothing closes, or text after a closing quote"
	if errors.Is(bad.Err, csv.ErrBareQuote) {
		why = `a quote inside of an unquoted cell; quote the cell and double the quotes in it, "like ""this"""`
	}
	if bad.StartLine != bad.Line {
		why += fmt.Sprintf(", in cells that begin in line %d", bad.StartLine)
	}
	return fmt.Errorf("%s: line %d, byte %d: %s", t.name, bad.Line, bad.Column, why)
}

// readHeader checks the names of the columns and finds the labels' among them.
func (t *csvTable) readHeader(label string) error {
	if n := len(t.header); n > maxCSVColumns {
		return fmt.Errorf("%s: line %d: %d columns; at most %d are allowed", t.name, t.headerAt, n, maxCSVColumns)
	}
	numbers, seen := 0, map[string]int{}
	for j, cell := range t.header {
		column := strings.TrimSpace(cell)
		t.header[j] = column
		if _, err := strconv.ParseFloat(column, 32); err == nil {
			numbers++
		}
		if why := unfit(column); why != "" {
			t.problems.add("%s: line %d, column %d: a name that %s", t.name, t.headerAt, j+1, why)
		} else if first, ok := seen[column]; ok {
			t.problems.add("%s: line %d, column %d: the name %q is that of column %d already",
				t.name, t.headerAt, j+1, column, first+1)
		} else {
			seen[column] = j
		}
	}
	if numbers == len(t.header) {
		return fmt.Errorf("%s: line %d: all names are numbers; the first line must name the columns", t.name, t.headerAt)
	}
	if err := t.findLabels(label, seen); err != nil {
		t.problems.add("%w", err)
	}
	if err := t.problems.err(); err != nil {
		return err
	}
	t.set = Dataset{Name: t.name, Columns: slices.Clone(t.header)}
	if t.labelAt >= 0 {
		t.set.Columns = slices.Delete(t.set.Columns, t.labelAt, t.labelAt+1)
		t.set.Labels = []uint8{}
	}
	if len(t.set.Columns) == 0 {
		return fmt.Errorf("%s: line %d: the only column, %q, is that of the labels; at least one must hold numbers",
			t.name, t.headerAt, t.header[0])
	}
	t.set.Shape = []int{len(t.set.Columns)}
	return nil
}

// findLabels sets the column of the labels.
func (t *csvTable) findLabels(label string, columns map[string]int) error {
	t.labelAt = -1
	if label != "" {
		at, ok := columns[label]
		if !ok {
			return fmt.Errorf("%s: line %d: no column is named %q, which should hold the labels", t.name, t.headerAt, label)
		}
		t.labelAt = at
		return nil
	}
	for j, column := range t.header {
		if !strings.EqualFold(column, "label") && !strings.EqualFold(column, "class") {
			continue
		}
		if t.labelAt >= 0 {
			return fmt.Errorf("%s: line %d: columns %d (%s) and %d (%s) may both hold the labels; say which",
				t.name, t.headerAt, t.labelAt+1, t.header[t.labelAt], j+1, column)
		}
		t.labelAt = j
	}
	return nil
}

// readRecord takes the cells of one line.
func (t *csvTable) readRecord(record []string) {
	line, _ := t.lines.FieldPos(0)
	if len(record) != len(t.header) {
		t.problems.add("%s: line %d: %d cells; the header names %d columns", t.name, line, len(record), len(t.header))
		return
	}
	for j, cell := range record {
		cell = strings.TrimSpace(cell)
		add := t.addValue
		if j == t.labelAt {
			add = t.addLabel
		}
		if why := add(cell); why != "" {
			line, _ := t.lines.FieldPos(j)
			t.problems.add("%s: line %d, column %d (%s): %s", t.name, line, j+1, t.header[j], why)
		}
	}
	t.set.Origins = append(t.set.Origins, line)
}

// addValue takes a number, or says why not.
func (t *csvTable) addValue(cell string) (why string) {
	value, err := strconv.ParseFloat(cell, 32)
	switch {
	case cell == "":
		return "an empty cell; want a number"
	case errors.Is(err, strconv.ErrRange):
		return fmt.Sprintf("%s is too large; want at most 3.4e38", short(cell))
	case err != nil:
		if _, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 32); err == nil {
			return fmt.Sprintf("%s has a decimal comma; write a point", short(cell))
		}
		return short(cell) + " is no number"
	case math.IsNaN(value) || math.IsInf(value, 0):
		return short(cell) + "; want a finite number"
	}
	t.values = append(t.values, float32(value))
	return ""
}

// addLabel takes a label, or says why not.
func (t *csvTable) addLabel(cell string) (why string) {
	class, ok := t.classes[cell]
	if !ok {
		if why := unfit(cell); why != "" {
			return "a label that " + why
		}
		if len(t.classes) == maxCSVClasses {
			return fmt.Sprintf("%s is class number %d; at most %d are allowed, so this column may be none of labels",
				short(cell), maxCSVClasses+1, maxCSVClasses)
		}
		class = uint8(len(t.classes))
		t.classes[cell] = class
		t.set.Classes = append(t.set.Classes, cell)
	}
	t.set.Labels = append(t.set.Labels, class)
	return ""
}

// finish is called at the end of the file.
func (t *csvTable) finish() error {
	if err := t.problems.err(); err != nil {
		return err
	}
	if len(t.set.Origins) == 0 {
		return fmt.Errorf("%s: no line follows the header; a set needs at least one example", t.name)
	}
	return nil
}
