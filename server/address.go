package server

import (
	"net"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// gate counts the connections of each address and slows down addresses that open many.
type gate struct {
	limits Limits

	mu    sync.Mutex
	doors map[string]*door
}

// door is what is known of one address.
type door struct {
	open  int
	pace  *rate.Limiter // of new connections
	codes *rate.Limiter // of wrong codes of the class
	until time.Time     // when it may be forgotten
}

// remember keeps what is known until a time at least.
func (d *door) remember(until time.Time) {
	if until.After(d.until) {
		d.until = until
	}
}

// burst is how many connections of those of a minute an address may open at once before it is slowed down. A class
// behind one address comes at once when its teacher says so, and each of its commands is a connection.
const burst = 100

// forgetAfter is how long an address without connections is remembered.
const forgetAfter = time.Minute

func newGate(l Limits) *gate { return &gate{limits: l, doors: map[string]*door{}} }

// enter lets a connection in, or says why not. leave has to be called for each that came in.
func (g *gate) enter(address net.Addr, now time.Time) (refused string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	d := g.door(address, now)
	switch {
	case d.open >= g.limits.PerAddress:
		return "Too many connections from your address are open; close one and try again."
	case !d.pace.AllowN(now, 1):
		return "Your address opens connections too fast; wait a minute and try again."
	}
	d.open++
	return ""
}

// door is what is known of an address, from now on if nothing was.
func (g *gate) door(address net.Addr, now time.Time) *door {
	host := hostOf(address)
	d := g.doors[host]
	if d == nil {
		g.sweep(now)
		most := g.limits.NewPerMin
		d = &door{
			pace:  rate.NewLimiter(rate.Limit(float64(most)/60), max(min(burst, most), most/60)),
			codes: rate.NewLimiter(codePace, addressCodes),
		}
		g.doors[host] = d
	}
	d.remember(now.Add(forgetAfter))
	return d
}

func (g *gate) leave(address net.Addr) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if d := g.doors[hostOf(address)]; d != nil {
		d.open--
	}
}

// sweep forgets addresses that are gone, so that a flood from many cannot fill the memory.
func (g *gate) sweep(now time.Time) {
	for host, d := range g.doors {
		if d.open <= 0 && now.After(d.until) {
			delete(g.doors, host)
		}
	}
}

// hostOf is the address without its port. Of an IPv6 address it is the network of 64 bits that one customer has.
func hostOf(address net.Addr) string {
	tcp, ok := address.(*net.TCPAddr)
	if !ok {
		return address.String()
	}
	if tcp.IP.To4() == nil {
		return tcp.IP.Mask(net.CIDRMask(64, 128)).String()
	}
	return tcp.IP.String()
}
