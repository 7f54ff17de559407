package brief

import (
	"masar"
	"masar/answers"
)

// The types below are the fragments of operations/fragments.graphql. TestAnswersFit holds each equal to its fragment.

// foot is what the footer of every brief shows.
type foot struct {
	Snapshot string `json:"snapshot"`
	Counts   *struct {
		AsOf string `json:"asOf"`
	} `json:"frame"`
	Scoring *struct {
		Name string `json:"name"`
	} `json:"frameProfile"`
}

// frame gives the foot to Make; every answer embeds it.
func (f *foot) frame() *foot { return f }

// AsOf is the as-of date.
func (f *foot) AsOf() string { return f.Counts.AsOf }

// sameSnapshot is an error if a further answer is of another snapshot.
func (f *foot) sameSnapshot(as string) error {
	if as != f.Snapshot {
		return errChanged
	}
	return nil
}

// Profile is the name of the scoring profile.
func (f *foot) Profile() string { return f.Scoring.Name }

// localized is a text in one language.
type localized struct {
	Value string         `json:"value"`
	Lang  masar.Language `json:"lang"`
}

// heading is an entity as a text names it.
type heading struct {
	Kind  masar.Kind `json:"kind"`
	Code  string     `json:"code"`
	Title localized  `json:"title"`
}

func (h heading) ref() masar.Ref { return masar.Ref{Kind: h.Kind, Code: h.Code} }

// identify makes the entity a subject of a brief, with its title in the language of the writer.
func (w writer) identify(known *Subject, h heading) *Subject {
	if known == nil || known.Title == nil {
		known = &Subject{h.Kind, h.Code, Bilingual{}}
	}
	known.Title[w.language] = h.Title.Value
	return known
}

// rating is the support of a claim: an effect has a certainty, a fact a documentation.
type rating struct {
	Nature        masar.ClaimNature    `json:"nature"`
	Certainty     *masar.Certainty     `json:"certainty"`
	Documentation *masar.Documentation `json:"documentation"`
	Status        masar.SupportStatus  `json:"status"`
}

// rated is a claim with its rating.
type rated struct {
	ID        string            `json:"id"`
	Predicate masar.Predicate   `json:"predicate"`
	Basis     masar.Basis       `json:"basis"`
	Level     *masar.ClaimLevel `json:"level"`
	Support   *rating           `json:"support"`
}

// evidence is a part of the evidence of a claim, strongest first.
type evidence struct {
	Nodes []citedEvidence `json:"nodes"`
}

type citedEvidence struct {
	Stance  masar.Stance `json:"stance"`
	Summary *localized   `json:"summary"`
	Passage *passage     `json:"passage"`
}

// passage is a place in a document, with its quotation if it is verified.
type passage struct {
	Locator     string            `json:"locator"`
	Start       int               `json:"start"`
	End         int               `json:"end"`
	TextVersion string            `json:"textVersion"`
	QuoteStatus masar.QuoteStatus `json:"quoteStatus"`
	OCRDoubt    bool              `json:"ocrDoubt"`
	Quote       *localized        `json:"quote"`
	Document    document          `json:"document"`
}

type document struct {
	heading
	URL  *string `json:"url"`
	Date *struct {
		Basis masar.Basis `json:"basis"`
		Label localized   `json:"label"`
	} `json:"date"`
	Publisher *heading `json:"publisher"`
}

// sourced is a claim with its evidence.
type sourced struct {
	rated
	Sources *evidence `json:"sources"`
}

// reasoned is a claim with its evidence, and the reason if it is inferred.
type reasoned struct {
	sourced
	Rationale *localized `json:"rationale"`
}

// stated is a claim with its evidence, as a sentence.
type stated struct {
	sourced
	Sentence localized `json:"sentence"`
}

// practised is a case study with the claim that says where it is practised.
type practised struct {
	heading
	Practised *placedList `json:"practised"`
}

type placedList struct {
	Nodes []placed `json:"nodes"`
}

// first is the first claim of the list; nil without claims.
func (l *placedList) first() *placed {
	if l == nil || len(l.Nodes) == 0 {
		return nil
	}
	return &l.Nodes[0]
}

// placed is a claim with its object.
type placed struct {
	sourced
	Object heading `json:"object"`
}

// place is the claim that says where a case study is practised; nil if it is not known.
func (p practised) place() *placed { return p.Practised.first() }

// claimedList is a list of entities, each with the claim that connects it to the subject of the brief.
type claimedList struct {
	TotalCount int `json:"totalCount"`
	Edges      []struct {
		Claim *sourced `json:"claim"`
		Node  heading  `json:"node"`
	} `json:"edges"`
}

// interval is a score that may not be known exactly.
type interval struct {
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	Coverage float64 `json:"coverage"`
}

// component is a part of a score, with the claims from which it was computed.
type component struct {
	Name   answers.ScoreComponentName `json:"name"`
	Known  bool                       `json:"known"`
	Claims []ended                    `json:"claims"`
}

// ended is a claim with both of its ends.
type ended struct {
	sourced
	Subject heading `json:"subject"`
	Object  heading `json:"object"`
}
