package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what a server counts.
type metrics struct {
	registry          *prometheus.Registry
	connections       prometheus.Counter
	refused           *prometheus.CounterVec // by reason
	sessions          prometheus.Gauge
	bytesIn, bytesOut prometheus.Counter
	pages             prometheus.Counter
	checks            *prometheus.CounterVec // by verdict
	waiting           prometheus.Gauge       // checks in the queue
}

func newMetrics() *metrics {
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Namespace: "aetutor", Name: name, Help: help})
	}
	vector := func(name, help, label string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "aetutor", Name: name, Help: help}, []string{label})
	}
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Namespace: "aetutor", Name: name, Help: help})
	}
	m := &metrics{
		registry:    prometheus.NewRegistry(),
		connections: counter("connections_total", "Connections that were let in."),
		refused:     vector("refused_total", "Connections and sessions that were refused.", "reason"),
		sessions:    gauge("sessions", "Sessions that are open."),
		bytesIn:     counter("received_bytes_total", "Bytes that clients sent."),
		bytesOut:    counter("sent_bytes_total", "Bytes that were sent to clients."),
		pages:       counter("pages_read_total", "Pages that learners read to their end."),
		checks:      vector("checks_total", "Exercises that were checked.", "status"),
		waiting:     gauge("checks_waiting", "Checks that wait for a worker."),
	}
	m.registry.MustRegister(m.connections, m.refused, m.sessions, m.bytesIn, m.bytesOut, m.pages, m.checks, m.waiting,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// serve answers at a loopback address until ctx ends.
func (m *metrics) serve(ctx context.Context, address string, log *slog.Logger) error {
	var listening net.ListenConfig
	listener, err := listening.Listen(ctx, "tcp", address)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second}
	context.AfterFunc(ctx, func() { _ = s.Close() })
	go func() {
		if err := s.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("metrics are not served any more", "error", err)
		}
	}()
	log.Info("metrics", "address", listener.Addr().String())
	return nil
}
