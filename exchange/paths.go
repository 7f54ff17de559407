package exchange

import (
	"context"
	"slices"

	"masar"
	"masar/answers"
)

var paths = define(Dataset{
	Name: "paths", Accepts: []Parameter{ByFrom, ByTo, ByPaths}, Requires: []Parameter{ByFrom, ByTo}, Key: []string{"path", "step"},
}, func(ctx context.Context, from Source, q Query) (Records[PathStep], error) {
	return from.PathSteps(ctx, q)
}, slices.Concat(
	[]column[PathStep]{
		countColumn("path.path", func(s PathStep) int { return s.Path }),
		countColumn("path.step", func(s PathStep) int { return s.Step }),
		number("path.score", func(s PathStep) float64 { return s.Score }),
		anyColumn("path.inferred", Boolean, func(s PathStep) any { return s.Inferred }).required(),
		anyColumn("path.contested", Boolean, func(s PathStep) any { return s.Contested }).required(),
	},
	endOfStep("path.from", PathStep.From),
	endOfStep("path.to", PathStep.To),
	[]column[PathStep]{
		enumColumn("path.direction", []answers.StepDirection{answers.StepForward, answers.StepBackward}, func(s PathStep) answers.StepDirection { return s.Direction }).required(),
		textColumn("path.claimId", func(s PathStep) string { return s.Claim.ID() }).required().references("claims", "id"),
	},
	of(func(s PathStep) Claim { return s.Claim }, slices.Concat(
		[]column[Claim]{enumColumn("claim.predicate", masar.Predicates, func(c Claim) masar.Predicate { return c.Said.Predicate }).required()},
		sentences, []column[Claim]{basisColumn}, natureColumns, supportColumns, []column[Claim]{claimURL},
	)),
	[]column[PathStep]{codesColumn("path.stoppedBy", func(s PathStep) []string {
		var all []string
		for _, reason := range s.StoppedBy {
			all = append(all, string(reason))
		}
		return all
	}).labelled(labelsOf[answers.StopReason])},
))

// endOfStep describes one end of a step.
func endOfStep(key string, end func(PathStep) Place) []column[PathStep] {
	return append([]column[PathStep]{
		enumColumn(key+"Kind", masar.Kinds, func(s PathStep) masar.Kind { return end(s).Head().Kind }).required(),
		textColumn(key+"Code", func(s PathStep) string { return end(s).Head().Code }).required(),
	}, titles(key+"Label", func(s PathStep) masar.Entity { return end(s).Entity })...)
}
