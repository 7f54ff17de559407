//go:build linux

package main

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// asker sends the request of a turn and returns the answer.
type asker func(ctx context.Context, turn int) ([]byte, error)

// contestant is one of those that are asked in turn.
type contestant struct {
	name string
	ask  asker
	// check checks an answer, outside the measured time; nil checks nothing.
	check func(turn int, answer []byte) error
	// servers are the processes that answer.
	servers []int
}

// times are the durations of requests.
type times []time.Duration

// at returns the duration within which the given share of the requests was answered.
func (t times) at(share float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(t))
	return sorted[int(share*float64(len(sorted)-1)+.5)]
}

func (t times) median() time.Duration { return t.at(.5) }

// interleaved asks contestants in turn, one request at a time, so that a slow moment of the machine strikes all of them. Each
// turn begins with another contestant.
func interleaved(ctx context.Context, all []contestant, first, turns int) ([]times, error) {
	took := make([]times, len(all))
	for turn := first; turn < first+turns; turn++ {
		for k := range all {
			i := (turn + k) % len(all)
			began := time.Now()
			answer, err := all[i].ask(ctx, turn)
			took[i] = append(took[i], time.Since(began))
			if err == nil && all[i].check != nil {
				err = all[i].check(turn, answer)
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", all[i].name, err)
			}
		}
	}
	return took, nil
}

// clients is the number of clients that ask at the same time, and slices the number of slices of time that each contestant
// gets.
const clients, slicesEach = 8, 4

// rate is what several clients get.
type rate struct {
	// perSecond is the number of answers per second.
	perSecond float64
	// worked is the processor time of the servers for an answer. It hardly depends on what else runs on the machine.
	worked time.Duration
}

// rates measures the answers to several clients, in slices of time that alternate between contestants.
func rates(ctx context.Context, all []contestant, first int, slice time.Duration) ([]rate, error) {
	answered, spent, worked := make([]int64, len(all)), make([]time.Duration, len(all)), make([]time.Duration, len(all))
	var turn atomic.Int64
	turn.Store(int64(first))
	for s := range slicesEach {
		for k := range all {
			i := (s + k) % len(all)
			before := processorTime(all[i].servers)
			n, took, err := answeredIn(ctx, all[i].ask, &turn, slice)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", all[i].name, err)
			}
			answered[i], spent[i], worked[i] = answered[i]+n, spent[i]+took, worked[i]+processorTime(all[i].servers)-before
		}
	}
	measured := make([]rate, len(all))
	for i, n := range answered {
		measured[i] = rate{float64(n) / spent[i].Seconds(), worked[i] / time.Duration(max(1, n))}
	}
	return measured, nil
}

// answeredIn counts the answers to several clients in a slice of time.
func answeredIn(ctx context.Context, ask asker, turn *atomic.Int64, slice time.Duration) (int64, time.Duration, error) {
	var answered atomic.Int64
	var ended sync.WaitGroup
	failed := make(chan error, clients)
	began := time.Now()
	for range clients {
		ended.Go(func() {
			for time.Since(began) < slice {
				if _, err := ask(ctx, int(turn.Add(1))); err != nil {
					failed <- err
					return
				}
				answered.Add(1)
			}
		})
	}
	ended.Wait()
	took := time.Since(began)
	select {
	case err := <-failed:
		return 0, 0, err
	default:
		return answered.Load(), took, nil
	}
}
