package words

import (
	"masar"
	"masar/answers"
)

// Sentence says in plain words what a claim says of its subject and object, in the first of the languages. It says that
// a claim is inferred where it is.
func Sentence(c *masar.Claim, subject, object masar.Entity, lang []masar.Language) *masar.Text {
	key, frame := "sentence."+string(c.Predicate), "sentence.stated"
	if c.Role != "" {
		key = "sentence.role." + string(c.Role)
	}
	if c.Basis == masar.Inferred {
		frame = "sentence.inferred"
	}
	claim := masar.Phrase{Key: key, Args: masar.Args{"subject": subject, "object": object}}
	return text(lang, func(l masar.Language) string { return capital(Say(l, frame, masar.Args{"claim": claim})) })
}

// PathStep says in plain words what the claim of a step says, from its subject to its object whichever way the step goes.
func PathStep(s *answers.PathStep, lang []masar.Language) *masar.Text {
	if s.Direction == answers.StepBackward {
		return Sentence(s.Claim, s.To, s.From, lang)
	}
	return Sentence(s.Claim, s.From, s.To, lang)
}
