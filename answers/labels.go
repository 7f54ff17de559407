package answers

import (
	"strings"

	"masar"
)

// Vocabulary is an enum whose values have labels. Its name is the schema's in capitals: SUPPORT_STATUS for
// SupportStatus.
type Vocabulary string

// The enums whose values have labels.
const (
	LabelledActivityForm       Vocabulary = "ACTIVITY_FORM"
	LabelledActivityStatus     Vocabulary = "ACTIVITY_STATUS"
	LabelledBasis              Vocabulary = "BASIS"
	LabelledBucketOrder        Vocabulary = "BUCKET_ORDER"
	LabelledCertainty          Vocabulary = "CERTAINTY"
	LabelledChangeAction       Vocabulary = "CHANGE_ACTION"
	LabelledClaimLevel         Vocabulary = "CLAIM_LEVEL"
	LabelledClaimEnd           Vocabulary = "CLAIM_END"
	LabelledClaimNature        Vocabulary = "CLAIM_NATURE"
	LabelledClaimStatus        Vocabulary = "CLAIM_STATUS"
	LabelledScoreComponentName Vocabulary = "SCORE_COMPONENT_NAME"
	LabelledDateField          Vocabulary = "DATE_FIELD"
	LabelledDimension          Vocabulary = "DIMENSION"
	LabelledDirectness         Vocabulary = "DIRECTNESS"
	LabelledDocumentation      Vocabulary = "DOCUMENTATION"
	LabelledDocumentForm       Vocabulary = "DOCUMENT_FORM"
	LabelledEdgeOrderField     Vocabulary = "EDGE_ORDER_FIELD"
	LabelledEntityKind         Vocabulary = "ENTITY_KIND"
	LabelledEvidenceKind       Vocabulary = "EVIDENCE_KIND"
	LabelledEvidenceGap        Vocabulary = "EVIDENCE_GAP"
	LabelledIncomeGroup        Vocabulary = "INCOME_GROUP"
	LabelledInitiativeForm     Vocabulary = "INITIATIVE_FORM"
	LabelledTimeInterval       Vocabulary = "TIME_INTERVAL"
	LabelledLanguage           Vocabulary = "LANGUAGE"
	LabelledMatchedBy          Vocabulary = "MATCHED_BY"
	LabelledMeasure            Vocabulary = "MEASURE"
	LabelledMeasureUnit        Vocabulary = "MEASURE_UNIT"
	LabelledObservationNature  Vocabulary = "OBSERVATION_NATURE"
	LabelledOrderDirection     Vocabulary = "ORDER_DIRECTION"
	LabelledOrganizationForm   Vocabulary = "ORGANIZATION_FORM"
	LabelledOutputForm         Vocabulary = "OUTPUT_FORM"
	LabelledOutputStatus       Vocabulary = "OUTPUT_STATUS"
	LabelledOwner              Vocabulary = "OWNER"
	LabelledPathPattern        Vocabulary = "PATH_PATTERN"
	LabelledPlanMethod         Vocabulary = "PLAN_METHOD"
	LabelledPlanStep           Vocabulary = "PLAN_STEP"
	LabelledPlanWarningCode    Vocabulary = "PLAN_WARNING_CODE"
	LabelledPredicate          Vocabulary = "PREDICATE"
	LabelledQuantityQualifier  Vocabulary = "QUANTITY_QUALIFIER"
	LabelledQuoteStatus        Vocabulary = "QUOTE_STATUS"
	LabelledRecommendationForm Vocabulary = "RECOMMENDATION_FORM"
	LabelledRecordType         Vocabulary = "RECORD_TYPE"
	LabelledRetirementCause    Vocabulary = "RETIREMENT_CAUSE"
	LabelledReview             Vocabulary = "REVIEW"
	LabelledRole               Vocabulary = "ROLE"
	LabelledScoreEnd           Vocabulary = "SCORE_END"
	LabelledSearchFacetName    Vocabulary = "SEARCH_FACET_NAME"
	LabelledSearchField        Vocabulary = "SEARCH_FIELD"
	LabelledSearchMatch        Vocabulary = "SEARCH_MATCH"
	LabelledStance             Vocabulary = "STANCE"
	LabelledStepDirection      Vocabulary = "STEP_DIRECTION"
	LabelledStopReason         Vocabulary = "STOP_REASON"
	LabelledStrength           Vocabulary = "STRENGTH"
	LabelledSupportStatus      Vocabulary = "SUPPORT_STATUS"
	LabelledTextOrigin         Vocabulary = "TEXT_ORIGIN"
)

// TypeName is the enum's name in the schema.
func (e Vocabulary) TypeName() string {
	var name strings.Builder
	for part := range strings.SplitSeq(string(e), "_") {
		name.WriteString(part[:1] + strings.ToLower(part[1:]))
	}
	return name.String()
}

// EnumLabel is a value of an enum with its label.
type EnumLabel struct {
	Value  string
	Labels masar.LocalizedText
}

// Label is the label of the value, in the first of the languages.
func (l *EnumLabel) Label(lang []masar.Language) *masar.Text { return l.Labels.In(lang) }
