package words

import (
	"masar"
	"masar/answers"
	"strconv"
)

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

// InitiativePair says what the overlap of a pair is the sum of.
func InitiativePair(p *answers.InitiativePair, lang []masar.Language) *masar.Text {
	if p.Overlap == nil {
		return saying(noLinksWords, lang, func(masar.Language) []string { return nil })
	}
	var shared []*answers.ComparisonDimension
	for _, d := range p.Dimensions {
		if len(d.Shared) > 0 {
			shared = append(shared, d)
		}
	}
	words := pairWords
	if shared == nil {
		words = nothingSharedWords
	}
	return saying(words, lang, func(l masar.Language) []string {
		return []string{"{overlap}", decimal(*p.Overlap), "{dimensions}", listing(shared, l, dimensionPart)}
	})
}

// part is what the dimension makes of the overlap.
func dimensionPart(d *answers.ComparisonDimension, l masar.Language) string {
	return inside(dimensionPartWords, l, "{kind}", kindLabels[string(d.Kind)].in(l),
		"{product}", formula(product(d.Weight*d.Similarity, d.Weight, d.Similarity), l))
}

// ComparisonDimension says where the similarity of a dimension comes from.
func ComparisonDimension(d *answers.ComparisonDimension, lang []masar.Language) *masar.Text {
	words := dimensionWords
	if d.CountA == 0 || d.CountB == 0 {
		words = oneSidedWords
	}
	return saying(words, lang, func(l masar.Language) []string {
		return []string{
			"{kind}", kindLabels[string(d.Kind)].in(l), "{shared}", strconv.Itoa(len(d.Shared)),
			"{either}", strconv.Itoa(d.CountA + d.CountB - len(d.Shared)),
			"{a}", strconv.Itoa(d.CountA), "{b}", strconv.Itoa(d.CountB), "{similarity}", decimal(d.Similarity),
		}
	})
}
