// Package analogies is the lab analogies on the screen: word vectors that can be watched while they are learned and
// calculated with, and the same arithmetic with codes of digits.
package analogies

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/engine/words"
	"github.com/aetutor/aetutor/lab"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/board"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/widget"
)

// Work is what the lab computes; it runs outside Update.
type Work struct {
	// Words learns the words; it tells a lab.CorpusEvent, lab.WordsEvents and lab.ScoresEvents.
	Words func(ctx context.Context, s lab.AnalogiesSettings, emit func(lab.Event)) error
	// Digits makes the named codes of digits; it tells lab.Progress.
	Digits func(ctx context.Context, emit func(lab.Event)) (Solver, error)
}

// Solver calculates with named codes.
type Solver interface {
	Solve(ctx context.Context, e words.Expression, n int) (lab.DigitAnswer, error)
	Names() []string
}

// Model is the lab's model.
type Model struct {
	work     Work
	settings lab.AnalogiesSettings
	question string
	reached  bool // the task; it stays reached

	job     *job.Job  // learns the words
	gate    *job.Gate // of that job
	paused  bool
	now     history
	claim   lab.Claim
	verdict *lab.Verdict // of claim; nil before there are vectors
	alone   []string     // of each word of the sum, what is nearest to it
	view    view
	shown   shown // what the view shows, computed when something changes

	digits digits

	atDigits bool // the page of digits is open
	typing   bool
	input    [2]entry // of words and of digits
	deck     [2]int   // which example of either page comes next
	notice   board.Notice

	width, height int
}

// history is what learning has told so far.
type history struct {
	corpus *lab.CorpusEvent
	last   *lab.WordsEvent
	losses []widget.Point // x in epochs
	scores []words.Score
	ended  bool
	err    error
}

// New makes the lab with its question. It begins with the first claim of the slides.
func New(work Work, settings lab.AnalogiesSettings, question string) *Model {
	m := &Model{work: work, settings: settings, question: question, job: job.New(), gate: job.NewGate(), claim: lab.DeckClaims()[0]}
	m.deck[0] = 1
	return m
}

// Init implements lab.Screen.
func (m *Model) Init() tea.Cmd { return m.learn() }

// learn starts learning the words.
func (m *Model) learn() tea.Cmd {
	gate, settings := m.gate, m.settings
	return m.job.Start(func(ctx context.Context, emit func(lab.Event)) error {
		return m.work.Words(ctx, settings, func(e lab.Event) {
			gate.Wait(ctx)
			emit(e)
		})
	})
}

// Close implements lab.Screen.
func (m *Model) Close() {
	m.job.Stop()
	m.digits.stop()
}

// Title implements lab.Screen.
func (m *Model) Title() string {
	title := "analogies"
	if m.atDigits {
		return title + "  named codes of digits, 16 numbers each"
	}
	if c := m.now.corpus; c != nil {
		title += fmt.Sprintf("  %s made-up sentences, %s different words", board.Thousands(c.Sentences), board.Thousands(c.Words))
	}
	return title
}

// Typing implements lab.Typist.
func (m *Model) Typing() bool { return m.typing }

// Task implements lab.Screen.
func (m *Model) Task() lab.Task {
	task := lab.AnalogiesTask(m.verdict)
	if !m.now.ended {
		task.Figure = lab.Figure{}
	}
	if task.Reached && !m.now.ended {
		task.Now, task.Reached = "wait for the end", false
	}
	task.Reached = task.Reached || m.reached
	return task
}

// Update implements lab.Screen.
func (m *Model) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case job.Msg:
		return m, m.handleEvents(msg)
	case tea.KeyPressMsg:
		if m.typing {
			return m, m.handleTyping(msg)
		}
		return m, m.handleKey(msg)
	case tea.PasteMsg:
		if m.typing {
			m.entry().insert(msg.Content)
		}
	case tea.MouseClickMsg:
		if !m.typing && msg.Button == tea.MouseLeft && msg.Y == m.inputRow(m.width, m.height) {
			m.openInput()
		}
	}
	return m, nil
}

func (m *Model) handleEvents(msg job.Msg) tea.Cmd {
	switch msg.Job {
	case m.job:
		return m.handleWords(msg)
	case m.digits.job:
		return m.digits.handle(msg)
	}
	return nil
}

func (m *Model) handleWords(msg job.Msg) tea.Cmd {
	for _, e := range msg.Events {
		switch e := e.(type) {
		case lab.CorpusEvent:
			m.now.corpus = &e
		case lab.WordsEvent:
			m.now.last = &e
			m.now.losses = widget.Extend(m.now.losses, widget.Point{X: e.Done * float64(e.Epochs), Y: e.Loss})
		case lab.ScoresEvent:
			m.now.scores = e.Scores
		}
	}
	if msg.Ended {
		m.now.ended, m.now.err, m.paused = true, msg.Err, false
	}
	m.refresh()
	if msg.Ended {
		return nil
	}
	return m.job.Next
}

// restart learns anew, with the settings as they are.
func (m *Model) restart() tea.Cmd {
	m.job.Stop()
	m.job, m.gate, m.paused = job.New(), job.NewGate(), false
	m.now, m.verdict, m.alone = history{}, nil, nil
	m.shown = shown{}
	return m.learn()
}

// vectors are the word vectors as they are, nil before the first.
func (m *Model) vectors() *words.Vectors {
	if m.now.last == nil {
		return nil
	}
	return m.now.last.Vectors
}

// refresh computes what follows from the vectors, the claim and the view. It takes a few milliseconds.
func (m *Model) refresh() {
	v := m.vectors()
	if v == nil {
		return
	}
	if verdict, err := m.claim.Judge(v); err == nil {
		m.verdict = &verdict
		m.reached = m.reached || m.now.ended && m.now.err == nil && verdict.Missing == ""
	}
	m.alone = m.alone[:0]
	for _, term := range m.claim.Sum {
		if n, err := v.Nearest(words.Expression{{Word: term.Word}}, 1); err == nil && len(n) > 0 {
			m.alone = append(m.alone, term.Word+" "+n[0].Word)
		}
	}
	m.show(v)
}

// ask makes a claim the present one, when its words are known.
func (m *Model) ask(c lab.Claim) error {
	if v := m.vectors(); v != nil {
		if _, err := c.Judge(v); err != nil {
			return err
		}
	}
	m.claim, m.verdict = c, nil
	m.view = m.view.fitting(c)
	m.shown.places = nil // Another view is another map.
	m.refresh()
	return nil
}
