package lab

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine/words"
)

// DigitCodes are named codes of an autoencoder of pictures of digits: "7" is the mean code of all sevens, "thick7" and
// "thin7" those of the fifth with most and with least ink, "slanted7" and "upright7" of the fifth that leans most and
// least to the right.
type DigitCodes struct {
	coder Coder
	names *words.Vectors // the names with their codes
}

// extreme is the part of a digit's pictures that counts as thick, thin, slanted or upright.
const extreme = 5

// newDigitCodes encodes the pictures of d, shape [n, height, width], labelled by digit. It fails
// within a block of pictures of ctx's end.
func newDigitCodes(ctx context.Context, coder Coder, d *data.Dataset) (*DigitCodes, error) {
	if len(d.Shape) != 2 || len(d.Labels) != d.Len() {
		return nil, fmt.Errorf("%s is no set of labelled pictures", d.Name)
	}
	g := gathering{codes: make([][]float32, d.Len()), ink: make([]float64, d.Len()), slant: make([]float64, d.Len())}
	for from, block := range d.Blocks(1000) {
		z, err := coder.Encode(ctx, block)
		if err != nil {
			return nil, err
		}
		latent := len(z) * d.Width() / len(block)
		for i := range len(block) / d.Width() {
			g.ink[from+i], g.slant[from+i] = inkAndSlant(block[i*d.Width():(i+1)*d.Width()], d.Shape[1])
			g.codes[from+i] = z[i*latent : (i+1)*latent]
		}
	}
	return g.named(coder, d)
}

// gathering is what is known of each picture.
type gathering struct {
	codes      [][]float32
	ink, slant []float64
}

// named takes the means of groups of each class.
func (g gathering) named(coder Coder, d *data.Dataset) (*DigitCodes, error) {
	var names []string
	var codes [][]float32
	add := func(name string, rows []int) {
		names, codes = append(names, name), append(codes, g.mean(rows))
	}
	for class, digit := range d.Classes {
		var rows []int
		for i, label := range d.Labels {
			if int(label) == class {
				rows = append(rows, i)
			}
		}
		n := len(rows) / extreme
		if n == 0 {
			return nil, fmt.Errorf("%s has %d pictures of %s; at least %d are needed", d.Name, len(rows), digit, extreme)
		}
		add(digit, rows)
		for _, by := range []struct {
			feature   []float64
			low, high string
		}{{g.ink, "thin", "thick"}, {g.slant, "upright", "slanted"}} {
			slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(by.feature[a], by.feature[b]) })
			add(by.low+digit, rows[:n])
			add(by.high+digit, rows[len(rows)-n:])
		}
	}
	vectors, err := words.NewVectors(names, codes)
	if err != nil {
		return nil, err
	}
	return &DigitCodes{coder, vectors}, nil
}

func (g gathering) mean(rows []int) []float32 {
	sum := make([]float64, len(g.codes[rows[0]]))
	for _, i := range rows {
		for j, v := range g.codes[i] {
			sum[j] += float64(v)
		}
	}
	mean := make([]float32, len(sum))
	for j, v := range sum {
		mean[j] = float32(v / float64(len(rows)))
	}
	return mean
}

// inkAndSlant measures a picture of width columns: the mean of its pixels, and how far its strokes lean to the right
// for each row that they go up, from its second moments, −m_xy / m_yy (the deskewing of LeCun et al. 1998 takes it
// out).
func inkAndSlant(pixels []float32, width int) (ink, slant float64) {
	var total, sumX, sumY float64
	for i, v := range pixels {
		total += float64(v)
		sumX += float64(v) * float64(i%width)
		sumY += float64(v) * float64(i/width)
	}
	if total == 0 {
		return 0, 0
	}
	var xy, yy float64
	for i, v := range pixels {
		x, y := float64(i%width)-sumX/total, float64(i/width)-sumY/total
		xy += float64(v) * x * y
		yy += float64(v) * y * y
	}
	if yy > 0 {
		slant = -xy / yy
	}
	return total / float64(len(pixels)), slant
}

// Names are the names of all codes.
func (c *DigitCodes) Names() []string { return c.names.Words() }

// DigitAnswer is a sum of named codes, decoded.
type DigitAnswer struct {
	Sum     words.Expression
	Terms   [][]float32 // the decoded picture of each term, [terms, pixels]
	Picture []float32   // of the sum, [pixels]
	Nearest []Named     // codes nearest to the sum, without its own terms
	Match   []float32   // the picture of the nearest one
}

// Solve adds codes up, decodes the sum and finds the n named codes nearest to it by Euclidean distance; those of the
// sum itself are left out. The error is a words.UnknownWordError for a name that there is not.
func (c *DigitCodes) Solve(ctx context.Context, e words.Expression, n int) (DigitAnswer, error) {
	if len(e) == 0 || n < 1 {
		return DigitAnswer{}, errors.New("a sum of at least one name and at least one answer are needed")
	}
	names, codes := c.names.Words(), c.names.Rows()
	latent := len(codes[0])
	sum := make([]float32, latent)
	answer := DigitAnswer{Sum: e}
	var used []int
	var flat []float32 // the codes to decode: the terms, the sum, the nearest
	for _, term := range e {
		at := slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, term.Word) })
		if at < 0 {
			_, err := c.names.Nearest(words.Expression{{Word: term.Word}}, 1) // It says which names are spelled like it.
			return DigitAnswer{}, err
		}
		used = append(used, at)
		flat = append(flat, codes[at]...)
		for i, v := range codes[at] {
			if term.Minus {
				v = -v
			}
			sum[i] += v
		}
	}
	for i, name := range names {
		if !slices.Contains(used, i) {
			answer.Nearest = append(answer.Nearest, Named{name, distance(sum, codes[i])})
		}
	}
	slices.SortStableFunc(answer.Nearest, func(a, b Named) int { return cmp.Compare(a.Distance, b.Distance) })
	answer.Nearest = answer.Nearest[:min(n, len(answer.Nearest))]
	flat = append(flat, sum...)
	if len(answer.Nearest) > 0 {
		flat = append(flat, codes[slices.Index(names, answer.Nearest[0].Name)]...)
	}
	decoded, err := c.coder.Decode(ctx, flat)
	if err != nil {
		return DigitAnswer{}, err
	}
	pixels := len(decoded) / (len(flat) / latent)
	pictures := slices.Collect(slices.Chunk(decoded, pixels))
	answer.Terms, answer.Picture = pictures[:len(e)], pictures[len(e)]
	if len(pictures) > len(e)+1 {
		answer.Match = pictures[len(e)+1]
	}
	return answer, nil
}

func distance(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		d := float64(a[i]) - float64(b[i])
		sum += d * d
	}
	return math.Sqrt(sum)
}
