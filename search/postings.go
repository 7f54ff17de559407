package search

import (
	"encoding/binary"
	"iter"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// The documents of a term are stored as their number and the differences between them, as varints. Many documents that
// are close together are stored as a bitmap if it is smaller: 0, the size of the bitmap, and the bitmap.

// maxGap is the mean difference between documents up to which a bitmap can be smaller.
const maxGap = 8

// appendList appends the encoding of ascending documents.
func appendList(data []byte, docs []uint32) []byte {
	start := len(data)
	data = binary.AppendUvarint(data, uint64(len(docs)))
	last := uint32(0)
	for _, doc := range docs {
		data = binary.AppendUvarint(data, uint64(doc-last))
		last = doc
	}
	if len(docs) == 0 || int(last) > maxGap*len(docs) {
		return data
	}
	set := roaring.BitmapOf(docs...)
	set.RunOptimize()
	if size := set.GetSerializedSizeInBytes(); size+10 < uint64(len(data)-start) {
		packed, err := set.ToBytes()
		if err != nil {
			panic(err) // writing to memory does not fail
		}
		data = binary.AppendUvarint(append(data[:start], 0), uint64(len(packed)))
		data = append(data, packed...)
	}
	return data
}

// list returns the documents that are encoded at the start of some bytes.
func list(data []byte) iter.Seq[uint32] {
	n, at := binary.Uvarint(data)
	if n == 0 {
		return bitmap(data[at:])
	}
	return func(yield func(uint32) bool) { gaps(data[at:], int(n), yield) }
}

// bitmap returns the documents of a bitmap that follows its size.
func bitmap(data []byte) iter.Seq[uint32] {
	size, at := binary.Uvarint(data)
	var set roaring.Bitmap
	if _, err := set.FromBuffer(data[at : at+int(size)]); err != nil {
		panic(err) // this process wrote it
	}
	return roaring.Values(&set)
}

// gaps yields n documents from the differences between them.
func gaps(data []byte, n int, yield func(uint32) bool) {
	doc, at := uint32(0), 0
	for range n {
		gap := uint32(data[at])
		if at++; gap >= 0x80 {
			value, size := binary.Uvarint(data[at-1:])
			gap, at = uint32(value), at-1+size
		}
		if doc += gap; !yield(doc) {
			return
		}
	}
}

// common returns the documents that two ascending lists share. It overwrites the first.
func common(a, b []uint32) []uint32 {
	both, next := a[:0], 0
	for _, doc := range a {
		for next < len(b) && b[next] < doc {
			next++
		}
		if next < len(b) && b[next] == doc {
			both = append(both, doc)
		}
	}
	return both
}

// growing is a list of documents to which larger ones can be added.
type growing struct {
	n, last uint32
	gaps    []byte
}

// add adds a document, unless it is the last of the list.
func (g *growing) add(doc uint32) {
	if g.n > 0 && g.last == doc {
		return
	}
	g.gaps = binary.AppendUvarint(g.gaps, uint64(doc-g.last))
	g.n, g.last = g.n+1, doc
}

// documents appends the documents, each replaced by its place and in the order of places, to a slice.
func (g *growing) documents(places, to []uint32) []uint32 {
	start, sorted := len(to), true
	gaps(g.gaps, int(g.n), func(doc uint32) bool {
		place := places[doc]
		sorted = sorted && (len(to) == start || to[len(to)-1] < place)
		to = append(to, place)
		return true
	})
	if !sorted {
		slices.Sort(to[start:])
	}
	return to
}
