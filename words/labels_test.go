package words_test

import (
	"masar/answers"
	"masar/words"
	"testing"

	"masar"
)

// Catches a value of an enum that a dashboard shows without a name in one of the languages.
func TestEveryValueHasALabel(t *testing.T) {
	check := func(d answers.Dimension, value string) {
		t.Helper()
		l := words.Category(d, value)
		if l.AR.Value == "" || l.EN.Value == "" || l.AR.Value == value || l.EN.Value == value {
			t.Errorf("%s %s is called %q and %q", d, value, l.AR.Value, l.EN.Value)
		}
	}
	for _, d := range answers.Dimensions {
		check(d, answers.Unknown)
	}
	each(masar.Certainties, answers.ByCertainty, check)
	each(masar.SupportStatuses, answers.ByStatus, check)
	each(masar.Bases, answers.ByBasis, check)
	each(masar.Predicates, answers.ByPredicate, check)
	each(masar.Kinds, answers.BySubjectKind, check)
	each(masar.Kinds, answers.ByObjectKind, check)
	each(masar.EvidenceKinds, answers.ByEvidenceKind, check)
}

func each[T ~string](values []T, d answers.Dimension, check func(answers.Dimension, string)) {
	for _, v := range values {
		check(d, string(v))
	}
}
