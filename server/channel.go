package server

import (
	"context"
	"io"
	"sync"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// maxChannels is how many sessions one connection may have open; clients that share a connection open a few.
const maxChannels = 8

// channel opens a session of a connection, up to a few at once.
func (s *Server) channel(server *ssh.Server, c *gossh.ServerConn, channel gossh.NewChannel, ctx ssh.Context) {
	own := connOf(ctx)
	if own == nil || !own.open() {
		_ = channel.Reject(gossh.ResourceShortage, "too many sessions in one connection") // It may be gone.
		return
	}
	defer own.left()
	// The session's own context ends with the connection, which may carry others and stay open when the client of this one
	// has left.
	open, ended := context.WithCancel(ctx)
	asked := newChannel{channel, own, make(chan ssh.Window, 1), ended}
	ssh.DefaultSessionHandler(&ssh.Server{
		Handler:     func(sess ssh.Session) { s.handle(open, sess, asked.sizes) },
		PtyCallback: server.PtyCallback, PtyHandler: server.PtyHandler,
	}, c, asked, ctx)
}

// newChannel is a session that a client asks for.
type newChannel struct {
	gossh.NewChannel
	conn  *conn
	sizes chan ssh.Window // holds the last size of the window that nobody took yet; it is closed with the session
	ended func()          // is called when the session is closed
}

// Accept implements gossh.NewChannel.
func (n newChannel) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	channel, requests, err := n.NewChannel.Accept()
	if err != nil {
		n.conn.begun()
		n.ended()
		return nil, nil, err
	}
	passed := make(chan *gossh.Request)
	go n.pass(requests, passed)
	return channel, passed, nil
}

// pass passes the requests of a session on, but for the sizes of the window. With those package ssh waits for who takes
// them, which nobody does before the session begins or while a command runs, and meanwhile nothing of the whole
// connection is read.
func (n newChannel) pass(from <-chan *gossh.Request, to chan<- *gossh.Request) {
	defer close(to)
	defer close(n.sizes)
	defer n.ended()
	begin := sync.OnceFunc(n.conn.begun)
	defer begin()
	for request := range from {
		switch request.Type {
		case "window-change": // RFC 4254, section 6.7; it wants no reply.
			var size struct{ Columns, Rows, Width, Height uint32 }
			if gossh.Unmarshal(request.Payload, &size) == nil {
				n.resized(ssh.Window{Width: int(size.Columns), Height: int(size.Rows)})
			}
			continue
		case "shell", "exec":
			begin()
		}
		to <- request
	}
}

// resized keeps a size in place of one that nobody took.
func (n newChannel) resized(w ssh.Window) {
	select {
	case <-n.sizes:
	default:
	}
	n.sizes <- w
}

// patient is a session whose client may leave what is written to it unread for a while only. Without that a client that
// grants no room for more would keep its session, and all that waits for it, for ever.
type patient struct {
	ssh.Session
	give func() // gives up the connection
}

// Write implements ssh.Session.
func (p patient) Write(b []byte) (int, error) { return p.write(p.Session, b) }

func (p patient) write(w io.Writer, b []byte) (int, error) {
	late := time.AfterFunc(writeTime, p.give)
	defer late.Stop()
	return w.Write(b)
}

// Stderr implements ssh.Session.
func (p patient) Stderr() io.ReadWriter { return patientErrors{p.Session.Stderr(), p} }

type patientErrors struct {
	io.ReadWriter
	session patient
}

// Write implements io.Writer.
func (p patientErrors) Write(b []byte) (int, error) { return p.session.write(p.ReadWriter, b) }
