package masar

import (
	"cmp"
	"slices"
	"strings"
)

// Node is a record with a global ID: an entity, claim, evidence item or observation.
type Node interface {
	// ID is opaque and stable. It is derived from the natural key, so it is the same after a new import.
	ID() string
}

// Entity is a record that a claim can be about.
type Entity interface {
	Node
	Record
	Head() *Header
}

// Header holds the fields of all entities.
type Header struct {
	Kind Kind   `json:"of,omitzero"`
	Code string `json:"code,omitzero"`
	// Titles are the entity's names; Summaries are descriptions of one to three sentences by Masar.
	Titles    LocalizedText `json:"title,omitzero"`
	Summaries LocalizedText `json:"summary,omitzero"`
	// OtherNames are further names of the entity.
	OtherNames []Alias `json:"aliases,omitempty"`
	// ExactMatch is the IRI of the same thing in a public vocabulary (skos:exactMatch): for SDG goals and targets the UN's own.
	ExactMatch string `json:"iri,omitzero"`
	// Parent is the structural parent: the goal of a target, the target of an indicator, the broader topic.
	Parent Ref `json:"parent,omitzero"`
	// Revision increases by one with each change of the entity.
	Revision int `json:"version,omitzero"`
}

// Alias is another name of an entity.
type Alias struct {
	Name string   `json:"value,omitzero"`
	Lang Language `json:"lang,omitzero"`
}

// Head is the Header of the embedding entity.
func (h *Header) Head() *Header { return h }

// Ref is the entity's reference.
func (h *Header) Ref() Ref { return Ref{h.Kind, h.Code} }

// ID is the entity's global ID.
func (h *Header) ID() string { return EntityID(h.Ref()) }

// Title is the entity's name, in the first of the languages in which it exists, otherwise in the original language.
func (h *Header) Title(lang []Language) *Text { return h.Titles.In(lang) }

// Summary is a description of the entity by Masar.
func (h *Header) Summary(lang []Language) *Text { return h.Summaries.In(lang) }

// Aliases are the entity's other names, as texts, ordered by language and text.
func (h *Header) Aliases() []*Text {
	texts := make([]*Text, len(h.OtherNames))
	for i, a := range h.OtherNames {
		texts[i] = &Text{Value: a.Name, Lang: a.Lang, Origin: OriginPublished}
	}
	slices.SortFunc(texts, func(a, b *Text) int {
		return cmp.Or(strings.Compare(string(a.Lang), string(b.Lang)), strings.Compare(a.Value, b.Value))
	})
	return texts
}

// Iri is the IRI of the same entity in a public vocabulary; nil if there is none.
func (h *Header) Iri() *string {
	if h.ExactMatch == "" {
		return nil
	}
	return &h.ExactMatch
}

// Identity is the entity's record reference.
func (h *Header) Identity() RecordRef { return h.Ref().Record() }

// Version increases by one with each change of the entity.
func (h *Header) Version() int { return h.Revision }

// SdgGoal is one of the 17 Sustainable Development Goals.
type SdgGoal struct{ Header }

// SdgTarget is one of the 169 targets of the 2030 Agenda.
type SdgTarget struct{ Header }

// SdgIndicator is an indicator of the global SDG framework.
type SdgIndicator struct{ Header }

// LegacyTarget is a goal or target of the Millennium Development Goals. It is never an SDG. Reviewed MAPS_TO claims
// name the SDG targets that continue it.
type LegacyTarget struct{ Header }

// Framework is an agenda, vision or body of standards that initiatives align with.
type Framework struct{ Header }

// Principle is a principle that initiatives and recommendations follow, such as inclusiveness.
type Principle struct{ Header }

// Initiative is a programme, project or permanent undertaking, or a named part of one.
type Initiative struct {
	Header
	Form   InitiativeForm `json:"initiativeForm,omitzero"`
	Period Date           `json:"period,omitzero"`
}

// InitiativeForm is the type of an initiative.
type InitiativeForm string

// The forms of initiative.
const (
	InitiativeProgramme InitiativeForm = "PROGRAMME"
	InitiativeProject   InitiativeForm = "PROJECT"
	InitiativeComponent InitiativeForm = "COMPONENT"
	InitiativePortal    InitiativeForm = "PORTAL"
	InitiativeModel     InitiativeForm = "MODEL"
	InitiativeInstitute InitiativeForm = "INSTITUTE"
)

