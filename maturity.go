package masar

// Maturity is how far a country has come in digital government, as international indices have it.
type Maturity struct {
	// Value is the weighted mean of the indices, in [0,1].
	Value float64
	// Coverage is how much of what should make up the value is known and recent, in [0,1].
	Coverage float64
	// AsOf is the day, as YYYY-MM-DD, at which the age of the indices was reckoned.
	AsOf string
	// Indices are those that the value is the mean of, in the order of the scoring profile.
	Indices []IndexValue
}

// IndexValue is a value of an index as one edition has it.
type IndexValue struct {
	// Indicator is the code of the index.
	Indicator string
	Year      int
	Value     float64
	// Vintage names the edition.
	Vintage string
	// Weight is the share of the value in the mean, by the profile and by its age; those of a mean add up to 1.
	Weight float64
}
