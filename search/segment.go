package search

import (
	"iter"
	"math/bits"
	"slices"

	"github.com/blevesearch/vellum"
)

// segment is an immutable index of some documents: an FST of its terms, each with its documents. A document is known by
// its index in uids, and a term by its index in the order of terms.
type segment struct {
	uids     []uint64 // of the documents, ascending
	terms    *vellum.FST
	fst      []byte   // of terms
	starts   []uint32 // of the documents of each term, in postings
	postings []byte
	// begun has, for each beginning that many terms share, the start of its documents in postings.
	begun   map[string]uint32
	phrases phrases
}

// key returns the key of a term of a part in the FST.
func key(part Part, term string) []byte { return appendKey(nil, part, term) }

func appendKey(to []byte, part Part, term string) []byte {
	return append(append(to, '0'+byte(part)), term...)
}

// memory returns the size of the segment in bytes.
func (s *segment) memory() int {
	n := 8*len(s.uids) + len(s.fst) + 4*len(s.starts) + len(s.postings) + 4*len(s.phrases.ends) + len(s.phrases.data)
	for beginning := range s.begun {
		n += len(beginning) + 40 // with its share of the map
	}
	return n
}

// documents returns the documents of a term.
func (s *segment) documents(term uint64) iter.Seq[uint32] { return list(s.postings[s.starts[term]:]) }

// look returns the documents that match a lookup.
func (s *segment) look(l Lookup) iter.Seq[uint32] {
	switch {
	case l.Beginning:
		return s.withBeginning(key(l.Part, l.Term))
	case isPhrase(l.Term):
		return s.withPhrase(l.Part, l.Term)
	}
	return s.with(key(l.Part, l.Term))
}

// with returns the documents that have a term.
func (s *segment) with(k []byte) iter.Seq[uint32] {
	term, ok, err := s.terms.Get(k)
	if err != nil || !ok {
		return func(func(uint32) bool) {}
	}
	return s.documents(term)
}

// withBeginning returns the documents with a term that has a given beginning.
func (s *segment) withBeginning(k []byte) iter.Seq[uint32] {
	if start, ok := s.begun[string(k)]; ok {
		return list(s.postings[start:])
	}
	all := newBits(len(s.uids))
	for _, term := range s.beginning(k) {
		all.add(s.documents(term))
	}
	return all.documents()
}

// beginning returns the terms that begin with given bytes, as texts and as numbers.
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

// bitset is a set of documents: a bit for each.
type bitset []uint64

func newBits(documents int) bitset { return make(bitset, (documents+63)/64) }

func (b bitset) clear() { clear(b) }

func (b bitset) add(docs iter.Seq[uint32]) {
	for doc := range docs {
		b[doc/64] |= 1 << (doc % 64)
	}
}

// documents returns the documents of the set, ascending.
func (b bitset) documents() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i, word := range b {
			for ; word != 0; word &= word - 1 {
				if !yield(uint32(64*i + bits.TrailingZeros64(word))) {
					return
				}
			}
		}
	}
}
