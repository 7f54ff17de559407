package loaders

import (
	"context"
	"sync/atomic"
)

// current is the request of a context: that of Begin, or the one that Refresh replaced it with.
type current struct{ request atomic.Pointer[Request] }

// Refresh reads the latest writes and gives the context's request a new snapshot. Fields resolved later, such as the
// payload of the mutation that wrote, see the graph after the write. Mutations run one after another, so no payload
// mixes two snapshots.
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
