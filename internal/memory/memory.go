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

// Follow updates the process's soft memory limit regularly (Limit). If the limit did not grow with the data, the process
// would spend its time collecting garbage. The base is in bytes. With 0, it is the limit of GOMEMLIMIT; without that,
// there is no limit. Follow returns at once.
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
			limit := Limit(base, inUse())
			debug.SetMemoryLimit(limit)
			if limit > base && time.Since(freed) > pause {
				debug.FreeOSMemory()
				freed = time.Now()
			}
		}
	}()
}

// Use is the memory that a process can't return, in bytes.
type Use struct {
	// Live is the size of the data that the last garbage collection found in use.
	Live int64
	// Overhead is the rest that Go counts against the limit: gaps between the data, stacks, and Go's own tables.
	Overhead int64
}

// Limit returns the limit for a base in bytes: the base, or if that is more, room for the overhead, the data, and as
// much garbage as data. With half as much garbage, masar needed a sixth more processor time for a nested question at 100,000 claims.
func Limit(base int64, use Use) int64 { return max(base, use.Overhead+2*use.Live) }

// inUse returns the memory that this process can't return now.
func inUse() Use {
	const live, total, released = "/gc/heap/live:bytes", "/memory/classes/total:bytes", "/memory/classes/heap/released:bytes"
	const objects, free = "/memory/classes/heap/objects:bytes", "/memory/classes/heap/free:bytes"
	samples := []metrics.Sample{{Name: live}, {Name: total}, {Name: released}, {Name: objects}, {Name: free}}
	metrics.Read(samples)
	bytes := map[string]int64{}
	for _, s := range samples {
		if s.Value.Kind() == metrics.KindUint64 {
			bytes[s.Name] = int64(s.Value.Uint64())
		}
	}
	return Use{Live: bytes[live], Overhead: max(0, bytes[total]-bytes[released]-bytes[objects]-bytes[free])}
}
