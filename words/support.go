package words

import (
	"masar"
)

// SupportExplanation explains the rating of a claim in one sentence, in the first of the languages. It has the kinds of
// documents for and against the claim, and the source families. For an effect it adds whether it is inferred, and the
// number of evaluations.
func SupportExplanation(s *masar.Support, lang []masar.Language) *masar.Text {
	sentence := supportSentence(s)
	return text(lang, func(l masar.Language) string { return capital(Say(l, sentence.Key, sentence.Args)) })
}

func supportSentence(s *masar.Support) masar.Phrase {
	supporting, refuting := documentsOf(s, masar.Supports), documentsOf(s, masar.Refutes)
	sources := masar.Args{"supporting": supporting.phrases(), "refuting": refuting.phrases(), "families": s.Families}
	args := masar.Args{
		"sources":     masar.Phrase{Key: sourcesKey(supporting, refuting), Args: sources},
		"evaluations": supporting.evaluated(), "rating": rating(s),
	}
	switch {
	case len(supporting)+len(refuting) == 0:
		return masar.Phrase{Key: "support.none", Args: args}
	case s.Nature == masar.Fact || len(supporting) == 0:
		return masar.Phrase{Key: "support.fact", Args: args}
	case s.Inferred && s.AtTarget:
		args["basis"] = masar.Phrase{Key: "support.basis.inferred_goal"}
	case s.Inferred:
		args["basis"] = masar.Phrase{Key: "support.basis.inferred"}
	case s.AtTarget:
		args["basis"] = masar.Phrase{Key: "support.basis.stated_goal"}
	default:
		args["basis"] = masar.Phrase{Key: "support.basis.stated"}
	}
	if len(refuting) > 0 { // the kinds say which side evaluated what
		return masar.Phrase{Key: "support.disputed_effect", Args: args}
	}
	return masar.Phrase{Key: "support.effect", Args: args}
}

// sourcesKey is the key of the phrase on the documents for and against.
func sourcesKey(supporting, refuting kindCounts) string {
	switch {
	case len(refuting) == 0:
		return "support.sources.for"
	case len(supporting) == 0:
		return "support.sources.against"
	}
	return "support.sources.both"
}

// rating is the certainty or the documentation, after the status where the evidence disagrees: what sources deny is not
// called a fact.
func rating(s *masar.Support) masar.Phrase {
	disputed := s.Status == masar.Contested || s.Status == masar.Refuted
	rated := masar.Phrase{Key: "support.rating." + string(s.Certainty)}
	switch {
	case s.Nature == masar.Fact && disputed:
		rated.Key = "support.disputed_rating." + string(s.Documentation)
	case s.Nature == masar.Fact:
		rated.Key = "support.rating." + string(s.Documentation)
	}
	switch s.Status {
	case masar.Contested:
		return masar.Phrase{Key: "support.contested", Args: masar.Args{"rating": rated}}
	case masar.Refuted:
		return masar.Phrase{Key: "support.refuted", Args: masar.Args{"rating": rated}}
	}
	return rated
}

// kindCounts are numbers of documents by kind of evidence, in the order of the kinds.
type kindCounts []kindCount

type kindCount struct {
	kind      masar.EvidenceKind
	documents int
}

// documentsOf counts the documents of one stance with a weight above zero. Several passages of one document count once.
func documentsOf(s *masar.Support, side masar.Stance) kindCounts {
	type source struct {
		kind     masar.EvidenceKind
		document string
	}
	seen := map[source]bool{}
	counts := map[masar.EvidenceKind]int{}
	for _, t := range s.Terms {
		if from := (source{t.Kind, t.Document}); t.Stance == side && t.Strength > 0 && !seen[from] {
			seen[from] = true
			counts[t.Kind]++
		}
	}
	var all kindCounts
	for _, kind := range masar.EvidenceKinds {
		if n := counts[kind]; n > 0 {
			all = append(all, kindCount{kind, n})
		}
	}
	return all
}

func (k kindCounts) phrases() []masar.Phrase {
	all := make([]masar.Phrase, len(k))
	for i, of := range k {
		all[i] = masar.Phrase{Key: "count.evidence_kind." + string(of.kind), Args: masar.Args{"n": of.documents}}
	}
	return all
}

// evaluated is the number of documents that evaluate results.
func (k kindCounts) evaluated() (n int) {
	for _, of := range k {
		if of.kind.Evaluated() {
			n += of.documents
		}
	}
	return n
}
