package topology

import (
	"encoding/binary"

	"masar"
)

// head holds the titles of an entity and its IRI. They are packed into one string, because a graph has hundreds of thousands
// of entities: a byte with the origins of the two titles, the lengths of the two, and the three texts.
type head string

// origins are the origins of titles. Their indexes are packed.
var origins = []masar.TextOrigin{"", masar.OriginPublished, masar.OriginTranslated, masar.OriginEditorial, masar.OriginSource}

// englishOrigin is the position of the origin of the English title in the first byte. The Arabic one has the lower bits.
const englishOrigin = 4

// newHead packs the head of an entity.
func newHead(b *builder, e *masar.EntityOutline) head {
	ar, en := e.Titles.AR, e.Titles.EN
	packed := make([]byte, 0, 1+2*binary.MaxVarintLen32+len(ar.Value)+len(en.Value)+len(e.IRI))
	packed = append(packed, index(b, origins, ar.Origin)|index(b, origins, en.Origin)<<englishOrigin)
	packed = binary.AppendUvarint(packed, uint64(len(ar.Value)))
	packed = binary.AppendUvarint(packed, uint64(len(en.Value)))
	packed = append(packed, ar.Value...)
	packed = append(packed, en.Value...)
	return head(append(packed, e.IRI...))
}

// unpack returns the titles and the IRI. They share the memory of the head.
func (h head) unpack() (titles masar.LocalizedText, iri string) {
	ar, rest := uvarint(string(h[1:]))
	en, rest := uvarint(rest)
	return masar.LocalizedText{
		AR: masar.Translation{Value: rest[:ar], Origin: origins[h[0]&(1<<englishOrigin-1)]},
		EN: masar.Translation{Value: rest[ar : ar+en], Origin: origins[h[0]>>englishOrigin]},
	}, rest[ar+en:]
}

// uvarint reads a number at the beginning of a text, as binary.Uvarint does of bytes.
func uvarint(s string) (n int, rest string) {
	for i := 0; ; i++ {
		n |= int(s[i]&0x7f) << (7 * i)
		if s[i] < 0x80 {
			return n, s[i+1:]
		}
	}
}

// Head returns what the graph knows of an entity's Header: kind, code, titles, IRI and revision.
func (g *Graph) Head(e Entity) masar.Header {
	at := &g.entities[e]
	titles, iri := at.head.unpack()
	return masar.Header{Kind: masar.Kinds[at.kind], Code: at.code, Titles: titles, ExactMatch: iri, Revision: int(at.revision)}
}
