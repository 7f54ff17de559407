// Package memory bounds the memory of a Go process by what it holds.
package memory

import (
	"math"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// interval is the time between two looks at the data in use. A process above its base gives back what it does not use any
// more after a pause: an idle process would keep the buffers of its largest request for minutes, and count them as in use.
const (
	interval = time.Second
	pause    = 20 * time.Second
)

// Follow sets the process's soft memory limit again and again: to a base, or to one and a half times the data in use where
// that is more. A limit that does not grow with the data would make the process do little else than collect garbage. The
// base is in bytes; 0 takes the limit that GOMEMLIMIT has set, and without one there is no limit. It returns at once.
func Follow(base int64) {
	if base == 0 {
		base = debug.SetMemoryLimit(-1)
	}
	if base == math.MaxInt64 {
		return
	}
	debug.SetMemoryLimit(base)
	go func() {
		freed := time.Now()
		for range time.Tick(interval) {
			limit := Limit(base, live())
			debug.SetMemoryLimit(limit)
			if limit > base && time.Since(freed) > pause {
				debug.FreeOSMemory()
				freed = time.Now()
			}
		}
	}()
}

// Limit is the limit for a base and the size of the data in use.
func Limit(base, live int64) int64 { return max(base, live+live/2) }

// live is the size of what the last garbage collection found in use.
func live() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return int64(sample[0].Value.Uint64())
}
