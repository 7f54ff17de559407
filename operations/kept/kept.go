// Package kept keeps values in memory within a number of bytes, and makes a value once for all callers that ask for it at
// the same time.
package kept

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Key identifies a value.
type Key [sha256.Size]byte

// KeyOf returns the key of a value that depends on these parts and on nothing else.
func KeyOf[T string | []byte](parts ...T) Key {
	size := 0
	for _, p := range parts {
		size += binary.MaxVarintLen64 + len(p)
	}
	text := make([]byte, 0, size)
	for _, p := range parts {
		text = append(binary.AppendUvarint(text, uint64(len(p))), p...)
	}
	return sha256.Sum256(text)
}

// Value is a value that knows its size.
type Value interface {
	// Bytes is the number of bytes that the value takes now.
	Bytes() int
}

// Overhead is the number of bytes that count for a value beside its own: its key and its place in the cache.
const Overhead = 512

// largestPart is the part of the bytes that one value may take, as a divisor. A single large value would replace many
// small ones.
const largestPart = 8

// Cache keeps the values that were used last. The zero size keeps none.
type Cache[V Value] struct {
	most int

	mu     sync.Mutex // protects the rest
	bytes  int
	values *simplelru.LRU[Key, weighed[V]]
	making map[Key]*Shared[V]
}

// weighed is a value with the bytes that it counts for.
type weighed[V Value] struct {
	value V
	bytes int
}

// New returns an empty cache of at most a number of bytes.
func New[V Value](most int) *Cache[V] {
	c := &Cache[V]{most: most, making: map[Key]*Shared[V]{}}
	var err error
	c.values, err = simplelru.NewLRU(math.MaxInt, func(_ Key, w weighed[V]) { c.bytes -= w.bytes })
	if err != nil {
		panic(err) // the number is a constant
	}
	return c
}

// Largest is the size of the largest value that is kept.
func (c *Cache[V]) Largest() int { return max(0, c.most/largestPart-Overhead) }

// Get returns the value of a key, if it is kept.
func (c *Cache[V]) Get(key Key) (v V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w, ok := c.values.Get(key)
	return w.value, ok
}

// Put keeps a value unless it is too large. Values that were not used for the longest time give way.
func (c *Cache[V]) Put(key Key, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put(key, v)
}

func (c *Cache[V]) put(key Key, v V) {
	c.values.Remove(key)
	size := v.Bytes() + Overhead
	if size > c.most/largestPart {
		return
	}
	c.bytes += size
	c.values.Add(key, weighed[V]{v, size})
	for c.bytes > c.most {
		c.values.RemoveOldest()
	}
}

// Weigh counts the bytes of a value again after it has changed. It does nothing if another value has the key.
func (c *Cache[V]) Weigh(key Key, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if w, ok := c.values.Peek(key); ok && any(w.value) == any(v) {
		c.put(key, v)
	}
}

// Size returns the number of values that are kept, and the bytes that they count for.
func (c *Cache[V]) Size() (values, bytes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.values.Len(), c.bytes
}
