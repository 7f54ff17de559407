package search

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"iter"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/vellum"
)

// segment is an immutable index of some documents: an FST of its terms, each with its documents. A document is known by
// its index in uids.
type segment struct {
	uids  []uint64 // of the documents, ascending
	terms *vellum.FST
	fst   int // the size of the FST in bytes
	// postings are the bitmaps of documents, one after another. The value of a term is twice the position of its bitmap.
	// For a term of a single document, it is twice the document plus one.
	postings []byte
}

// key returns the key of a term of a part in the FST.
func key(part Part, term string) []byte { return append([]byte{'0' + byte(part)}, term...) }

// builder collects the documents of each term.
type builder struct {
	uids  []uint64
	terms map[string][]uint32
}

func newBuilder() *builder { return &builder{terms: map[string][]uint32{}} }

// add adds a document.
func (b *builder) add(e Entry) {
	n := uint32(len(b.uids))
	b.uids = append(b.uids, e.UID)
	for part, terms := range e.Terms {
		for _, term := range terms {
			k := string(key(Part(part), term))
			b.terms[k] = append(b.terms[k], n)
		}
	}
}

// addSegment adds the documents of a segment, except replaced ones.
func (b *builder) addSegment(s *segment, isDead func(doc uint32) bool) {
	const dead = ^uint32(0)
	now := make([]uint32, len(s.uids))
	for doc, uid := range s.uids {
		if now[doc] = dead; !isDead(uint32(doc)) {
			now[doc] = uint32(len(b.uids))
			b.uids = append(b.uids, uid)
		}
	}
	for k, value := range entries(s.terms.Iterator(nil, nil)) {
		docs := b.terms[string(k)]
		for doc := range s.documents(value) {
			if now[doc] != dead {
				docs = append(docs, now[doc])
			}
		}
		if len(docs) > 0 {
			b.terms[string(k)] = docs
		}
	}
}

// segment builds the segment of the added documents.
func (b *builder) segment() (*segment, error) {
	places := b.order()
	s := &segment{uids: make([]uint64, len(b.uids))}
	for doc, uid := range b.uids {
		s.uids[places[doc]] = uid
	}
	keys := make([]string, 0, len(b.terms))
	for k := range b.terms {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	var fst bytes.Buffer
	made, err := vellum.New(&fst, nil)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	for _, k := range keys {
		docs := b.terms[k]
		for i, doc := range docs {
			docs[i] = places[doc]
		}
		if err := made.Insert([]byte(k), s.post(docs)); err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
	}
	if err := made.Close(); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	s.postings, s.fst = slices.Clone(s.postings), fst.Len()
	s.terms, err = vellum.Load(slices.Clone(fst.Bytes()))
	return s, err
}

// order returns for each document its index in the ordered uids.
func (b *builder) order() []uint32 {
	sorted := make([]uint32, len(b.uids))
	for i := range sorted {
		sorted[i] = uint32(i)
	}
	slices.SortFunc(sorted, func(x, y uint32) int { return cmp.Compare(b.uids[x], b.uids[y]) })
	places := make([]uint32, len(sorted))
	for place, doc := range sorted {
		places[doc] = uint32(place)
	}
	return places
}

// post stores the documents of a term and returns the value that refers to them.
func (s *segment) post(docs []uint32) uint64 {
	if len(docs) == 1 {
		return uint64(docs[0])<<1 | 1
	}
	at := uint64(len(s.postings)) << 1
	set := roaring.BitmapOf(docs...)
	set.RunOptimize()
	packed, err := set.ToBytes()
	if err != nil {
		panic(err) // writing to memory does not fail
	}
	s.postings = binary.LittleEndian.AppendUint32(s.postings, uint32(len(packed)))
	s.postings = append(s.postings, packed...)
	return at
}

// documents returns the documents of a term's value.
func (s *segment) documents(value uint64) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		if value&1 == 1 {
			yield(uint32(value >> 1))
			return
		}
		at := value >> 1
		size := uint64(binary.LittleEndian.Uint32(s.postings[at:]))
		var set roaring.Bitmap
		if _, err := set.FromBuffer(s.postings[at+4 : at+4+size]); err != nil {
			return // the data was written by this process
		}
		for doc := range roaring.Values(&set) {
			if !yield(doc) {
				return
			}
		}
	}
}

// with returns the documents that have a term.
func (s *segment) with(k []byte) iter.Seq[uint32] {
	value, ok, err := s.terms.Get(k)
	if err != nil || !ok {
		return func(func(uint32) bool) {}
	}
	return s.documents(value)
}

// beginning returns the terms that begin with given bytes, with their values.
func (s *segment) beginning(k []byte) iter.Seq2[[]byte, uint64] {
	return entries(s.terms.Iterator(k, past(k)))
}

// past returns the first key after all keys that begin with given bytes.
func past(k []byte) []byte {
	end := slices.Clone(k)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i] < 0xff {
			end[i]++
			return end[:i+1]
		}
	}
	return nil
}

// entries returns the terms and values of an iterator of an FST. It ends at an error.
func entries(it *vellum.FSTIterator, err error) iter.Seq2[[]byte, uint64] {
	return func(yield func([]byte, uint64) bool) {
		for ; err == nil; err = it.Next() {
			if !yield(it.Current()) {
				return
			}
		}
	}
}

// place returns the document of an entity in the segment.
func (s *segment) place(uid uint64) (uint32, bool) {
	at, ok := slices.BinarySearch(s.uids, uid)
	return uint32(at), ok
}
