package masar_test

import (
	"slices"
	"testing"

	"masar"
)

// Catches: a form of document without a default kind of evidence, and a default that calls a study peer-reviewed or
// an evaluation an impact evaluation.
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
