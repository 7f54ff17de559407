package search

import (
	"iter"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Part is a part of an entity whose words are indexed by themselves.
type Part int

// The parts of an entity that search looks in. There are Parts of them.
const (
	// Codes are its code and the codes by which the world knows it.
	Codes Part = iota
	Titles
	// Names are its other names.
	Names
	// Texts are its summaries, and whatever else is said of it.
	Texts
	// Spellings say how words are written that the analyser writes otherwise.
	Spellings
	Parts
)

// Terms are the terms under which an entity is found, by part.
type Terms [Parts][]string

// Lookup asks which entities have a term in a part.
type Lookup struct {
	Part Part
	Term string
	// Beginning asks for all terms that begin with Term.
	Beginning bool
}

// Entry is an entity with its terms.
type Entry struct {
	// UID is the store's number of the entity.
	UID   uint64
	Terms Terms
}

// Index knows which entities have a term. It never changes: what is written makes another index, which shares nearly all
// of its memory with the one before. It consists of segments, each at most half as large as the one before it, so that
// there are few of them and a write costs by what it wrote.
type Index struct {
	segments []*segment
	first    []uint32 // the number of the first document of each segment
	// dead are the documents that later segments have anew.
	dead *roaring.Bitmap
}

// Builder makes an index.
type Builder struct{ b *builder }

// NewBuilder makes a builder of an index that has nothing yet.
func NewBuilder() *Builder { return &Builder{newBuilder()} }

// Add adds an entity, which was not added before.
func (b *Builder) Add(e Entry) { b.b.add(e) }

// Index makes the index of what was added.
func (b *Builder) Index() (*Index, error) {
	s, err := b.b.segment()
	if err != nil {
		return nil, err
	}
	return &Index{segments: []*segment{s}, first: []uint32{0}, dead: roaring.New()}, nil
}

// With makes an index in which some entities have the terms given, whether they were there before or not.
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

// merge makes one of the last two segments as long as the last is more than half as large as the one before.
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

// Size is the number of documents, those counted that are there no more.
func (x *Index) Size() int {
	last := len(x.segments) - 1
	return int(x.first[last]) + len(x.segments[last].uids)
}

// Documents are the numbers of the documents that are there, each with the entity that it is.
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

// Look finds the documents that a lookup asks for, in their order.
func (x *Index) Look(l Lookup) []uint32 {
	var found []uint32
	k := key(l.Part, l.Term)
	for i, s := range x.segments {
		docs := s.with(k)
		if l.Beginning {
			docs = s.withBeginning(k)
		}
		for doc := range docs {
			if n := x.first[i] + doc; !x.dead.Contains(n) {
				found = append(found, n)
			}
		}
	}
	return found
}

// withBeginning are the documents that have a term with a beginning.
func (s *segment) withBeginning(k []byte) iter.Seq[uint32] {
	all := roaring.New()
	for _, value := range s.beginning(k) {
		for doc := range s.documents(value) {
			all.Add(doc)
		}
	}
	return roaring.Values(all)
}

// has reports whether any document has a term.
func (x *Index) has(l Lookup) bool { return len(x.Look(l)) > 0 }

// Memory is the number of bytes that the index holds.
func (x *Index) Memory() int {
	n := int(x.dead.GetSizeInBytes())
	for _, s := range x.segments {
		n += 8*len(s.uids) + len(s.postings) + s.fst
	}
	return n
}
