package loaders

import (
	"context"
	"sync/atomic"
)

// current is the request that a context leads to: the one that Begin started, or after Refresh the next.
type current struct{ request atomic.Pointer[Request] }

// Refresh reads what has been written, and moves the request of a context on to a new snapshot with it: what is resolved
// afterwards, such as the payload of the mutation that wrote, is of the graph after the write. Mutations run one after
// another, each with its payload, so that no answer is of two snapshots within one payload.
func Refresh(ctx context.Context) error {
	s := From(ctx).service
	if err := s.live.Refresh(ctx); err != nil {
		return err
	}
	next, err := s.newRequest()
	if err != nil {
		return err
	}
	ctx.Value(requestKey{}).(*current).request.Store(next)
	return nil
}
