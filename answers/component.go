package answers

import "masar"

// ComponentName names what a score is made of.
type ComponentName string

// The components, in the order in which answers give them: those of a recommendation's score for a country, then those of
// twinning.
const (
	// ComponentAlign is how directly a recommendation advances what was asked for; in twinning, the share of a country's needs
	// that the topic meets.
	ComponentAlign ComponentName = "ALIGN"
	// ComponentEvidence is the net support of its advancing that.
	ComponentEvidence ComponentName = "EVIDENCE"
	// ComponentNeed is how much the country needs it.
	ComponentNeed ComponentName = "NEED"
	// ComponentFit is how well it suits the country's means.
	ComponentFit ComponentName = "FIT"
	// ComponentTransfer is how well experience from other countries can be transferred.
	ComponentTransfer ComponentName = "TRANSFER"
	// ComponentDone is how much of it has been carried out.
	ComponentDone ComponentName = "DONE"

	// ComponentSupply and ComponentOwn are the experience of the supplier and of the country itself.
	ComponentSupply ComponentName = "SUPPLY"
	ComponentOwn    ComponentName = "OWN_SUPPLY"
	// ComponentStep is how well the two levels of maturity suit each other.
	ComponentStep ComponentName = "STEP"
	// ComponentSimilarity is the similarity of the two countries.
	ComponentSimilarity ComponentName = "SIMILARITY"
	// ComponentAvailability is how likely the supplier is to take part.
	ComponentAvailability ComponentName = "AVAILABILITY"
)

// Component is a number that a score is made of, and where it comes from.
type Component struct {
	Name ComponentName
	// Low and High are the minimum and the maximum of the number, in [0,1]; they are equal where it is known exactly.
	Low, High float64
	// Weight is its weight in the sum; nil for a factor, by which the sum is multiplied.
	Weight *float64
	// Explanation says how the number came about.
	Explanation Reason
	// Claims and Observations are what it was computed from.
	Claims       []masar.ClaimKey
	Observations []masar.ObservationKey
}

// Known reports whether the number is known exactly.
func (c *Component) Known() bool { return c.Low == c.High }
