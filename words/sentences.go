package words

import (
	"masar"
	"masar/answers"
)

// Sentence says in plain words what a claim says of its subject and object, in the first of the languages. It says that
// a claim is inferred where it is.
func Sentence(c *masar.Claim, subject, object masar.Entity, lang []masar.Language) *masar.Text {
	frame := "sentence.stated"
	if c.Basis == masar.Inferred {
		frame = "sentence.inferred"
	}
	claim := masar.Phrase{Key: sentenceKey(c, subject, object), Args: masar.Args{"subject": subject, "object": object}}
	return text(lang, func(l masar.Language) string { return capital(Say(l, frame, masar.Args{"claim": claim})) })
}

// sentenceKey is the key of the sentence of a claim. What is said of an activity that is only planned is no result.
func sentenceKey(c *masar.Claim, subject, object masar.Entity) string {
	switch {
	case c.Predicate == masar.IssuedIn && object.Head().Kind == masar.KindActivity:
		return "sentence.activity.ISSUED_IN"
	case c.Predicate == masar.HeldIn && planned(subject):
		return "sentence.planned.HELD_IN"
	case c.Role == masar.RoleParticipant && planned(object):
		return "sentence.planned.PARTICIPANT"
	case c.Role != "":
		return "sentence.role." + string(c.Role)
	}
	return "sentence." + string(c.Predicate)
}

// planned reports whether an entity is an activity that was only planned when its source was written.
func planned(e masar.Entity) bool {
	a, ok := e.(*masar.Activity)
	return ok && a.Status == masar.ActivityPlanned
}

// PathStep says in plain words what the claim of a step says, from its subject to its object whichever way the step goes.
func PathStep(s *answers.PathStep, lang []masar.Language) *masar.Text {
	if s.Direction == answers.StepBackward {
		return Sentence(s.Claim, s.To, s.From, lang)
	}
	return Sentence(s.Claim, s.From, s.To, lang)
}
