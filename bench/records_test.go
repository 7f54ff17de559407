package bench_test

import (
	"reflect"
	"testing"

	"masar"
	"masar/bench"
)

// words are texts of some frequent and many rare words.
func words() *bench.Vocabulary {
	return bench.NewVocabulary([]masar.LocalizedText{{
		AR: masar.Translation{Value: "في المنطقة العربية في الحكومة الرقمية من أجل التنمية في البلدان"},
		EN: masar.Translation{Value: "in the Arab region the digital government of the countries for the development in the cities"},
	}})
}

// Catches: generated records that break a rule of the graph, so that no database takes them, and records that differ from run
// to run.
func TestRecords(t *testing.T) {
	for _, claims := range []int{300, 3000} {
		batch := bench.Records(7, bench.Curated(7, claims), words())
		if len(batch.Claims) != claims {
			t.Errorf("%d claims, want %d", len(batch.Claims), claims)
		}
		for i, f := range masar.ValidateBatch(batch, masar.NewIndex(batch)) {
			if i < 5 {
				t.Errorf("%d claims: %+v", claims, f)
			}
		}
		if again := bench.Records(7, bench.Curated(7, claims), words()); !reflect.DeepEqual(batch, again) {
			t.Errorf("%d claims: the records of a second run differ", claims)
		}
	}
}
