package masar

import (
	"slices"
	"strconv"
)

// About are the country, the topic and the challenges.
func (r *NeedsReason) About() []Ref {
	if r.Topic.IsZero() {
		return nil
	}
	return append([]Ref{r.Country, r.Topic}, r.Answered...)
}

func (r *NeedsReason) say(l Language, called func(Ref) Entity) string {
	if r.Topic.IsZero() {
		return needsOpenWords.in(l)
	}
	form := needsWords
	switch {
	case !r.Known:
		form = needsUnknownWords
	case len(r.Answered) == 0:
		form = needsNoneWords
	}
	return fill(form, l, "{topic}", topicName(r.Topic, l, called), "{country}", quotedTitle(called(r.Country), l),
		"{of}", strconv.Itoa(r.Of), "{answered}", titles(r.Answered, l, called), "{value}", hundredths(r.Value))
}

// topicName names a topic: in Arabic the word for it stands in the form.
func topicName(topic Ref, l Language, called func(Ref) Entity) string {
	if l == Arabic {
		return quotedTitle(called(topic), l)
	}
	return named(called(topic), l)
}

// About are the country, the topic and the cases.
func (r *SupplyReason) About() []Ref {
	about := append([]Ref{r.Country}, aboutCases(r.Cases)...)
	if !r.Topic.IsZero() {
		about = append(about, r.Topic)
	}
	return about
}

func (r *SupplyReason) say(l Language, called func(Ref) Entity) string {
	topic := ""
	if !r.Topic.IsZero() {
		topic = inside(onTopicWords, l, "{topic}", topicName(r.Topic, l, called))
	}
	form := supplyWords
	if len(r.Cases) == 0 {
		form = ownUnknownWords
	}
	all := make([]string, len(r.Cases))
	for i, c := range r.Cases[:min(most, len(r.Cases))] {
		all[i] = inside(caseWords, l, "{case}", quotedTitle(called(c.Case), l), "{support}", hundredths(c.Support))
	}
	return fill(form, l, "{country}", quotedTitle(called(r.Country), l), "{topic}", topic, "{cases}", and(l, all), "{value}", hundredths(r.Value))
}

// About are the two countries.
func (r *StepReason) About() []Ref { return []Ref{r.Supplier, r.Learner} }

func (r *StepReason) say(l Language, called func(Ref) Entity) string {
	supplier, learner := quotedTitle(called(r.Supplier), l), quotedTitle(called(r.Learner), l)
	switch {
	case r.Theirs == nil:
		return fill(stepUnknownWords, l, "{unknown}", supplier)
	case r.Ours == nil:
		return fill(stepUnknownWords, l, "{unknown}", learner)
	}
	difference, far := *r.Theirs-*r.Ours, ""
	switch {
	case r.Value < 1 && difference > .35:
		far = stepFarWords.in(l)
	case r.Value < 1:
		far = stepNearWords.in(l)
	}
	return fill(stepWords, l, "{supplier}", supplier, "{learner}", learner, "{theirs}", hundredths(*r.Theirs), "{ours}", hundredths(*r.Ours),
		"{difference}", hundredths(difference), "{value}", hundredths(r.Value), "{far}", far)
}

// About are the two countries and the groups that both belong to.
func (r *SimilarityReason) About() []Ref {
	return slices.Concat([]Ref{r.Supplier, r.Learner}, r.Groups)
}

func (r *SimilarityReason) say(l Language, called func(Ref) Entity) string {
	var shared []string
	if r.SameIncome {
		shared = append(shared, incomeWords.in(l))
	}
	if r.LeastDeveloped {
		shared = append(shared, leastDevelopedWords.in(l))
	}
	for _, language := range r.Languages {
		shared = append(shared, inside(languageWords, l, "{name}", languageName(language, l)))
	}
	for _, group := range r.Groups {
		shared = append(shared, quotedTitle(called(group), l))
	}
	if len(shared) == 0 {
		shared = []string{nothingWords.in(l)}
	}
	form := similarityWords
	if !r.Known {
		form = similarityUnknownWords
	}
	return fill(form, l, "{supplier}", quotedTitle(called(r.Supplier), l), "{learner}", quotedTitle(called(r.Learner), l),
		"{shared}", joined(l, shared), "{value}", hundredths(r.Value))
}

// About is the supplier.
func (r *AvailabilityReason) About() []Ref { return []Ref{r.Supplier} }

func (r *AvailabilityReason) say(l Language, called func(Ref) Entity) string {
	form := availabilityWords
	if r.Sent {
		form = availabilitySentWords
	}
	return fill(form, l, "{supplier}", quotedTitle(called(r.Supplier), l), "{value}", hundredths(r.Value))
}
