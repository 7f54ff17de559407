package advice

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"masar"
	"masar/answers"
	"masar/scoring"
	"masar/topology"
)

// TailoredRecommendations ranks recommendations by how well they suit a country.
// The error has code BAD_INPUT or BAD_PAGE and names the argument, or is that of the context.
func TailoredRecommendations(ctx context.Context, g *topology.Graph, args answers.TailoredArgs) (*answers.TailoredRecommendations, error) {
	answer, err := AllTailoredRecommendations(ctx, g, args)
	if err != nil {
		return nil, err
	}
	n, err := masar.Pages.Of("first", args.First)
	if err != nil {
		return nil, err
	}
	answer.Items = answer.Items[:min(n, len(answer.Items))]
	return answer, nil
}

// AllTailoredRecommendations ranks as TailoredRecommendations does, and returns all items whatever args.First is.
func AllTailoredRecommendations(ctx context.Context, g *topology.Graph, args answers.TailoredArgs) (*answers.TailoredRecommendations, error) {
	a, err := newAdviser(g, args.Country)
	if err != nil {
		return nil, err
	}
	t := tailoring{adviser: a, done: map[topology.Entity]float64{}}
	if err := t.readDone(args.Done); err != nil {
		return nil, err
	}
	candidates, asked, err := t.candidates(args.Target)
	if err != nil {
		return nil, err
	}
	answer := &answers.TailoredRecommendations{
		Snapshot: g.Snapshot(), AsOf: g.AsOf().Format(time.DateOnly), Profile: t.profile.Name, Country: g.Ref(t.country), Target: asked,
		RankBy: masar.RankByLow, Items: []*answers.TailoredRecommendation{}, WithoutContent: []masar.Ref{},
	}
	if args.RankBy != nil {
		answer.RankBy = *args.RankBy
	}
	t.practised = t.practices()
	for _, c := range candidates {
		if err := ctx.Err(); err != nil { // there may be thousands
			return nil, err
		}
		if g.HeadingOnly(c.at) {
			answer.WithoutContent = append(answer.WithoutContent, g.Ref(c.at))
			continue
		}
		answer.Items = append(answer.Items, t.judge(c, asked))
	}
	answer.TotalCount = len(answer.Items)
	slices.SortFunc(answer.WithoutContent, masar.Ref.Compare)
	slices.SortStableFunc(answer.Items, func(x, y *answers.TailoredRecommendation) int {
		return cmp.Compare(y.Score.At(answer.RankBy), x.Score.At(answer.RankBy))
	})
	return answer, nil
}

// tailoring scores recommendations for a country.
type tailoring struct {
	*adviser
	// done is the finished share of recommendations, as given by the caller.
	done map[topology.Entity]float64
	// practised are the country's case studies, each with the claim that it is practised there.
	practised map[topology.Entity]topology.Claim
}

func (t *tailoring) readDone(inputs []*answers.DoneInput) error {
	once := distinct{}
	for i, input := range inputs {
		argument := fmt.Sprintf("done[%d]", i)
		at, err := once.find(t.g, argument+".recommendation", masar.Ref{Kind: masar.KindRecommendation, Code: input.Recommendation})
		if err != nil {
			return err
		}
		t.done[at] = 1
		if input.Share != nil {
			t.done[at] = *input.Share
		}
		if err := masar.CheckShare(argument+".share", t.done[at]); err != nil {
			return err
		}
	}
	return nil
}

// candidate is a recommendation with the claim that it advances the requested target.
type candidate struct {
	at topology.Entity
	// advances is the claim with most support; nil only if no target is requested.
	advances *item
	align    float64
}

