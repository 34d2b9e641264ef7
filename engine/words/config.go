package words

import (
	"errors"
	"fmt"

	"github.com/aetutor/aetutor/engine/turn"
)

// Config says how to train word vectors.
type Config struct {
	Seed         int64   // decides the initial vectors, the negatives and what is left out
	Dim          int     // values of a vector
	Window       int     // words to either side of a word that may count as near it
	Negatives    int     // random words for each word near it
	Epochs       int     // passes over the corpus
	LearningRate float64 // at the start; it falls linearly to a ten-thousandth
	// Subsample is the frequency above which occurrences of a word are left out at random; 0 leaves out none.
	Subsample float64
	Core      turn.Core // of a machine that others share
}

// DefaultConfig trains a corpus of DefaultSentences in about a second. Its window is small, as the sentences are short:
// a wider one sees all of a sentence from everywhere and tells its words apart less well.
func DefaultConfig() Config {
	return Config{Seed: 1, Dim: 32, Window: 3, Negatives: 5, Epochs: 12, LearningRate: 0.05, Subsample: 3e-4}
}

// Validate says what is wrong with a configuration and what is allowed, all at once.
func (c Config) Validate() error {
	var problems []error
	problem := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	if c.Dim < 1 || c.Dim > 1024 {
		problem("vectors of %d values; take from 1 to 1024", c.Dim)
	}
	if c.Window < 1 || c.Window > 100 {
		problem("a window of %d words; take from 1 to 100", c.Window)
	}
	if c.Negatives < 1 || c.Negatives > 100 {
		problem("%d negatives; take from 1 to 100", c.Negatives)
	}
	if c.Epochs < 1 || c.Epochs > 1000 {
		problem("%d epochs; take from 1 to 1000", c.Epochs)
	}
	if !(c.LearningRate > 0 && c.LearningRate <= 10) {
		problem("the learning rate is %v; it must be above 0 and at most 10, 0.05 is usual", c.LearningRate)
	}
	if !(c.Subsample >= 0 && c.Subsample <= 1) {
		problem("the subsampling threshold is %v; it must be a frequency from 0 (off) to 1, 0.001 is usual", c.Subsample)
	}
	return errors.Join(problems...)
}
