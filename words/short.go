package words

import (
	"strconv"

	"masar"
)

// Shortened is what a reader wrote, for a message about it: its first 60 characters.
func Shortened(s string) string {
	const longest = 60
	if runes := []rune(s); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return s
}

// Hundredths is a score with two decimals.
func Hundredths(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }

// Known is the sentence on how much of a score is known.
func Known(coverage float64) masar.Phrase {
	switch {
	case coverage >= 0.9995:
		return masar.Phrase{Key: "page.known.all"}
	case coverage >= 0.75:
		return masar.Phrase{Key: "page.known.most"}
	case coverage >= 0.5:
		return masar.Phrase{Key: "page.known.half"}
	}
	return masar.Phrase{Key: "page.known.little"}
}

// TargetAnswer is the short answer for a target: how many recommendations, how many of them are inferred or about the goal,
// and the highest certainty; empty without one.
func TargetAnswer(total, inferred, ofGoal int, best masar.Certainty) []masar.Phrase {
	answer := []masar.Phrase{{Key: "page.target.answer", Args: masar.Args{"n": total}}}
	if total == 0 {
		return answer
	}
	if inferred == total {
		answer = append(answer, masar.Phrase{Key: "page.target.answer.all_inferred"})
	} else {
		answer = append(answer, masar.Phrase{Key: "page.target.answer.inferred", Args: masar.Args{"n": inferred}})
	}
	if ofGoal > 0 {
		answer = append(answer, masar.Phrase{Key: "page.target.answer.goal", Args: masar.Args{"n": ofGoal}})
	}
	if best != "" {
		answer = append(answer, masar.Phrase{Key: "page.highest." + string(best)})
	}
	return answer
}
