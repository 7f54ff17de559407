package answers

// Edition says whether a newer edition of a figure exists.
type Edition string

// The editions of a figure: of the same indicator for the same entity, year and nature.
const (
	NewestEdition  Edition = "NEWEST"
	EarlierEdition Edition = "EARLIER"
)

// Editions lists the editions.
var Editions = []Edition{NewestEdition, EarlierEdition}
