package masar

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// Predicate is the relation that a claim states between its subject and object.
type Predicate string

// The predicates of claims. PredicateSpecs has their domains, ranges and weights.
const (
	Advances         Predicate = "ADVANCES"
	ContributesTo    Predicate = "CONTRIBUTES_TO"
	Addresses        Predicate = "ADDRESSES"
	HasChallenge     Predicate = "HAS_CHALLENGE"
	Demonstrates     Predicate = "DEMONSTRATES"
	PractisedIn      Predicate = "PRACTISED_IN"
	LedBy            Predicate = "LED_BY"
	IssuedIn         Predicate = "ISSUED_IN"
	PartOf           Predicate = "PART_OF"
	Participates     Predicate = "PARTICIPATES"
	OperatesIn       Predicate = "OPERATES_IN"
	HeldIn           Predicate = "HELD_IN"
	AlignsWith       Predicate = "ALIGNS_WITH"
	Concerns         Predicate = "CONCERNS"
	Requires         Predicate = "REQUIRES"
	Produces         Predicate = "PRODUCES"
	Duplicates       Predicate = "DUPLICATES"
	Elaborates       Predicate = "ELABORATES"
	SameAs           Predicate = "SAME_AS"
	ContinuesThemeOf Predicate = "CONTINUES_THEME_OF"
	MapsTo           Predicate = "MAPS_TO"
)

// PredicateSpec is the specification of a predicate.
type PredicateSpec struct {
	// Domain and Range are the allowed kinds of subject and object; an empty Domain allows every kind.
	Domain, Range []Kind
	// SameKind requires subject and object to have the same kind.
	SameKind bool
	// Weight is the weight ω of a step along the predicate in an evidence path.
	Weight float64
	// Nature says whether its claims record facts or assert effects.
	Nature ClaimNature
}

// PredicateSpecs has every predicate's specification.
var PredicateSpecs = map[Predicate]PredicateSpec{
	Advances:         {Domain: []Kind{KindRecommendation}, Range: []Kind{KindSdgTarget, KindSdgGoal}, Weight: 1, Nature: Effect},
	ContributesTo:    {Domain: []Kind{KindInitiative, KindCaseStudy}, Range: []Kind{KindSdgTarget, KindSdgGoal, KindLegacyTarget}, Weight: 1, Nature: Effect},
	Addresses:        {Domain: []Kind{KindRecommendation, KindInitiative}, Range: []Kind{KindChallenge}, Weight: 1, Nature: Effect},
	HasChallenge:     {Domain: []Kind{KindCountry, KindCountryGroup}, Range: []Kind{KindChallenge}, Weight: .8, Nature: Fact},
	Demonstrates:     {Domain: []Kind{KindCaseStudy, KindInitiative}, Range: []Kind{KindRecommendation}, Weight: 1, Nature: Effect},
	PractisedIn:      {Domain: []Kind{KindCaseStudy}, Range: []Kind{KindCountry}, Weight: .9, Nature: Fact},
	LedBy:            {Domain: []Kind{KindCaseStudy}, Range: []Kind{KindOrganization}, Weight: .9, Nature: Fact},
	IssuedIn:         {Domain: []Kind{KindRecommendation}, Range: []Kind{KindDocument, KindActivity, KindOutput}, Weight: .9, Nature: Fact},
	PartOf:           {Domain: []Kind{KindInitiative, KindActivity, KindOutput, KindCaseStudy, KindOrganization}, Range: []Kind{KindInitiative, KindActivity, KindOutput, KindOrganization}, Weight: .9, Nature: Fact},
	Participates:     {Domain: []Kind{KindOrganization}, Range: []Kind{KindInitiative, KindActivity}, Weight: .7, Nature: Fact},
	OperatesIn:       {Domain: []Kind{KindInitiative}, Range: []Kind{KindCountry, KindCountryGroup}, Weight: .7, Nature: Fact},
	HeldIn:           {Domain: []Kind{KindActivity}, Range: []Kind{KindCountry}, Weight: .7, Nature: Fact},
	AlignsWith:       {Domain: []Kind{KindInitiative, KindRecommendation}, Range: []Kind{KindFramework, KindPrinciple}, Weight: .6, Nature: Fact},
	Concerns:         {Range: []Kind{KindTopic}, Weight: .5, Nature: Fact},
	Requires:         {Domain: []Kind{KindRecommendation}, Range: []Kind{KindRecommendation, KindTopic}, Weight: .8, Nature: Fact},
	Produces:         {Domain: []Kind{KindInitiative, KindActivity}, Range: []Kind{KindOutput}, Weight: .8, Nature: Fact},
	Duplicates:       {SameKind: true, Weight: .3, Nature: Fact},
	Elaborates:       {SameKind: true, Weight: .3, Nature: Fact},
	SameAs:           {SameKind: true, Weight: .3, Nature: Fact},
	ContinuesThemeOf: {Domain: []Kind{KindInitiative}, Range: []Kind{KindInitiative}, Weight: .4, Nature: Fact},
	MapsTo:           {Domain: []Kind{KindLegacyTarget}, Range: []Kind{KindSdgTarget}, Weight: .6, Nature: Fact},
}

