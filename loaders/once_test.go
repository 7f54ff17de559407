package loaders

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
)

// Catches: a value computed twice for concurrent callers, two keys that share one value, and an error that only the
// first caller gets.
func TestOnceIsOnce(t *testing.T) {
	var request Request
	var computed atomic.Int64
	failed := errors.New("failed")
	var asking sync.WaitGroup
	for i := range 50 {
		asking.Go(func() {
			if n, err := once(&request, func() (int, error) { computed.Add(1); return 7, failed }, "question", 1); n != 7 || !errors.Is(err, failed) {
				t.Errorf("asker %d: %d, %v", i, n, err)
			}
		})
	}
	asking.Wait()
	if n := computed.Load(); n != 1 {
		t.Errorf("computed %d times", n)
	}
	if n, err := once(&request, func() (int, error) { return 8, nil }, "question", 2); n != 8 || err != nil {
		t.Errorf("another question: %d, %v", n, err)
	}
}

// Catches: after a panic in the computation, a caller that waits for ever or gets an empty value.
func TestOncePanicsInAll(t *testing.T) {
	var request Request
	for range 2 {
		func() {
			defer func() {
				if got := recover(); got != "fault" {
					t.Errorf("recovered %v", got)
				}
			}()
			_, _ = once(&request, func() (int, error) { panic("fault") }, "question")
		}()
	}
}
