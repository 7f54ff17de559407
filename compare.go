package masar

import "strconv"

// InitiativeComparison tells how much initiatives share, two by two, and what only one of them is linked with.
type InitiativeComparison struct {
	Snapshot    string
	Initiatives []Ref
	// Pairs are every two of the initiatives, in the order asked for.
	Pairs []*InitiativePair
	// Only has for each initiative, in the order asked for, what none of the others is linked with.
	Only []*OnlyLinked
}

// InitiativePair tells how much two initiatives share.
type InitiativePair struct {
	A, B Ref
	// Overlap is the rarity of what both are linked with, over that of what either is, from 0 to 1; nil where no accepted claim
	// links either of them with anything.
	Overlap *float64
	// Dimensions take the overlap apart: it is the sum of weight · similarity over them. Kinds of which neither is linked with
	// anything are left out: nothing is known there.
	Dimensions []*ComparisonDimension
	// Links are the claims that link the two with each other.
	Links []ClaimKey
}

// ComparisonDimension tells how much two initiatives share of one kind of entity.
type ComparisonDimension struct {
	Kind Kind
	// Similarity is the overlap within the kind, and Weight the rarity of what either is linked with of the kind, over that
	// of all kinds.
	Similarity, Weight float64
	// Shared are the entities that both are linked with, by code.
	Shared []Ref
	// SharedLinks are the same entities with the claims behind them.
	SharedLinks []*SharedLink
	// CountA and CountB are the numbers of entities that each is linked with.
	CountA, CountB int
}

// SharedLink is an entity that both initiatives of a pair are linked with, and the claims by which they are.
type SharedLink struct {
	Entity Ref
	// Rarity is 1/log₂(2 + d) for an entity of d claims.
	Rarity           float64
	ClaimsA, ClaimsB []ClaimKey
}

// OnlyLinked are the entities that one initiative of a comparison is linked with and none of the others.
type OnlyLinked struct {
	Initiative Ref
	// Entities are by kind and code.
	Entities []Ref
}

// The explanations of a comparison.
var (
	pairWords = wordForm{
		"{overlap}، وهو مجموع ما لكل نوع مشترك من ثقل في ما يرتبط به أحدهما × التشابه فيه: {dimensions}.",
		"{overlap}, the sum over the kinds that they share of its weight in what either is linked with × the similarity in it: {dimensions}.",
	}
	nothingSharedWords = wordForm{
		"0، فلا يُعرف شيء يرتبط به كلاهما.",
		"0, for nothing is known that both are linked with.",
	}
	noLinksWords = wordForm{
		"لا يُعرف شيء يرتبط به أي منهما.",
		"Nothing is known that either is linked with.",
	}
	dimensionPartWords = wordForm{"{kind} {product}", "{kind} {product}"}
	oneSidedWords      = wordForm{
		"{kind}: لا يُعرف ارتباط بشيء من هذا النوع إلا لأحدهما، وعدده {either}. ولا يُعرف مثله للآخر.",
		"{kind}: only one of the two is known to be linked with any, {either} of them; of the other none are known.",
	}
	dimensionWords = wordForm{
		"{kind}: المشترك {shared} من {either} يرتبط بها أحدهما على الأقل ({a} و{b}). والتشابه {similarity} لأن الأقل ارتباطاً بغيره أثقل وزناً.",
		"{kind}: {shared} in common, of {either} that at least one is linked with ({a} and {b}). What has fewer links counts more, which makes a similarity of {similarity}.",
	}
)

// Explanation says what the overlap is the sum of.
func (p *InitiativePair) Explanation(lang []Language) *Text {
	if p.Overlap == nil {
		return saying(noLinksWords, lang, func(Language) []string { return nil })
	}
	var shared []*ComparisonDimension
	for _, d := range p.Dimensions {
		if len(d.Shared) > 0 {
			shared = append(shared, d)
		}
	}
	words := pairWords
	if shared == nil {
		words = nothingSharedWords
	}
	return saying(words, lang, func(l Language) []string {
		return []string{"{overlap}", decimal(*p.Overlap), "{dimensions}", listing(shared, l, (*ComparisonDimension).part)}
	})
}

// part is what the dimension makes of the overlap.
func (d *ComparisonDimension) part(l Language) string {
	return inside(dimensionPartWords, l, "{kind}", kindLabels[string(d.Kind)].in(l),
		"{product}", formula(product(d.Weight*d.Similarity, d.Weight, d.Similarity), l))
}

// Explanation says where the similarity comes from.
func (d *ComparisonDimension) Explanation(lang []Language) *Text {
	words := dimensionWords
	if d.CountA == 0 || d.CountB == 0 {
		words = oneSidedWords
	}
	return saying(words, lang, func(l Language) []string {
		return []string{
			"{kind}", kindLabels[string(d.Kind)].in(l), "{shared}", strconv.Itoa(len(d.Shared)),
			"{either}", strconv.Itoa(d.CountA + d.CountB - len(d.Shared)),
			"{a}", strconv.Itoa(d.CountA), "{b}", strconv.Itoa(d.CountB), "{similarity}", decimal(d.Similarity),
		}
	})
}
