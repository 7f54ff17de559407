package masar_test

import (
	"slices"
	"testing"

	"masar"
)

// Catches a form of document that gives its evidence no kind, and a default that calls a study peer-reviewed or an
// evaluation one of impact before a person has said so.
func TestEveryFormHasItsKindOfEvidence(t *testing.T) {
	for _, form := range masar.DocumentForms {
		kind := form.EvidenceKind()
		if !slices.Contains(masar.EvidenceKinds, kind) || kind == masar.ImpactEvaluation {
			t.Errorf("%s gives %q", form, kind)
		}
	}
	if got := masar.DocumentStudy.EvidenceKind(); got != masar.OrganizationReport {
		t.Errorf("a study gives %s", got)
	}
}
