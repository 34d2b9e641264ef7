package server

import (
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// beforeSession is how many bytes a client may send before its session starts: enough for keys and environment, too few
// to fill the memory with.
const beforeSession = 256 << 10

// writeTime is how long a client may leave the server's output unread.
const writeTime = time.Minute

var errTooMuch = errors.New("more bytes than a connection may carry")

// conn bounds what a connection carries and how long it may take to start a session.
type conn struct {
	net.Conn
	limits   Limits
	metrics  *metrics
	in, out  atomic.Int64
	maxIn    atomic.Int64
	deadline *time.Timer // closes the connection when no session begins, or none was open for long
	onClose  func()

	wrongCodes int // of the class, that came in it; it belongs to the gate

	mu       sync.Mutex
	channels int  // sessions that are open
	waiting  int  // those of them that have not begun
	idle     bool // all sessions that there were have ended
	closed   bool
}

func newConn(c net.Conn, l Limits, m *metrics, onClose func()) *conn {
	bounded := &conn{Conn: c, limits: l, metrics: m, onClose: onClose}
	bounded.maxIn.Store(beforeSession)
	bounded.deadline = time.AfterFunc(l.Handshake, func() {
		if !bounded.isIdle() {
			m.refused.WithLabelValues("handshake time").Inc()
		}
		_ = bounded.Close() // There is nobody to tell.
	})
	return bounded
}

// open counts a session that is opened, up to maxChannels at once. Until it has begun the limits hold that hold for
// clients that are not known yet.
func (c *conn) open() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.channels >= maxChannels {
		return false
	}
	if c.waiting == 0 {
		c.deadline.Reset(c.limits.Handshake)
		c.maxIn.Store(min(c.limits.BytesIn, c.in.Load()+beforeSession))
	}
	c.channels++
	c.waiting++
	c.idle = false
	return true
}

// begun says that a session begins, or was closed before. Once none waits, the limits for those are lifted.
func (c *conn) begun() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting--; c.waiting == 0 {
		c.deadline.Stop()
		c.maxIn.Store(c.limits.BytesIn)
	}
}

// left says that a session is closed. A connection without any has the time of one in which no key is pressed.
func (c *conn) left() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.channels--; c.channels == 0 && !c.closed {
		c.idle = true
		c.deadline.Reset(c.limits.Idle)
	}
}

func (c *conn) isIdle() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.idle
}

func (c *conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.metrics.bytesIn.Add(float64(n))
	if c.in.Add(int64(n)) > c.maxIn.Load() {
		return 0, errors.Join(errTooMuch, c.Close())
	}
	return n, err
}

func (c *conn) Write(p []byte) (int, error) {
	if c.out.Add(int64(len(p))) > c.limits.BytesOut {
		return 0, errors.Join(errTooMuch, c.Close())
	}
	// A client that vanished without a word must not keep its session.
	if err := c.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
		return 0, err
	}
	n, err := c.Conn.Write(p)
	c.metrics.bytesOut.Add(float64(n))
	return n, err
}

func (c *conn) Close() error {
	err := c.Conn.Close()
	c.mu.Lock()
	again := c.closed
	c.closed = true
	c.deadline.Stop()
	c.mu.Unlock()
	if !again {
		c.onClose()
	}
	return err
}

// SetDeadline does nothing: package ssh moves the deadline of a connection on every read, which would free a client that
// reads nothing from writeTime.
func (c *conn) SetDeadline(time.Time) error { return nil }