// InitiativeForms lists the forms of initiative.
var InitiativeForms = []InitiativeForm{InitiativeProgramme, InitiativeProject, InitiativeComponent, InitiativePortal, InitiativeModel, InitiativeInstitute}

// Organization is an organization that acts: a ministry, an agency, a company, an association.
type Organization struct {
	Header
	Form OrganizationForm `json:"organizationForm,omitzero"`
	// Home is the country of a national body; zero for international ones.
	Home Ref `json:"country,omitzero"`
	// Contact is a functional address from a source, never that of a person.
	Contact string `json:"contact,omitzero"`
}

// OrganizationForm is the type of an organization.
type OrganizationForm string

// The forms of organization.
const (
	OrganizationUN                OrganizationForm = "UN"
	OrganizationIntergovernmental OrganizationForm = "INTERGOVERNMENTAL"
	OrganizationGovernment        OrganizationForm = "GOVERNMENT"
	OrganizationAgency            OrganizationForm = "DEVELOPMENT_AGENCY"
	OrganizationCivilSociety      OrganizationForm = "CIVIL_SOCIETY"
	OrganizationCompany           OrganizationForm = "COMPANY"
	OrganizationAcademic          OrganizationForm = "ACADEMIC"
	OrganizationStakeholders      OrganizationForm = "STAKEHOLDER_GROUP"
)

// OrganizationForms lists the forms of organization.
var OrganizationForms = []OrganizationForm{
	OrganizationUN, OrganizationIntergovernmental, OrganizationGovernment, OrganizationAgency,
	OrganizationCivilSociety, OrganizationCompany, OrganizationAcademic, OrganizationStakeholders,
}

// Country is a state, identified by its ISO 3166-1 alpha-3 code.
type Country struct {
	Header
	// ISO2 and M49 are its ISO 3166-1 alpha-2 and UN M49 codes.
	ISO2 string `json:"iso2,omitzero"`
	M49  string `json:"m49,omitzero"`
	// IncomeGroup is the World Bank's income group for the fiscal year IncomeYear.
	IncomeGroup IncomeGroup `json:"incomeGroup,omitzero"`
	IncomeYear  string      `json:"incomeYear,omitzero"`
	// LeastDeveloped says whether the UN lists it among the least developed countries.
	LeastDeveloped bool `json:"leastDeveloped,omitzero"`
	// OfficialLanguages are BCP 47 tags, such as ar; empty if unknown.
	OfficialLanguages []string `json:"officialLanguages,omitempty"`
	// Groups are the country groups of the country.
	Groups []Ref `json:"groups,omitempty"`
}

// IncomeGroup is a World Bank income group.
type IncomeGroup string

// The World Bank's income groups.
const (
	LowIncome         IncomeGroup = "LOW"
	LowerMiddleIncome IncomeGroup = "LOWER_MIDDLE"
	UpperMiddleIncome IncomeGroup = "UPPER_MIDDLE"
	HighIncome        IncomeGroup = "HIGH"
)

// IncomeGroups lists the income groups from low to high.
var IncomeGroups = []IncomeGroup{LowIncome, LowerMiddleIncome, UpperMiddleIncome, HighIncome}

// CountryGroup is a region or a membership, such as the Arab region or the least developed countries.
type CountryGroup struct{ Header }

// Challenge is a difficulty that countries face and that recommendations address.
type Challenge struct {
	Header
	// ProxyIndicators show how strongly a country faces the challenge.
	ProxyIndicators []ProxyIndicator `json:"proxyIndicators,omitempty"`
}

// ProxyIndicator is a curator's judgement that an indicator shows how strongly a country faces a challenge.
type ProxyIndicator struct {
	// Indicator is the code of an SDG indicator or of another Indicator.
	Indicator string `json:"indicator,omitzero"`
	// Worst is the value with the greatest challenge, and Best the value without any.
	Worst      float64       `json:"worst,omitzero"`
	Best       float64       `json:"best,omitzero"`
	Rationales LocalizedText `json:"rationale,omitzero"`
}

// Rationale says why the indicator is a proxy for the challenge.
func (g *ProxyIndicator) Rationale(lang []Language) *Text { return g.Rationales.In(lang) }

// Topic is a concept of the small SKOS scheme of subjects; Parent is the broader concept.
type Topic struct{ Header }

