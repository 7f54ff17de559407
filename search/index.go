package search

import (
	"iter"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Part is a part of an entity with its own terms in the index.
type Part int

// The searched parts of an entity. Parts is their number.
const (
	// Codes are the entity's code and its codes in other standards.
	Codes Part = iota
	Titles
	// Names are its other names.
	Names
	// Texts are its summaries and its other texts.
	Texts
	// Spellings record the spelling of words that the analyser changes.
	Spellings
	Parts
)

// Terms are the terms of an entity by part.
type Terms [Parts][]string

// Lookup asks for the entities with a term in a part.
type Lookup struct {
	Part Part
	Term string
	// Beginning asks for all terms that begin with Term.
	Beginning bool
}

// Entry is an entity with its terms.
type Entry struct {
	// UID is the entity's number in Dgraph.
	UID   uint64
	Terms Terms
}

// Index maps terms to entities. It is immutable: a write creates a new index, which shares most of its memory with the
// previous one. It consists of segments, each at most half as large as the one before. There are few segments, and the
// cost of a write depends on its size.
type Index struct {
	segments []*segment
	first    []uint32 // the number of the first document of each segment
	// dead are the documents that newer segments replace.
	dead *roaring.Bitmap
}

// Builder builds an index.
type Builder struct{ b *builder }

// NewBuilder returns a builder of an empty index.
func NewBuilder() *Builder { return &Builder{newBuilder()} }

// Add adds an entity, which must not have been added before.
func (b *Builder) Add(e Entry) { b.b.add(e) }

// Index builds the index of the added entities.
func (b *Builder) Index() (*Index, error) {
	s, err := b.b.segment()
	if err != nil {
		return nil, err
	}
	return &Index{segments: []*segment{s}, first: []uint32{0}, dead: roaring.New()}, nil
}

// With returns an index with new terms for some entities, whether the index had them before or not.
func (x *Index) With(entries []Entry) (*Index, error) {
	if len(entries) == 0 {
		return x, nil
	}
	b, dead := newBuilder(), x.dead.Clone()
	for _, e := range entries {
		for i, s := range x.segments {
			if doc, ok := s.place(e.UID); ok {
				dead.Add(x.first[i] + doc)
			}
		}
		b.add(e)
	}
	s, err := b.segment()
	if err != nil {
		return nil, err
	}
	next := &Index{segments: append(slices.Clip(x.segments), s), dead: dead}
	next.number()
	return next, next.merge()
}

// number numbers the documents of the segments.
func (x *Index) number() {
	x.first = make([]uint32, len(x.segments))
	for i := 1; i < len(x.segments); i++ {
		x.first[i] = x.first[i-1] + uint32(len(x.segments[i-1].uids))
	}
}

// merge merges the last two segments while the last one is more than half as large as the one before.
func (x *Index) merge() error {
	for n := len(x.segments); n > 1 && 2*len(x.segments[n-1].uids) > len(x.segments[n-2].uids); n = len(x.segments) {
		b := newBuilder()
		for i := n - 2; i < n; i++ {
			b.addSegment(x.segments[i], func(doc uint32) bool { return x.dead.Contains(x.first[i] + doc) })
		}
		s, err := b.segment()
		if err != nil {
			return err
		}
		x.dead.RemoveRange(uint64(x.first[n-2]), 1<<32)
		x.segments = append(slices.Clip(x.segments[:n-2]), s)
		x.number()
	}
	return nil
}

// Size is the number of documents, including replaced ones.
func (x *Index) Size() int {
	last := len(x.segments) - 1
	return int(x.first[last]) + len(x.segments[last].uids)
}

// Documents returns the numbers of the current documents, each with its entity.
func (x *Index) Documents() iter.Seq2[uint32, uint64] {
	return func(yield func(uint32, uint64) bool) {
		for i, s := range x.segments {
			for doc, uid := range s.uids {
				if n := x.first[i] + uint32(doc); !x.dead.Contains(n) && !yield(n, uid) {
					return
				}
			}
		}
	}
}

// Look returns the documents that match a lookup, in ascending order.
func (x *Index) Look(l Lookup) []uint32 { return slices.Collect(x.matches(l)) }

// matches yields the documents that match a lookup, in ascending order.
func (x *Index) matches(l Lookup) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		anyDead := !x.dead.IsEmpty()
		for i, s := range x.segments {
			for doc := range s.look(l) {
				if n := x.first[i] + doc; !(anyDead && x.dead.Contains(n)) && !yield(n) {
					return
				}
			}
		}
	}
}

// has reports whether any document matches a lookup.
func (x *Index) has(l Lookup) bool {
	for range x.matches(l) {
		return true
	}
	return false
}

// Memory is the memory of the index in bytes.
func (x *Index) Memory() int {
	n := int(x.dead.GetSizeInBytes())
	for _, s := range x.segments {
		n += s.memory()
	}
	return n
}
