package main

import (
	"context"
	"os"
	"runtime/debug"
	"time"

	"masar/loaders"
)

// The memory that the process may have before Go collects garbage more eagerly: some for itself and for requests, and some
// for each record of the graph. It is no hard limit.
const (
	memoryBase      = 128 << 20
	memoryPerRecord = 4 << 10
)

// boundMemory keeps Go's memory limit at what the graph needs, until the context ends. GOMEMLIMIT takes precedence.
func (s *service) boundMemory(ctx context.Context, live *loaders.Live) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	ticker := time.NewTicker(10 * time.Second)
	defer ticker.Stop()
	for limit := int64(0); ; {
		records := 0
		for _, n := range live.Held().Counts() {
			records += n
		}
		if next := memoryLimit(records); next != limit {
			limit = next
			debug.SetMemoryLimit(limit)
			s.log.Debug("the memory limit follows the graph", "bytes", limit, "records", records)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func memoryLimit(records int) int64 { return memoryBase + memoryPerRecord*int64(records) }
