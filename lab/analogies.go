package lab

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/engine/words"
)

// AnalogiesSettings are the parameters of the lab analogies.
type AnalogiesSettings struct {
	Seed      int64
	Sentences int
	Epochs    int
	Claim     string // "he - man + woman = she"
	Digits    string // a sum of named codes of digits, "" for none
}

// noDigits is the value of the parameter digits that leaves the digits out.
const noDigits = "none"

func analogiesLab() Lab {
	c := words.DefaultConfig()
	return Lab{
		ID: "analogies", Lesson: "embeddings",
		About:    "trains word vectors and calculates with them, then with codes of digits",
		Question: "Which relations become straight arrows first, and which words does a sum miss?",
		Task:     AnalogiesTask(nil).Text,
		Answer:   []string{"claim"},
		Params: []Param{
			wholeParam("sentences", words.DefaultSentences, 1_000, 200_000, "sentences that the corpus has"),
			wholeParam("epochs", c.Epochs, 1, 100, "passes over the corpus"),
			{"claim", "he - man + woman = she", "a sum of two words or more, and after = the word that should be nearest",
				func(s string) bool {
					c, err := ParseClaim(s)
					return err == nil && len(c.Sum) > 1
				}},
			{"digits", "thick0 - thin0 + thin7", "a sum of two named codes of digits or more, or " + noDigits,
				func(s string) bool {
					e, err := words.ParseExpression(s)
					return s == noDigits || err == nil && len(e) > 1
				}},
			seedParam(),
		},
		Run: runAnalogies,
	}
}

// AnalogiesSettingsOf reads the settings of the lab analogies from its values.
func AnalogiesSettingsOf(v Values) AnalogiesSettings {
	s := AnalogiesSettings{
		Seed: v.Seed(), Sentences: v.Whole("sentences"), Epochs: v.Whole("epochs"), Claim: v.Text("claim"), Digits: v.Text("digits"),
	}
	if s.Digits == noDigits {
		s.Digits = ""
	}
	return s
}

// CorpusEvent tells what the words are learned from.
type CorpusEvent struct {
	Sentences int           `json:"sentences"`
	Tokens    int           `json:"tokens"`
	Words     int           `json:"words"`
	Sample    []string      `json:"sample"`
	Corpus    *words.Corpus `json:"-"`
}

// Kind implements Event.
func (CorpusEvent) Kind() string { return "corpus" }

// Line says how much text was made up.
func (e CorpusEvent) Line() string {
	return fmt.Sprintf("a made-up corpus of %d sentences, %d words of text, %d different ones", e.Sentences, e.Tokens,
		e.Words)
}

// WordsEvent tells how far word vectors are.
type WordsEvent struct {
	Done         float64        `json:"done"`  // 0 to 1
	Epoch        int            `json:"epoch"` // 1 for the first
	Epochs       int            `json:"epochs"`
	Pairs        int            `json:"pairs"` // learned from so far
	Loss         float64        `json:"loss"`
	LearningRate float64        `json:"lr"`
	Seconds      float64        `json:"seconds"` // since training began
	Vectors      *words.Vectors `json:"-"`
}

// Kind implements Event.
func (WordsEvent) Kind() string { return "words" }

// ScoresEvent tells how many questions of each family are answered right by now.
type ScoresEvent struct {
	Scores []words.Score `json:"scores"`
}

// Kind implements Event.
func (ScoresEvent) Kind() string { return "scores" }

// scoresEvery is how many WordsEvents come before the families are asked again: that takes as long as learning does in
// the meantime.
const scoresEvery = 20

// TrainWords makes up the corpus and learns its word vectors. It tells a CorpusEvent, a hundred WordsEvents and, after
// every twentieth of them, a ScoresEvent.
func TrainWords(ctx context.Context, env Env, s AnalogiesSettings, emit func(Event)) (*words.Vectors, error) {
	corpus, err := words.Generate(s.Seed, s.Sentences)
	if err != nil {
		return nil, err
	}
	emit(CorpusEvent{corpus.Sentences(), corpus.Tokens(), len(corpus.Words()), corpus.Sample(3), corpus})
	c := words.DefaultConfig()
	c.Seed, c.Epochs, c.Core = s.Seed, s.Epochs, env.core()
	families, start, told := words.Families(), time.Now(), 0
	var failed error
	vectors, err := words.Train(ctx, corpus, c, func(p words.Progress) {
		emit(WordsEvent{p.Done, p.Epoch, c.Epochs, p.Pairs, p.Loss, p.LearningRate, time.Since(start).Seconds(), p.Vectors})
		if told++; told%scoresEvery == 0 && ctx.Err() == nil {
			scores, err := p.Vectors.Accuracy(families)
			if err != nil {
				failed = fmt.Errorf("the corpus is too small for its families of questions: %w", err)
				return
			}
			emit(ScoresEvent{scores})
		}
	})
	if err != nil {
		return nil, err
	}
	return vectors, failed
}

