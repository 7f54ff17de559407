package scoring

import (
	"math"

	"masar"
)

// AgeFactor is max(floor, 2^(−years/halfLife)): what age leaves of a piece of evidence, in [floor,1].
//
// years runs from the earliest possible date of the document to the as-of date; halfLife is in years too.
// A document of the future counts in full, and an undated one, for which years is NaN, counts the floor:
// what nobody can date is not taken for new.
func AgeFactor(years, halfLife, floor float64) float64 {
	if math.IsNaN(years) {
		return floor
	}
	return max(floor, math.Exp2(-max(years, 0)/halfLife))
}

// HarmonicShare is (6/π²)·s/i²: what the i-th strongest family, counted from 1, adds to S = (6/π²) Σ s₍ᵢ₎/i².
//
// The harmonic sum is the Open Targets Platform's way of adding up evidence. Since Σ 1/i² is π²/6, S stays below 1
// however many families speak, and a crowd of weak ones cannot pass for a few strong ones.
func HarmonicShare(strength float64, rank int) float64 {
	i := float64(rank)
	return 6 / (math.Pi * math.Pi) * strength / (i * i)
}

// Doubt is what a fact leaves in doubt after one more source family: doubt·(1 − single·strength). Starting from 1, the
// families that support a fact leave Π(1 − .8·s) in doubt, and S = 1 − Π(1 − .8·s).
func Doubt(doubt, single, strength float64) float64 { return doubt * (1 - single*strength) }

// Net is N = max(0, S⁺ − S⁻), in [0,1].
func Net(supports, refutes float64) float64 { return max(0, supports-refutes) }

// Conflict is K = 2·min(S⁺,S⁻)/(S⁺+S⁻), in [0,1]: 1 where the two sides are equal, 0 where one is silent or both are.
func Conflict(supports, refutes float64) float64 {
	if supports+refutes == 0 {
		return 0
	}
	return 2 * min(supports, refutes) / (supports + refutes)
}

// Status sums the two sides up: REFUTED where S⁻ > S⁺, else CONTESTED where K ≥ .5, else SUPPORTED;
// NO_EVIDENCE where nothing counts on either side. REFUTED comes first, since a claim that has more against it
// than for it must not be shown as merely disputed.
func Status(supports, refutes float64) masar.SupportStatus {
	switch {
	case supports+refutes == 0:
		return masar.NoEvidence
	case refutes > supports:
		return masar.Refuted
	case Conflict(supports, refutes) >= .5:
		return masar.Contested
	}
	return masar.Supported
}

// Certainty is HIGH for N ≥ .60 from three supporting families of which one is evaluated, MODERATE for N ≥ .45
// from two, LOW for N ≥ .15, else VERY_LOW. The words are GRADE's; the thresholds are Masar's own.
func Certainty(net float64, families int, evaluated bool) masar.Certainty {
	switch {
	case net >= .60 && families >= 3 && evaluated:
		return masar.CertaintyHigh
	case net >= .45 && families >= 2:
		return masar.CertaintyModerate
	case net >= .15:
		return masar.CertaintyLow
	}
	return masar.CertaintyVeryLow
}

// Documentation is CORROBORATED for a fact that two source families or more state, STATED for one that a family states
// or that metadata records, INFERRED for one that curators read out of all its evidence, and NONE without evidence.
func Documentation(families, stating int, recorded bool) masar.Documentation {
	switch {
	case families == 0:
		return masar.DocumentationNone
	case stating >= 2:
		return masar.DocumentationCorroborated
	case stating == 1 || recorded:
		return masar.DocumentationStated
	}
	return masar.DocumentationInferred
}