// Predicates lists every predicate in the order of answers.
var Predicates = []Predicate{
	Advances, ContributesTo, Addresses, HasChallenge, Demonstrates, PractisedIn, LedBy, IssuedIn, PartOf, Participates,
	OperatesIn, HeldIn, AlignsWith, Concerns, Requires, Produces, Duplicates, Elaborates, SameAs, ContinuesThemeOf, MapsTo,
}

// Admits reports whether a claim of the predicate may have a subject and an object of these kinds.
func (p PredicateSpec) Admits(subject, object Kind) bool {
	if p.SameKind {
		return subject == object
	}
	return (len(p.Domain) == 0 || slices.Contains(p.Domain, subject)) && slices.Contains(p.Range, object)
}

// Nature is the nature of a predicate's claims; empty for an unknown predicate.
func (p Predicate) Nature() ClaimNature { return PredicateSpecs[p].Nature }

// ClaimNature is the type of statement that a claim makes. It decides how support is computed.
type ClaimNature string

// The natures. A FACT records what is or was; an EFFECT asserts that something helps.
const (
	Fact   ClaimNature = "FACT"
	Effect ClaimNature = "EFFECT"
)

// ClaimNatures lists the natures.
var ClaimNatures = []ClaimNature{Fact, Effect}

// Basis says whether a source states something or a curator inferred it.
type Basis string

// The two bases.
const (
	Stated   Basis = "STATED"
	Inferred Basis = "INFERRED"
)

// Bases lists the bases.
var Bases = []Basis{Stated, Inferred}

// ClaimStatus is the review status of a claim. By default answers have accepted claims only. Claims are never
// deleted.
type ClaimStatus string

// The statuses of a claim.
const (
	ClaimSuggested  ClaimStatus = "SUGGESTED"
	ClaimSubmitted  ClaimStatus = "SUBMITTED"
	ClaimAccepted   ClaimStatus = "ACCEPTED"
	ClaimRejected   ClaimStatus = "REJECTED"
	ClaimDeprecated ClaimStatus = "DEPRECATED"
)

// ClaimLevel reports whether a claim reaches an SDG target or only a goal. The levels are never mixed silently.
type ClaimLevel string

// The levels of a claim about the SDGs.
const (
	LevelTarget ClaimLevel = "TARGET"
	LevelGoal   ClaimLevel = "GOAL"
)

// Role is the role of an organization in an initiative or activity.
type Role string

