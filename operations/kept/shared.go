package kept

import "context"

// Shared is a value that is made once for all callers that wait for it.
type Shared[V Value] struct {
	cache  *Cache[V]
	key    Key
	cancel context.CancelFunc
	done   chan struct{} // closed when the value is made; protects value and ok

	waiting int // callers that wait; protected by the mutex of the cache
	value   V
	ok      bool
}

// Share makes the value of a key, or waits for another caller that makes it; first reports whether compute was called for
// this caller. compute runs on its own: its context has the values of the first caller's, and ends when no caller waits any
// more. The value is kept if compute returns true. Every caller must call Wait.
func (c *Cache[V]) Share(ctx context.Context, key Key, compute func(context.Context) (V, bool)) (s *Shared[V], first bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if w, is := c.values.Get(key); is {
		return kept(w.value), false
	}
	if s, is := c.making[key]; is {
		s.waiting++
		return s, false
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s = &Shared[V]{cache: c, key: key, cancel: cancel, done: make(chan struct{}), waiting: 1}
	c.making[key] = s
	go func() { s.end(compute(ctx)) }()
	return s, true
}

// kept is a value that is made already.
func kept[V Value](v V) *Shared[V] {
	s := &Shared[V]{done: make(chan struct{}), value: v, ok: true}
	close(s.done)
	return s
}

func (s *Shared[V]) end(v V, ok bool) {
	s.cache.mu.Lock()
	if s.value, s.ok = v, ok; ok {
		s.cache.put(s.key, v)
	}
	s.forget()
	s.cache.mu.Unlock()
	close(s.done)
	s.cancel()
}

// forget lets later callers make the value anew.
func (s *Shared[V]) forget() {
	if s.cache.making[s.key] == s {
		delete(s.cache.making, s.key)
	}
}

// Wait waits for the value; ok is false if there is none to share. If the context ends, the other callers go on waiting
// and err is its error. The last caller that leaves ends the making, and waits until it has ended.
func (s *Shared[V]) Wait(ctx context.Context) (v V, ok bool, err error) {
	select {
	case <-s.done:
		return s.value, s.ok, nil
	case <-ctx.Done():
	}
	if !s.leave() {
		return v, false, ctx.Err()
	}
	<-s.done
	return s.value, s.ok, nil
}

// leave reports whether the caller was the last that waited.
func (s *Shared[V]) leave() (last bool) {
	s.cache.mu.Lock()
	defer s.cache.mu.Unlock()
	if s.waiting--; s.waiting > 0 {
		return false
	}
	s.forget()
	s.cancel()
	return true
}
