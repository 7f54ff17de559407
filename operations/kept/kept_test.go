package kept_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"masar/operations/kept"
)

// text is a value that can grow.
type text struct {
	id   int
	size atomic.Int64
}

func (t *text) Bytes() int { return int(t.size.Load()) }

func sized(id, size int) *text {
	t := &text{id: id}
	t.size.Store(int64(size))
	return t
}

// Catches: a cache that takes more bytes than it may, counts them wrongly, returns the value of another key or an earlier
// one, or loses the value that was used last.
func TestTheBoundHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.IntRange(0, 60_000).Draw(t, "most")
		c, last := kept.New[*text](most), map[kept.Key]*text{}
		keys := rapid.IntRange(0, 20)
		sizes := rapid.IntRange(0, 10_000)
		for i := range rapid.IntRange(1, 200).Draw(t, "steps") {
			key := kept.KeyOf(fmt.Sprint(keys.Draw(t, "key")))
			got, is := c.Get(key)
			if is && got != last[key] {
				t.Fatalf("step %d: value %d, want %d", i, got.id, last[key].id)
			}
			switch {
			case is && rapid.Bool().Draw(t, "grows"):
				got.size.Add(int64(sizes.Draw(t, "by")))
				c.Weigh(key, got)
			default:
				last[key] = sized(i, sizes.Draw(t, "size"))
				c.Put(key, last[key])
			}
			if now, is := c.Get(key); is != (last[key].Bytes()+kept.Overhead <= most/8) {
				t.Fatalf("step %d: the value used last, of %d bytes, is kept: %v (%v)", i, last[key].Bytes(), is, now)
			}
			counted := 0
			n, bytes := c.Size()
			for k := range 21 {
				if v, is := c.Get(kept.KeyOf(fmt.Sprint(k))); is {
					counted += v.Bytes() + kept.Overhead
					n--
				}
			}
			if n != 0 || bytes != counted || bytes > most {
				t.Fatalf("step %d: %d bytes of at most %d, values of %d bytes, %d more values", i, bytes, most, counted, n)
			}
		}
	})
}

// Catches: two questions with one key.
func TestKeysDiffer(t *testing.T) {
	seen := map[kept.Key][]string{}
	for _, parts := range [][]string{{}, {""}, {"", ""}, {"ab", "c"}, {"a", "bc"}, {"abc"}, {"a", "b", "c"}, {"abc", ""}} {
		key := kept.KeyOf(parts...)
		if other, is := seen[key]; is {
			t.Errorf("%q and %q", parts, other)
		}
		seen[key] = parts
	}
}

// Catches: a value made twice for callers at the same time, and one made again though it is kept.
func TestAValueIsMadeOnce(t *testing.T) {
	c, key := kept.New[*text](1<<20), kept.KeyOf("a")
	var made atomic.Int64
	release := make(chan struct{})
	makeIt := func(context.Context) (*text, bool) {
		made.Add(1)
		<-release
		return sized(7, 1), true
	}
	var all sync.WaitGroup
	var joined sync.WaitGroup
	joined.Add(50)
	for range 50 {
		all.Go(func() {
			s, _ := c.Share(t.Context(), key, makeIt)
			joined.Done()
			if v, ok, err := s.Wait(t.Context()); !ok || err != nil || v.id != 7 {
				t.Errorf("%v, %v, %v", v, ok, err)
			}
		})
	}
	joined.Wait()
	close(release)
	all.Wait()
	if s, first := c.Share(t.Context(), key, makeIt); first {
		t.Error("made again")
	} else if v, ok, _ := s.Wait(t.Context()); !ok || v.id != 7 {
		t.Errorf("kept: %v, %v", v, ok)
	}
	if n := made.Load(); n != 1 {
		t.Errorf("made %d times", n)
	}
}

// Catches: a first caller that takes the answer of the others with it when it leaves, and a making that goes on when all
// have left or that a later caller joins after that.
func TestCallersLeave(t *testing.T) {
	c, key := kept.New[*text](1<<20), kept.KeyOf("a")
	release := make(chan struct{})
	makeIt := func(ctx context.Context) (*text, bool) {
		select {
		case <-release:
			return sized(7, 1), true
		case <-ctx.Done():
			return nil, false
		}
	}
	leaving, leave := context.WithCancel(t.Context())
	first, is := c.Share(leaving, key, makeIt)
	second, isAlso := c.Share(t.Context(), key, makeIt)
	if !is || isAlso {
		t.Fatalf("first: %v, %v", is, isAlso)
	}
	leave()
	if _, ok, err := first.Wait(leaving); ok || !errors.Is(err, context.Canceled) {
		t.Errorf("the caller that left: %v, %v", ok, err)
	}
	release <- struct{}{}
	if v, ok, err := second.Wait(t.Context()); !ok || err != nil || v.id != 7 {
		t.Errorf("the caller that stayed: %v, %v, %v", v, ok, err)
	}

	alone, is := c.Share(leaving, kept.KeyOf("b"), makeIt)
	if _, ok, err := alone.Wait(leaving); !is || ok || err != nil {
		t.Errorf("all left: %v, %v, %v", is, ok, err) // Wait returns when the making has ended
	}
	if _, again := c.Share(t.Context(), kept.KeyOf("b"), func(context.Context) (*text, bool) { return nil, false }); !again {
		t.Error("a later caller joined a making that had been cancelled")
	}
}

// Catches: a value that make does not want kept, such as an answer with errors, kept or shared.
func TestAValueThatIsNotKept(t *testing.T) {
	c, key := kept.New[*text](1<<20), kept.KeyOf("a")
	for range 2 {
		s, first := c.Share(t.Context(), key, func(context.Context) (*text, bool) { return sized(7, 1), false })
		if _, ok, err := s.Wait(t.Context()); !first || ok || err != nil {
			t.Errorf("first %v, shared %v, %v", first, ok, err)
		}
	}
	if n, bytes := c.Size(); n != 0 || bytes != 0 {
		t.Errorf("%d values, %d bytes", n, bytes)
	}
}
