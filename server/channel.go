package server

import (
	"io"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// maxChannels is how many sessions one connection may have open; clients that share a connection open a few.
const maxChannels = 8

// channel opens a session of a connection, up to a few at once.
func (s *Server) channel(server *ssh.Server, c *gossh.ServerConn, channel gossh.NewChannel, ctx ssh.Context) {
	own, ok := ctx.Value(connKey{}).(*conn)
	if !ok || !own.open() {
		_ = channel.Reject(gossh.ResourceShortage, "too many sessions in one connection") // It may be gone.
		return
	}
	defer own.left()
	ssh.DefaultSessionHandler(server, c, newChannel{channel, own}, ctx)
}

// newChannel is a session that a client asks for.
type newChannel struct {
	gossh.NewChannel
	conn *conn
}

// Accept implements gossh.NewChannel.
func (n newChannel) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	channel, requests, err := n.NewChannel.Accept()
	if err != nil {
		n.conn.begun()
		return nil, nil, err
	}
	passed := make(chan *gossh.Request)
	go n.pass(requests, passed)
	return channel, passed, nil
}

// pass passes the requests of a session on. Package ssh waits with each size of the window for who takes it, which is
// nobody before the session has begun, and meanwhile nothing of the whole connection is read. So the last size is held
// back until then.
func (n newChannel) pass(from <-chan *gossh.Request, to chan<- *gossh.Request) {
	defer close(to)
	begun := false
	begin := func() {
		if !begun {
			begun = true
			n.conn.begun()
		}
	}
	defer begin()
	var size *gossh.Request
	for request := range from {
		if request.Type == "window-change" && !begun {
			size = request
			continue
		}
		if request.Type == "shell" || request.Type == "exec" {
			begin()
		}
		to <- request
		if begun && size != nil {
			to <- size
			size = nil
		}
	}
}

// drain takes the sizes of a window that nobody looks at, until the session is closed. It does nothing for a session
// without a window, whose windows is nil.
func drain(windows <-chan ssh.Window) {
	if windows == nil {
		return
	}
	for range windows {
	}
}

// patient is a session whose client may leave what is written to it unread for a while only. Without that a client that
// grants no room for more would keep its session, and all that waits for it, for ever.
type patient struct {
	ssh.Session
	give func() // gives up the connection
}

// Write implements ssh.Session.
func (p patient) Write(b []byte) (int, error) {
	late := time.AfterFunc(writeTime, p.give)
	defer late.Stop()
	return p.Session.Write(b)
}

// Stderr implements ssh.Session.
func (p patient) Stderr() io.ReadWriter { return patientErrors{p.Session.Stderr(), p.give} }

type patientErrors struct {
	io.ReadWriter
	give func()
}

// Write implements io.Writer.
func (p patientErrors) Write(b []byte) (int, error) {
	late := time.AfterFunc(writeTime, p.give)
	defer late.Stop()
	return p.ReadWriter.Write(b)
}
