package lab

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/aetutor/aetutor/data"
	"github.com/aetutor/aetutor/engine"
)

// ownData is what the parameter data says for a learner's own table.
const ownData = "own"

// errNoOwn is a mistake in the call.
var errNoOwn = errors.New("data=own is a table of your own; name its file with --data FILE.csv")

// What a table must have, so that each part of it that a lab takes for itself has some rows: the threshold lab learns
// half of the normal rows and parts the other half in three.
const (
	leastOwnRows    = 30
	leastOwnOthers  = 2
	leastOwnColumns = 2
)

// Own is a learner's own table. It is checked, so every lab that offers it can use it.
type Own struct {
	set    *data.Dataset
	name   string // of the file, without its directory
	mark   string // of what is in it: two tables of one mark are the same
	normal string // the most frequent class, or nothing where no row has a label
	count  int    // rows of that class, or all
}

// ReadOwn reads a table from a CSV file as data.ReadCSV takes it, with the classes in the column named label, or
// without one in a column named "label" or "class" if there is one. The rows are at least 30, with labels at least 30
// of the most frequent class and 2 of others; the columns of numbers are at least 2, none of which holds one value
// only. An error names the file and what is wrong in it.
func ReadOwn(path, label string) (*Own, error) {
	name := printable(path)
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("opening a table: %w", err)
	}
	defer func() { _ = file.Close() }() // Nothing was written, so closing has nothing to say.
	sum := sha256.New()
	set, err := data.ReadCSV(io.TeeReader(file, sum), name, label)
	if err != nil {
		return nil, err
	}
	_, _ = io.WriteString(sum, label) // A hash takes everything.
	o := &Own{set: set, name: filepath.Base(name), mark: hex.EncodeToString(sum.Sum(nil)[:6]), count: set.Len()}
	if err := o.check(); err != nil {
		return nil, err
	}
	return o, nil
}

// printable is a file's name without what would move the cursor of a terminal.
func printable(path string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, path)
}

// check finds the normal class and says what keeps the table from being used.
func (o *Own) check() error {
	if n := o.set.Width(); n < leastOwnColumns {
		return fmt.Errorf("%s: 1 column of numbers, %q; an autoencoder finds what columns have in common, so it needs at "+
			"least %d",
			o.set.Name, o.set.Columns[0], leastOwnColumns)
	}
	if n := o.set.Len(); n < leastOwnRows {
		return fmt.Errorf("%s: %d rows; at least %d are needed", o.set.Name, n, leastOwnRows)
	}
	all, err := data.FitScaler(o.set)
	if err != nil {
		return err
	}
	if constant := all.Constant(); len(constant) > 0 {
		const most = 10
		rest := ""
		if n := len(constant); n > most {
			rest = fmt.Sprintf(" and %d more", n-most)
		}
		return fmt.Errorf("%s: columns that hold one value in all %d rows: %s%s; nothing can be learned from them, so "+
			"leave them out",
			o.set.Name, o.set.Len(), quoted(constant[:min(most, len(constant))]), rest)
	}
	if o.set.Labels == nil {
		return nil
	}
	return o.checkClasses()
}

// quoted lists names: "a", "b".
func quoted(names []string) string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = strconv.Quote(name)
	}
	return strings.Join(list, ", ")
}

func (o *Own) checkClasses() error {
	counts := make([]int, len(o.set.Classes))
	for _, label := range o.set.Labels {
		counts[label]++
	}
	o.count = 0
	for class, n := range counts { // Of equally frequent classes the first in the file is taken.
		if n > o.count {
			o.normal, o.count = o.set.Classes[class], n
		}
	}
	switch {
	case len(counts) == 1:
		return fmt.Errorf("%s: all %d rows are of the class %q; the labels must tell at least 2 classes apart, or leave "+
			"their column out",
			o.set.Name, o.count, o.normal)
	case o.count < leastOwnRows:
		return fmt.Errorf("%s: the most frequent class, %q, has %d rows; at least %d are needed", o.set.Name, o.normal,
			o.count, leastOwnRows)
	case o.set.Len()-o.count < leastOwnOthers:
		return fmt.Errorf("%s: %d row is of another class than %q; at least %d are needed", o.set.Name, o.set.Len()-o.count,
			o.normal, leastOwnOthers)
	}
	return nil
}

