package words

import (
	"fmt"

	"masar"
	"masar/answers"
)

// Explain writes why a number is what it is, in the first of the languages. called gives each of the things that the
// reason is about.
func Explain(r answers.Reason, called func(masar.Ref) masar.Entity, lang []masar.Language) *masar.Text {
	return masar.Wording{AR: masar.Words{Value: say(r, masar.Arabic, called)}, EN: masar.Words{Value: say(r, masar.English, called)}}.In(lang)
}

func say(r answers.Reason, l masar.Language, called func(masar.Ref) masar.Entity) string {
	switch r := r.(type) {
	case *answers.AlignReason:
		return sayAlign(r, l, called)
	case *answers.EvidenceReason:
		return sayEvidence(r, l, called)
	case *answers.NeedReason:
		return sayNeed(r, l, called)
	case *answers.FitReason:
		return sayFit(r, l, called)
	case *answers.TransferReason:
		return sayTransfer(r, l, called)
	case *answers.DoneReason:
		return sayDone(r, l, called)
	case *answers.NeedsReason:
		return sayNeeds(r, l, called)
	case *answers.SupplyReason:
		return saySupply(r, l, called)
	case *answers.StepReason:
		return sayStep(r, l, called)
	case *answers.SimilarityReason:
		return saySimilarity(r, l, called)
	case *answers.AvailabilityReason:
		return sayAvailability(r, l, called)
	}
	panic(fmt.Sprintf("words: no sentence for a reason of type %T", r))
}
