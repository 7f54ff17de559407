package main

import (
	"context"
	"time"

	"masar/operations/traces"
)

// flushTime is the maximum time for exporting the last spans at the end. A collector that is gone must not hold up a stop.
const flushTime = 3 * time.Second

// exportTraces exports traces if the environment asks for it. A wrong variable is reported and exports nothing, because the
// variables may be meant for other programs of the machine. The returned function exports what is left.
func (s *service) exportTraces() (flush func()) {
	spans, err := traces.Open(context.Background(), release, s.log)
	if err != nil {
		s.log.Warn("traces are not exported", "error", err)
	}
	s.spans = spans
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), flushTime)
		defer cancel()
		if err := spans.Close(ctx); err != nil {
			s.log.Warn("the last traces could not be exported", "error", err)
		}
	}
}

// dgraphCall counts a call to Dgraph and records its span.
func (s *service) dgraphCall(ctx context.Context, call string, took time.Duration, err error) {
	s.metrics.DgraphCall(call, took, err, traces.Exported(ctx))
	s.spans.DgraphCall(ctx, call, took, err)
}
