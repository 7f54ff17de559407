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
	await(t, func(limit int64) bool { return limit >= 3*base })
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
