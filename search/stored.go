package search

import (
	"bytes"
	"encoding/gob"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/vellum"
)

// stored is an index as it is stored: the parts of its segments that others are made of.
type stored struct {
	Segments []storedSegment
	Dead     []byte
}

type storedSegment struct {
	UIDs     []uint64
	Terms    []byte
	Starts   []uint32
	Postings []byte
	Begun    map[string]uint32
	Ends     []uint32
	Phrases  []byte
}

// MarshalBinary encodes the index, for the same version of the analyser only.
func (x *Index) MarshalBinary() ([]byte, error) {
	var all stored
	for _, s := range x.segments {
		all.Segments = append(all.Segments, storedSegment{s.uids, s.fst, s.starts, s.postings, s.begun, s.phrases.ends, s.phrases.data})
	}
	var err error
	if all.Dead, err = x.dead.ToBytes(); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = gob.NewEncoder(&b).Encode(all)
	return b.Bytes(), err
}

// UnmarshalBinary decodes an index that MarshalBinary encoded. The caller makes sure that the data is undamaged.
func (x *Index) UnmarshalBinary(data []byte) error {
	var all stored
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&all); err != nil {
		return err
	}
	x.segments, x.dead = make([]*segment, len(all.Segments)), roaring.New()
	for i, s := range all.Segments {
		terms, err := vellum.Load(s.Terms)
		if err != nil {
			return err
		}
		x.segments[i] = &segment{s.UIDs, terms, s.Terms, s.Starts, s.Postings, s.Begun, phrases{s.Ends, s.Phrases}}
	}
	x.number()
	return x.dead.UnmarshalBinary(all.Dead)
}
