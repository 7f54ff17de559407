package answers

import (
	"slices"

	"masar"
)

// Reason is the reason for a number. It names entities by references; words.Explain writes it as a sentence.
type Reason interface {
	// About are the entities that the sentence names, with possible repetitions.
	About() []masar.Ref
}

// AlignReason says how directly a recommendation advances the requested target.
type AlignReason struct {
	// Asked is the requested SDG target or goal; zero for none. Advanced is what the recommendation advances.
	Asked, Advanced masar.Ref
	Value           float64
}

// EvidenceReason says how strong the evidence is that a recommendation advances a target.
type EvidenceReason struct {
	// Advanced is the target or goal; zero if no claim exists.
	Advanced masar.Ref
	// Support is the support of the claim; nil if no claim exists.
	Support *masar.Support
}

// NeedReason says how much a country needs a recommendation, by its strongest known need.
type NeedReason struct {
	Country masar.Ref
	// Addressed are the challenges that the recommendation addresses.
	Addressed []masar.Ref
	// Challenge is the challenge of the strongest need; zero if none is known.
	Challenge masar.Ref
	// Group is the group that has the challenge; zero if the country itself has it.
	Group masar.Ref
	// Net is the net support of the claim, and Factor its factor.
	Net, Factor float64
	// Contested says that sources disagree on that claim.
	Contested bool
	// ProxyIndicator is set if the number comes from a proxy indicator. Measured is its value.
	ProxyIndicator *masar.ProxyIndicator
	Measured       masar.IndexValue
	Value          float64
}

// FitReason says how well a recommendation suits a country's means.
type FitReason struct {
	Country masar.Ref
	// Maturity is the country's maturity; nil if unknown. Band is the recommendation's maturity band; zero if it has
	// none.
	Maturity *float64
	Band     masar.MaturityBand
	// Suits is how well the maturity suits the band.
	Suits float64
	// Met, Partly and Unmet are prerequisites by how far they are in place. Unsure are those for which this is unknown.
	Met, Partly, Unmet, Unsure []masar.Ref
	// Low and High are the fit.
	Low, High float64
}

// TransferReason says how well experience from other countries can be transferred.
type TransferReason struct {
	// Cases are the case studies that demonstrate the recommendation, highest value first.
	Cases []CaseShare
	// Low and High are the transferability.
	Low, High float64
}

// CaseShare is a case study with its factors.
type CaseShare struct {
	Case, Country masar.Ref
	// Support is the net support of the claim about the case study.
	Support float64
	// Similarity is the similarity of its country and the advised country; nil if unknown.
	Similarity *float64
}

// DoneReason says how much of a recommendation is finished.
type DoneReason struct {
	// Reported says whether the request has a value.
	Reported bool
	Value    float64
}

// NeedsReason says what share of a country's needs a topic covers.
type NeedsReason struct {
	Country masar.Ref
	// Topic is zero for any topic.
	Topic masar.Ref
	// Answered are the challenges that recommendations on the topic address. Of is the number of known challenges of the
	// country.
	Answered []masar.Ref
	Of       int
	Known    bool
	Value    float64
}

// SupplyReason says what experience a country has.
type SupplyReason struct {
	Country, Topic masar.Ref
	// Cases are the known case studies. Unnamed is the number of cases that a table counts without naming them, and
	// UnnamedShare the value of each.
	Cases        []CaseShare
	Unnamed      int
	UnnamedShare float64
	Value        float64
}

// StepReason says how well the maturity of a supplier suits that of the recipient.
type StepReason struct {
	Supplier, Recipient masar.Ref
	// Theirs and Ours are the maturity of the supplier and of the recipient; nil where unknown.
	Theirs, Ours *float64
	Value        float64
}

// SimilarityReason says what two countries have in common.
type SimilarityReason struct {
	Supplier, Recipient masar.Ref
	// Groups are the common memberships, Languages the common official languages.
	Groups    []masar.Ref
	Languages []string
	// SameIncome and LeastDeveloped are further common properties.
	SameIncome, LeastDeveloped bool
	Known                      bool
	Value                      float64
}

// AvailabilityReason says how likely a supplier is to take part.
type AvailabilityReason struct {
	Supplier masar.Ref
	// Sent says that the supplier is known to have sent practices of its own.
	Sent  bool
	Value float64
}

// MostNamed is the maximum number of list items in a sentence.
const MostNamed = 3

// About is empty: SDG goals and targets are named by their codes.
func (r *AlignReason) About() []masar.Ref { return nil }

// About is empty: the sentence names no entities.
func (r *EvidenceReason) About() []masar.Ref { return nil }

// About are the country, the challenges and the region.
func (r *NeedReason) About() []masar.Ref {
	about := append([]masar.Ref{r.Country}, r.Addressed...)
	if !r.Group.IsZero() {
		about = append(about, r.Group)
	}
	if r.ProxyIndicator != nil {
		about = append(about, IndicatorRefs(r.ProxyIndicator.Indicator)...)
	}
	return about
}

// About are the country and the prerequisites.
func (r *FitReason) About() []masar.Ref {
	return slices.Concat([]masar.Ref{r.Country}, r.Met, r.Partly, r.Unmet, r.Unsure)
}

// About are the named cases and their countries.
func (r *TransferReason) About() []masar.Ref { return aboutCases(r.Cases) }

// About is empty: the sentence names no entities.
func (r *DoneReason) About() []masar.Ref { return nil }

func aboutCases(cases []CaseShare) []masar.Ref {
	var about []masar.Ref
	for _, c := range cases[:min(MostNamed, len(cases))] {
		about = append(about, c.Case)
		if !c.Country.IsZero() {
			about = append(about, c.Country)
		}
	}
	return about
}

// IndicatorRefs are the possible references of an indicator's code. Exactly one of them exists.
func IndicatorRefs(code string) []masar.Ref {
	return []masar.Ref{{Kind: masar.KindIndicator, Code: code}, {Kind: masar.KindSdgIndicator, Code: code}}
}

// About are the country, the topic and the challenges.
func (r *NeedsReason) About() []masar.Ref {
	if r.Topic.IsZero() {
		return nil
	}
	return append([]masar.Ref{r.Country, r.Topic}, r.Answered...)
}

// About are the country, the topic and the cases.
func (r *SupplyReason) About() []masar.Ref {
	about := append([]masar.Ref{r.Country}, aboutCases(r.Cases)...)
	if !r.Topic.IsZero() {
		about = append(about, r.Topic)
	}
	return about
}

// About are the two countries.
func (r *StepReason) About() []masar.Ref { return []masar.Ref{r.Supplier, r.Recipient} }

// About are the two countries and their common groups.
func (r *SimilarityReason) About() []masar.Ref {
	return slices.Concat([]masar.Ref{r.Supplier, r.Recipient}, r.Groups)
}

// About is the supplier.
func (r *AvailabilityReason) About() []masar.Ref { return []masar.Ref{r.Supplier} }
