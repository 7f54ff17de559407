package memory

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// Catches: a limit that does not grow with the data, so that the process spends its time collecting garbage. Also catches
// a limit that does not fall again.
func TestLimitFollowsTheData(t *testing.T) {
	const base = 64 << 20
	Follow(base)
	if got := debug.SetMemoryLimit(-1); got != base {
		t.Fatalf("the limit is %d at first, want %d", got, base)
	}
	held := make([]byte, 2*base)
	runtime.GC()
	await(t, func(limit int64) bool { return limit >= 4*base })
	runtime.KeepAlive(held)
	held = nil
	runtime.GC()
	await(t, func(limit int64) bool { return limit == base })
}

func await(t *testing.T, well func(limit int64) bool) {
	t.Helper()
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		limit := debug.SetMemoryLimit(-1)
		if well(limit) {
			return
		}
		if time.Since(began) > 10*interval {
			t.Fatalf("after %s the limit is %d MiB", time.Since(began), limit>>20)
		}
	}
}

// Catches: a limit below the memory that the process can't return, so that it collects garbage without end. Here that
// memory is one small object in each of many blocks, between gaps that only objects of its size can fill.
func TestLimitLeavesRoomForGarbage(t *testing.T) {
	const base = 1 << 20
	var kept [][]byte
	for range 20_000 {
		kept = append(kept, make([]byte, 1000))
		for range 7 {
			_ = append([]byte(nil), make([]byte, 1000)...)
		}
	}
	runtime.GC()
	use := inUse()
	if use.Live == 0 || use.Overhead == 0 {
		t.Fatalf("%+v", use)
	}
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	counted := int64(stats.Sys - stats.HeapReleased - (stats.HeapIdle - stats.HeapReleased))
	if limit := Limit(base, use); limit < counted {
		t.Errorf("the limit is %d bytes, but %d are in use (%+v)", limit, counted, use)
	}
	runtime.KeepAlive(kept)
}
