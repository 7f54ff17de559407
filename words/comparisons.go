package words

import (
	"masar"
	"masar/answers"
)

// InitiativePair explains the overlap of a pair as a sum over the dimensions.
func InitiativePair(p *answers.InitiativePair, lang []masar.Language) *masar.Text {
	if p.Overlap == nil {
		return Text("compare.pair.no_links", nil, lang)
	}
	var shared []*answers.ComparisonDimension
	for _, d := range p.Dimensions {
		if len(d.Shared) > 0 {
			shared = append(shared, d)
		}
	}
	if shared == nil {
		return Text("compare.pair.nothing", nil, lang)
	}
	return Text("compare.pair.shared", masar.Args{"overlap": *p.Overlap, "dimensions": each(shared, dimensionPart)}, lang)
}

// dimensionPart is the contribution of a dimension to the overlap.
func dimensionPart(d *answers.ComparisonDimension) masar.Phrase {
	return masar.Phrase{Key: "compare.dimension.part", Args: masar.Args{
		"kind": d.Kind, "product": product(d.Weight*d.Similarity, d.Weight, d.Similarity),
	}}
}

// ComparisonDimension explains the similarity of a dimension.
func ComparisonDimension(d *answers.ComparisonDimension, lang []masar.Language) *masar.Text {
	key := "compare.dimension.shared"
	if d.CountA == 0 || d.CountB == 0 {
		key = "compare.dimension.one_sided"
	}
	return Text(key, masar.Args{
		"kind": d.Kind, "shared": len(d.Shared), "either": d.CountA + d.CountB - len(d.Shared),
		"a": d.CountA, "b": d.CountB, "similarity": d.Similarity,
	}, lang)
}
