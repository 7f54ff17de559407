package brief

import (
	"reflect"
	"testing"

	"masar"
	"masar/internal/documents/documentstest"
)

// maxCost is the maximum cost of the operation of a brief.
const maxCost = 15_000

// variables are those of the largest briefs that are made without a parameter for more.
var variables = map[string]map[string]any{
	"BriefTarget":         {"code": "16.6", "country": "EGY", "ofCountry": true, "first": defaultFirst},
	"BriefCountry":        {"code": "EGY"},
	"BriefPractice":       {"code": "16.6", "isBare": true, "ids": []any{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"}},
	"BriefAdvice":         {"code": "EGY", "target": "16.6", "first": defaultFirst, "indices": []any{"EGDI", "EPI", "GTMI"}},
	"BriefRecommendation": {"code": "ENACT-KM-05"},
	"BriefPath": {
		"from": inputOf(&masar.Ref{Kind: masar.KindSdgTarget, Code: "16.6"}), "to": inputOf(&masar.Ref{Kind: masar.KindCountry, Code: "OMN"}),
	},
}

// Catches: an operation that is not valid or asks for more than a brief may, and a struct that does not fit it: a part of the
// brief would be missing.
func TestAnswersFit(t *testing.T) {
	schema := documentstest.Schema(t, "..")
	for name, answer := range map[string]any{
		"practice": practiceAnswer{}, "target": targetAnswer{}, "advice": adviceAnswer{}, "country": countryAnswer{}, "recommendation": recommendationAnswer{}, "path": pathAnswer{},
	} {
		document := operations()[name]
		documentstest.WithinLimits(t, schema, name, document, variables, maxCost)
		documentstest.Fits(t, schema, name, document, reflect.TypeOf(answer))
	}
	if len(operations()) != len(Kinds)+2 {
		t.Errorf("%d operations: TestAnswersFit does not have all of them", len(operations()))
	}
}