// candidates are the recommendations that advance a target or its goal, or for a goal one of its targets; all
// recommendations without a target. Stated ones come first, then the order is by code. The error has code BAD_INPUT
// for an unknown code.
func (t *tailoring) candidates(code *string) (all []candidate, asked masar.Ref, err error) {
	if code == nil {
		for _, at := range t.g.OfKind(masar.KindRecommendation) {
			c := candidate{at: at, align: 1}
			for _, it := range along(t.g, at, masar.Advances) {
				c.advances = t.better(c.advances, it)
			}
			all = append(all, c)
		}
		return t.statedFirst(all), asked, nil
	}
	target, asked, err := t.target(*code)
	if err != nil {
		return nil, asked, err
	}
	found := map[topology.Entity]candidate{}
	add := func(sdg topology.Entity, align float64) {
		for _, it := range against(t.g, sdg, masar.Advances) {
			known, ok := found[it.At]
			switch {
			case !ok || known.align < align:
				found[it.At] = candidate{it.At, &it, align}
			case known.align == align:
				known.advances = t.better(known.advances, it)
				found[it.At] = known
			}
		}
	}
	add(target, 1)
	if asked.Kind == masar.KindSdgGoal {
		for _, part := range t.g.Structural(target, topology.Children) {
			add(part, 1)
		}
	} else {
		for _, goal := range t.g.Structural(target, topology.Parent) {
			add(goal, t.profile.GoalForTarget)
		}
	}
	return t.statedFirst(slices.Collect(maps.Values(found))), asked, nil
}

// statedFirst orders candidates by the basis of their claims and then by code.
func (t *tailoring) statedFirst(all []candidate) []candidate {
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(-cmp.Compare(t.stated(a.advances), t.stated(b.advances)), cmp.Compare(a.at, b.at))
	})
	return all
}

// stated is 1 for a stated claim, otherwise 0.
func (t *tailoring) stated(claim *item) int {
	if claim != nil && t.g.Basis(claim.Via[0]) == masar.Stated {
		return 1
	}
	return 0
}

// target is the SDG target or goal with a code.
func (t *tailoring) target(code string) (topology.Entity, masar.Ref, error) {
	if at, ok := t.g.Find(masar.Ref{Kind: masar.KindSdgGoal, Code: code}); ok {
		return at, t.g.Ref(at), nil
	}
	at, err := t.g.FindNamed("target", masar.Ref{Kind: masar.KindSdgTarget, Code: code})
	if err != nil {
		return at, masar.Ref{}, err
	}
	return at, t.g.Ref(at), nil
}

// better is the item with more support; among equals a stated one, then the first.
func (t *tailoring) better(known *item, other item) *item {
	if known == nil || cmp.Or(cmp.Compare(other.Score(), known.Score()), cmp.Compare(t.stated(&other), t.stated(known))) > 0 {
		return &other
	}
	return known
}

// judge scores a recommendation and gives the reasons.
func (t *tailoring) judge(c candidate, asked masar.Ref) *answers.TailoredRecommendation {
	evidence, advances := t.evidence(c)
	align := component(answers.ComponentAlign, scoring.Known(c.align), &answers.AlignReason{Asked: asked, Advanced: advances.Advanced, Value: c.align})
	if c.advances != nil {
		align.Claims = []masar.ClaimKey{t.g.Key(c.advances.Via[0])}
	}
	need, fit := t.need(c.at), t.fit(c.at)
	transfer := t.transfer(c.at)
	done, reported := t.done[c.at]
	score := scoring.Tailored{
		Align: c.align, Evidence: evidence.Interval, Need: need.Interval, Fit: fit.Interval, Transfer: transfer.Interval, Done: done,
	}
	w := t.profile.Tailoring
	return &answers.TailoredRecommendation{
		Recommendation: t.g.Ref(c.at), Score: score.Score(w), CaseStudies: transfer.cases, PractisedHere: transfer.here,
		Components: []*answers.ScoreComponent{
			align,
			evidence.component(answers.ComponentEvidence, w.Evidence), need.component(answers.ComponentNeed, w.Need),
			fit.component(answers.ComponentFit, w.Fit), transfer.component(answers.ComponentTransfer, w.Transfer),
			component(answers.ComponentDone, scoring.Known(done), &answers.DoneReason{Reported: reported, Value: done}),
		},
	}
}
