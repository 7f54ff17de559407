package answers

import (
	"strings"

	"masar"
)

// LabelledEnum names an enum whose values have labels: its name in the schema in capitals, so that SUPPORT_STATUS is SupportStatus.
type LabelledEnum string

// The enums whose values have labels.
const (
	LabelledActivityForm       LabelledEnum = "ACTIVITY_FORM"
	LabelledActivityStatus     LabelledEnum = "ACTIVITY_STATUS"
	LabelledBasis              LabelledEnum = "BASIS"
	LabelledBucketOrder        LabelledEnum = "BUCKET_ORDER"
	LabelledCertainty          LabelledEnum = "CERTAINTY"
	LabelledChangeAction       LabelledEnum = "CHANGE_ACTION"
	LabelledClaimLevel         LabelledEnum = "CLAIM_LEVEL"
	LabelledClaimRole          LabelledEnum = "CLAIM_ROLE"
	LabelledClaimStatus        LabelledEnum = "CLAIM_STATUS"
	LabelledComponentName      LabelledEnum = "COMPONENT_NAME"
	LabelledDateField          LabelledEnum = "DATE_FIELD"
	LabelledDimension          LabelledEnum = "DIMENSION"
	LabelledDirectness         LabelledEnum = "DIRECTNESS"
	LabelledDocumentForm       LabelledEnum = "DOCUMENT_FORM"
	LabelledEdgeOrderField     LabelledEnum = "EDGE_ORDER_FIELD"
	LabelledEntityKind         LabelledEnum = "ENTITY_KIND"
	LabelledEvidenceKind       LabelledEnum = "EVIDENCE_KIND"
	LabelledGap                LabelledEnum = "GAP"
	LabelledIncomeGroup        LabelledEnum = "INCOME_GROUP"
	LabelledInitiativeForm     LabelledEnum = "INITIATIVE_FORM"
	LabelledInterval           LabelledEnum = "INTERVAL"
	LabelledLanguage           LabelledEnum = "LANGUAGE"
	LabelledMatchedBy          LabelledEnum = "MATCHED_BY"
	LabelledMeasure            LabelledEnum = "MEASURE"
	LabelledMeasureUnit        LabelledEnum = "MEASURE_UNIT"
	LabelledNature             LabelledEnum = "NATURE"
	LabelledOrderDirection     LabelledEnum = "ORDER_DIRECTION"
	LabelledOrganizationForm   LabelledEnum = "ORGANIZATION_FORM"
	LabelledOutputForm         LabelledEnum = "OUTPUT_FORM"
	LabelledOutputStatus       LabelledEnum = "OUTPUT_STATUS"
	LabelledPathPattern        LabelledEnum = "PATH_PATTERN"
	LabelledPlanMethod         LabelledEnum = "PLAN_METHOD"
	LabelledPlanStep           LabelledEnum = "PLAN_STEP"
	LabelledPlanWarningCode    LabelledEnum = "PLAN_WARNING_CODE"
	LabelledPredicate          LabelledEnum = "PREDICATE"
	LabelledQualifier          LabelledEnum = "QUALIFIER"
	LabelledQuoteStatus        LabelledEnum = "QUOTE_STATUS"
	LabelledRecommendationForm LabelledEnum = "RECOMMENDATION_FORM"
	LabelledRecordType         LabelledEnum = "RECORD_TYPE"
	LabelledReview             LabelledEnum = "REVIEW"
	LabelledRole               LabelledEnum = "ROLE"
	LabelledScoreEnd           LabelledEnum = "SCORE_END"
	LabelledSearchFacetName    LabelledEnum = "SEARCH_FACET_NAME"
	LabelledSearchField        LabelledEnum = "SEARCH_FIELD"
	LabelledSearchMatch        LabelledEnum = "SEARCH_MATCH"
	LabelledStance             LabelledEnum = "STANCE"
	LabelledStepDirection      LabelledEnum = "STEP_DIRECTION"
	LabelledStopReason         LabelledEnum = "STOP_REASON"
	LabelledStrength           LabelledEnum = "STRENGTH"
	LabelledSupportStatus      LabelledEnum = "SUPPORT_STATUS"
	LabelledTextOrigin         LabelledEnum = "TEXT_ORIGIN"
)

// TypeName is the enum's name in the schema.
func (e LabelledEnum) TypeName() string {
	var name strings.Builder
	for part := range strings.SplitSeq(string(e), "_") {
		name.WriteString(part[:1] + strings.ToLower(part[1:]))
	}
	return name.String()
}

// EnumLabel is a value of an enum with what a person calls it.
type EnumLabel struct {
	Value   string
	Wording masar.Wording
}

// Label is what a person calls the value, in the first of the languages.
func (l *EnumLabel) Label(lang []masar.Language) *masar.Text { return l.Wording.In(lang) }