// The roles of a PARTICIPATES claim. A commissioner is the organization on whose behalf another one acts, which does
// not imply funding. Funder requires a source that names the funding.
const (
	RoleImplementer  Role = "IMPLEMENTER"
	RoleCommissioner Role = "COMMISSIONER"
	RoleFunder       Role = "FUNDER"
	RolePartner      Role = "PARTNER"
	RoleOrganizer    Role = "ORGANIZER"
	RoleCoOrganizer  Role = "CO_ORGANIZER"
	RoleTrainer      Role = "TRAINER"
	RoleContributor  Role = "CONTRIBUTOR"
	RoleParticipant  Role = "PARTICIPANT"
)

// Roles lists the roles.
var Roles = []Role{
	RoleImplementer, RoleCommissioner, RoleFunder, RolePartner, RoleOrganizer, RoleCoOrganizer,
	RoleTrainer, RoleContributor, RoleParticipant,
}

// ClaimStatuses lists the statuses of a claim.
var ClaimStatuses = []ClaimStatus{ClaimSuggested, ClaimSubmitted, ClaimAccepted, ClaimRejected, ClaimDeprecated}

// ClaimKey is the key of a claim.
type ClaimKey string

// Claim is an edge of the graph: a subject, a predicate, an object, and optionally a role.
type Claim struct {
	// Key is derived from the triple and the role, so the same claim entered twice is one claim.
	Key       ClaimKey  `json:"key,omitzero"`
	Subject   Ref       `json:"subject,omitzero"`
	Predicate Predicate `json:"predicate,omitzero"`
	Object    Ref       `json:"object,omitzero"`
	// Role qualifies a PARTICIPATES claim; empty for every other predicate.
	Role   Role        `json:"role,omitzero"`
	Basis  Basis       `json:"basis,omitzero"`
	Status ClaimStatus `json:"status,omitzero"`
	// Rationales are the reasons for an inferred claim.
	Rationales LocalizedText `json:"rationale,omitzero"`
	// Withdrawal says why the claim is deprecated or rejected.
	Withdrawal Withdrawal `json:"retirement,omitzero"`
	// Origin is the seed file or the curator of the claim.
	Origin string `json:"origin,omitzero"`
	// Revision increases by one with each change of the claim.
	Revision int `json:"version,omitzero"`
	// Authorship is set by the database only.
	Authorship Authorship `json:"authorship,omitzero"`
}

// NewKey derives the claim's key: the first 16 bytes of the SHA-256 of its triple and role, in hex.
func (c *Claim) NewKey() ClaimKey {
	return ClaimKey(hash(c.Subject.String(), string(c.Predicate), c.Object.String(), string(c.Role)))
}

// Identity is the claim's record reference.
func (c *Claim) Identity() RecordRef { return RecordRef{RecordClaim, string(c.Key)} }

// ID is the claim's global ID.
func (c *Claim) ID() string { return c.Identity().ID() }

// Version increases by one with each change of the claim.
func (c *Claim) Version() int { return c.Revision }

// Rationale is the reason for an inferred claim; nil for a stated one.
func (c *Claim) Rationale(lang []Language) *Text { return c.Rationales.In(lang) }

// Owner says who maintains the claim.
func (c *Claim) Owner() Owner {
	if by := c.Authorship.LastBy; by != "" && by != SeedAuthor {
		return OwnerCuration
	}
	return OwnerSeed
}

// Review is the acceptance of the claim; nil if it was never accepted, was accepted with the seed, or if this is
// unknown.
func (c *Claim) Review() *ClaimReview {
	if by := c.Authorship.AcceptedBy; by == "" || by == SeedAuthor {
		return nil
	}
	return &ClaimReview{By: c.Authorship.AcceptedBy, At: c.Authorship.AcceptedAt}
}

// Level is the SDG level of the claim's object; nil if the object is not an SDG goal or target.
func (c *Claim) Level() *ClaimLevel {
	var l ClaimLevel
	switch c.Object.Kind {
	case KindSdgTarget:
		l = LevelTarget
	case KindSdgGoal:
		l = LevelGoal
	default:
		return nil
	}
	return &l
}

// hash is a key derived from parts: half a SHA-256, in hex.
func hash(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
