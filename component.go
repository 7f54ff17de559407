package masar

// Score is a number of which something may be unknown. All are in [0,1].
type Score struct {
	// Point is the score by what is known; nil where nothing is.
	Point *float64
	// Low and High are the least and the most that it can be, whatever the unknown is.
	Low, High float64
	// Coverage is how much is known.
	Coverage float64
}

// ComponentName names what a score is made of.
type ComponentName string

// The components, in the order in which answers give them: those of a recommendation's score for a country, then those of
// twinning.
const (
	// ComponentAlign is how directly a recommendation advances what was asked for; of twinning, how much of what a country
	// needs the topic answers.
	ComponentAlign ComponentName = "ALIGN"
	// ComponentEvidence is the net support of its advancing that.
	ComponentEvidence ComponentName = "EVIDENCE"
	// ComponentNeed is how much the country needs it.
	ComponentNeed ComponentName = "NEED"
	// ComponentFit is how well it suits what the country can carry out.
	ComponentFit ComponentName = "FIT"
	// ComponentTransfer is how well what others did can be carried over.
	ComponentTransfer ComponentName = "TRANSFER"
	// ComponentDone is how much of it has been carried out.
	ComponentDone ComponentName = "DONE"

	// ComponentSupply and ComponentOwn are what the supplier, and the country itself, have to show.
	ComponentSupply ComponentName = "SUPPLY"
	ComponentOwn    ComponentName = "OWN_SUPPLY"
	// ComponentStep is how well the two levels of maturity suit each other.
	ComponentStep ComponentName = "STEP"
	// ComponentSimilarity is how alike the two countries are.
	ComponentSimilarity ComponentName = "SIMILARITY"
	// ComponentAvailability is how likely the supplier is to take part.
	ComponentAvailability ComponentName = "AVAILABILITY"
)

// Component is a number that a score is made of, and where it comes from.
type Component struct {
	Name ComponentName
	// Value is in [0,1]; nil where nothing is known of it. Low and High are the least and the most that it can be.
	Value     *float64
	Low, High float64
	// Coverage is how much of it is known, in [0,1].
	Coverage float64
	// Weight is its share in the mean that the score is of; nil for a factor, by which the mean is multiplied.
	Weight *float64
	// Explanation says how the number came about.
	Explanation Reason
	// Claims and Observations are what it was reckoned from.
	Claims       []ClaimKey
	Observations []ObservationKey
}

// Known reports whether anything is known of the number.
func (c *Component) Known() bool { return c.Value != nil }
