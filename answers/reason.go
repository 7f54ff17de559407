package answers

import (
	"slices"

	"masar"
)

// Reason is why a number is what it is. It names things by their references; words.Explain writes the sentence.
type Reason interface {
	// About are the things that the words name, some perhaps twice.
	About() []masar.Ref
}

// AlignReason says how directly a recommendation advances what was asked for.
type AlignReason struct {
	// Asked is the SDG target or goal that was asked for; zero for none. Advanced is what the recommendation advances.
	Asked, Advanced masar.Ref
	Value           float64
}

// EvidenceReason says how well evidence supports that a recommendation advances something.
type EvidenceReason struct {
	// Advanced is what it advances; zero where no claim says so.
	Advanced masar.Ref
	// Support is that of the claim; nil where there is none.
	Support *masar.Support
}

// NeedReason says how much a country needs a recommendation: what is strongest of what is known.
type NeedReason struct {
	Country masar.Ref
	// Addressed are the challenges that the recommendation addresses.
	Addressed []masar.Ref
	// Challenge is the one that the number is of; zero where nothing is known of any of them.
	Challenge masar.Ref
	// Group is the region that the challenge is said to be of; zero where it is said of the country itself.
	Group masar.Ref
	// Net is the net support of the claim, and Factor what it counts.
	Net, Factor float64
	// ProxyIndicator is set where the number is that of a proxy indicator, and Measured is its value.
	ProxyIndicator *masar.ProxyIndicator
	Measured       masar.IndexValue
	Value          float64
}

// FitReason says how well a recommendation suits a country's means.
type FitReason struct {
	Country masar.Ref
	// Maturity is the country's; nil where it is unknown. Band is that of the recommendation; zero where none is set.
	Maturity *float64
	Band     masar.MaturityBand
	// Suits is how well the maturity suits the band.
	Suits float64
	// Met, Partly and Unmet are prerequisites by how far they are in place; Unsure are those of which this is unknown.
	Met, Partly, Unmet, Unsure []masar.Ref
	// Low and High are the fit.
	Low, High float64
}

// TransferReason says how well experience from other countries can be transferred.
type TransferReason struct {
	// Cases are the case studies that show the recommendation in practice, those that count most first.
	Cases []CaseShare
	// Low and High are the transferability.
	Low, High float64
}

// CaseShare is a case study, with what it counts.
type CaseShare struct {
	Case, Country masar.Ref
	// Support is the net support of what it is counted for.
	Support float64
	// Similarity is that of its country with the one that is advised; nil where it is unknown.
	Similarity *float64
}

// DoneReason says how much has been carried out.
type DoneReason struct {
	// Reported says whether the request says so.
	Reported bool
	Value    float64
}

// NeedsReason says what share of a country's needs a topic meets.
type NeedsReason struct {
	Country masar.Ref
	// Topic is zero where anything was asked about.
	Topic masar.Ref
	// Answered are the challenges that recommendations on the topic address; Of counts all that are known of the country.
	Answered []masar.Ref
	Of       int
	Known    bool
	Value    float64
}

// SupplyReason says what experience a country has.
type SupplyReason struct {
	Country, Topic masar.Ref
	// Cases are the known case studies. Unnamed counts those that a table counts without naming them; UnnamedShare is what each
	// of these counts.
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

// SimilarityReason says which attributes two countries have in common.
type SimilarityReason struct {
	Supplier, Recipient masar.Ref
	// Groups are the memberships that both have, Languages the official languages.
	Groups    []masar.Ref
	Languages []string
	// SameIncome and LeastDeveloped say what else they share.
	SameIncome, LeastDeveloped bool
	Known                      bool
	Value                      float64
}

// AvailabilityReason says how likely a supplier is to take part.
type AvailabilityReason struct {
	Supplier masar.Ref
	// Sent says that it is known to have sent practices of its own.
	Sent  bool
	Value float64
}

// MostNamed is the number of things that a sentence names of a list.
const MostNamed = 3

// About names nothing that has to be read: SDG goals and targets go by their codes.
func (r *AlignReason) About() []masar.Ref { return nil }

// About names nothing that has to be read.
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

// About are the country and what the recommendation requires.
func (r *FitReason) About() []masar.Ref {
	return slices.Concat([]masar.Ref{r.Country}, r.Met, r.Partly, r.Unmet, r.Unsure)
}

// About are the cases and their countries, as far as they are named.
func (r *TransferReason) About() []masar.Ref { return aboutCases(r.Cases) }

// About names nothing that has to be read.
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

// IndicatorRefs are the references that an indicator's code may stand for; one of them is there.
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

// About are the two countries and the groups that both belong to.
func (r *SimilarityReason) About() []masar.Ref {
	return slices.Concat([]masar.Ref{r.Supplier, r.Recipient}, r.Groups)
}

// About is the supplier.
func (r *AvailabilityReason) About() []masar.Ref { return []masar.Ref{r.Supplier} }