// Recommendation is a recommendation by a source.
type Recommendation struct {
	Header
	Form RecommendationForm `json:"recommendationForm,omitzero"`
	// Number is its number in the list in which it was issued; 0 if the list is not numbered.
	Number int `json:"number,omitzero"`
	// Strength is a person's judgement in GRADE's sense; empty without a judgement.
	Strength Strength `json:"strength,omitzero"`
	// MaturityBand is the maturity of the countries that it suits, in a curator's judgement; zero without a judgement.
	MaturityBand MaturityBand `json:"maturityBand,omitzero"`
	// HeadingOnly says that the sources give only its heading, not its content.
	HeadingOnly bool `json:"headingOnly,omitzero"`
}

// HasContent reports whether the sources state what it recommends.
func (r *Recommendation) HasContent() bool { return !r.HeadingOnly }

// MaturityBand is the range of maturity of the countries that a recommendation suits.
type MaturityBand struct {
	// Low and High bound the range, 0 ≤ Low < High ≤ 1.
	Low   float64 `json:"low,omitzero"`
	High  float64 `json:"high,omitzero"`
	Basis Basis   `json:"basis,omitzero"`
	// Rationales are the reasons for the range, based on the source.
	Rationales LocalizedText `json:"rationale,omitzero"`
}

// IsZero reports whether there is no judgement.
func (b MaturityBand) IsZero() bool { return b.High == 0 }

// Rationale is the reason for the range, based on the source.
func (b *MaturityBand) Rationale(lang []Language) *Text { return b.Rationales.In(lang) }

// RecommendationForm is the type of list that a recommendation comes from.
type RecommendationForm string

// The forms of recommendation.
const (
	RecommendationKeyMessage RecommendationForm = "KEY_MESSAGE"
	RecommendationStudy      RecommendationForm = "STUDY_RECOMMENDATION"
	RecommendationMeeting    RecommendationForm = "MEETING_RECOMMENDATION"
)

// RecommendationForms lists the forms of recommendation.
var RecommendationForms = []RecommendationForm{RecommendationKeyMessage, RecommendationStudy, RecommendationMeeting}

// Strength is the strength of a recommendation in GRADE's sense. It is separate from the certainty of its evidence.
type Strength string

// The strengths of recommendation.
const (
	StrengthStrong       Strength = "STRONG"
	StrengthConditional  Strength = "CONDITIONAL"
	StrengthGoodPractice Strength = "GOOD_PRACTICE"
)

// Strengths lists the strengths of recommendation.
var Strengths = []Strength{StrengthStrong, StrengthConditional, StrengthGoodPractice}

// CaseStudy is a practice that a country or organization has implemented.
type CaseStudy struct{ Header }

// Activity is a past or planned activity: a webinar, a workshop, a collection of practices.
type Activity struct {
	Header
	Form ActivityForm `json:"activityForm,omitzero"`
	// Status distinguishes plans from past activities, according to the source.
	Status ActivityStatus `json:"activityStatus,omitzero"`
	Date   Date           `json:"date,omitzero"`
	// Places are where it was held, as precise as in the source.
	Places LocalizedText `json:"place,omitzero"`
	// Participants are numbers of participants, according to the source.
	Participants []Quantity `json:"attendance,omitempty"`
}

// Place is where the activity was held; nil if unknown.
func (a *Activity) Place(lang []Language) *Text { return a.Places.In(lang) }

// ActivityForm is the type of an activity.
type ActivityForm string

// The forms of activity.
const (
	ActivityWebinar          ActivityForm = "WEBINAR"
	ActivityWorkshop         ActivityForm = "WORKSHOP"
	ActivityMeeting          ActivityForm = "MEETING"
	ActivityExpertMeeting    ActivityForm = "EXPERT_MEETING"
	ActivityConference       ActivityForm = "CONFERENCE"
	ActivityTraining         ActivityForm = "TRAINING"
	ActivityPeerExchange     ActivityForm = "PEER_EXCHANGE"
	ActivityDataCollection   ActivityForm = "DATA_COLLECTION"
	ActivityPublication      ActivityForm = "PUBLICATION"
	ActivityPlatformUpdate   ActivityForm = "PLATFORM_UPDATE"
	ActivityTechnicalSupport ActivityForm = "TECHNICAL_SUPPORT"
)

