package tui_test

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/theme"
	"github.com/aetutor/aetutor/tui/tuitest"
)

// watchedLab counts how often it is drawn.
type watchedLab struct {
	*fakeLab
	views atomic.Int32
	calm  atomic.Bool // the last theme asked for reduced motion
}

func (l *watchedLab) Update(msg tea.Msg) (lab.Screen, tea.Cmd) {
	_, cmd := l.fakeLab.Update(msg)
	return l, cmd
}

func (l *watchedLab) View(width, height int, t theme.Theme) string {
	l.views.Add(1)
	l.calm.Store(t.ReducedMotion)
	return l.fakeLab.View(width, height, t)
}

// busy opens a lab that tells 30 steps a second for five seconds, and counts how often it is drawn meanwhile.
func busy(t *testing.T, change func(*tui.Options), env []string, then func(term *tuitest.Terminal, l *watchedLab, views int)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		var closed atomic.Int32
		watched := &watchedLab{fakeLab: newFakeLab(&closed)}
		o := sampleOptions(func() lab.Screen { return watched })
		o.Start = "2"
		change(&o)
		term := tuitest.Start(t, tui.New(o), tuitest.Settings{Width: 80, Height: 24, Env: env})
		term.Press("enter")
		before := watched.views.Load()
		for step := 1; step <= 150; step++ {
			watched.shown = nil // A screen of a few lines shows the latest step only.
			watched.feed <- engine.StepEvent{Step: step}
			time.Sleep(time.Second / 30)
			synctest.Wait()
		}
		then(term, watched, int(watched.views.Load()-before))
	})
}

func TestReducedMotionRedrawsOnceASecond(t *testing.T) {
	for name, c := range map[string]struct {
		option bool
		env    []string
	}{
		"option":   {option: true},
		"variable": {env: []string{theme.ReducedMotionVariable + "=1"}},
	} {
		t.Run(name, func(t *testing.T) {
			busy(t, func(o *tui.Options) { o.ReducedMotion = c.option }, c.env, func(term *tuitest.Terminal, l *watchedLab, views int) {
				if views < 4 || views > 6 {
					term.T.Errorf("in five seconds the lab was drawn %d times, want once a second", views)
				}
				if !l.calm.Load() {
					term.T.Error("the theme does not tell that motion is reduced")
				}
				// What was put off is shown, also when nothing comes any more.
				time.Sleep(time.Second)
				term.Expect("step 150 ")
				// What the learner does shows at once.
				views = int(l.views.Load())
				for range 3 {
					term.Press("space")
				}
				term.Expect("paused")
				if pressed := int(l.views.Load()) - views; pressed != 3 {
					term.T.Errorf("after 3 keys the lab was drawn %d times", pressed)
				}
				time.Sleep(time.Minute)
				if more := int(l.views.Load()) - views; more != 3 {
					term.T.Errorf("a screen on which nothing happens was drawn %d times in a minute", more-3)
				}
			})
		})
	}
}

func TestUsualMotionDrawsEachStep(t *testing.T) {
	busy(t, func(*tui.Options) {}, []string{theme.ReducedMotionVariable + "=0"}, func(term *tuitest.Terminal, l *watchedLab, views int) {
		if views < 150 || l.calm.Load() {
			term.T.Errorf("150 steps were drawn %d times, reduced motion %v", views, l.calm.Load())
		}
	})
}
