package topology_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"masar"
	"masar/scoring"
	"masar/topology"
)

// someTranslation draws a title in one language, or none.
func someTranslation(t *rapid.T) masar.Translation {
	return masar.Translation{
		Value: rapid.SampledFrom([]string{"", "a", "خدمات متكاملة", strings.Repeat("title ", 300), rapid.String().Draw(t, "text")}).Draw(t, "title"),
		Origin: rapid.SampledFrom([]masar.TextOrigin{
			"", masar.OriginPublished, masar.OriginTranslated, masar.OriginEditorial, masar.OriginSource,
		}).Draw(t, "origin"),
	}
}

// Catches: a title, origin or IRI that is lost, cut, or that of the other language.
func TestHeads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := masar.EntityOutline{
			UID: 1, Ref: masar.Ref{Kind: masar.KindTopic, Code: "T"}, Revision: rapid.IntRange(1, 9).Draw(t, "revision"),
			Titles: masar.LocalizedText{AR: someTranslation(t), EN: someTranslation(t)}, IRI: rapid.SampledFrom([]string{"", "http://example.org/t"}).Draw(t, "iri"),
		}
		g, err := topology.Build(&masar.Outline{Entities: []masar.EntityOutline{e}}, scoring.DefaultProfile(), asOf)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, fmt.Sprintf("%+v", masar.Header{Kind: e.Ref.Kind, Code: e.Ref.Code, Titles: e.Titles, ExactMatch: e.IRI, Revision: e.Revision}), fmt.Sprintf("%+v", g.Head(0)))
	})
}

// headed are entities with titles as long as those of large graphs: forty letters in each language.
func headed(titles bool) *masar.Outline {
	s := &masar.Outline{}
	for i := range many {
		e := masar.EntityOutline{UID: uint64(i + 1), Ref: masar.Ref{Kind: masar.KindRecommendation, Code: fmt.Sprint(i)}, Revision: 1}
		if titles {
			e.Titles.AR.Value = fmt.Sprintf("توسيع نطاق الخدمات الرقمية للمواطنين %05d", i)
			e.Titles.EN.Value = fmt.Sprintf("Extend the reach of digital services %05d", i)
		}
		s.Entities = append(s.Entities, e)
	}
	return s
}

// Catches: titles that need too much memory. Those of the 470,000 entities of a graph of a million claims have to fit into 100 MB.
func TestMemoryOfHeads(t *testing.T) {
	bytes := (held(t, headed(true)) - held(t, headed(false))) / many
	t.Logf("%.0f bytes per entity", bytes)
	if bytes > 200 {
		t.Errorf("%.0f bytes per entity are too many", bytes)
	}
}
