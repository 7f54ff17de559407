package masar

// Reason says in words how a number came about. It names things by their references, so that what they are called is read
// only where somebody asks for the words.
type Reason interface {
	// About are the things that the words name, some perhaps twice.
	About() []Ref
	// say puts the reason into words; called gives each of the things.
	say(l Language, called func(Ref) Entity) string
}

// Explain puts a reason into words, in the first of the languages. called gives each of the things that it is about.
func Explain(r Reason, called func(Ref) Entity, lang []Language) *Text {
	return Wording{AR: Words{Value: r.say(Arabic, called)}, EN: Words{Value: r.say(English, called)}}.In(lang)
}

// AlignReason says how directly a recommendation advances what was asked for.
type AlignReason struct {
	// Asked is the SDG target or goal that was asked for; zero for none. Advanced is what the recommendation advances.
	Asked, Advanced Ref
	Value           float64
}

// EvidenceReason says how well the evidence bears it out that a recommendation advances something.
type EvidenceReason struct {
	// Advanced is what it advances; zero where nothing is known.
	Advanced Ref
	Basis    Basis
	Families int
	Net      float64
}

// NeedReason says how much a country needs a recommendation: what is strongest of what is known.
type NeedReason struct {
	Country Ref
	// Addressed are the challenges that the recommendation addresses.
	Addressed []Ref
	// Challenge is the one that the number is of; zero where nothing is known of any of them.
	Challenge Ref
	// Group is the region that the challenge is said to be of; zero where it is said of the country itself.
	Group Ref
	// Net is the net support of the claim, and Factor what it counts.
	Net, Factor float64
	// Gauge is set where an indicator tells of the challenge, and Measured is its value.
	Gauge    *Gauge
	Measured IndexValue
	Value    float64
}

// FitReason says how well a recommendation suits what a country can carry out.
type FitReason struct {
	Country Ref
	// Maturity is the country's; nil where it is unknown. Band is that of the recommendation; zero where nobody has judged.
	Maturity *float64
	Band     MaturityBand
	// Suits is how well the maturity suits the band.
	Suits float64
	// Met, Partly and Unmet are what the recommendation requires, by how far it is in place; of Unsure nothing is known.
	Met, Partly, Unmet, Unsure []Ref
	// Value is the number, and Low what it would be were nothing in place that nothing is known of.
	Value, Low float64
}

// TransferReason says how well what others did can be carried over.
type TransferReason struct {
	// Cases are the case studies that show the recommendation in practice, those that count most first.
	Cases []CaseShare
	Value float64
}

// CaseShare is a case study, with what it counts.
type CaseShare struct {
	Case, Country Ref
	// Support is the net support of what it is counted for.
	Support float64
	// Similarity is that of its country with the one that is advised; nil where it is unknown.
	Similarity *float64
}

// DoneReason says how much has been carried out.
type DoneReason struct {
	// Told says whether the question says so.
	Told  bool
	Value float64
}

// NeedsReason says how much of what a country needs a topic answers.
type NeedsReason struct {
	Country Ref
	// Topic is zero where anything was asked about.
	Topic Ref
	// Answered are the challenges that recommendations on the topic address; Of counts all that are known of the country.
	Answered []Ref
	Of       int
	Known    bool
	Value    float64
}

// SupplyReason says what a country has to show.
type SupplyReason struct {
	Country, Topic Ref
	Cases          []CaseShare
	Value          float64
}

// StepReason says how well the maturity of a supplier suits that of a country which wants to learn.
type StepReason struct {
	Supplier, Learner Ref
	// Theirs and Ours are the supplier's maturity and the learner's; nil where unknown.
	Theirs, Ours *float64
	Value        float64
}

// SimilarityReason says what two countries have in common.
type SimilarityReason struct {
	Supplier, Learner Ref
	// Groups are the memberships that both have, Languages the official languages.
	Groups    []Ref
	Languages []string
	// SameIncome and LeastDeveloped say what else they share.
	SameIncome, LeastDeveloped bool
	Known                      bool
	Value                      float64
}

// AvailabilityReason says how likely a supplier is to take part.
type AvailabilityReason struct {
	Supplier Ref
	// Sent says that it is known to have sent practices of its own.
	Sent  bool
	Value float64
}
