package masar

// Authorship says by whom a record was written and accepted. Each part is empty if it is not known.
type Authorship struct {
	// LastBy is who wrote the record last.
	LastBy string
	// AcceptedBy is who wrote it as accepted when it was not, and AcceptedAt when that was, in RFC 3339.
	AcceptedBy, AcceptedAt string
}

// ClaimReview says who accepted a claim.
type ClaimReview struct {
	// By is the handle of the reviewer.
	By string
	// At is the time of the decision, in RFC 3339.
	At string
}

// Owner says who maintains a record.
type Owner string

// The owners.
const (
	// OwnerSeed are the seed files: a newer seed may change the record.
	OwnerSeed Owner = "SEED"
	// OwnerCuration are people: a newer seed leaves the record alone.
	OwnerCuration Owner = "CURATION"
)
