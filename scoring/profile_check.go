package scoring

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"masar"
)

// checkShares checks the numbers that are shares.
func checkShares(profile masar.ScoringProfile) error {
	return cmp.Or(
		masar.CheckShare("profile.goalForTarget", profile.GoalForTarget),
		masar.CheckShare("profile.metadataForFact", profile.MetadataForFact),
		masar.CheckShare("profile.singleFamily", profile.SingleFamily),
		masar.CheckShare("profile.ageFloor", profile.AgeFloor),
		masar.CheckShare("profile.ocrDoubt", profile.OCRDoubt),
		masar.CheckShare("profile.contested", profile.Contested),
		masar.CheckShare("profile.regionalNeed", profile.RegionalNeed),
		masar.CheckShare("profile.maturityStep.farFactor", profile.MaturityStep.FarFactor),
		masar.CheckShare("profile.unnamedCase", profile.UnnamedCase),
		masar.CheckShare("profile.defaultAvailability", profile.DefaultAvailability),
		masar.CheckShare("profile.pilotShare", profile.PilotShare),
		masar.CheckShare("profile.gaps.thinNet", profile.Gaps.ThinNet),
		masar.CheckShare("profile.gaps.likeMaturity", profile.Gaps.LikeMaturity),
	)
}

// leastWeight is the minimum of divisors and of the factors of a path, whose logarithms are needed.
const leastWeight = .001

// checkBounds checks the divisors of differences, their order, and counts.
func checkBounds(profile masar.ScoringProfile) error {
	step := profile.MaturityStep
	return cmp.Or(
		masar.CheckNumber("profile.bandFade.below", profile.BandFade.Below, leastWeight, 1),
		masar.CheckNumber("profile.bandFade.above", profile.BandFade.Above, leastWeight, 1),
		masar.CheckNumber("profile.maturityStep.full", step.Full, leastWeight, 1),
		masar.CheckNumber("profile.maturityStep.falling", step.Falling, step.Full, 1),
		masar.CheckNumber("profile.maturityStep.far", step.Far, step.Falling, 1),
		masar.CheckNumber("profile.gaps.staleYears", profile.Gaps.StaleYears, 0, math.MaxInt32),
		masar.CheckNumber("profile.gaps.synthesisFamilies", float64(profile.Gaps.SynthesisFamilies), 1, math.MaxInt32),
	)
}

// checkCertainties checks that each certainty above VERY_LOW has a condition, the highest first.
func checkCertainties(conditions []masar.CertaintyCondition) error {
	graded := masar.Certainties[:len(masar.Certainties)-1]
	if err := masar.CheckLength("profile.certainties", len(conditions), len(graded), len(graded)); err != nil {
		return err
	}
	for i, c := range conditions {
		argument := fmt.Sprintf("profile.certainties[%d]", i)
		if c.Certainty != graded[i] {
			return masar.NewArgumentError(masar.CodeBadInput, argument, "error.profile.name", masar.Args{"name": string(c.Certainty), "allowed": names(graded[i : i+1])})
		}
		if err := cmp.Or(masar.CheckShare(argument+".net", c.Net), masar.CheckNumber(argument+".families", float64(c.Families), 0, math.MaxInt32)); err != nil {
			return err
		}
	}
	return nil
}

// checkPaths checks the factors of paths, and that each predicate has a weight.
func checkPaths(paths masar.PathWeights) error {
	if err := cmp.Or(
		masar.CheckNumber("profile.paths.unsupported", paths.Unsupported, leastWeight, 1),
		masar.CheckNumber("profile.paths.hop", paths.Hop, leastWeight, 1),
		masar.CheckNumber("profile.paths.busy", float64(paths.Busy), 1, math.MaxInt32),
	); err != nil {
		return err
	}
	weights, err := compile("profile.paths.predicates", masar.Predicates, paths.Predicates,
		func(w masar.PredicateWeight) (masar.Predicate, float64) { return w.Predicate, w.Weight })
	if err != nil {
		return err
	}
	for _, p := range masar.Predicates {
		if err := masar.CheckNumber("profile.paths.predicates", weights[p], leastWeight, 1); err != nil {
			return err
		}
	}
	return nil
}

// checkAdvice checks the weights of means: each is valid, and their sum is above 0.
func checkAdvice(profile masar.ScoringProfile) error {
	tailoring, context := profile.Tailoring, profile.Context
	if err := checkMean("profile.tailoring", tailoring.Evidence, tailoring.Need, tailoring.Fit, tailoring.Transfer); err != nil {
		return err
	}
	if err := checkMean("profile.context", context.Income, context.LeastDeveloped, context.Language, context.Membership); err != nil {
		return err
	}
	weights := make([]float64, len(profile.Maturity))
	for i, index := range profile.Maturity {
		weights[i] = index.Weight
		if slices.ContainsFunc(profile.Maturity[:i], func(other masar.IndexWeight) bool { return other.Indicator == index.Indicator }) {
			return masar.NewArgumentError(masar.CodeBadInput, "profile.maturity", "error.list.duplicate", masar.Args{"value": index.Indicator})
		}
	}
	return checkMean("profile.maturity", weights...)
}

func checkMean(argument string, weights ...float64) error {
	sum := 0.
	for _, weight := range weights {
		if err := masar.CheckShare(argument, weight); err != nil {
			return err
		}
		sum += weight
	}
	if sum == 0 {
		return masar.NewArgumentError(masar.CodeBadInput, argument, "error.weight.all_zero", nil)
	}
	return nil
}

// compile makes a table of weights. It checks that each known name occurs exactly once.
func compile[Name ~string, Entry any](argument string, known []Name, entries []Entry, split func(Entry) (Name, float64)) (map[Name]float64, error) {
	table := make(map[Name]float64, len(known))
	for i, entry := range entries {
		name, weight := split(entry)
		if err := masar.CheckShare(fmt.Sprintf("%s[%d].weight", argument, i), weight); err != nil {
			return nil, err
		}
		if _, twice := table[name]; twice || !slices.Contains(known, name) {
			return nil, masar.NewArgumentError(masar.CodeBadInput, argument, "error.profile.name", masar.Args{"name": string(name), "allowed": names(known)})
		}
		table[name] = weight
	}
	for _, name := range known {
		if _, given := table[name]; !given {
			return nil, masar.NewArgumentError(masar.CodeBadInput, argument, "error.profile.missing", masar.Args{"name": string(name), "allowed": names(known)})
		}
	}
	return table, nil
}

// names are the names of weights in a profile.
func names[Name ~string](known []Name) []string {
	all := make([]string, len(known))
	for i, name := range known {
		all[i] = string(name)
	}
	return all
}
