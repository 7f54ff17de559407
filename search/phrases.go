package search

import (
	"encoding/binary"
	"iter"
	"slices"
	"strings"
)

// Terms of several words, which are adjacent words and whole titles, are not in the FST: nearly every title would add its
// own. Instead, each document has the numbers of its words in their order. A document with a term of several words has
// each of these words as a term, and so is found among their documents.

// phrase is a run of words in a part of a document.
type phrase struct {
	part  Part
	whole bool     // a whole title or name
	words []uint32 // the numbers of its words
}

// has reports whether a phrase has some adjacent words, or consists of them.
func (p phrase) has(words []uint32, whole bool) bool {
	if whole {
		return p.whole && slices.Equal(p.words, words)
	}
	for i := range len(p.words) - len(words) + 1 {
		if slices.Equal(p.words[i:i+len(words)], words) {
			return true
		}
	}
	return false
}

// phrases are the phrases of documents, each encoded as its kind and length, followed by its words.
type phrases struct {
	ends []uint32 // of the phrases of each document, in data
	data []byte
}

// add adds the phrases of the next document.
func (p *phrases) add(all iter.Seq[phrase]) {
	for one := range all {
		kind := uint64(one.part) << 1
		if one.whole {
			kind |= 1
		}
		p.data = binary.AppendUvarint(p.data, uint64(len(one.words))<<4|kind)
		for _, word := range one.words {
			p.data = binary.AppendUvarint(p.data, uint64(word))
		}
	}
	p.ends = append(p.ends, uint32(len(p.data)))
}

// of returns the phrases of a document. Each is valid until the next.
func (p *phrases) of(doc uint32) iter.Seq[phrase] {
	return func(yield func(phrase) bool) {
		start := uint32(0)
		if doc > 0 {
			start = p.ends[doc-1]
		}
		var words [maxWholeWords]uint32
		for data := p.data[start:p.ends[doc]]; len(data) > 0; {
			kind, at := binary.Uvarint(data)
			one := phrase{part: Part(kind >> 1 & 7), whole: kind&1 == 1, words: words[:0]}
			for range kind >> 4 {
				word, size := binary.Uvarint(data[at:])
				one.words, at = append(one.words, uint32(word)), at+size
			}
			if data = data[at:]; !yield(one) {
				return
			}
		}
	}
}

// clip releases memory that is not used.
func (p *phrases) clip() phrases { return phrases{slices.Clone(p.ends), slices.Clone(p.data)} }

// isPhrase reports whether a term has several words.
func isPhrase(term string) bool { return strings.Contains(term, " ") }

// wordsOfPhrase returns the words of a term of several words, and whether they are a whole title or name.
func wordsOfPhrase(term string) (words []string, whole bool) {
	term, whole = strings.CutPrefix(term, wholly)
	return strings.Fields(term), whole
}

// runs returns the phrases among the terms of a part, as words: whole titles, and the adjacent words that are in none of
// them.
func runs(terms []string) iter.Seq2[[]string, bool] {
	return func(yield func([]string, bool) bool) {
		known := map[string]bool{}
		for _, term := range terms {
			if words, whole := wordsOfPhrase(term); whole && isPhrase(term) {
				for _, pair := range pairs(words) {
					known[pair] = true
				}
				if !yield(words, true) {
					return
				}
			}
		}
		for _, term := range terms {
			if words, whole := wordsOfPhrase(term); !whole && isPhrase(term) && !known[term] && !yield(words, false) {
				return
			}
		}
	}
}

// withPhrase returns the documents with a term of several words.
func (s *segment) withPhrase(part Part, term string) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		texts, whole := wordsOfPhrase(term)
		words := make([]uint32, len(texts))
		var docs []uint32
		for i, text := range texts {
			word, ok, err := s.terms.Get(key(part, text))
			if err != nil || !ok {
				return
			}
			words[i] = uint32(word)
			if all := slices.Collect(s.documents(word)); i == 0 {
				docs = all
			} else {
				docs = common(docs, all)
			}
		}
		for _, doc := range docs {
			for p := range s.phrases.of(doc) {
				if p.part == part && p.has(words, whole) {
					if !yield(doc) {
						return
					}
					break
				}
			}
		}
	}
}
