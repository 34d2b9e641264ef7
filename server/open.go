package server

import (
	"context"
	"time"

	"github.com/charmbracelet/ssh"
)

// lookOpen is how often a session that waits for the server is looked after.
const lookOpen = time.Second

// whileOpen is a context that ends with a session. The session's own ends with the connection, which may carry others
// and stay open when the client of this one has left.
func whileOpen(sess ssh.Session) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancel(sess.Context())
	go func() {
		tick := time.NewTicker(lookOpen)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				// A request that wants no reply means nothing to clients, and cannot be sent once a session is closed.
				if _, err := sess.SendRequest("keepalive@aetutor", false, nil); err != nil {
					cancel()
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return ctx, cancel
}