// Labelled says whether the rows have classes.
func (o *Own) Labelled() bool { return o.set.Labels != nil }

// note says what is taken for normal, and what follows from having no labels.
func (o *Own) note() string {
	if !o.Labelled() {
		return "no labels in " + o.name + ": nothing tells right from wrong, so no precision and recall"
	}
	return fmt.Sprintf("normal is the most frequent class of %s, %s, in %d of %d rows", o.name, o.normal, o.count,
		o.set.Len())
}

// tableConfig trains an autoencoder of a table. There are enough epochs for some thousand steps.
func tableConfig(width, examples int, seed int64) engine.Config {
	batch := 16
	if examples > 5000 {
		batch = 128
	}
	hidden, latent := min(max((width+1)/2, 2), 256), min(max((width+2)/4, 1), 32)
	return engine.Config{
		Architecture: engine.NewArchitecture([]int{width}, engine.Tanh, []int{hidden}, latent), Seed: seed,
		Epochs: min(max(3000*batch/examples, 5), 100), BatchSize: min(batch, examples),
		LearningRate: 0.003, Optimizer: "adam",
	}
}

// standardized takes from both parts the means of the training part and divides by its standard deviations: what is
// held out must not take part in the training, not even by its mean.
func standardized(train, heldOut *data.Dataset) (scaledTrain, scaledHeldOut *data.Dataset, err error) {
	scaler, err := data.FitScaler(train)
	if err != nil {
		return nil, nil, err
	}
	if scaledTrain, err = scaler.Apply(train); err != nil {
		return nil, nil, err
	}
	scaledHeldOut, err = scaler.Apply(heldOut)
	return scaledTrain, scaledHeldOut, err
}

// trainPart is how much of the table the lab train holds out.
const trainPart = 0.2

// parts are the rows that the lab train learns and those that it validates on, both standardized.
func (o *Own) parts(seed int64) (train, heldOut *data.Dataset, err error) {
	train, heldOut, err = o.set.Split(trainPart, seed)
	if err != nil {
		return nil, nil, err
	}
	return standardized(train, heldOut)
}

// CheckOwn says what keeps a lab from doing with a learner's own table what its values ask for: a mistake in the call.
func CheckOwn(env Env, v Values) error {
	switch {
	case v.Text("data") != ownData:
		return nil
	case env.Own == nil:
		return errNoOwn
	case v.Text("by") == "f1" && !env.Own.Labelled():
		return fmt.Errorf("by=f1 needs labels, which %s has not; take by=quantile or by=mad", env.Own.name)
	}
	return nil
}

// UseOwn sets the values of a lab to a learner's own table and to what suits its size. It fails where the lab can do
// nothing with it.
func (l Lab) UseOwn(v Values, o *Own) error {
	if v.Set("data", ownData) != nil {
		return fmt.Errorf("the lab %s takes no table of your own; threshold and train do", l.ID)
	}
	if l.ID != "train" {
		return nil
	}
	s := o.TrainSettings(v.Seed())
	for key, value := range map[string]string{
		"epochs": strconv.Itoa(s.Epochs), "batch": strconv.Itoa(s.BatchSize), "lr": short(s.LearningRate),
		"latent": strconv.Itoa(s.Latent), "hidden": strconv.Itoa(s.Hidden[0]),
	} {
		if err := v.Set(key, value); err != nil {
			return err
		}
	}
	return nil
}

// TrainSettings are settings of the lab train that suit the table.
func (o *Own) TrainSettings(seed int64) TrainSettings {
	c := tableConfig(o.set.Width(), o.set.Len()-int(trainPart*float64(o.set.Len())), seed)
	return TrainSettings{
		Data: ownData, Epochs: c.Epochs, BatchSize: c.BatchSize, LearningRate: c.LearningRate, Latent: c.Architecture.Latent(),
		Hidden: []int{c.Architecture.Encoder[0].Units}, Seed: seed, Optimizer: c.Optimizer,
	}
}
