// Package memory limits the memory of a Go process in proportion to its data.
package memory

import (
	"math"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// interval is the time between two checks of the data in use. After a pause, a process above its base returns unused
// memory. Otherwise an idle process would keep the buffers of its largest request for minutes and count them as in use.
const (
	interval = time.Second
	pause    = 20 * time.Second
)

// Follow updates the process's soft memory limit regularly. The limit is the base, or one and a half times the data in
// use if that is more. If the limit did not grow with the data, the process would spend its time collecting garbage. The
// base is in bytes. With 0, it is the limit of GOMEMLIMIT; without that, there is no limit. Follow returns at once.
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

// Limit returns the limit for a base and the size of the data in use.
func Limit(base, live int64) int64 { return max(base, live+live/2) }

// live returns the size of the data that the last garbage collection found in use.
func live() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return int64(sample[0].Value.Uint64())
}
