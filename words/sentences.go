package words

import (
	"masar"
	"masar/answers"
)

// Sentence formats a claim as a sentence in the first of the languages. It states if the claim is inferred.
func Sentence(c *masar.Claim, subject, object masar.Entity, lang []masar.Language) *masar.Text {
	frame := "sentence.stated"
	if c.Basis == masar.Inferred {
		frame = "sentence.inferred"
	}
	claim := masar.Phrase{Key: sentenceKey(c, subject, object), Args: masar.Args{"subject": subject, "object": object}}
	return text(lang, func(l masar.Language) string { return capital(Say(l, frame, masar.Args{"claim": claim})) })
}

// sentenceKey is the key of the sentence of a claim. Planned activities have other sentences, because a plan is not a
// result.
func sentenceKey(c *masar.Claim, subject, object masar.Entity) string {
	switch {
	case c.Predicate == masar.IssuedIn && object.Head().Kind == masar.KindActivity:
		return "sentence.activity.ISSUED_IN"
	case c.Predicate == masar.HeldIn && planned(subject):
		return "sentence.planned.HELD_IN"
	case c.Role != "" && planned(object):
		return "sentence.planned." + string(c.Role)
	case c.Role != "":
		return "sentence.role." + string(c.Role)
	}
	return "sentence." + string(c.Predicate)
}

// planned reports whether an entity is a planned activity.
func planned(e masar.Entity) bool {
	a, ok := e.(*masar.Activity)
	return ok && a.Status == masar.ActivityPlanned
}

// PathStep formats the claim of a step as a sentence, from subject to object in either direction of the step.
func PathStep(s *answers.PathStep, lang []masar.Language) *masar.Text {
	if s.Direction == answers.StepBackward {
		return Sentence(s.Claim, s.To, s.From, lang)
	}
	return Sentence(s.Claim, s.From, s.To, lang)
}
