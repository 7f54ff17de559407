package search

import (
	"bytes"
	"cmp"
	"fmt"
	"hash/maphash"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/vellum"
)

// builder collects the documents of each term.
type builder struct {
	uids    []uint64
	numbers map[string]uint32 // of the terms, in the order in which they were added
	lists   []growing         // of the terms by number
	phrases phrases           // of the documents, with the numbers of the builder
	key     []byte            // of the last term
}

func newBuilder() *builder { return &builder{numbers: map[string]uint32{}} }

// number returns the number of a term, which it adds if it is new.
func (b *builder) number(key []byte) uint32 {
	n, ok := b.numbers[string(key)]
	if !ok {
		n = uint32(len(b.lists))
		b.numbers[string(key)] = n
		b.lists = append(b.lists, growing{})
	}
	return n
}

// term adds a term to a document and returns the number of the term.
func (b *builder) term(part Part, term string, doc uint32) uint32 {
	b.key = appendKey(b.key[:0], part, term)
	n := b.number(b.key)
	b.lists[n].add(doc)
	return n
}

// add adds a document.
func (b *builder) add(e Entry) {
	doc := uint32(len(b.uids))
	b.uids = append(b.uids, e.UID)
	for part, terms := range e.Terms {
		for _, term := range terms {
			if !isPhrase(term) {
				b.term(Part(part), term, doc)
			}
		}
	}
	b.phrases.add(func(yield func(phrase) bool) {
		for part, terms := range e.Terms {
			for words, whole := range runs(terms) {
				one := phrase{part: Part(part), whole: whole}
				for _, word := range words {
					one.words = append(one.words, b.term(one.part, word, doc))
				}
				if !yield(one) {
					return
				}
			}
		}
	})
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
	numbers := make([]uint32, len(s.starts)) // in the builder, of the terms of the segment
	for k, term := range entries(s.terms.Iterator(nil, nil)) {
		known := false
		for doc := range s.documents(term) {
			if now[doc] == dead {
				continue
			}
			if !known {
				numbers[term], known = b.number(k), true
			}
			b.lists[numbers[term]].add(now[doc])
		}
	}
	for doc := range s.uids {
		if now[doc] != dead {
			b.phrases.add(renumbered(s.phrases.of(uint32(doc)), numbers))
		}
	}
}

// renumbered returns phrases with other numbers of their words.
func renumbered(all iter.Seq[phrase], numbers []uint32) iter.Seq[phrase] {
	return func(yield func(phrase) bool) {
		for p := range all {
			for i, word := range p.words {
				p.words[i] = numbers[word]
			}
			if !yield(p) {
				return
			}
		}
	}
}

// segment builds the segment of the added documents.
func (b *builder) segment() (*segment, error) {
	order, places := b.order()
	s := &segment{uids: make([]uint64, len(order)), starts: make([]uint32, 0, len(b.lists)), begun: map[string]uint32{}}
	for place, doc := range order {
		s.uids[place] = b.uids[doc]
	}
	keys := make([]string, 0, len(b.numbers))
	for k := range b.numbers {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	fst, lists, numbers := new(bytes.Buffer), newLists(), make([]uint32, len(keys))
	terms, err := vellum.New(fst, nil)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	var docs []uint32
	for i, k := range keys {
		n := b.numbers[k]
		numbers[n] = uint32(i)
		docs = b.lists[n].documents(places, docs[:0])
		s.starts = append(s.starts, lists.store(docs))
		if err := terms.Insert([]byte(k), uint64(i)); err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
	}
	if err := terms.Close(); err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	var all phrases
	for _, doc := range order {
		all.add(renumbered(b.phrases.of(doc), numbers))
	}
	s.postings, s.phrases, s.fst = lists.data, all.clip(), slices.Clone(fst.Bytes())
	s.storeBeginnings(keys, lists)
	s.postings = slices.Clone(lists.data)
	s.terms, err = vellum.Load(s.fst)
	return s, err
}

// order returns the documents in the order of their entities, and the place of each document in it.
func (b *builder) order() (order, places []uint32) {
	order = make([]uint32, len(b.uids))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(x, y uint32) int { return cmp.Compare(b.uids[x], b.uids[y]) })
	places = make([]uint32, len(order))
	for place, doc := range order {
		places[doc] = uint32(place)
	}
	return order, places
}

// lists are stored lists of documents. Equal lists are stored once: most words occur in a single form, and so have the
// same documents as that form.
type lists struct {
	data  []byte
	known map[uint64]uint32 // the start of a list by its hash
	seed  maphash.Seed
}

func newLists() *lists { return &lists{known: map[uint64]uint32{}, seed: maphash.MakeSeed()} }

// store stores documents, unless an equal list is stored, and returns the start of their list.
func (l *lists) store(docs []uint32) uint32 {
	start := uint32(len(l.data))
	l.data = appendList(l.data, docs)
	added := l.data[start:]
	hash := maphash.Bytes(l.seed, added)
	if at, ok := l.known[hash]; ok && bytes.HasPrefix(l.data[at:start], added) {
		l.data = l.data[:start]
		return at
	}
	l.known[hash] = start
	return start
}

// broad is the number of terms with the same beginning above which the documents of the beginning are stored. It limits
// the work of a search for the beginning of a word.
const broad = 256

// storeBeginnings stores the documents of the beginnings that many terms share, from the terms in their order.
func (s *segment) storeBeginnings(keys []string, lists *lists) {
	all := newBits(len(s.uids))
	var docs []uint32
	eachBeginning(keys, 1, func(beginning string, from, to int) {
		if !isSearchedFor(beginning) {
			return
		}
		all.clear()
		for term := from; term < to; term++ {
			all.add(s.documents(uint64(term)))
		}
		docs = slices.AppendSeq(docs[:0], all.documents())
		s.begun[strings.Clone(beginning)] = lists.store(docs)
	})
}

// isSearchedFor reports whether a beginning of a term is one of those that queries look up: letters, after the part and
// the sign of a form.
func isSearchedFor(beginning string) bool {
	return beginning[0] != byte('0'+Spellings) && utf8.ValidString(beginning) && strings.TrimPrefix(beginning[1:], exactly) != ""
}

// eachBeginning calls found with each beginning of at least n bytes that more than broad of the sorted keys share, and
// with the range of these keys.
func eachBeginning(keys []string, n int, found func(beginning string, from, to int)) {
	var within func(from, to, n int)
	within = func(from, to, n int) {
		for start := from; start < to; {
			if len(keys[start]) < n {
				start++
				continue
			}
			beginning := keys[start][:n]
			end, _ := slices.BinarySearchFunc(keys[start:to], beginning, func(k, beginning string) int {
				if strings.HasPrefix(k, beginning) {
					return -1
				}
				return 1
			})
			if end > broad {
				found(beginning, start, start+end)
				within(start, start+end, n+1)
			}
			start += end
		}
	}
	within(0, len(keys), n)
}
