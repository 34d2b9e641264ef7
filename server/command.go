package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"github.com/aetutor/aetutor/server/classroom"
)

// command is a word that a learner may write after ssh host.
type command struct {
	name, args, about string
	teacher           bool // only teachers see and run it
	anyone            bool // also keys that are no learner yet
	run               func(c call) error
}

// call is one run of a command.
type call struct {
	ctx     context.Context // ends when the client leaves
	server  *Server
	session ssh.Session
	key     string
	learner Learner // zero for keys that are no learner yet
	args    []string
}

// usage is a mistake in a call.
type usage struct{ text string }

func (u usage) Error() string { return u.text }

// The commands that open something other with a screen than without.
const (
	openCommand  = "open"
	classCommand = "class"
)

// longestWord is how many cells of a text are said on the screens.
const longestWord = 300

func commands() []command {
	return append([]command{
		{name: "help", about: "lists the commands", anyone: true, run: func(c call) error { return c.server.help(c.session) }},
		{name: "join", args: "[CODE] NAME", about: "makes your key a learner's, where ssh -t was not used", anyone: true, run: runJoin},
		{name: "link", args: "[CODE]", about: "makes a code; with it, adds the key of another machine to yours", anyone: true, run: runLink},
		{name: openCommand, args: "PAGE", about: "opens a lesson or a page; needs ssh -t", run: func(call) error {
			return usage{"open needs a screen and one name; write ssh -t HOST open autoencoder"}
		}},
		{name: "name", args: "NAME", about: "changes your name", run: runName},
		{name: "progress", args: "[--json]", about: "shows what you have done", run: runProgress},
		{name: "me", about: "shows what a teacher sees of you, as JSON", run: runMe},
		{name: classCommand, args: "[--json|--csv]", about: "shows who is here and how far; with ssh -t as it happens",
			teacher: true, run: runClass},
		{name: "say", args: "TEXT", about: "shows a text on every screen", teacher: true, run: runSay},
	}, exerciseCommands()...)
}

// visible are the commands that a key may run.
func (s *Server) visible(key string) []command {
	teacher := s.teachers.has(key)
	return slices.DeleteFunc(commands(), func(c command) bool { return c.teacher && !teacher })
}

// help lists what can be run. It is also what a client without a screen gets.
func (s *Server) help(sess ssh.Session) error {
	var b strings.Builder
	b.WriteString("aetutor is a workshop on autoencoders. With a screen: ssh -t HOST. Without one:\n\n")
	for _, c := range s.visible(gossh.FingerprintSHA256(sess.PublicKey())) {
		fmt.Fprintf(&b, "  ssh HOST %-32s %s\n", strings.TrimSpace(c.name+" "+c.args), c.about)
	}
	_, err := io.WriteString(sess, b.String())
	return err
}

// command runs what a client wrote after the host.
func (s *Server) command(ctx context.Context, sess ssh.Session, key string) {
	err := s.runCommand(ctx, sess, key)
	code := 0
	if err != nil {
		code = 1
		var mistake usage
		if errors.As(err, &mistake) {
			code = 2
		}
		if !errors.Is(err, errTold) {
			_, _ = fmt.Fprintf(sess.Stderr(), "%v\n", err) // The client may be gone.
		}
	}
	_ = sess.Exit(code)
}

func (s *Server) runCommand(ctx context.Context, sess ssh.Session, key string) error {
	words := sess.Command()
	if len(words) == 0 {
		return usage{"the command has quotes that do not match; run help for a list"}
	}
	all := s.visible(key)
	i := slices.IndexFunc(all, func(c command) bool { return c.name == words[0] })
	if i < 0 {
		return usage{fmt.Sprintf("there is no command %q; run help for a list", Clean(words[0], 40))}
	}
	learner, known := s.roster.find(key)
	if !known && !all[i].anyone {
		hint := "ssh HOST join NAME"
		if s.config.Invitation != "" {
			hint = "ssh HOST join CODE NAME"
		}
		return usage{"your key is new here; come once with ssh -t HOST, or run " + hint}
	}
	return all[i].run(call{ctx, s, sess, key, learner, words[1:]})
}

func runJoin(c call) error {
	if c.learner.ID != "" {
		return usage{fmt.Sprintf("your key is that of %s already; name changes the name", c.learner.Name)}
	}
	args := c.args
	if c.server.config.Invitation != "" {
		if len(args) < 2 {
			return usage{"write join CODE NAME; your teacher has the code"}
		}
		if err := c.server.invited(connOf(c.ctx), args[0]); err != nil {
			return usage{err.Error()}
		}
		args = args[1:]
	}
	name := cleanName(strings.Join(args, " "))
	if name == "" {
		return usage{"write join NAME"}
	}
	l, err := c.server.roster.join(c.key, name)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.session, "You are %s. Come in with ssh -t, or run help.\n", l.Name)
	return err
}

func runLink(c call) error {
	switch {
	case len(c.args) == 1:
		l, err := c.server.roster.redeem(c.key, c.args[0], time.Now())
		if err != nil {
			return usage{err.Error()}
		}
		_, err = fmt.Fprintf(c.session, "This key is one of %s's now.\n", l.Name)
		return err
	case c.learner.ID == "":
		return usage{"write link CODE; run link with the key that you used before to get the code"}
	}
	code := rand.Text()[:12]
	c.server.roster.offer(c.learner.ID, code, time.Now())
	_, err := fmt.Fprintf(c.session, "On the other machine, within %v: ssh HOST link %s\n", linkTime, code)
	return err
}

func runName(c call) error {
	name := cleanName(strings.Join(c.args, " "))
	if name == "" {
		return usage{"write name NAME"}
	}
	l, err := c.server.roster.rename(c.learner.ID, name)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.session, "You are %s.\n", l.Name)
	return err
}

func runProgress(c call) error {
	if slices.Contains(c.args, "--json") {
		return c.server.workshop.Store.Export(c.learner.ID, c.session)
	}
	kept, err := c.server.workshop.Store.Load(c.learner.ID)
	if err != nil {
		return err
	}
	for _, l := range c.server.workshop.Summaries {
		sum := kept.Summarize(l)
		if _, err := fmt.Fprintf(c.session, "%-18s pages %d/%d  questions %d/%d  labs %d/%d  exercises %d/%d\n", l.Slug,
			sum.Pages, len(l.Pages), sum.Right, len(l.Quizzes), sum.Tasks, len(l.Labs), sum.Exercises, len(l.Exercises)); err != nil {
			return err
		}
	}
	return nil
}

func runMe(c call) error {
	m, err := c.server.member(c.learner, c.server.hub.here())
	if err != nil {
		return err
	}
	return classroom.Class{Members: []classroom.Member{m}}.WriteJSON(c.session)
}

func runClass(c call) error {
	class, err := c.server.watched()
	switch {
	case err != nil:
		return err
	case slices.Contains(c.args, "--json"):
		return class.WriteJSON(c.session)
	case slices.Contains(c.args, "--csv"):
		return class.WriteCSV(c.session)
	case len(c.args) > 0:
		return usage{"write class, class --json or class --csv"}
	}
	const wide = 120
	_, err = io.WriteString(c.session, strings.Join(class.Text(wide), "\n")+"\n")
	return err
}

func runSay(c call) error {
	text := Clean(strings.Join(c.args, " "), longestWord)
	if text == "" {
		return usage{"write say TEXT"}
	}
	n := c.server.hub.say(c.learner.Name + ": " + text)
	_, err := fmt.Fprintf(c.session, "told %s\n", classroom.Count(n, "session", "sessions"))
	return err
}
