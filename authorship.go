package masar

// Authorship is the author of a record and the reviewer who accepted it. Each field is empty if unknown.
type Authorship struct {
	// LastBy is the author of the last write.
	LastBy string `json:"lastBy,omitzero"`
	// AcceptedBy is the account that accepted the record, and AcceptedAt the time, in RFC 3339.
	AcceptedBy string `json:"acceptedBy,omitzero"`
	AcceptedAt string `json:"acceptedAt,omitzero"`
	// RetiredAt is the time when the record was deprecated, in RFC 3339.
	RetiredAt string `json:"retiredAt,omitzero"`
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
	// OwnerCuration are people: a newer seed does not change the record.
	OwnerCuration Owner = "CURATION"
)