// Named is a named code and its distance from what was asked for.
type Named struct {
	Name     string  `json:"name"`
	Distance float64 `json:"distance"`
}

// AnalogiesDone ends the lab analogies.
type AnalogiesDone struct {
	Claim   string           `json:"claim"`
	Nearest []words.Neighbor `json:"nearest"`
	Rank    int              `json:"rank"`
	Scores  []words.Score    `json:"scores"`
	Seconds float64          `json:"seconds"` // of learning the words
	Digits  string           `json:"digits,omitempty"`
	Codes   []Named          `json:"codes,omitempty"` // nearest to the sum of digits
	Seed    int64            `json:"seed"`
	Task
}

// Kind implements Event.
func (AnalogiesDone) Kind() string { return "done" }

// Line says what came out nearest, and how the families did.
func (d AnalogiesDone) Line() string {
	line := d.Claim + ": nearest are"
	for i, n := range d.Nearest {
		if i > 0 {
			line += ","
		}
		line += fmt.Sprintf(" %s %.2f", n.Word, n.Similarity)
	}
	for _, s := range d.Scores {
		line += fmt.Sprintf("\n%s: %d of %d questions right", s.Family, s.Right, s.Asked)
	}
	if d.Digits != "" {
		line += "\n" + d.Digits + ": nearest codes are"
		for i, n := range d.Codes {
			if i > 0 {
				line += ","
			}
			line += fmt.Sprintf(" %s at %.2f", n.Name, n.Distance)
		}
	}
	return line + fmt.Sprintf("\nwords learned in %.1f s, seed %d\n%s", d.Seconds, d.Seed, d.Task.Line())
}

// NearestShown is how many answers to a sum are shown.
const NearestShown = 5

func runAnalogies(ctx context.Context, env Env, v Values, emit func(Event)) error {
	s := AnalogiesSettingsOf(v)
	done := AnalogiesDone{Claim: s.Claim, Digits: s.Digits, Seed: s.Seed}
	vectors, err := TrainWords(ctx, env, s, func(e Event) {
		switch e := e.(type) {
		case WordsEvent:
			done.Seconds = e.Seconds
		case ScoresEvent:
			done.Scores = e.Scores
		}
		emit(e)
	})
	if err != nil {
		return err
	}
	claim, err := ParseClaim(s.Claim)
	if err != nil {
		return err
	}
	verdict, err := claim.Judge(vectors)
	if err != nil {
		return err
	}
	done.Nearest = verdict.Nearest[:min(len(verdict.Nearest), NearestShown)]
	done.Rank, done.Task = verdict.Rank, AnalogiesTask(&verdict)
	if s.Digits != "" {
		if done.Codes, err = digitsSum(ctx, env, s.Digits, emit); err != nil {
			return err
		}
	}
	emit(done)
	return nil
}

// digitsSum answers a sum of named codes of digits.
func digitsSum(ctx context.Context, env Env, sum string, emit func(Event)) ([]Named, error) {
	codes, err := LoadDigitCodes(ctx, env, emit)
	if err != nil {
		return nil, err
	}
	e, err := words.ParseExpression(sum)
	if err != nil {
		return nil, err
	}
	answer, err := codes.Solve(ctx, e, NearestShown)
	if err != nil {
		return nil, err
	}
	return answer.Nearest, nil
}

// LoadDigitCodes names codes of the autoencoder of digits with 16 latent units, from the held-out digits. It trains the
// autoencoder where it was not kept.
func LoadDigitCodes(ctx context.Context, env Env, emit func(Event)) (*DigitCodes, error) {
	b, err := env.Backend()
	if err != nil {
		return nil, err
	}
	heldOut, err := env.Digits.heldOut()
	if err != nil {
		return nil, err
	}
	model, err := env.Models.Get(ctx, b, env.Digits.recipe(16), emit)
	if err != nil {
		return nil, err
	}
	emit(Progress{"encoding " + strconv.Itoa(heldOut.Len()) + " held-out digits", 0})
	return newDigitCodes(ctx, model, heldOut)
}

// Coder is what DigitCodes needs of an autoencoder.
type Coder interface {
	Encode(ctx context.Context, x []float32) ([]float32, error)
	Decode(ctx context.Context, z []float32) ([]float32, error)
}

var _ Coder = (*engine.Model)(nil)