// ActivityForms lists the forms of activity.
var ActivityForms = []ActivityForm{
	ActivityWebinar, ActivityWorkshop, ActivityMeeting, ActivityExpertMeeting, ActivityConference, ActivityTraining,
	ActivityPeerExchange, ActivityDataCollection, ActivityPublication, ActivityPlatformUpdate, ActivityTechnicalSupport,
}

// ActivityStatus distinguishes plans from what happened, according to the source.
type ActivityStatus string

// The states of an activity.
const (
	ActivityPlanned ActivityStatus = "PLANNED"
	ActivityOngoing ActivityStatus = "ONGOING"
	ActivityHeld    ActivityStatus = "HELD"
)

// ActivityStatuses lists the states of an activity.
var ActivityStatuses = []ActivityStatus{ActivityPlanned, ActivityOngoing, ActivityHeld}

// Output is something produced or planned: a study, a report, a tool.
type Output struct {
	Header
	Form OutputForm `json:"outputForm,omitzero"`
	Date Date       `json:"date,omitzero"`
	// History has the state of the output according to each source, oldest first.
	History []OutputState `json:"history,omitempty"`
}

// OutputForm is the type of an output.
type OutputForm string

// The forms of output.
const (
	OutputStudy           OutputForm = "STUDY"
	OutputReport          OutputForm = "REPORT"
	OutputWorkingPaper    OutputForm = "WORKING_PAPER"
	OutputTool            OutputForm = "TOOL"
	OutputPortal          OutputForm = "PORTAL"
	OutputOutcomeDocument OutputForm = "OUTCOME_DOCUMENT"
	OutputCollection      OutputForm = "COLLECTION"
	OutputPresentation    OutputForm = "PRESENTATION"
	OutputStrategy        OutputForm = "STRATEGY"
)

// OutputForms lists the forms of output.
var OutputForms = []OutputForm{
	OutputStudy, OutputReport, OutputWorkingPaper, OutputTool, OutputPortal, OutputOutcomeDocument,
	OutputCollection, OutputPresentation, OutputStrategy,
}

// OutputState is the state of an output according to one source.
type OutputState struct {
	Status OutputStatus `json:"outputStatus,omitzero"`
	// AsOf is the date of the state, according to the source.
	AsOf Date `json:"asOf,omitzero"`
	// Source is the document that states it.
	Source Ref           `json:"source,omitzero"`
	Notes  LocalizedText `json:"note,omitzero"`
}

// Note is an explanation of the state by Masar.
func (s *OutputState) Note(lang []Language) *Text { return s.Notes.In(lang) }

// OutputStatus is the state of an output.
type OutputStatus string

// The states of an output.
const (
	OutputPlanned       OutputStatus = "PLANNED"
	OutputInPreparation OutputStatus = "IN_PREPARATION"
	OutputReviewed      OutputStatus = "UNDER_REVIEW"
	OutputIssued        OutputStatus = "ISSUED"
)

// OutputStatuses lists the states of an output.
var OutputStatuses = []OutputStatus{OutputPlanned, OutputInPreparation, OutputReviewed, OutputIssued}

// Indicator is an index or count outside the SDG framework, such as the UN's EGDI.
type Indicator struct {
	Header
	// Unit is the unit of its values, such as INDEX or CASES.
	Unit string `json:"unit,omitzero"`
}

// NewEntity returns an empty entity of a kind; nil for an unknown kind.
func NewEntity(kind Kind) Entity {
	switch kind {
	case KindSdgGoal:
		return new(SdgGoal)
	case KindSdgTarget:
		return new(SdgTarget)
	case KindSdgIndicator:
		return new(SdgIndicator)
	case KindLegacyTarget:
		return new(LegacyTarget)
	case KindFramework:
		return new(Framework)
	case KindPrinciple:
		return new(Principle)
	case KindInitiative:
		return new(Initiative)
	case KindOrganization:
		return new(Organization)
	case KindCountry:
		return new(Country)
	case KindCountryGroup:
		return new(CountryGroup)
	case KindChallenge:
		return new(Challenge)
	case KindTopic:
		return new(Topic)
	case KindRecommendation:
		return new(Recommendation)
	case KindCaseStudy:
		return new(CaseStudy)
	case KindActivity:
		return new(Activity)
	case KindOutput:
		return new(Output)
	case KindDocument:
		return new(Document)
	case KindIndicator:
		return new(Indicator)
	}
	return nil
}
