package masar_test

import (
	"testing"

	"masar"
)

// Catches a value of an enum that a dashboard shows without a name in one of the languages.
func TestEveryValueHasALabel(t *testing.T) {
	check := func(d masar.Dimension, value string) {
		t.Helper()
		l := masar.Label(d, value)
		if l.AR.Value == "" || l.EN.Value == "" || l.AR.Value == value || l.EN.Value == value {
			t.Errorf("%s %s is called %q and %q", d, value, l.AR.Value, l.EN.Value)
		}
	}
	for _, d := range masar.Dimensions {
		check(d, masar.Unknown)
	}
	each(masar.Certainties, masar.ByCertainty, check)
	each(masar.SupportStatuses, masar.ByStatus, check)
	each(masar.Bases, masar.ByBasis, check)
	each(masar.Predicates, masar.ByPredicate, check)
	each(masar.Kinds, masar.BySubjectKind, check)
	each(masar.Kinds, masar.ByObjectKind, check)
	each(masar.EvidenceKinds, masar.ByEvidenceKind, check)
}

func each[T ~string](values []T, d masar.Dimension, check func(masar.Dimension, string)) {
	for _, v := range values {
		check(d, string(v))
	}
}
